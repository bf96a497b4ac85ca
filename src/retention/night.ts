import type { Instant } from '#core'
import { nextHalfPast } from '#core'

/** When the retention of the next night begins: 02:30 in the Netherlands. */
export function nextNight(now: Instant): Instant {
  return nextHalfPast(2, now)
}
