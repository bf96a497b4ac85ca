import type { Instant } from '#core'
import { addMilliseconds, millisecondsOf } from '#core'
import type { AlgorithmEnd, AnchorSettings, AnchorState } from './anchor.ts'

/** Whether the newest checkpoint is to be anchored now, why, and since when. */
export type AnchorDecision =
  | {
      readonly kind: 'due'
      readonly reason: 'first' | 'requested' | 'new-entries' | 'idle'
      readonly since: Instant
    }
  | { readonly kind: 'not-due' }

/**
 * Says whether an anchor is due (decision 0054): at once for a log without one and when somebody asked; `busy_ms` after
 * the last one when there are new entries; `idle_ms` after it when there are none. A last anchor that lies in the
 * future means that this clock was set back: what it says cannot be used, so an anchor is due.
 */
export function decideAnchor(
  state: Pick<AnchorState, 'anchoredSize' | 'anchoredAt' | 'requestedAt'>,
  newestSize: number,
  now: Instant,
  settings: AnchorSettings,
): AnchorDecision {
  const { anchoredSize, anchoredAt, requestedAt } = state
  if (anchoredSize === null || anchoredAt === null) return { kind: 'due', reason: 'first', since: now }
  if (requestedAt !== null) return { kind: 'due', reason: 'requested', since: requestedAt }
  const isBusy = newestSize > anchoredSize
  const reason = isBusy ? 'new-entries' : 'idle'
  if (anchoredAt > now) return { kind: 'due', reason, since: now }
  const since = addMilliseconds(anchoredAt, isBusy ? settings.busy_ms : settings.idle_ms)
  return since <= now ? { kind: 'due', reason, since } : { kind: 'not-due' }
}

/** When it is looked again: soon after a failure, later after more of them, otherwise at the next look. */
export function nextLook(failures: number, now: Instant, settings: AnchorSettings): Instant {
  if (failures === 0) return addMilliseconds(now, settings.look_ms)
  const pause_ms = settings.firstRetry_ms * 2 ** Math.min(failures - 1, 20)
  return addMilliseconds(now, Math.min(pause_ms, settings.lastRetry_ms))
}

/** True once for each outage: an anchor is overdue by more than the grace and nobody was told yet. */
export function isAlarmDue(
  state: Pick<AnchorState, 'dueSince' | 'alarmedAt'>,
  now: Instant,
  settings: AnchorSettings,
): boolean {
  if (state.dueSince === null || state.alarmedAt !== null) return false
  return addMilliseconds(state.dueSince, settings.grace_ms) < now
}

/**
 * This clock minus the authority's in milliseconds, as little as explains what was seen: 0 when the time of the token
 * can lie between asking and answering. A token in whole seconds stands for the whole second.
 */
export function clockSkew(askedAt: Instant, answeredAt: Instant, provenAt: Instant): number {
  const from = millisecondsOf(provenAt)
  const to = from % 1_000 === 0 ? from + 999 : from
  const asked = millisecondsOf(askedAt)
  const answered = millisecondsOf(answeredAt)
  if (to < asked) return asked - to
  return from > answered ? answered - from : 0
}

/**
 * From when a token should be renewed because of its certificates: the margin before they end, but never in the first
 * half of its life. So an authority whose own certificates are about to end is not asked over and over.
 */
export function renewalStart(provenAt: Instant, certificateEndsAt: Instant, margin_ms: number): Instant {
  const life_ms = Math.max(millisecondsOf(certificateEndsAt) - millisecondsOf(provenAt), 0)
  return addMilliseconds(certificateEndsAt, -Math.min(margin_ms, life_ms / 2))
}

/** The last token of a chain, as far as its renewal depends on it. */
export type ChainEnd = {
  readonly provenAt: Instant
  readonly certificateEndsAt: Instant
  readonly renewFrom: Instant
  readonly algorithms: readonly string[]
}

/** What is to be done about a chain of timestamps. `lapsed`: nothing can be added that would still be believed. */
export type RenewalDecision = 'keep' | 'renew' | 'lapsed'

/**
 * Says whether a chain needs another timestamp (decision 0055): when its certificates come to their end, or one of its
 * algorithms does within the margin. After its certificates have ended no renewal helps, because nobody can then tell
 * whether the token is older than its end. A token made within an algorithm's margin is not renewed for that algorithm
 * again: whoever made it uses nothing else.
 */
export function decideRenewal(end: ChainEnd, now: Instant, settings: AnchorSettings): RenewalDecision {
  if (end.certificateEndsAt <= now) return 'lapsed'
  if (end.renewFrom <= now) return 'renew'
  const isEnding = endingAlgorithms(now, settings).some(
    ({ algorithm, from }) => end.algorithms.includes(algorithm) && end.provenAt < from,
  )
  return isEnding ? 'renew' : 'keep'
}

/** The algorithms that are within the margin of their end, and since when. */
export function endingAlgorithms(
  now: Instant,
  settings: Pick<AnchorSettings, 'algorithmEnds' | 'renewalMargin_ms'>,
): { readonly algorithm: string; readonly from: Instant }[] {
  return settings.algorithmEnds
    .map(({ algorithm, endsAt }: AlgorithmEnd) => ({
      algorithm,
      from: addMilliseconds(endsAt, -settings.renewalMargin_ms),
    }))
    .filter(({ from }) => from <= now)
}
