import { addDays, civilDateIn, dutchTimeZone } from './civil-date.ts'
import type { Instant } from './instant.ts'
import { addMilliseconds, millisecondsOf, toInstant } from './instant.ts'

const hour_ms = 3_600_000
const wall = new Intl.DateTimeFormat('en-GB', { timeZone: dutchTimeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }) // prettier-ignore

/**
 * The next moment after `now` at which clocks in the Netherlands show half past this hour, 2 to 22. On the night in March
 * on which they never show it, an hour later by the clock; on the night in October on which they do twice, the first.
 */
export function nextHalfPast(hour: number, now: Instant): Instant {
  const today = civilDateIn(now)
  const tonight = halfPast(hour, today)
  return tonight > now ? tonight : halfPast(hour, addDays(today, 1))
}

function halfPast(hour: number, day: string): Instant {
  const twoDigits = (value: number): string => String(value).padStart(2, '0')
  const inSummer = toInstant(`${day}T${twoDigits(hour - 2)}:30:00.000Z`)
  const shows = wall.format(millisecondsOf(inSummer))
  return shows === `${twoDigits(hour)}:30` ? inSummer : addMilliseconds(inSummer, hour_ms)
}
