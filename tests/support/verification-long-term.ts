import { createHash } from 'node:crypto'
import { aRendering, revision, seal } from './verification-pdf.ts'
import type { PdfObjects, RenderingWishes, SealWishes } from './verification-pdf.ts'
import { anOcspResponse, aRevocationList, hexDigest } from './verification-revocation.ts'
import type { OcspWishes } from './verification-revocation.ts'
import type { SealKeys } from './verification-seal.ts'
import { aTokenOf } from './verification-timestamp.ts'
import type { TestAuthority, TimestampWishes } from './verification-timestamp.ts'

export type StampWishes = {
  readonly timestamp?: TimestampWishes
  readonly changeUpdate?: (objects: PdfObjects) => void
  readonly changeRange?: (range: number[]) => number[]
  readonly changeHex?: (hex: string) => string
  readonly trailer?: (honest: string) => string
}

export type DataWishes = {
  readonly certificates?: readonly Buffer[]
  readonly ocsps?: readonly Buffer[]
  readonly lists?: readonly Buffer[]
  /** Keys of signatures, each with everything that is added here. */
  readonly keys?: readonly string[]
  readonly changeUpdate?: (objects: PdfObjects) => void
  readonly changeTrailer?: (honest: string) => string
  readonly changeStore?: (honest: string) => string
}

type Stored = { readonly Certs: number[]; readonly OCSPs: number[]; readonly CRLs: number[] }

const room = 4096
const identifier = '00112233445566778899aabbccddeeff'
const [root, page, info, form] = [3, 4, 9, 12]

/** A sealed file that grows, written by hand from ISO 32000-1 and EN 319 142-1; in every part it can also be wrong. */
export class GrowingFile {
  bytes: Buffer
  size = 13
  /** What each revision is and where it ends. */
  readonly revisions: { readonly kind: string; readonly length: number }[]
  readonly #fields = [11]
  readonly #stored: Stored = { Certs: [], OCSPs: [], CRLs: [] }
  readonly #entries: string[] = []
  #storeAt = 0
  #stamps = 0

  constructor(keys: SealKeys, wishes: { rendering?: RenderingWishes; seal?: SealWishes } = {}) {
    const rendering = aRendering(wishes.rendering)
    this.bytes = seal(rendering, keys, wishes.seal)
    this.revisions = [
      { kind: 'rendered', length: rendering.length },
      { kind: 'seal', length: this.bytes.length },
    ]
  }

  /** The SHA-1 of the whole hex string of the signature added last, as validation data names it. */
  get lastKey(): string {
    const hex = /\/Contents <([0-9a-f]+)>/g
    const last = [...this.bytes.toString('latin1').matchAll(hex)].at(-1)?.[1] ?? ''
    return createHash('sha1').update(Buffer.from(last, 'hex')).digest('hex').toUpperCase()
  }

  /** Adds a document time-stamp. */
  stamp(authority: TestAuthority, at: string, wishes: StampWishes = {}): this {
    const [field, signature] = [this.#next(), this.#next()]
    const objects: PdfObjects = new Map()
    const put = (id: number, text: string): unknown => objects.set(id, Buffer.from(text, 'latin1'))
    this.#fields.push(field)
    const fields = this.#fields.map((id) => `${id} 0 R`).join(' ')
    put(
      page,
      `<<\n/Type /Page\n/Parent 1 0 R\n/MediaBox [0 0 612 792]\n/Contents 5 0 R\n/Annots [8 0 R ${fields}]\n>>`,
    )
    put(form, `<<\n/Fields [${fields}]\n/SigFlags 3\n>>`)
    const name = `Timestamp${++this.#stamps}`
    put(
      field,
      `<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T (${name})\n/TU (Time)\n/F 132\n/Rect [0 0 0 0]\n/P 4 0 R\n/V ${signature} 0 R\n>>`,
    )
    const hole = `/ByteRange [${' '.repeat(40)}]\n/Contents <${'0'.repeat(room * 2)}>\n`
    put(signature, `<<\n/Type /DocTimeStamp\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.RFC3161\n${hole}>>`)
    wishes.changeUpdate?.(objects)
    const before = this.bytes.length
    const honest = this.#trailer(identifier)
    this.bytes = revision(this.bytes, objects, wishes.trailer?.(honest) ?? honest)
    this.#fill(before, authority, { at, ...wishes.timestamp }, wishes)
    this.revisions.push({ kind: 'timestamp', length: this.bytes.length })
    return this
  }

  /** Adds validation data. */
  data(wishes: DataWishes): this {
    const objects: PdfObjects = new Map()
    const put = (id: number, text: string): unknown => objects.set(id, Buffer.from(text, 'latin1'))
    if (this.#storeAt === 0) {
      this.#storeAt = this.#next()
      const catalog = `/Pages 1 0 R\n/Names 2 0 R\n/AF [7 0 R]\n/Lang (nl)\n/AcroForm ${form} 0 R`
      put(root, `<<\n/Type /Catalog\n${catalog}\n/DSS ${this.#storeAt} 0 R\n>>`)
    }
    const added: Stored = {
      Certs: this.#streams(objects, wishes.certificates ?? []),
      OCSPs: this.#streams(objects, wishes.ocsps ?? []),
      CRLs: this.#streams(objects, wishes.lists ?? []),
    }
    for (const kind of ['Certs', 'OCSPs', 'CRLs'] as const) this.#stored[kind].push(...added[kind])
    for (const key of wishes.keys ?? []) {
      const lists = [list('Cert', added.Certs), list('OCSP', added.OCSPs), list('CRL', added.CRLs)]
      this.#entries.push(`/${key} << ${['/Type /VRI', ...lists.flat()].join(' ')} >>`)
    }
    const { Certs, OCSPs, CRLs } = this.#stored
    const lists = [list('Certs', Certs), list('OCSPs', OCSPs), list('CRLs', CRLs)].flat()
    const entries = this.#entries.length === 0 ? [] : ['/VRI <<', ...this.#entries, '>>']
    const text = ['<<', '/Type /DSS', ...lists, ...entries, '>>'].join('\n')
    put(this.#storeAt, wishes.changeStore?.(text) ?? text)
    wishes.changeUpdate?.(objects)
    this.bytes = this.#checked(objects, wishes)
    this.revisions.push({ kind: 'validation-data', length: this.bytes.length })
    return this
  }

  /** Adds any objects at all. */
  update(objects: PdfObjects, size = this.size): this {
    this.size = size
    this.bytes = revision(this.bytes, objects, this.#trailer(identifier))
    return this
  }

  #streams(objects: PdfObjects, streams: readonly Buffer[]): number[] {
    return streams.map((bytes) => {
      const id = this.#next()
      const head = Buffer.from(`<<\n/Length ${bytes.length}\n>>\nstream\n`)
      objects.set(id, Buffer.concat([head, bytes, Buffer.from('\nendstream')]))
      return id
    })
  }

  #next(): number {
    return this.size++
  }

  #trailer(second: string): string {
    const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(
      this.bytes.toString('latin1', this.bytes.length - 40),
    )?.[1]
    return `/Size ${this.size}\n/Root ${root} 0 R\n/Info ${info} 0 R\n/ID [<${identifier}> <${second}>]\n/Prev ${previous}`
  }

