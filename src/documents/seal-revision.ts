import { createHash } from 'node:crypto'
import { sha256, type Instant } from '#core'
import {
  firstReference,
  readDictionary,
  readRevision,
  withEntries,
  type PdfRevision,
} from './pdf-revision.ts'

/** What the seal says about itself in the file, besides the signature. */
export type SealStatement = {
  /** The moment the signer claims (`/M`); proof of time would be a timestamp, which B-B does not have. */
  readonly at: Instant
  /** Who seals. */
  readonly name: string
  readonly reason?: string
}

/** An update with a hole for the signature. */
export type PreparedSeal = {
  /** The whole file; between `gapStart` and `gapEnd` stands `<000…>`. */
  readonly bytes: Buffer
  readonly gapStart: number
  readonly gapEnd: number
  /** SHA-256 over everything but the gap. */
  readonly digest: Buffer
}

const byteRangeWidth = 46

/**
 * Extends a rendered file with one incremental update (ISO 32000-1, 7.5.6) that has room for a signature of
 * `roomForCms` bytes. The bytes of the rendered file stay as they are (D6). The update adds a signature dictionary and
 * an invisible field for it, and rewrites nothing but the catalog and the first page.
 */
export function prepareSeal(rendered: Buffer, statement: SealStatement, roomForCms: number): PreparedSeal {
  const revision = readRevision(rendered)
  const [widget, form, signature] = [revision.size, revision.size + 1, revision.size + 2]
  const catalog = readDictionary(revision, revision.root)
  const pages = firstReference(catalog, 'Pages')
  const firstPage = firstReference(readDictionary(revision, pages), 'Kids')

  const objects = new Map<number, string>([
    [revision.root, sealedCatalog(catalog, form)],
    [firstPage, pageWithWidget(readDictionary(revision, firstPage), widget)],
    [widget, widgetDictionary(statement, firstPage, signature)],
    [form, `<<\n/Fields [${widget} 0 R]\n/SigFlags 3\n>>`],
    [signature, signatureDictionary(statement, roomForCms)],
  ])
  return fillByteRange(writeUpdate(revision, objects, statement), rendered.length)
}

function sealedCatalog(catalog: string, form: number): string {
  return withEntries(catalog, {
    AcroForm: `${form} 0 R`,
    Extensions: '<< /ESIC << /BaseVersion /1.7 /ExtensionLevel 1 >> >>',
  })
}

/** PDF/UA wants the widget among the annotations of a page, also when nothing of it can be seen. */
function pageWithWidget(page: string, widget: number): string {
  if (!page.includes('\n/Annots [')) return withEntries(page, { Annots: `[${widget} 0 R]` })
  return page.replace(
    /\n\/Annots \[([^\]]*)\]/,
    (_all, others: string) => `\n/Annots [${others} ${widget} 0 R]`,
  )
}

function widgetDictionary(statement: SealStatement, page: number, signature: number): string {
  return [
    '<<',
    '/Type /Annot',
    '/Subtype /Widget',
    '/FT /Sig',
    '/T (Seal)',
    `/TU ${textString(statement.name)}`,
    // Print and Locked: with a zero rectangle the field is there and cannot be seen or moved.
    '/F 132',
    '/Rect [0 0 0 0]',
    `/P ${page} 0 R`,
    `/V ${signature} 0 R`,
    '>>',
  ].join('\n')
}

function signatureDictionary(statement: SealStatement, roomForCms: number): string {
  return [
    '<<',
    '/Type /Sig',
    '/Filter /Adobe.PPKLite',
    '/SubFilter /ETSI.CAdES.detached',
    `/M (D:${statement.at.slice(0, 19).replace(/[-:T]/g, '')}Z)`,
    `/Name ${textString(statement.name)}`,
    ...(statement.reason === undefined ? [] : [`/Reason ${textString(statement.reason)}`]),
    `/ByteRange ${' '.repeat(byteRangeWidth)}`,
    `/Contents <${'0'.repeat(roomForCms * 2)}>`,
    '>>',
  ].join('\n')
}

/** A text string as UTF-16 in hex: no character of a name can end it or need an escape. */
function textString(text: string): string {
  return `<${Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex')}>`
}

function writeUpdate(
  revision: PdfRevision,
  objects: ReadonlyMap<number, string>,
  statement: SealStatement,
): Buffer {
  const numbers = [...objects.keys()].sort((a, b) => a - b)
  const offsets = new Map<number, number>()
  let body = ''
  for (const number of numbers) {
    offsets.set(number, revision.bytes.length + body.length)
    body += `${number} 0 obj\n${objects.get(number)}\nendobj\n`
  }
  const startxref = revision.bytes.length + body.length
  const changed = sha256(Buffer.concat([revision.bytes, Buffer.from(statement.at)])).toString('hex')
  const tail = [
    'xref',
    ...sections(numbers, offsets),
    'trailer',
    '<<',
    `/Size ${Math.max(revision.size, ...numbers.map((number) => number + 1))}`,
    `/Root ${revision.root} 0 R`,
    `/Info ${revision.info} 0 R`,
    // The first half names the document, the second this revision of it (ISO 32000-1, 14.4).
    `/ID [<${revision.identifiers[0]}> <${changed.slice(0, 32)}>]`,
    `/Prev ${revision.startxref}`,
    '>>',
    'startxref',
    String(startxref),
    '%%EOF\n',
  ].join('\n')
  return Buffer.concat([revision.bytes, Buffer.from(body + tail, 'latin1')])
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

function fillByteRange(bytes: Buffer, searchFrom: number): PreparedSeal {
  const entry = bytes.indexOf('/ByteRange ', searchFrom, 'latin1') + '/ByteRange '.length
  const gapStart = bytes.indexOf('/Contents <', entry, 'latin1') + '/Contents '.length
  const gapEnd = bytes.indexOf('>', gapStart, 'latin1') + 1
  const range = `[0 ${gapStart} ${gapEnd} ${bytes.length - gapEnd}]`
  bytes.write(range.padEnd(byteRangeWidth, ' '), entry, 'latin1')
  const digest = createHash('sha256')
    .update(bytes.subarray(0, gapStart))
    .update(bytes.subarray(gapEnd))
    .digest()
  return { bytes, gapStart, gapEnd, digest }
}

/** Puts the signature in its place: lower-case hex, the rest of the room stays zero. */
export function fillSeal(prepared: PreparedSeal, cms: Buffer): Buffer {
  prepared.bytes.write(cms.toString('hex'), prepared.gapStart + 1, 'latin1')
  return prepared.bytes
}

/** How many bytes of CMS fit. */
export function roomOf(prepared: PreparedSeal): number {
  return (prepared.gapEnd - prepared.gapStart - 2) / 2
}
