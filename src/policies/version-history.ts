import type { CivilDate, ProblemCode } from '#core'
import { addDays, isBefore } from '#core'

/** What the history of a policy needs to know about a published version. */
export type DatedVersion = {
  readonly versionNumber: number
  readonly effectiveFrom: CivilDate
  /** The first day on which it no longer holds, or null as long as nobody withdrew it. */
  readonly withdrawnFrom: CivilDate | null
}

/** Which version holds on a day, and until when; or the fact that none does, with the reason. */
export type InForce =
  | { readonly kind: 'in-force'; readonly versionNumber: number; readonly until: CivilDate | null }
  | { readonly kind: 'none'; readonly reason: 'nothing-published' | 'before-first-version' | 'withdrawn' }

export const versionStates = ['scheduled', 'in-force', 'superseded', 'withdrawn'] as const
export type VersionState = (typeof versionStates)[number]

/** The furthest an effective or withdrawal day may lie ahead: five years. A mistyped year would block all that follows. */
export const daysAheadMax = 1826

/**
 * Says which version of a policy holds on a day. Reports facts only (P7): the version with the latest effective day on
 * or before it, unless that one was withdrawn by then. A withdrawal does not revive the version before; but a version
 * withdrawn on or before its own effective day never held, and so replaced nothing (decision 0032).
 */
export function versionInForce(history: readonly DatedVersion[], day: CivilDate): InForce {
  const held = history.filter(everHeld)
  const candidate = latest(held.filter((version) => version.effectiveFrom <= day))
  if (candidate === undefined) return { kind: 'none', reason: reasonBefore(history, held) }
  const until = heldUntil(candidate, held)
  return until !== null && until <= day
    ? { kind: 'none', reason: 'withdrawn' }
    : { kind: 'in-force', versionNumber: candidate.versionNumber, until }
}

/** Where a version stands on a day. `superseded` is never stored: it follows from the version after it. */
export function stateOn(
  version: DatedVersion,
  history: readonly DatedVersion[],
  day: CivilDate,
): VersionState {
  if (!everHeld(version)) return 'withdrawn'
  if (isBefore(day, version.effectiveFrom)) return 'scheduled'
  const until = heldUntil(version, history.filter(everHeld))
  if (until === null || isBefore(day, until)) return 'in-force'
  return until === version.withdrawnFrom ? 'withdrawn' : 'superseded'
}

export type WithdrawalOutcome =
  { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly code: ProblemCode }

/**
 * Says whether a version may be withdrawn from a day on. Never for the past, once per version, and only while it would
 * otherwise still hold or come to hold on that day (P8).
 */
export function decideWithdrawal(
  version: DatedVersion,
  history: readonly DatedVersion[],
  withdrawnFrom: CivilDate,
  today: CivilDate,
): WithdrawalOutcome {
  if (version.withdrawnFrom !== null) return { kind: 'refused', code: 'policy-version-withdrawn' }
  if (isBefore(withdrawnFrom, today)) return { kind: 'refused', code: 'withdrawal-day-past' }
  if (isBefore(addDays(today, daysAheadMax), withdrawnFrom))
    return { kind: 'refused', code: 'day-too-far-ahead' }
  const until = heldUntil(version, history.filter(everHeld))
  if (until !== null && until <= withdrawnFrom) return { kind: 'refused', code: 'policy-version-superseded' }
  return { kind: 'accepted' }
}

/** False for a version that was withdrawn on or before the day on which it would have begun to hold. */
function everHeld(version: DatedVersion): boolean {
  return version.withdrawnFrom === null || isBefore(version.effectiveFrom, version.withdrawnFrom)
}

/** The first day on which a version no longer holds: its withdrawal or the next version, whichever comes first. */
function heldUntil(version: DatedVersion, held: readonly DatedVersion[]): CivilDate | null {
  const next = held
    .map((other) => other.effectiveFrom)
    .filter((day) => isBefore(version.effectiveFrom, day))
    .toSorted()[0]
  if (next === undefined) return version.withdrawnFrom
  return version.withdrawnFrom !== null && version.withdrawnFrom <= next ? version.withdrawnFrom : next
}

function latest(versions: readonly DatedVersion[]): DatedVersion | undefined {
  return versions.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1)).at(-1)
}

function reasonBefore(history: readonly DatedVersion[], held: readonly DatedVersion[]) {
  if (history.length === 0) return 'nothing-published'
  return held.length === 0 ? 'withdrawn' : 'before-first-version'
}
