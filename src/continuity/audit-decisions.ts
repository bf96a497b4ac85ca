import type { Instant } from '#core'
import { millisecondsOf, nextHalfPast } from '#core'
import type { AuditRun } from './audit.ts'

/** The next moment after `now` when it is 03:30 in the Netherlands: an hour that every night has once, also in March. */
export function nextNight(now: Instant): Instant {
  return nextHalfPast(3, now)
}

/** Seconds since the last complete audit ended; undefined before the first. */
export function auditAge_s(runs: readonly AuditRun[], now: Instant): number | undefined {
  const [newest] = runs
  if (newest === undefined) return undefined
  return Math.max(0, Math.round((millisecondsOf(now) - millisecondsOf(newest.endedAt)) / 1_000))
}
