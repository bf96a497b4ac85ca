import { deflateSync } from 'node:zlib'
import { aCms } from './verification-seal.ts'
import type { CmsWishes, SealKeys } from './verification-seal.ts'

/** The objects of a revision by number: text between `obj` and `endobj`. */
export type PdfObjects = Map<number, Buffer>

const header = Buffer.concat([Buffer.from('%PDF-1.7\n%'), Buffer.of(0xff, 0xff, 0xff, 0xff, 0x0a)])
const identity = '/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]'

export type RenderingWishes = {
  readonly attachmentName?: string
  readonly attachment?: Uint8Array
  readonly change?: (objects: PdfObjects) => void
}

/** A small whole document in the form pdfkit writes: one page, one attached file. */
export function aRendering(wishes: RenderingWishes = {}): Buffer {
  const name = wishes.attachmentName ?? 'policy.json'
  const attachment = wishes.attachment ?? Buffer.from('{"title":"x"}')
  const objects: PdfObjects = new Map()
  const put = (id: number, text: string): unknown => objects.set(id, Buffer.from(text, 'latin1'))
  put(3, '<<\n/Type /Catalog\n/Pages 1 0 R\n/Names 2 0 R\n/AF [7 0 R]\n/Lang (nl)\n>>')
  put(1, '<<\n/Type /Pages\n/Count 1\n/Kids [4 0 R]\n>>')
  put(2, `<<\n/EmbeddedFiles <<\n/Names [\n(${name}) 7 0 R\n]\n>>\n>>`)
  put(4, '<<\n/Type /Page\n/Parent 1 0 R\n/MediaBox [0 0 612 792]\n/Contents 5 0 R\n/Annots [8 0 R]\n>>')
  objects.set(5, stream('/Length', Buffer.from('BT (Hello) Tj ET')))
  const details = `/Type /EmbeddedFile\n/Params <<\n/Size ${attachment.length}\n>>\n/Filter /FlateDecode\n/Length`
  objects.set(6, stream(details, deflateSync(attachment)))
  put(
    7,
    `<<\n/Type /Filespec\n/AFRelationship /Data\n/F (${name})\n/EF <<\n/F 6 0 R\n>>\n/UF (${name})\n/Desc (a \\(b\\))\n>>`,
  )
  put(8, '<<\n/Type /Annot\n/Subtype /Link\n/Rect [72 692.06 93.2 -1.5]\n/Border [0 0 0]\n>>')
  put(9, '<<\n/Producer (test)\n>>')
  wishes.change?.(objects)
  return revision(header, objects, `/Size 10\n/Root 3 0 R\n/Info 9 0 R\n${identity}`, true)
}

function stream(dictionary: string, bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<<\n${dictionary} ${bytes.length}\n>>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ])
}

/** A revision behind what is there already. */
export function revision(before: Buffer, objects: PdfObjects, trailer: string, whole = false): Buffer {
  const parts = [before]
  const lines = new Map<number, string>()
  let offset = before.length
  for (const [id, body] of objects) {
    lines.set(id, `${String(offset).padStart(10, '0')} 00000 n \n`)
    const bytes = Buffer.concat([Buffer.from(`${id} 0 obj\n`), body, Buffer.from('\nendobj\n')])
    parts.push(bytes)
    offset += bytes.length
  }
  const ids = [...lines.keys()].toSorted((left, right) => left - right)
  let table = whole ? `0 ${ids.length + 1}\n0000000000 65535 f \n` : ''
  for (const [position, id] of ids.entries()) {
    const starts = !whole && ids[position - 1] !== id - 1
    if (starts) {
      const run = ids.slice(position).findIndex((other, step) => other !== id + step)
      table += `${id} ${run < 0 ? ids.length - position : run}\n`
    }
    table += lines.get(id)
  }
  parts.push(
    Buffer.from(`xref\n${table}trailer\n<<\n${trailer}\n>>\nstartxref\n${offset}\n%%EOF\n`, 'latin1'),
  )
  return Buffer.concat(parts)
}

export type SealWishes = {
  readonly changeUpdate?: (objects: PdfObjects) => void
  readonly trailer?: string
  readonly cms?: CmsWishes
  readonly time?: string
  readonly changeRange?: (range: number[]) => number[]
  readonly changeHex?: (hex: string) => string
}

const room = 4096

/** Seals a rendering made by `aRendering`: one update with a signature, its field, and the entries that name them. */
export function seal(base: Buffer, keys: SealKeys, wishes: SealWishes = {}): Buffer {
  const objects: PdfObjects = new Map()
  const put = (id: number, text: string): unknown => objects.set(id, Buffer.from(text, 'latin1'))
  const dictionary = '<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n'
  const hole = `/ByteRange [${'0'.repeat(40)}]\n/Contents <${'0'.repeat(room * 2)}>\n`
  put(3, '<<\n/Type /Catalog\n/Pages 1 0 R\n/Names 2 0 R\n/AF [7 0 R]\n/Lang (nl)\n/AcroForm 12 0 R\n>>')
  put(
    4,
    '<<\n/Type /Page\n/Parent 1 0 R\n/MediaBox [0 0 612 792]\n/Contents 5 0 R\n/Annots [8 0 R 11 0 R]\n>>',
  )
  put(10, `${dictionary}${hole}/M (${wishes.time ?? 'D:20261121080000Z'})\n>>`)
  put(
    11,
    '<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T (Seal)\n/TU (Seal)\n/V 10 0 R\n/Rect [0 0 0 0]\n/F 132\n/P 4 0 R\n>>',
  )
  put(12, '<<\n/Fields [11 0 R]\n/SigFlags 3\n>>')
  wishes.changeUpdate?.(objects)
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(base.toString('latin1'))?.[1]
  const trailer = `/Size 13\n/Root 3 0 R\n/Info 9 0 R\n${identity}\n/Prev ${previous}`
  return fill(revision(base, objects, wishes.trailer ?? trailer), base.length, keys, wishes)
}

function fill(bytes: Buffer, from: number, keys: SealKeys, wishes: SealWishes): Buffer {
  const start = bytes.indexOf('/Contents <', from) + '/Contents '.length
  const end = bytes.indexOf('>', start) + 1
  const honest = [0, start, end, bytes.length - end]
  const range = (wishes.changeRange?.(honest) ?? honest).join(' ').padEnd(40)
  bytes.write(range, bytes.indexOf('/ByteRange [', from) + '/ByteRange ['.length, 'latin1')
  const signed = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  const hex = aCms(keys, signed, wishes.cms)
    .toString('hex')
    .padEnd(room * 2, '0')
  bytes.write(wishes.changeHex?.(hex) ?? hex, start + 1, 'latin1')
  return bytes
}
