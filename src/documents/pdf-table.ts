import { need, PdfStructureError } from './pdf-structure.ts'

/** One cross-reference table with its trailer (ISO 32000-1, 7.5.4 and 7.5.5). */
export type PdfTable = {
  readonly start: number
  /** Behind the line feed of the `%%EOF` that ends this revision. */
  readonly end: number
  readonly size: number
  readonly root: number
  readonly info: number
  readonly identifiers: readonly [string, string]
  /** Where the table before stands; undefined in the rendered revision. */
  readonly previous: number | undefined
  /** Objects that this table lists, and where they stand. */
  readonly offsets: ReadonlyMap<number, number>
}

const eof = '%%EOF\n'
const entryLength = 20
const trailerForm =
  /^trailer\n<<\n\/Size (\d+)\n\/Root (\d+) 0 R\n\/Info (\d+) 0 R\n\/ID \[<([0-9a-f]{32})> <([0-9a-f]{32})>\]\n(?:\/Prev (\d+)\n)?>>\nstartxref\n(\d+)\n%%EOF\n$/

/** The table at an offset. Throws a PdfStructureError for any other form than the one that we write. */
export function readTable(bytes: Buffer, start: number): PdfTable {
  const end = bytes.indexOf(eof, start, 'latin1') + eof.length
  if (end < eof.length) throw new PdfStructureError('a table is not closed')
  const text = bytes.subarray(start, end).toString('latin1')
  const trailerAt = text.indexOf('trailer\n')
  const trailer = need(trailerForm.exec(text.slice(Math.max(trailerAt, 0))), 'the trailer')
  if (Number(trailer[7]) !== start) throw new PdfStructureError('a table does not stand where it says')
  const size = Number(trailer[1])
  const previous = trailer[6] === undefined ? undefined : Number(trailer[6])
  const table = text.slice(0, trailerAt)
  return {
    start,
    end,
    size,
    root: Number(trailer[2]),
    info: Number(trailer[3]),
    identifiers: [trailer[4]!, trailer[5]!],
    previous,
    offsets: previous === undefined ? readWhole(table, size) : readSections(table),
  }
}

/** The rendered revision: one section for every object, the first of them free. */
function readWhole(table: string, size: number): Map<number, number> {
  const head = `xref\n0 ${size}\n0000000000 65535 f \n`
  if (!table.startsWith(head)) throw new PdfStructureError('the first table does not list all objects')
  const offsets = readEntries(table.slice(head.length), 1)
  if (offsets.size !== size - 1) throw new PdfStructureError('the trailer and the table differ in size')
  return offsets
}

/** An update: one section for each row of consecutive numbers, in ascending order. */
function readSections(table: string): Map<number, number> {
  const offsets = new Map<number, number>()
  let highest = 0
  let at = need(/^xref\n/.exec(table), 'the table of an update')[0].length
  while (at < table.length) {
    const [head, first, count] = need(
      /^([1-9]\d*) ([1-9]\d*)\n/.exec(table.slice(at, at + 24)),
      'a section of a table',
    )
    if (Number(first) <= highest) throw new PdfStructureError('a table is not in order')
    const from = at + head.length
    at = from + Number(count) * entryLength
    const entries = readEntries(table.slice(from, at), Number(first))
    if (entries.size !== Number(count)) throw new PdfStructureError('a section of a table is cut off')
    for (const [number, offset] of entries) offsets.set(number, offset)
    highest = Number(first) + Number(count) - 1
  }
  return offsets
}

/** Entries of twenty bytes for consecutive objects, each in use and of generation 0. */
function readEntries(entries: string, first: number): Map<number, number> {
  const offsets = new Map<number, number>()
  for (let at = 0; at < entries.length; at += entryLength) {
    const entry = need(/^(\d{10}) 00000 n \n$/.exec(entries.slice(at, at + entryLength)), 'an entry')
    offsets.set(first + at / entryLength, Number(entry[1]))
  }
  return offsets
}
