import type { Instant, LogId, OrganisationId } from '#core'
import { millisecondsOf } from '#core'
import type { Transaction } from '#database'
import { getOpenLog } from '#evidence'
import { scheduleJob } from '#jobs'
import { recordEvent } from '#webhooks'
import type { AnchorDeps, AnchorPlace, AnchorSettings, AnchorState } from './anchor.ts'
import { defaultAnchorSettings } from './anchor.ts'
import { isAlarmDue } from './anchor-decisions.ts'
import { findFirstToken, findPlace } from './anchor-state-view.ts'
import { saveRequest, saveState, takeMoment } from './anchor-store.ts'
import type { CosignatureOutcome } from './cosignature-actions.ts'
import { collectCosignatures } from './cosignature-actions.ts'
import type { TimestampOutcome } from './timestamp-actions.ts'
import { stampCheckpoint } from './timestamp-actions.ts'

/** Under which the rounds of anchoring stand in the calendar. */
export const anchoringKind = 'anchoring'

/** What came of anchoring one checkpoint. */
export type AnchorOutcome =
  | {
      readonly kind: 'anchored'
      readonly size: number
      /** Null where no authority is configured and the witnesses are all there is. */
      readonly timestamp: {
        readonly authority: string
        readonly development: boolean
        readonly at: Instant
      } | null
      readonly cosignatures: number
      readonly quorum: 'met' | 'missing' | 'none'
    }
  | { readonly kind: 'unanchored'; readonly size: number; readonly because: string }

/** The settings with what was not given. */
export function settingsOf(deps: AnchorDeps): AnchorSettings {
  return { ...defaultAnchorSettings, ...deps.settings }
}

/** Puts the first round of anchoring into the calendar. For an organisation that has just been founded. */
export async function scheduleAnchoring(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
): Promise<void> {
  await scheduleJob(trx, organisationId, anchoringKind, now)
}

/** Asks for an anchor of whatever is newest when the round comes, which is at once; also when nothing is new. */
export async function requestAnchor(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
): Promise<void> {
  const { logId } = await getOpenLog(trx, organisationId)
  await saveRequest(trx, organisationId, logId, now)
  await scheduleJob(trx, organisationId, anchoringKind, now)
}

/**
 * A moment at which the anchors of a log can be frozen: `readAnchors` with it as `obtainedBefore` gives the same for ever.
 * What this transaction writes is to name it. Other anchors of the log wait until the transaction ends, so it should be
 * short; call it before anything is appended to the ledger.
 */
export async function anchorMoment(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  now: Instant,
): Promise<Instant> {
  return (await takeMoment(trx, organisationId, logId, now)).moment
}

/**
 * Anchors the checkpoint of exactly this size and says what happened; one that has a token already is only cosigned where
 * that is still missing. Waits for others, but never in a transaction: at most about ten seconds for each authority,
 * and twenty for the witnesses. Throws a RangeError when the log, the open one unless another is named, has no checkpoint
 * of that size.
 */
export async function anchorNow(
  deps: AnchorDeps,
  organisationId: OrganisationId,
  size: number,
  logId?: LogId,
): Promise<AnchorOutcome> {
  const place = await deps.database.readInOrganisation(organisationId, (trx) =>
    findPlace(trx, organisationId, size, logId),
  )
  if (place === undefined) throw new RangeError(`no checkpoint of ${size} entries was signed`)
  const { attempt } = await completeAnchor(deps, place, { isWish: true })
  return toOutcome(place, attempt)
}

/**
 * Does what an anchor of this checkpoint still lacks: its first token, cosignatures, or nothing. Answers how many
 * attempts in a row have failed by now. A wish that is not met is left for the next round.
 */
export async function completeAnchor(
  deps: AnchorDeps,
  place: AnchorPlace,
  { isWish }: { readonly isWish: boolean },
): Promise<{ readonly attempt: AnchorAttempt; readonly failures: number }> {
  const now = deps.platform.clock()
  const token = await deps.database.readInOrganisation(place.organisationId, (trx) =>
    findFirstToken(trx, place),
  )
  const attempt = await attemptAnchor(deps, place, token && { kind: 'obtained', ...token })
  const record = { since: now, startedAt: now, isFresh: token === undefined, isWish }
  return { attempt, failures: await recordAttempt(deps, place, attempt, record) }
}

/** What was tried on a checkpoint. `timestamp` null: nobody was asked, because nobody is configured. */
export type AnchorAttempt = {
  readonly timestamp: TimestampOutcome | null
  readonly cosigned: CosignatureOutcome
}

/** Stamps, unless that is done already, and asks the witnesses. */
export async function attemptAnchor(
  deps: AnchorDeps,
  place: AnchorPlace,
  known?: TimestampOutcome,
): Promise<AnchorAttempt> {
  const stamping =
    known ?? (deps.authorities.length === 0 ? null : stampCheckpoint(deps, settingsOf(deps), place))
  const [timestamp, cosigned] = await Promise.all([stamping, collectCosignatures(deps, place)])
  return { timestamp, cosigned }
}