  /** The second half of /ID is a checksum over everything before the table. */
  #checked(objects: PdfObjects, wishes: DataWishes): Buffer {
    const draft = revision(this.bytes, objects, this.#trailer('0'.repeat(32)))
    const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(draft.toString('latin1', draft.length - 40))?.[1])
    const trailer = this.#trailer(hexDigest(draft.subarray(0, table)).slice(0, 32))
    return revision(this.bytes, objects, wishes.changeTrailer?.(trailer) ?? trailer)
  }

  #fill(from: number, authority: TestAuthority, timestamp: TimestampWishes, wishes: StampWishes): void {
    const { bytes } = this
    const start = bytes.indexOf('/Contents <', from) + '/Contents '.length
    const end = bytes.indexOf('>', start) + 1
    const honest = [0, start, end, bytes.length - end]
    const range = (wishes.changeRange?.(honest) ?? honest).join(' ').padEnd(40)
    bytes.write(range, bytes.indexOf('/ByteRange [', from) + '/ByteRange ['.length, 'latin1')
    const covered = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
    const hex = aTokenOf(authority, covered, timestamp)
      .toString('hex')
      .padEnd(room * 2, '0')
    bytes.write(wishes.changeHex?.(hex) ?? hex, start + 1, 'latin1')
  }
}

function list(name: string, numbers: readonly number[]): string[] {
  return numbers.length === 0 ? [] : [`/${name} [${numbers.map((id) => `${id} 0 R`).join(' ')}]`]
}

/** Validation data for the chain of a seal or an authority: its certificates, an OCSP response, and a list of the root. */
export function dataFor(
  chain: Pick<SealKeys, 'leaf' | 'middle' | 'root'>,
  utc: string,
  wishes: OcspWishes = {},
): Required<Pick<DataWishes, 'certificates' | 'ocsps' | 'lists'>> {
  const { leaf, middle, root: top } = chain
  return {
    certificates: [middle.der, top.der],
    ocsps: [anOcspResponse(leaf, middle, { thisUpdate: utc, nextUpdate: null, ...wishes })],
    lists: [aRevocationList(top, { thisUpdate: utc.slice(2), nextUpdate: '391231000000Z' })],
  }
}

/** What the manifest of a dossier says of a document: its name is the hash of the sealed file as it was at first. */
export function recordOf(
  file: GrowingFile,
  level: string,
): Record<string, unknown> & { readonly sha256: string } {
  const revisions = file.revisions.map(({ kind, length }) => ({
    kind,
    length,
    sha256: hexDigest(file.bytes.subarray(0, length)),
  }))
  const [frozen, last] = [revisions[1], revisions.at(-1)] as { length: number; sha256: string }[]
  return {
    file: `documents/${frozen?.sha256}.pdf`,
    frozenLength: frozen?.length,
    length: last?.length,
    level,
    revisions,
    sha256: frozen?.sha256 ?? '',
    sha256OfFile: last?.sha256,
    title: 'Gedragscode',
  }
}
