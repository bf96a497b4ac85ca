/** What an update has to know of the file it extends. Offsets are bytes from the start of the file. */
export type PdfRevision = {
  readonly bytes: Buffer
  readonly startxref: number
  /** One more than the highest object number. */
  readonly size: number
  readonly root: number
  readonly info: number
  /** The two halves of `/ID`, 32 lower-case hex digits each. */
  readonly identifiers: readonly [string, string]
  readonly offsets: ReadonlyMap<number, number>
}

/** A file that our own renderer did not write as expected. Nothing is sealed that was not understood. */
export class PdfStructureError extends Error {
  override readonly name = 'PdfStructureError'
}

/**
 * Reads the end of a file that our renderer wrote: one classic cross-reference table with one section, a trailer, and
 * `%%EOF` with one line feed as the last bytes. Everything else is refused: this is no general PDF reader.
 */
export function readRevision(bytes: Buffer): PdfRevision {
  const end = bytes.subarray(-64).toString('latin1')
  const startxref = Number(need(/startxref\n(\d+)\n%%EOF\n$/.exec(end), 'the end of the file')[1])
  const table = bytes.subarray(startxref).toString('latin1')
  const head = need(/^xref\n0 (\d+)\n/.exec(table), 'the cross-reference table')
  const size = Number(head[1])
  const entries = table.slice(head[0].length, head[0].length + size * 20)
  const trailer = need(
    /^trailer\n<<\n\/Size (\d+)\n\/Root (\d+) 0 R\n\/Info (\d+) 0 R\n\/ID \[<([0-9a-f]{32})> <([0-9a-f]{32})>\]\n>>\nstartxref\n/.exec(
      table.slice(head[0].length + size * 20),
    ),
    'the trailer',
  )
  if (Number(trailer[1]) !== size) throw new PdfStructureError('the trailer and the table differ in size')
  return {
    bytes,
    startxref,
    size,
    root: Number(trailer[2]),
    info: Number(trailer[3]),
    identifiers: [trailer[4]!, trailer[5]!],
    offsets: readOffsets(entries, size),
  }
}

function readOffsets(entries: string, size: number): Map<number, number> {
  const offsets = new Map<number, number>()
  for (let number = 1; number < size; number += 1) {
    const entry = need(/^(\d{10}) 00000 n \n$/.exec(entries.slice(number * 20, number * 20 + 20)), 'an entry')
    offsets.set(number, Number(entry[1]))
  }
  return offsets
}

/** The dictionary of an object without a stream, from `<<` to `>>`. */
export function readDictionary(revision: PdfRevision, number: number): string {
  const offset = revision.offsets.get(number)
  if (offset === undefined) throw new PdfStructureError(`object ${number} is not in the table`)
  const end = revision.bytes.indexOf('\nendobj\n', offset, 'latin1')
  const text = revision.bytes.subarray(offset, end).toString('latin1')
  return need(new RegExp(`^${number} 0 obj\n(<<\n[^]*\n>>)$`).exec(text), `object ${number}`)[1]!
}

/** The number of the object that an entry of a dictionary refers to, or to which its array refers first. */
export function firstReference(dictionary: string, entry: string): number {
  return Number(need(new RegExp(`\n/${entry} \\[?(\\d+) 0 R`).exec(dictionary), `the entry ${entry}`)[1])
}

/** The dictionary with more entries at its end. None of them may be there already. */
export function withEntries(dictionary: string, entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(([name, value]) => {
    if (dictionary.includes(`\n/${name} `)) throw new PdfStructureError(`there is a ${name} already`)
    return `/${name} ${value}\n`
  })
  return `${dictionary.slice(0, -2)}${lines.join('')}>>`
}

function need(match: RegExpExecArray | null, what: string): RegExpExecArray {
  if (match === null) throw new PdfStructureError(`${what} is not as our renderer writes it`)
  return match
}
