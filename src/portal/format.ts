import type { Language } from '#people'

const locales: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' }
const zone = 'Europe/Amsterdam'

/** The day of a moment in the Netherlands, in words. */
export function momentDayInWords(moment: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: zone }).format(
    new Date(moment),
  )
}

/**
 * Day and time to the second in Dutch time, whatever the clock of the device says: the employer and a judge read the same
 * moment there.
 */
export function momentInWords(moment: string, language: Language): string {
  return `${momentDayInWords(moment, language)}, ${timeInWords(moment)}`
}

/** The time of day in the Netherlands, to the second. */
export function timeInWords(moment: string): string {
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone } as const
  return new Intl.DateTimeFormat('nl-NL', time).format(new Date(moment))
}

/** A SHA-256 in hex, in groups that are easy to compare by eye and still copy as one word. */
export function fingerprintGroups(hex: string): string[] {
  return hex.match(/.{1,8}/g) ?? []
}

/** Kilobytes, at least one. */
export function kilobytes(byteLength: number): number {
  return Math.max(1, Math.round(byteLength / 1024))
}

const wordsPerMinute = 180

/** How many minutes a person who reads calmly needs for these texts, at least one. */
export function minutesToRead(texts: readonly string[]): number {
  return Math.max(1, Math.round(texts.join(' ').split(/\s+/).length / wordsPerMinute))
}
