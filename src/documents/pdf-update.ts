import { sha256Hex } from '#core'
import type { PdfRevision } from './pdf-revision.ts'

/** What an update writes for a number: a dictionary as text, or the bytes of a stream, which stay as they are. */
export type UpdateObject = string | { readonly stream: Buffer }

/**
 * The file with one incremental update behind it (ISO 32000-1, 7.5.6). Nothing before the update changes. The identifier
 * of the revision is the hash of every byte before its table, so that no byte of it changes unseen, also where no
 * signature covers it.
 */
export function writeUpdate(revision: PdfRevision, objects: ReadonlyMap<number, UpdateObject>): Buffer {
  const numbers = [...objects.keys()].sort((a, b) => a - b)
  const offsets = new Map<number, number>()
  const pieces: Buffer[] = [revision.bytes]
  let length = revision.bytes.length
  for (const number of numbers) {
    offsets.set(number, length)
    const piece = encodeObject(number, objects.get(number)!)
    pieces.push(piece)
    length += piece.length
  }
  const body = Buffer.concat(pieces)
  const tail = [
    'xref',
    ...sections(numbers, offsets),
    'trailer',
    '<<',
    `/Size ${Math.max(revision.size, ...numbers.map((number) => number + 1))}`,
    `/Root ${revision.root} 0 R`,
    `/Info ${revision.info} 0 R`,
    // The first half names the document, the second this revision of it (ISO 32000-1, 14.4).
    `/ID [<${revision.identifiers[0]}> <${sha256Hex(body).slice(0, 32)}>]`,
    `/Prev ${revision.startxref}`,
    '>>',
    'startxref',
    String(length),
    '%%EOF\n',
  ].join('\n')
  return Buffer.concat([body, Buffer.from(tail, 'latin1')])
}

function encodeObject(number: number, object: UpdateObject): Buffer {
  if (typeof object === 'string') return Buffer.from(`${number} 0 obj\n${object}\nendobj\n`, 'latin1')
  const { stream } = object
  return Buffer.concat([
    Buffer.from(`${number} 0 obj\n<<\n/Length ${stream.length}\n>>\nstream\n`, 'latin1'),
    stream,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ])
}

/** The lines of the table: one section for each row of consecutive numbers. An entry is twenty bytes long. */
function sections(numbers: readonly number[], offsets: ReadonlyMap<number, number>): string[] {
  const rows: number[][] = []
  for (const number of numbers) {
    const last = rows.at(-1)
    if (last !== undefined && last.at(-1) === number - 1) last.push(number)
    else rows.push([number])
  }
  return rows.flatMap((row) => [
    `${row[0]} ${row.length}`,
    ...row.map((number) => `${String(offsets.get(number)).padStart(10, '0')} 00000 n `),
  ])
}
