import { inflateSync } from 'node:zlib'
import {
  firstReference,
  readDictionary,
  readRevision,
  referencesIn,
  type PdfRevision,
} from './pdf-revision.ts'
import { need, PdfStructureError } from './pdf-structure.ts'

/**
 * The text of each page of a document of ours, as a reader of the file gets it out: pieces in the order in which they were
 * drawn, with one space wherever white space or the end of a line stood. Throws a PdfStructureError for any other file.
 */
export function readPageTexts(bytes: Buffer): string[] {
  const revision = readRevision(bytes)
  const catalog = readDictionary(revision, revision.root)
  const tree = readDictionary(revision, firstReference(catalog, 'Pages'))
  return referencesIn(tree, 'Kids').map((page) =>
    plainText(textOfPage(revision, readDictionary(revision, page))),
  )
}

/** A text in which line ends and white space are one space each, so that texts can be held against each other. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim()
}

function textOfPage(revision: PdfRevision, page: string): string {
  const fonts = fontsOf(revision, readDictionary(revision, firstReference(page, 'Resources')))
  const content = readStream(revision, firstReference(page, 'Contents')).toString('latin1')
  const lines: string[] = []
  let font: readonly string[] = []
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*)\] TJ/g)) {
    if (name === undefined) lines.push(decode(shown ?? '', font))
    else font = fonts.get(name) ?? []
  }
  return lines.join('\n')
}

/** What each glyph number of each font means, by the font's own table. */
function fontsOf(revision: PdfRevision, resources: string): Map<string, readonly string[]> {
  const fonts = new Map<string, readonly string[]>()
  for (const [, name, number] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const dictionary = readDictionary(revision, Number(number))
    const cmap = readStream(revision, firstReference(dictionary, 'ToUnicode')).toString('latin1')
    fonts.set(name!, readCmap(cmap))
  }
  return fonts
}

function decode(shown: string, font: readonly string[]): string {
  const glyphs = (shown.match(/(?<=<)[0-9a-f]+(?=>)/g) ?? []).join('').match(/.{4}/g) ?? []
  return glyphs.map((code) => font[Number.parseInt(code, 16)] ?? '\ufffd').join('')
}

function readCmap(cmap: string): string[] {
  return [...cmap.matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[(.*)\]/g)].flatMap(([, entries]) =>
    [...entries!.matchAll(/<([0-9a-f ]*)>/g)].map(([, units]) =>
      String.fromCharCode(...units!.split(' ').map((unit) => Number.parseInt(unit, 16))),
    ),
  )
}

/** The content of a stream object, unpacked where it is deflated. */
function readStream({ bytes, offsets }: PdfRevision, number: number): Buffer {
  const offset = offsets.get(number)
  if (offset === undefined) throw new PdfStructureError(`object ${number} is not in the table`)
  const head = bytes.indexOf('\nstream\n', offset, 'latin1')
  const dictionary = bytes.subarray(offset, head).toString('latin1')
  const [, length] = need(/\n\/Length (\d+)\n/.exec(dictionary), `stream ${number}`)
  const start = head + '\nstream\n'.length
  const content = bytes.subarray(start, start + Number(length))
  return dictionary.includes('/Filter /FlateDecode') ? inflateSync(content) : content
}