/** Why an attempt is not all that was wanted; null when it is. */
export function shortcomingOf({ timestamp, cosigned }: AnchorAttempt): string | null {
  const reasons = [
    ...(timestamp?.kind === 'failed' ? [timestamp.because] : []),
    ...(timestamp === null && cosigned.cosignatures === 0
      ? ['nobody gave an anchor', ...cosigned.failures]
      : []),
    ...(cosigned.quorum === 'missing' ? ['too few witnesses cosigned', ...cosigned.failures] : []),
  ]
  return reasons.length === 0 ? null : reasons.join('; ')
}

/** How an attempt is written down. */
export type AttemptRecord = {
  /** Since when the anchor was due. */
  readonly since: Instant
  /** A wish for an anchor from before this moment is met by this one. */
  readonly startedAt: Instant
  /** Whether the time was asked for; otherwise only cosignatures were. */
  readonly isFresh: boolean
  /** Whether somebody waits for it, so that a failure leaves a wish behind. */
  readonly isWish: boolean
}

/**
 * Writes down how an attempt ended and tells other systems once for each outage that an anchor is late. Answers how many
 * attempts in a row have now failed.
 */
export async function recordAttempt(
  deps: AnchorDeps,
  place: AnchorPlace,
  attempt: AnchorAttempt,
  record: AttemptRecord,
): Promise<number> {
  const { platform, database } = deps
  const { organisationId, logId, size } = place
  const shortcoming = shortcomingOf(attempt)
  return database.inOrganisation(organisationId, async (trx) => {
    const now = platform.clock()
    const { state } = await takeMoment(trx, organisationId, logId, now)
    const next = nextState(state, place, attempt, record, now)
    const isAlarm = isAlarmDue(next, now, settingsOf(deps))
    await saveState(trx, organisationId, logId, {
      ...next,
      alarmedAt: isAlarm ? now : next.alarmedAt,
      lastFailure: shortcoming,
    })
    if (isAlarm) {
      await recordEvent(platform, trx, organisationId, {
        type: 'ledger.anchor-delayed',
        subject: logId,
        data: { logId, size, dueSince: next.dueSince, failures: next.failures },
      })
      platform.log.error(
        { organisationId, logId, size, dueSince: next.dueSince, because: shortcoming },
        'a checkpoint waits for its anchor',
      )
    }
    showAge(platform, organisationId, next.anchoredAt ?? next.dueSince ?? now, now)
    return next.failures
  })
}

/** Shows the operator how old the newest anchor is; where there has never been one, how long it has been due. */
export function showAge(
  platform: AnchorDeps['platform'],
  organisationId: OrganisationId,
  since: Instant,
  now: Instant,
): void {
  const age_ms = millisecondsOf(now) - millisecondsOf(since)
  platform.metrics.set('beding_anchor_age_seconds', age_ms / 1_000, { organisation: organisationId })
}

function nextState(
  state: AnchorState,
  place: AnchorPlace,
  attempt: AnchorAttempt,
  record: AttemptRecord,
  now: Instant,
): AnchorState {
  const isComplete = shortcomingOf(attempt) === null
  // With authorities their token makes the anchor; where there are none, the witnesses do.
  const isAnchored = attempt.timestamp === null ? isComplete : attempt.timestamp.kind === 'obtained'
  const isNewest = place.size >= (state.anchoredSize ?? 0)
  const moves = record.isFresh && isAnchored && isNewest
  const isMet =
    record.isFresh && isAnchored && state.requestedAt !== null && state.requestedAt <= record.startedAt
  const wish = record.isWish && !isAnchored ? record.startedAt : null
  return {
    anchoredSize: moves ? place.size : state.anchoredSize,
    anchoredAt: moves ? now : state.anchoredAt,
    requestedAt: isMet ? null : (state.requestedAt ?? wish),
    dueSince: isComplete ? null : (state.dueSince ?? record.since),
    alarmedAt: isComplete ? null : state.alarmedAt,
    failures: isComplete ? 0 : state.failures + 1,
  }
}

function toOutcome({ size }: AnchorPlace, attempt: AnchorAttempt): AnchorOutcome {
  const { timestamp, cosigned } = attempt
  if (timestamp?.kind === 'failed') return { kind: 'unanchored', size, because: timestamp.because }
  if (timestamp === null && cosigned.cosignatures === 0) {
    const because = ['no time-stamping authority is configured', ...cosigned.failures].join('; ')
    return { kind: 'unanchored', size, because }
  }
  const stamp = timestamp && {
    authority: timestamp.authority,
    development: timestamp.development,
    at: timestamp.at,
  }
  const { cosignatures, quorum } = cosigned
  return { kind: 'anchored', size, timestamp: stamp, cosignatures, quorum }
}
