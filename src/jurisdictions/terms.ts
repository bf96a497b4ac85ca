import type { CivilDate } from '#core'
import { toCivilDate } from '#core'

/**
 * The day `months` later. A day that the month does not have becomes its last: 31 January and one month is 28 or 29
 * February. A number below 0 goes back in the same way.
 */
export function addMonths(day: CivilDate, months: number): CivilDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const count = year * 12 + (month - 1) + months
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1]
  const last = new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate()
  const pad = (value: number, length: number): string => String(value).padStart(length, '0')
  return toCivilDate(`${pad(toYear, 4)}-${pad(toMonth, 2)}-${pad(Math.min(date, last), 2)}`)
}

/** Completed years of life on a day. Who was born on 29 February completes a year on 1 March in a common year. */
export function ageOn(birthDate: CivilDate, day: CivilDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** The row that holds on a day: the last that began on it or before. Rows are in order of `from`. */
export function rowOn<Row extends { readonly from: CivilDate }>(
  rows: readonly Row[],
  day: CivilDate,
): Row | undefined {
  return rows.findLast((row) => row.from <= day)
}

/** An amount of euro cents as the Dutch and the English write it: `10.000,00` and `10,000.00`. */
export function euros(amountCents: number): { readonly nl: string; readonly en: string } {
  const whole = String(Math.floor(Math.abs(amountCents) / 100))
  const cents = String(Math.abs(amountCents) % 100).padStart(2, '0')
  const grouped = (mark: string): string => whole.replaceAll(/\B(?=(\d{3})+$)/g, mark)
  const sign = amountCents < 0 ? '-' : ''
  return { nl: `${sign}${grouped('.')},${cents}`, en: `${sign}${grouped(',')}.${cents}` }
}
