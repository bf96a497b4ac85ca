import { dayInWords, toCivilDate } from '#core'
import type { Language, Placeholder, PolicyContent, Text } from './content.ts'
import { mapTexts, textPlacesOf } from './content-texts.ts'

// Square brackets mean a placeholder and nothing else, so that a misspelt one can never be published as text.
const bracketed = /\[([^[\]]*)\]/g
const namePattern = /^[A-Z][A-Z0-9]*(?:[ -][A-Z0-9]+)*$/

/** A placeholder in a text: its name, and a JSON Pointer to the string that contains it. */
export type Occurrence = { readonly name: string; readonly pointer: string }

/** The names between square brackets in a text, in order, each as often as it stands there. */
export function placeholderNamesIn(text: string): string[] {
  return Array.from(text.matchAll(bracketed), (match) => match[1]!).filter((name) => namePattern.test(name))
}

/** True when a text has a square bracket that is not part of a well-formed `[NAME]`. */
export function hasStrayBracket(text: string): boolean {
  const rest = text.replace(bracketed, (whole: string, name: string) => (namePattern.test(name) ? '' : whole))
  return /[[\]]/.test(rest)
}

/** Every placeholder in every text of a content, in reading order. */
export function occurrencesIn(content: PolicyContent): Occurrence[] {
  return textPlacesOf(content)
    .filter((place) => place.takesPlaceholders)
    .flatMap((place) =>
      content.languages.flatMap((language) =>
        placeholderNamesIn(place.text[language] ?? '').map((name) => ({
          name,
          pointer: `${place.pointer}/${language}`,
        })),
      ),
    )
}

/** The occurrences whose placeholder has no value yet. As long as there is one, the text cannot be published (P4). */
export function unresolvedOccurrences(content: PolicyContent): Occurrence[] {
  const filled = new Set(content.placeholders.filter((one) => one.value !== undefined).map((one) => one.name))
  return occurrencesIn(content).filter((occurrence) => !filled.has(occurrence.name))
}

/** Puts the values in the place of the placeholders. One without a value stays as it is written. */
export function fillPlaceholders(
  text: string,
  language: Language,
  placeholders: readonly Placeholder[],
): string {
  return text.replace(bracketed, (whole: string, name: string) => {
    const placeholder = placeholders.find((one) => one.name === name)
    if (placeholder?.value === undefined) return whole
    return placeholder.kind === 'date' ? dayInWords(placeholder.value, language) : placeholder.value
  })
}

/** The content as a reader gets it: every text with its placeholders filled in. */
export function fillContent(content: PolicyContent): PolicyContent {
  return mapTexts(content, (text) => {
    const filled: Text = {}
    for (const language of content.languages)
      filled[language] = fillPlaceholders(text[language] ?? '', language, content.placeholders)
    return filled
  })
}

const kindChecks: Record<Placeholder['kind'], { fits: (value: string) => boolean; expected: string }> = {
  text: { fits: () => true, expected: 'one line of text' },
  email: {
    fits: (value) =>
      /^[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/.test(value),
    expected: 'an e-mail address',
  },
  phone: {
    fits: (value) => /^\+?[0-9()][0-9() .-]*$/.test(value) && /^\d{6,15}$/.test(value.replace(/\D/g, '')),
    expected: 'a telephone number of 6 to 15 digits',
  },
  person: { fits: (value) => /\p{L}/u.test(value) && !value.includes('@'), expected: 'the name of a person' },
  url: { fits: isWebAddress, expected: 'a web address that begins with https://' },
  date: { fits: isDay, expected: 'a day of the form YYYY-MM-DD' },
}

/** What a value of this kind has to be, or undefined when the value fits. */
export function misfitOf(kind: Placeholder['kind'], value: string): string | undefined {
  const { fits, expected } = kindChecks[kind]
  return fits(value) ? undefined : expected
}

function isWebAddress(value: string): boolean {
  if (!/^https:\/\/[^\s[\]]+$/.test(value) || !URL.canParse(value)) return false
  const url = new URL(value)
  return url.username === '' && url.password === '' && url.hostname.includes('.')
}

function isDay(value: string): boolean {
  try {
    toCivilDate(value)
    return true
  } catch {
    return false
  }
}
