import type { CivilDate } from '#core'
import { ageOn } from './terms.ts'
import type { Regime } from './rule.ts'

/** The lowest hourly wage on a day. `old`: the row is of an earlier half year, and a later amount is not known here. */
export type MinimumWage = { readonly hourlyCents: number; readonly from: CivilDate; readonly old: boolean }

/** The lowest hourly wage of somebody on a day; undefined where no row of the regime has it for that age and day. */
export function minimumWageFor(
  regime: Pick<Regime, 'minimumWage'>,
  birthDate: CivilDate,
  day: CivilDate,
): MinimumWage | undefined {
  const age = ageOn(birthDate, day)
  const row = regime.minimumWage.findLast((each) => each.from <= day && each.ageFrom <= age)
  if (row === undefined) return undefined
  const halfYear = (date: CivilDate): string => `${date.slice(0, 4)}-${date.slice(5, 7) < '07' ? 1 : 2}`
  return { hourlyCents: row.hourlyCents, from: row.from, old: halfYear(row.from) !== halfYear(day) }
}
