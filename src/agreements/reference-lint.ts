import { plainText } from '#documents'

/** A document of a bundle as the check on references reads it. */
export type LintedDocument = {
  readonly role: 'main' | 'annex'
  /** Its own mark; null for a contract. */
  readonly mark: string | null
  readonly title: string
  readonly pages: readonly string[]
}

/** Something that a text of the bundle refers to and that is not in it. `mark` null: it says that something is attached. */
export type MissingAnnex = {
  readonly document: string
  readonly page: number
  readonly mark: string | null
  readonly text: string
}

const mark = String.raw`(?:[IVX]{1,4}|[A-Z]\d{0,2}|\d{1,2})(?:[.-]\d{1,3})*(?![A-Za-z0-9])`
const word = String.raw`(?:[Bb]ijlagen?|BIJLAGEN?|[Aa]nnex(?:es)?|ANNEX(?:ES)?|[Aa]ppendi(?:x|ces)|APPENDI(?:X|CES))`
const joint = String.raw`\s*(?:,|&|en|and|t/m|tot en met)\s*`
const mention = new RegExp(String.raw`(?<![A-Za-z])${word}\s+(${mark}(?:${joint}${mark})*)`, 'gu')
const attached =
  /(?<![a-z])(?:bijgevoegde?|bijgesloten|aangehechte?|hieraan gehechte?|als bijlage|attached|enclosed|appended)(?![a-z])/giu
const sentence = /[^.!?]+(?:[.!?]+|$)/gu

/**
 * What the texts of a bundle refer to that is not in the bundle: a marked annex anywhere, and, in the main document, something that is
 * said to be attached in a sentence that neither names an annex of the bundle nor was given as the words that refer to one. A
 * contract that says "attached" of what is not there lost its covenant (ECLI:NL:HR:2017:364). `signedBefore` are the marks of
 * annexes that are in force under the same contract: an annex may speak of those, a contract may not.
 */
export function missingAnnexes(
  documents: readonly LintedDocument[],
  references: readonly { readonly text: string; readonly page: number }[],
  signedBefore: readonly string[],
): MissingAnnex[] {
  const inBundle = documents.flatMap((document) => document.mark ?? [])
  return documents.flatMap((document) => {
    const isContract = document.role === 'main' && document.mark === null
    const there = new Set(
      [...inBundle, ...(isContract ? [] : signedBefore)].map((each) => each.toUpperCase()),
    )
    return document.pages.flatMap((text, index) => {
      const page = index + 1
      const at = { document: document.title, page }
      const marked = marksIn(text).filter((each) => !there.has(each.mark.toUpperCase()))
      const unnamed =
        document.role === 'main'
          ? unnamedIn(text, references.filter((each) => each.page === page).map((each) => plainText(each.text)), there) // prettier-ignore
          : []
      return [
        ...marked.map((each) => ({ ...at, mark: each.mark, text: each.text })),
        ...unnamed.map((words) => ({ ...at, mark: null, text: words })),
      ]
    })
  })
}

/** The marks that a text names behind the word for an annex, each with the words. `A t/m C` names all between. */
export function marksIn(text: string): { readonly mark: string; readonly text: string }[] {
  return Array.from(text.matchAll(mention)).flatMap((found) => {
    const marks = found[1]!.split(new RegExp(joint, 'u'))
    const through = /t\/m|tot en met/u.test(found[1]!) ? between(marks[0]!, marks.at(-1)!) : []
    return [...new Set([...marks, ...through])].map((each) => ({ mark: each, text: found[0] }))
  })
}

function between(first: string, last: string): string[] {
  if (/^[A-Z]$/u.test(first) && /^[A-Z]$/u.test(last)) return span(first.charCodeAt(0), last.charCodeAt(0)).map((code) => String.fromCharCode(code)) // prettier-ignore
  if (/^\d+$/u.test(first) && /^\d+$/u.test(last)) return span(Number(first), Number(last)).map(String)
  return []
}

function span(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}

/** Sentences that say that something is attached and leave open what. */
function unnamedIn(text: string, references: readonly string[], there: ReadonlySet<string>): string[] {
  return Array.from(text.matchAll(sentence), ([words]) => words.trim()).filter((words) => {
    if (words.search(attached) < 0) return false
    if (marksIn(words).some((each) => there.has(each.mark.toUpperCase()))) return false
    return !references.some((reference) => reference.includes(words) || words.includes(reference))
  })
}
