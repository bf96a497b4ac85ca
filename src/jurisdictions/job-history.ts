import type { CivilDate } from '#core'
import type { JobChange, WageFacts } from './facts.ts'
import { rowOn } from './terms.ts'

/**
 * The changes of a job that a covenant may weigh heavier for: those after the day on which it was agreed, without a wage that
 * differs by `wageChange_percent` or less, up or down, from the wage of that day. Small rises add up, because each is held
 * against that day and not against the one before. Another line of reporting makes no covenant heavier and is left out
 * too, so that what was decided about the others goes on to hold. With a wage that is not known on either day the change
 * of wage stays: unknown is not small.
 *
 * HR 05-01-2007 ECLI:NL:HR:2007:AZ2221 asks for a drastic change; the percentage is INFERENCE.
 */
export function significantJobHistory(
  jobHistory: readonly JobChange[],
  wageHistory: NonNullable<WageFacts['history']>,
  agreedOn: CivilDate | null,
  wageChange_percent: number,
): JobChange[] {
  const wageOn = (day: CivilDate): number | undefined => rowOn(wageHistory, day)?.hourlyCents
  const agreed = agreedOn === null ? undefined : wageOn(agreedOn)
  const isSmall = (day: CivilDate): boolean => {
    const wage = wageOn(day)
    if (agreed === undefined || wage === undefined) return false
    return Math.abs(wage - agreed) * 100 <= agreed * wageChange_percent
  }
  return jobHistory
    .filter((change) => agreedOn === null || change.on > agreedOn)
    .map((change) => ({
      ...change,
      changed: change.changed.filter((what) => what !== 'reporting' && (what !== 'wage' || !isSmall(change.on))), // prettier-ignore
    }))
    .filter((change) => change.changed.length > 0)
}
