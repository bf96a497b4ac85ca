import type { Instant } from './instant.ts'
import { millisecondsOf } from './instant.ts'

declare const civilDateBrand: unique symbol

/** A calendar day, written `YYYY-MM-DD`, without a time zone. Civil dates compare as strings. */
export type CivilDate = string & { readonly [civilDateBrand]: true }

/** The zone in which Dutch terms are counted in days. */
export const dutchTimeZone = 'Europe/Amsterdam'

const dayLength_ms = 86_400_000

/** Reads a calendar day. Throws a RangeError for another form and for a day that does not exist. */
export function toCivilDate(text: string): CivilDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError('not a day of the form YYYY-MM-DD')
  const date = new Date(`${text}T00:00:00.000Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text)
    throw new RangeError('no such day')
  return text as CivilDate
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** The calendar day that a clock on the wall in `timeZone` shows at that moment. */
export function civilDateIn(instant: Instant, timeZone: string = dutchTimeZone): CivilDate {
  let formatter = formatters.get(timeZone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formatters.set(timeZone, formatter)
  }
  return toCivilDate(formatter.format(millisecondsOf(instant)))
}

/** The day `days` later (earlier when negative). */
export function addDays(day: CivilDate, days: number): CivilDate {
  return toCivilDate(
    new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayLength_ms).toISOString().slice(0, 10),
  )
}

/** True when `a` is an earlier day than `b`. */
export function isBefore(a: CivilDate, b: CivilDate): boolean {
  return a < b
}
