import type { ProblemDetail } from '#core'
import { findUnshowable } from './character-check.ts'
import type { DocumentInput } from './document-inputs.ts'

const detailsMax = 20

/**
 * The places of an input whose text has a character that the document cannot show: one detail a place, with a JSON
 * Pointer and the character as U+XXXX. Looks at everything that is printed, and only at that: the other language of a
 * version and the attached files may hold anything that JSON can.
 */
export function checkCharacters(input: DocumentInput): ProblemDetail[] {
  const details: ProblemDetail[] = []
  visitTexts(input, '', input.language, (text, pointer) => {
    if (details.length >= detailsMax) return
    const found = findUnshowable(text)
    if (found === undefined) return
    const why =
      found.why === 'hidden'
        ? 'cannot be seen or would change the order of the text'
        : 'has no glyph in the fonts of the documents'
    details.push({
      code: 'character-without-glyph',
      message: `${found.codePoint} at position ${found.index} ${why}.`,
      pointer,
    })
  })
  return details
}

/** Members that are not printed, or printed with every odd character made visible. */
const unprinted = new Set(['/evidenceJson', '/facts/userAgent'])

function visitTexts(
  value: unknown,
  pointer: string,
  language: string,
  visit: (text: string, pointer: string) => void,
): void {
  if (typeof value === 'string') {
    if (!unprinted.has(pointer)) visit(value, pointer)
    return
  }
  if (value === null || typeof value !== 'object') return
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) visitTexts(member, `${pointer}/${index}`, language, visit)
    return
  }
  for (const [name, member] of Object.entries(value)) {
    if ((name === 'nl' || name === 'en') && name !== language) continue
    const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1')
    visitTexts(member, `${pointer}/${escaped}`, language, visit)
  }
}
