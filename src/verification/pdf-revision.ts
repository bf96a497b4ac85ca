import { newBudget, PdfScanner, readPdfObject } from './pdf-scanner.ts'
import type { PdfBudget } from './pdf-scanner.ts'
import type { PdfDictionary, PdfObject, PdfValue } from './pdf-value.ts'
import { isReference, wholeNumber } from './pdf-value.ts'
import { demand } from './refusal.ts'

/** One revision of a PDF: the objects it brings, its trailer, and the bytes from `start` to after its `%%EOF`. */
export type PdfRevision = {
  readonly objects: ReadonlyMap<number, PdfObject>
  readonly trailer: PdfDictionary
  readonly crossReferenceOffset: number
  readonly start: number
  readonly end: number
}

const fileSizeMax = 64 * 1024 * 1024
const objectsMax = 200_000
const header = /^%PDF-1\.7\n%[\u0080-\u00ff]{4}\n/

/**
 * Reads a file that must be one whole revision and exactly one update of it. In each, objects, cross-reference table and
 * trailer follow each other without a byte between them, and the table names exactly the objects that are there: so no
 * byte of the file is outside of what was read.
 */
export function readTwoRevisions(bytes: Buffer): { base: PdfRevision; update: PdfRevision } {
  demand(bytes.length <= fileSizeMax, 'the PDF is larger than 64 MiB')
  const start = header.exec(bytes.toString('latin1', 0, 16))?.[0].length
  demand(start !== undefined, 'the PDF does not start as version 1.7')
  const lastOffset = lastCrossReferenceOffset(bytes)
  const budget = newBudget()
  const last = readTable(bytes, lastOffset, budget)
  demand(last.end === bytes.length, 'bytes follow after the last %%EOF')
  const previous = wholeNumber(last.trailer.entries.get('Prev'))
  demand(previous !== undefined, 'the PDF has only one revision, so nobody sealed it')
  const first = readTable(bytes, previous, budget)
  demand(!first.trailer.entries.has('Prev'), 'the PDF has more than two revisions')
  const base = readObjects(bytes, first, { start, tableOffset: previous }, budget)
  const update = readObjects(bytes, last, { start: base.end, tableOffset: lastOffset }, budget)
  return { base, update }
}

type Table = {
  readonly offsets: ReadonlyMap<number, number>
  readonly trailer: PdfDictionary
  readonly end: number
}

function lastCrossReferenceOffset(bytes: Buffer): number {
  const tail = /startxref\n([0-9]{1,10})\n%%EOF\n$/.exec(
    bytes.toString('latin1', Math.max(0, bytes.length - 40)),
  )
  demand(tail !== null, 'the PDF does not end with startxref, %%EOF and one newline')
  return Number(tail[1])
}

/** Reads `xref … trailer … startxref … %%EOF` at an offset. */
function readTable(bytes: Buffer, offset: number, budget: PdfBudget): Table {
  demand(offset < bytes.length, 'the PDF points outside itself')
  const scanner = new PdfScanner(bytes, offset, budget)
  scanner.expect('xref\n')
  const offsets = new Map<number, number>()
  let next = 0
  while (!scanner.startsWith('trailer')) {
    const first = scanner.readWholeNumber()
    scanner.expect(' ')
    const count = scanner.readWholeNumber()
    scanner.expect('\n')
    demand(
      first >= next && count > 0 && offsets.size + count <= objectsMax,
      'the table of objects is out of order',
    )
    for (let id = first; id < first + count; id++) readTableLine(scanner, id, offsets)
    next = first + count
  }
  scanner.expect('trailer')
  const trailer = scanner.readDictionary()
  demand(
    !trailer.entries.has('Encrypt') && !trailer.entries.has('XRefStm'),
    'the PDF is encrypted or a hybrid',
  )
  scanner.skipSpace()
  scanner.expect(`startxref\n${offset}\n%%EOF\n`)
  return { offsets, trailer, end: scanner.position }
}

function readTableLine(scanner: PdfScanner, id: number, offsets: Map<number, number>): void {
  const line = scanner.bytes.toString('latin1', scanner.position, scanner.position + 20)
  if (id === 0)
    demand(line === '0000000000 65535 f \n', 'the table of objects does not start with the free one')
  else {
    demand(/^[0-9]{10} 00000 n \n$/.test(line), `the table of objects has no plain line for object ${id}`)
    offsets.set(id, Number(line.slice(0, 10)))
  }
  scanner.position += 20
}

function readObjects(
  bytes: Buffer,
  table: Table,
  { start, tableOffset }: { readonly start: number; readonly tableOffset: number },
  budget: PdfBudget,
): PdfRevision {
  const size = wholeNumber(table.trailer.entries.get('Size'))
  const objects = new Map<number, PdfObject>()
  let position = start
  for (const [id, offset] of [...table.offsets].toSorted(([, left], [, right]) => left - right)) {
    demand(offset === position, `bytes outside of any object stand before object ${id}`)
    const object = readPdfObject(bytes, offset, budget)
    demand(object.id === id, `object ${id} is not where the table says`)
    demand(size !== undefined && id < size, `object ${id} is outside of the size that the trailer names`)
    objects.set(id, object)
    position = object.end
  }
  demand(position === tableOffset, 'bytes outside of any object stand before the table of objects')
  return { objects, trailer: table.trailer, crossReferenceOffset: tableOffset, start, end: table.end }
}

/** Follows a reference once within one revision; a direct value is itself. */
export function resolve(revision: PdfRevision, value: PdfValue | undefined): PdfValue | undefined {
  if (!isReference(value)) return value
  demand(value.generation === 0, 'a reference in the PDF has a generation')
  const target = revision.objects.get(value.id)
  demand(target !== undefined, `object ${value.id} of the PDF is missing`)
  return target.value
}

/** The dictionary a value is or refers to. */
export function dictionaryAt(
  revision: PdfRevision,
  value: PdfValue | undefined,
  what: string,
): PdfDictionary {
  const found = resolve(revision, value)
  demand(found?.kind === 'dictionary', `${what} of the PDF is not a dictionary`)
  return found
}
