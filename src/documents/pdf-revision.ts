import { readTable, type PdfTable } from './pdf-table.ts'
import { need, PdfStructureError } from './pdf-structure.ts'

/** What an update has to know of the file it extends. Offsets are bytes from the start of the file. */
export type PdfRevision = {
  readonly bytes: Buffer
  /** Where the newest cross-reference table stands. */
  readonly startxref: number
  /** One more than the highest object number. */
  readonly size: number
  readonly root: number
  readonly info: number
  /** The two halves of `/ID` as the newest trailer has them, 32 lower-case hex digits each. */
  readonly identifiers: readonly [string, string]
  /** Where the newest state of each object stands. */
  readonly offsets: ReadonlyMap<number, number>
  /** How long the file was at the end of each revision, oldest first; the last one is its length now. */
  readonly ends: readonly number[]
}

/**
 * Reads a file that our renderer wrote and our own updates extended: classic cross-reference tables, the first with one
 * section for all objects, `/Prev` from each to the one before, `%%EOF` with one line feed at the end of each revision.
 * Everything else is refused with a PdfStructureError: this is no general PDF reader.
 */
export function readRevision(bytes: Buffer): PdfRevision {
  const end = bytes.subarray(-64).toString('latin1')
  const startxref = Number(need(/startxref\n(\d+)\n%%EOF\n$/.exec(end), 'the end of the file')[1])
  const tables = tablesUpTo(bytes, startxref)
  const newest = tables.at(-1)!
  if (newest.end !== bytes.length) throw new PdfStructureError('there is something after the last table')
  return {
    bytes,
    startxref,
    size: newest.size,
    root: newest.root,
    info: newest.info,
    identifiers: newest.identifiers,
    offsets: new Map(tables.flatMap(({ offsets }) => [...offsets])),
    ends: tables.map((table) => table.end),
  }
}

/** The tables of the file, oldest first, each held against the one before it. */
function tablesUpTo(bytes: Buffer, startxref: number): PdfTable[] {
  const tables: PdfTable[] = []
  for (let next: number | undefined = startxref; next !== undefined;) {
    const table = readTable(bytes, next)
    if (table.previous !== undefined && table.previous >= next)
      throw new PdfStructureError('a table points forward')
    tables.unshift(table)
    next = table.previous
  }
  for (const [position, table] of tables.entries()) expectFollows(table, tables[position - 1])
  return tables
}

/** An update keeps the names of the file and adds objects behind what was there. */
function expectFollows(table: PdfTable, before: PdfTable | undefined): void {
  const start = before?.end ?? 0
  for (const [number, offset] of table.offsets)
    if (offset < start || offset >= table.start || number >= table.size)
      throw new PdfStructureError(`object ${number} is not in the revision that lists it`)
  if (before === undefined) return
  const size = Math.max(before.size, ...[...table.offsets.keys()].map((number) => number + 1))
  if (
    table.start < before.end ||
    table.size !== size ||
    table.root !== before.root ||
    table.info !== before.info ||
    table.identifiers[0] !== before.identifiers[0]
  )
    throw new PdfStructureError('an update does not continue the revision before it')
}

/** The dictionary of an object without a stream in its newest state, from `<<` to `>>`. */
export function readDictionary(revision: PdfRevision, number: number): string {
  const offset = offsetOf(revision, number)
  const end = revision.bytes.indexOf('\nendobj\n', offset, 'latin1')
  const text = revision.bytes.subarray(offset, end).toString('latin1')
  return need(new RegExp(`^${number} 0 obj\n(<<\n[^]*\n>>)$`).exec(text), `object ${number}`)[1]!
}

/** The bytes of a stream that one of our updates wrote: uncompressed, with a length and nothing else. */
export function readPlainStream(revision: PdfRevision, number: number): Buffer {
  const offset = offsetOf(revision, number)
  const head = revision.bytes.subarray(offset, offset + 80).toString('latin1')
  const [whole, length] = need(
    new RegExp(`^${number} 0 obj\n<<\n/Length (\\d+)\n>>\nstream\n`).exec(head),
    `stream ${number}`,
  )
  const start = offset + whole.length
  const end = start + Number(length)
  need(
    /^\nendstream\nendobj\n/.exec(revision.bytes.subarray(end, end + 18).toString('latin1')),
    `stream ${number}`,
  )
  return revision.bytes.subarray(start, end)
}

function offsetOf(revision: PdfRevision, number: number): number {
  const offset = revision.offsets.get(number)
  if (offset === undefined) throw new PdfStructureError(`object ${number} is not in the table`)
  return offset
}

/** The number of the object that an entry of a dictionary refers to, or to which its array refers first. */
export function firstReference(dictionary: string, entry: string): number {
  return Number(need(new RegExp(`\n/${entry} \\[?(\\d+) 0 R`).exec(dictionary), `the entry ${entry}`)[1])
}

/** The numbers of the objects in an array of references; none where the dictionary has no such entry. */
export function referencesIn(dictionary: string, entry: string): number[] {
  const line = new RegExp(`\n/${entry} ([^\n]*)\n`).exec(dictionary)?.[1]
  if (line === undefined) return []
  const [, list] = need(/^\[((?:\d+ 0 R )*\d+ 0 R)\]$/.exec(line), `the entry ${entry}`)
  return list!.match(/\d+(?= 0 R)/g)!.map(Number)
}

/** The dictionary with more entries at its end. None of them may be there already. */
export function withEntries(dictionary: string, entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(([name, value]) => {
    if (dictionary.includes(`\n/${name} `)) throw new PdfStructureError(`there is a ${name} already`)
    return `/${name} ${value}\n`
  })
  return `${dictionary.slice(0, -2)}${lines.join('')}>>`
}

/** The dictionary with one more reference at the end of an array; the array is made where there is none. */
export function withReference(dictionary: string, entry: string, number: number): string {
  if (!dictionary.includes(`\n/${entry} `)) return withEntries(dictionary, { [entry]: `[${number} 0 R]` })
  const line = need(new RegExp(`\n/${entry} \\[([^\\]\n]*)\\]\n`).exec(dictionary), `the entry ${entry}`)
  return dictionary.replace(line[0], () => `\n/${entry} [${line[1]} ${number} 0 R]\n`)
}
