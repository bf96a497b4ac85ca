/**
 * Days, moments and sizes in the words of a language. Moments are shown in Dutch time, whatever the clock of the
 * device says, because the employer and a judge read the same moment there.
 *
 * @import { Language } from '../page-contract.ts'
 */

/** @type {Record<Language, string>} */
const locales = { nl: 'nl-NL', en: 'en-GB' }

/** @param {string} day `YYYY-MM-DD` @param {Language} language @returns {string} such as 1 december 2026 */
export function dayInWords(day, language) {
  const format = new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${day}T00:00:00Z`))
}

/** @param {string} moment UTC @param {Language} language @returns {string} day and time to the second, Dutch time */
export function momentInWords(moment, language) {
  const date = new Date(moment)
  const zone = 'Europe/Amsterdam'
  const day = new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: zone }).format(date)
  const time = new Intl.DateTimeFormat('nl-NL', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: zone,
  }).format(date)
  return `${day}, ${time}`
}

/** @param {string} moment UTC @returns {string} the Dutch calendar day, `YYYY-MM-DD`, for file names */
export function dutchDay(moment) {
  // Swedish writes days in the order of ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date(moment))
}

/** @param {number} bytes @returns {string} */
export function sizeInWords(bytes) {
  return `${Math.max(1, Math.round(bytes / 1024))} kB`
}
