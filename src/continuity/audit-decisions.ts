import type { Instant } from '#core'
import { addDays, addMilliseconds, civilDateIn, dutchTimeZone, millisecondsOf, toInstant } from '#core'
import type { AuditRun } from './audit.ts'

const wall = new Intl.DateTimeFormat('en-GB', { timeZone: dutchTimeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }) // prettier-ignore

/** The next moment after `now` when it is 03:30 in the Netherlands: an hour that every night has once, also in March. */
export function nextNight(now: Instant): Instant {
  const today = civilDateIn(now)
  const tonight = halfPastThree(today)
  return tonight > now ? tonight : halfPastThree(addDays(today, 1))
}

function halfPastThree(day: string): Instant {
  const inSummer = toInstant(`${day}T01:30:00.000Z`)
  return wall.format(millisecondsOf(inSummer)) === '03:30' ? inSummer : addMilliseconds(inSummer, 3_600_000)
}

/** Seconds since the last complete audit ended; undefined before the first. */
export function auditAge_s(runs: readonly AuditRun[], now: Instant): number | undefined {
  const [newest] = runs
  if (newest === undefined) return undefined
  return Math.max(0, Math.round((millisecondsOf(now) - millisecondsOf(newest.endedAt)) / 1_000))
}
