import { addMilliseconds, laterOf, millisecondsOf, type Instant } from '#core'
import type { PadesLevel, RevisionTimestamp } from '#documents'
import {
  outages,
  type PreservationSettings,
  type PreservationState,
  type PreservationStep,
  type WaitingReason,
} from './preservation.ts'

/** What the next step follows from. */
export type PreservationFacts = {
  readonly level: PadesLevel
  /** The newest time-stamp; null when there is none. */
  readonly newestTimestamp: RevisionTimestamp | null
  /** True when the file holds what is needed to judge its seals and its newest time-stamp. */
  readonly isCovered: boolean
}

export type NextStep = { readonly step: PreservationStep; readonly dueAt: Instant }

/**
 * What comes next for a document, and when (decision 0071): a time-stamp, then the data to judge what is there, then a time-stamp
 * over those data, then rest until the newest one is to be renewed. A time-stamp is never put on data that do not yet judge the one
 * before it.
 */
export function decideNextStep(
  facts: PreservationFacts,
  now: Instant,
  settings: PreservationSettings,
): NextStep {
  const { level, newestTimestamp, isCovered } = facts
  if (newestTimestamp === null) return { step: 'timestamp', dueAt: now }
  if (!isCovered) return { step: 'validation-data', dueAt: now }
  if (level !== 'B-LTA') return { step: 'timestamp', dueAt: now }
  const { at } = renewalOf(newestTimestamp, settings)
  const look = addMilliseconds(now, settings.look_ms)
  return { step: 'renewal', dueAt: at < look ? laterOf(at, now) : look }
}

export type Renewal = {
  readonly at: Instant
  readonly because: 'certificates' | 'algorithm' | 'policy'
}

/**
 * When a time-stamp is to be renewed, and why then: the lead before the first of the end of its chain, the end of an algorithm
 * it rests on, and the policy period. Never in the first half of its life because of its certificates, and not for an
 * algorithm that was ending when it was made: whoever made it uses nothing else.
 */
export function renewalOf(
  timestamp: Pick<RevisionTimestamp, 'provenAt' | 'chainEndsAt' | 'algorithms'>,
  settings: Pick<PreservationSettings, 'lead_ms' | 'policyPeriod_ms' | 'algorithmEnds'>,
): Renewal {
  const { provenAt, chainEndsAt, algorithms } = timestamp
  const { lead_ms } = settings
  const life_ms = Math.max(millisecondsOf(chainEndsAt) - millisecondsOf(provenAt), 0)
  const period_ms = settings.policyPeriod_ms
  const moments: Renewal[] = [
    { at: addMilliseconds(chainEndsAt, -Math.min(lead_ms, life_ms / 2)), because: 'certificates' },
    { at: addMilliseconds(provenAt, period_ms - Math.min(lead_ms, period_ms / 2)), because: 'policy' },
    ...settings.algorithmEnds
      .filter(({ algorithm }) => algorithms.includes(algorithm))
      .map(({ endsAt }): Renewal => ({ at: addMilliseconds(endsAt, -lead_ms), because: 'algorithm' }))
      .filter(({ at }) => provenAt < at),
  ]
  return moments.reduce((first, next) => (next.at < first.at ? next : first))
}

/**
 * When a step that failed is tried again: soon, later after each failure. What only a person can mend, or time will not, is
 * looked at again at the longest interval.
 */
export function retryAt(
  because: WaitingReason,
  failures: number,
  now: Instant,
  settings: Pick<PreservationSettings, 'firstRetry_ms' | 'lastRetry_ms'>,
): Instant {
  const doubled_ms = settings.firstRetry_ms * 2 ** Math.min(failures - 1, 20)
  const isPassing = outages.includes(because) || because === 'timestamp-rejected'
  return addMilliseconds(now, isPassing ? Math.min(doubled_ms, settings.lastRetry_ms) : settings.lastRetry_ms)
}

/** Whether a renewal that somebody asks for can begin now; another one may be under way, or there is nothing to renew yet. */
export function decideRequest(
  state: Pick<PreservationState, 'level' | 'step' | 'dueAt' | 'requestedAt'>,
  now: Instant,
): 'accepted' | 'document-not-renewable' | 'document-renewal-under-way' {
  if (state.level !== 'B-LTA') return 'document-not-renewable'
  const isUnderWay = state.step !== 'renewal' || state.requestedAt !== null || state.dueAt <= now
  return isUnderWay ? 'document-renewal-under-way' : 'accepted'
}

/** The authorities in the order in which they are asked: for a renewal first those that did not make the one before. */
export function inOrder<Authority extends { readonly name: string }>(
  authorities: readonly Authority[],
  step: PreservationStep,
  newest: Pick<RevisionTimestamp, 'authority'> | null,
): readonly Authority[] {
  if (step !== 'renewal' || newest === null) return authorities
  const isOther = ({ name }: Authority): boolean => name !== newest.authority
  return [...authorities.filter(isOther), ...authorities.filter((each) => !isOther(each))]
}

const clockTolerance_ms = 300_000

/**
 * True when an answer about a certificate says something about that moment: it was given after it, or its window holds it. A
 * verifier asks the same (EN 319 102-1, 5.2.5).
 */
export function speaksOf(
  answer: { readonly thisUpdate: Instant; readonly nextUpdate: Instant | null },
  moment: Instant,
): boolean {
  if (answer.thisUpdate >= addMilliseconds(moment, -clockTolerance_ms)) return true
  return answer.nextUpdate !== null && moment <= answer.nextUpdate
}
