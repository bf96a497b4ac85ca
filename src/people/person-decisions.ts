import type { ProblemDetail } from '#core'
import { unprintableIn } from '#core'
import type { PersonStatement } from './person.ts'

/** Says which characters of a text no font of ours can draw; given to the decision so that it needs no fonts. */
export type FindMissingGlyph = (text: string) => string | undefined

const nameFields = ['externalId', 'givenName', 'familyName', 'workEmail', 'department', 'jobTitle'] as const
const emailPattern = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+\.[^\s@<>()[\],;:\\".]+$/

/**
 * Everything that is wrong with an import, all at once; an empty list means that it can be taken whole. A name must be
 * printable, because it will stand in a receipt: a name that cannot be drawn is refused here, where it can be mended,
 * and not on the day that somebody acts (decision 0040).
 */
export function checkImport(
  persons: readonly PersonStatement[],
  findMissingGlyph: FindMissingGlyph,
): ProblemDetail[] {
  const seen = new Map<string, number>()
  return persons.flatMap((person, index) => {
    const first = seen.get(person.externalId)
    seen.set(person.externalId, first ?? index)
    const duplicate: ProblemDetail[] =
      first === undefined
        ? []
        : [
            {
              code: 'duplicate-person',
              message: `The same externalId stands at position ${first} of this import.`,
              pointer: `/persons/${index}/externalId`,
            },
          ]
    return [...duplicate, ...checkPerson(person, index, findMissingGlyph)]
  })
}

function checkPerson(
  person: PersonStatement,
  index: number,
  findMissingGlyph: FindMissingGlyph,
): ProblemDetail[] {
  const details: ProblemDetail[] = []
  for (const field of nameFields) {
    const text = person[field]
    if (text === undefined) continue
    const pointer = `/persons/${index}/${field}`
    if (text.trim() !== text || text === '')
      details.push({ code: 'blank-edges', message: 'Begins or ends with white space, or is empty.', pointer })
    const hidden = unprintableIn(text) ?? (text.includes('\n') ? { codePoint: 'U+000A' } : undefined)
    const missing = hidden === undefined ? findMissingGlyph(text) : undefined
    if (hidden !== undefined)
      details.push({ code: 'unprintable-character', message: `Contains ${hidden.codePoint}, which cannot be seen or would reorder text.`, pointer }) // prettier-ignore
    if (missing !== undefined)
      details.push({ code: 'character-without-glyph', message: `Contains ${missing}, which no bundled font can draw. Use the Latin spelling of the passport's machine-readable zone.`, pointer }) // prettier-ignore
  }
  if (!emailPattern.test(person.workEmail) || !/^[\x21-\x7e]+$/.test(person.workEmail))
    details.push({ code: 'email-address', message: 'Is not an e-mail address in ASCII.', pointer: `/persons/${index}/workEmail` }) // prettier-ignore
  return details
}
