import type { DocumentPlaceholder } from './document-inputs.ts'
import { dayInWords, type DocumentTexts } from './document-texts.ts'
import type { Segment } from './text-layout.ts'
import { colours } from './document-style.ts'

const bracketed = /\[([^[\]]*)\]/g

/**
 * A text with the values of its placeholders in their places; web addresses, e-mail addresses and telephone numbers
 * become links. A bracket that is no placeholder with a value stays as it is written.
 */
export function fillSegments(
  text: string,
  placeholders: readonly DocumentPlaceholder[],
  texts: DocumentTexts,
): Segment[] {
  const segments: Segment[] = []
  let end = 0
  for (const match of text.matchAll(bracketed)) {
    const placeholder = placeholders.find((one) => one.name === match[1])
    if (placeholder?.value === undefined) continue
    if (match.index > end) segments.push({ text: text.slice(end, match.index) })
    segments.push(valueSegment(placeholder.kind, placeholder.value, texts))
    end = match.index + match[0].length
  }
  if (end < text.length) segments.push({ text: text.slice(end) })
  return segments
}

/** The same as one text, for where there can be no link: titles, file properties. */
export function fillText(
  text: string,
  placeholders: readonly DocumentPlaceholder[],
  texts: DocumentTexts,
): string {
  return fillSegments(text, placeholders, texts)
    .map((segment) => segment.text)
    .join('')
}

function valueSegment(kind: DocumentPlaceholder['kind'], value: string, texts: DocumentTexts): Segment {
  const text = kind === 'date' ? dayInWords(value, texts) : value
  const link = linkOf(kind, value)
  return link === undefined ? { text } : { text, link, colour: colours.accent }
}

function linkOf(kind: DocumentPlaceholder['kind'], value: string): string | undefined {
  if (kind === 'url' && value.startsWith('https://') && URL.canParse(value)) return new URL(value).href
  if (kind === 'email') return new URL(`mailto:${encodeURI(value)}`).href
  // The zero between brackets in `+31 (0)20` is only for who calls from inside the country.
  if (kind === 'phone') return `tel:${value.replace(/^(\+.*)\(0\)/, '$1').replace(/[^0-9+]/g, '')}`
  return undefined
}
