import { toCivilDate } from './civil-date.ts'

// Own tables instead of Intl: the words end up in hashed bytes and must not change with a newer Node.
const months = {
  nl: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
} as const

/**
 * A day as it is written in a running text: `1 december 2026`, `1 December 2026`. Throws a RangeError for what is no day.
 */
export function dayInWords(day: string, language: 'nl' | 'en'): string {
  const date = toCivilDate(day)
  return `${Number(date.slice(8))} ${months[language][Number(date.slice(5, 7)) - 1]!} ${date.slice(0, 4)}`
}
