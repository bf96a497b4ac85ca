import { newBudget, PdfScanner, readPdfObject } from './pdf-scanner.ts'
import type { PdfBudget } from './pdf-scanner.ts'
import type { PdfDictionary, PdfObject, PdfValue } from './pdf-value.ts'
import { isReference, wholeNumber } from './pdf-value.ts'
import { demand, refuse } from './refusal.ts'

/** One revision of a PDF: the objects it brings, its trailer, and the bytes from `start` to after its `%%EOF`. */
export type PdfRevision = {
  readonly objects: ReadonlyMap<number, PdfObject>
  readonly trailer: PdfDictionary
  readonly crossReferenceOffset: number
  /** Where the word `trailer` stands. */
  readonly trailerStart: number
  readonly start: number
  readonly end: number
}

const fileSizeMax = 64 * 1024 * 1024
const objectsMax = 200_000
const revisionsMax = 64
/** Each revision is hashed twice from the start of the file; what would take minutes is refused (V4). */
const hashedBytesMax = 1024 * 1024 * 1024
const header = /^%PDF-1\.7\n%[\u0080-\u00ff]{4}\n/

/** What can be looked at as one document: a revision alone, or all revisions up to one. */
export type PdfView = {
  readonly objects: ReadonlyMap<number, PdfObject>
  readonly trailer: PdfDictionary
}

/**
 * Reads a file that must be one whole revision and updates of it, oldest first. In each, objects, cross-reference table and
 * trailer follow each other without a byte between them, and the table names exactly the objects that are there: so no
 * byte of the file is outside of what was read.
 */
export function readRevisions(bytes: Buffer): [PdfRevision, ...PdfRevision[]] {
  demand(bytes.length <= fileSizeMax, 'the PDF is larger than 64 MiB')
  const start = header.exec(bytes.toString('latin1', 0, 16))?.[0].length
  demand(start !== undefined, 'the PDF does not start as version 1.7')
  const budget = newBudget()
  const revisions: PdfRevision[] = []
  let before = start
  for (const table of readTables(bytes, budget)) {
    const revision = readObjects(bytes, table, before, budget)
    revisions.push(revision)
    before = revision.end
  }
  demand(revisions.length > 1, 'the PDF has only one revision, so nobody sealed it')
  return revisions as [PdfRevision, ...PdfRevision[]]
}

/** The tables of objects, oldest first. Each stands wholly before the next, so none is read twice. */
function readTables(bytes: Buffer, budget: PdfBudget): Table[] {
  const tables: Table[] = []
  let offset: number | undefined = lastCrossReferenceOffset(bytes)
  let limit = bytes.length
  while (offset !== undefined) {
    demand(tables.length < revisionsMax, `the PDF has more than ${revisionsMax} revisions`)
    const table = readTable(bytes, offset, budget)
    if (tables.length === 0) demand(table.end === bytes.length, trailingBytes)
    demand(table.end <= limit, 'the tables of objects of the PDF overlap')
    tables.push(table)
    demand(bytes.length * tables.length * 2 <= hashedBytesMax, 'the PDF has too many revisions for its size')
    limit = offset
    const previous = table.trailer.entries.get('Prev')
    offset = wholeNumber(previous)
    demand(
      previous === undefined || offset !== undefined,
      'the PDF does not say where its table before stands',
    )
  }
  return tables.toReversed()
}

type Table = {
  readonly offsets: ReadonlyMap<number, number>
  readonly trailer: PdfDictionary
  readonly trailerStart: number
  readonly offset: number
  readonly end: number
}

const trailingBytes = 'bytes follow after the last %%EOF'

function lastCrossReferenceOffset(bytes: Buffer): number {
  const tail = /startxref\n([0-9]{1,10})\n%%EOF\n$/.exec(
    bytes.toString('latin1', Math.max(0, bytes.length - 40)),
  )
  if (tail === null && bytes.includes('%%EOF\n')) refuse(trailingBytes)
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
  const trailerStart = scanner.position
  scanner.expect('trailer')
  const trailer = scanner.readDictionary()
  demand(
    !trailer.entries.has('Encrypt') && !trailer.entries.has('XRefStm'),
    'the PDF is encrypted or a hybrid',
  )
  scanner.skipSpace()
  scanner.expect(`startxref\n${offset}\n%%EOF\n`)
  return { offsets, trailer, trailerStart, offset, end: scanner.position }
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

function readObjects(bytes: Buffer, table: Table, start: number, budget: PdfBudget): PdfRevision {
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
  demand(position === table.offset, 'bytes outside of any object stand before the table of objects')
  const { trailer, trailerStart, offset, end } = table
  return { objects, trailer, trailerStart, crossReferenceOffset: offset, start, end }
}

/** Follows a reference once within one view; a direct value is itself. */
function resolve(view: PdfView, value: PdfValue | undefined): PdfValue | undefined {
  if (!isReference(value)) return value
  demand(value.generation === 0, 'a reference in the PDF has a generation')
  const target = view.objects.get(value.id)
  demand(target !== undefined, `object ${value.id} of the PDF is missing`)
  return target.value
}

/** The dictionary a value is or refers to. */
export function dictionaryAt(view: PdfView, value: PdfValue | undefined, what: string): PdfDictionary {
  const found = resolve(view, value)
  demand(found?.kind === 'dictionary', `${what} of the PDF is not a dictionary`)
  return found
}
