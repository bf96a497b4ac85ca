import type { Instant } from '#core'
import { addDays, addMilliseconds, civilDateIn, dutchTimeZone, toInstant } from '#core'

const clockOnTheWall = new Intl.DateTimeFormat('en-GB', {
  timeZone: dutchTimeZone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/**
 * The next moment after this one at which clocks in the Netherlands show 02:30; on the night in March on which they never
 * do, an hour later by the clock. On the night in October on which they do twice, the first.
 */
export function nextNight(now: Instant): Instant {
  const today = civilDateIn(now)
  const tonight = halfPastTwo(today)
  return tonight > now ? tonight : halfPastTwo(addDays(today, 1))
}

function halfPastTwo(day: string): Instant {
  const inSummer = toInstant(`${day}T00:30:00.000Z`)
  const shows = clockOnTheWall.format(new Date(inSummer))
  return shows === '02:30' ? inSummer : addMilliseconds(inSummer, 3_600_000)
}
