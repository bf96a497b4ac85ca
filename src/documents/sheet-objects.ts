import type { PdfRevision } from './pdf-revision.ts'
import { need, PdfStructureError } from './pdf-structure.ts'

/** An object that is carried over: its dictionary, and behind it the stream in latin1 where it has one. */
export type CarriedObject = { readonly dictionary: string; readonly stream: string }

/** What an object is called in the file that it comes into. */
export type Numbering = {
  readonly numbers: ReadonlyMap<number, number>
  /** The first key of the parent tree that is free there. */
  readonly firstKey: number
}

/**
 * The objects that can be reached from some, but for those at which to stop, in ascending order. Refuses an object with
 * anything that could carry more than text on a page: annotations, actions, files, names.
 */
export function readCarried(
  revision: PdfRevision,
  from: readonly number[],
  stopAt: readonly number[],
): Map<number, CarriedObject> {
  const found = new Map<number, CarriedObject>()
  const waiting = [...from]
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (found.has(number) || stopAt.includes(number)) continue
    const object = readObject(revision, number)
    expectPlain(object.dictionary)
    found.set(number, object)
    waiting.push(...referencesOf(object.dictionary))
  }
  return new Map([...found].sort(([one], [other]) => one - other))
}

function readObject(revision: PdfRevision, number: number): CarriedObject {
  const offset = revision.offsets.get(number)
  if (offset === undefined) throw new PdfStructureError(`object ${number} is not in the table`)
  const rest = revision.bytes.subarray(offset)
  const head = `${number} 0 obj\n`
  const plainEnd = rest.indexOf('\n>>\nendobj\n', 0, 'latin1')
  const streamEnd = rest.indexOf('\n>>\nstream\n', 0, 'latin1')
  const hasStream = streamEnd !== -1 && streamEnd < plainEnd
  const text = rest.subarray(0, (hasStream ? streamEnd : plainEnd) + '\n>>'.length).toString('latin1')
  const dictionary = text.slice(head.length)
  if (!text.startsWith(`${head}<<\n`)) throw new PdfStructureError(`object ${number} is not a dictionary`)
  if (!hasStream) return { dictionary, stream: '' }
  const [, length] = need(/\n\/Length (\d+)\n/.exec(dictionary), `stream ${number}`)
  const start = text.length + '\nstream\n'.length
  const end = start + Number(length)
  need(/^\nendstream\nendobj\n/.exec(rest.subarray(end, end + 18).toString('latin1')), `stream ${number}`)
  return { dictionary, stream: `\nstream\n${rest.subarray(start, end).toString('latin1')}\nendstream` }
}

/** Names that the objects of a sheet use; a verifier takes no others in such an update either. */
const allowedNames = new Set(
  `Type Page Parent MediaBox Contents Resources UserUnit StructParents Tabs S ProcSet PDF Text ImageB ImageC ImageI Font
  ColorSpace Length Filter FlateDecode Subtype Type0 CIDFontType2 BaseFont Encoding Identity-H Identity DescendantFonts
  ToUnicode CIDSystemInfo Registry Ordering Supplement FontDescriptor W CIDToGIDMap FontName Flags FontBBox ItalicAngle
  Ascent Descent CapHeight XHeight StemV FontFile2 P K Pg A O Table Scope Row Column Document H1 H2 TR TH TD L LI Lbl
  LBody`.split(/\s+/),
)

function expectPlain(dictionary: string): void {
  const strings = dictionary.match(/\([^)]*\)?/g) ?? []
  if (
    !strings.every((text) => text === '(Adobe)' || text === '(Identity)') ||
    /(?<!<)<(?!<)/.test(dictionary)
  )
    throw new PdfStructureError('the sheet has a string outside its text')
  const odd = (dictionary.match(/\/[^\s/[\]<>()]*/g) ?? []).find(
    (name) => !allowedNames.has(name.slice(1)) && !/^\/(?:F\d+|[A-Z]{6}\+[A-Za-z0-9-]+)$/.test(name),
  )
  if (odd !== undefined) throw new PdfStructureError(`the sheet has ${odd}, which no sheet needs`)
}

function referencesOf(text: string): number[] {
  return [...text.matchAll(/(\d+) 0 R/g)].map(([, number]) => Number(number))
}

/** A text with its references as they are in the other file. */
export function withNumbers(text: string, { numbers }: Numbering): string {
  return text.replace(/(\d+) 0 R/g, (_all, number: string) => {
    const known = numbers.get(Number(number))
    if (known === undefined) throw new PdfStructureError(`the sheet refers to object ${number}`)
    return `${known} 0 R`
  })
}

/**
 * The object as it stands in the other file. Its key in the parent tree moves behind those that are there. Subsets of
 * fonts get names of their own: the file may have another subset of the same font, and ISO 32000-1 (9.6.4) wants the
 * names of two subsets to differ.
 */
export function renumber({ dictionary, stream }: CarriedObject, numbering: Numbering): string {
  const moved = withNumbers(dictionary, numbering)
    .replace(
      /\n\/StructParents (\d+)\n/,
      (_all, key: string) => `\n/StructParents ${Number(key) + numbering.firstKey}\n`,
    )
    .replace(/\/([A-Z])ZZZZZ\+/g, '/$1SHEET+')
  return `${moved}${stream}`
}
