import { createHash } from 'node:crypto'
import { firstReference, readDictionary, withReference, type PdfRevision } from './pdf-revision.ts'

/** An update with a hole for what is signed over the rest. */
export type PreparedSignature = {
  /** The whole file; between `gapStart` and `gapEnd` stands `<000…>`. */
  readonly bytes: Buffer
  readonly gapStart: number
  readonly gapEnd: number
  /** SHA-256 over everything but the gap. */
  readonly digest: Buffer
}

const byteRangeWidth = 46

/** The two entries of a signature dictionary that are filled in later, with room for so many bytes. */
export function signatureRoom(room: number): string[] {
  return [`/ByteRange ${' '.repeat(byteRangeWidth)}`, `/Contents <${'0'.repeat(room * 2)}>`]
}

/** The first page of the file: where every signature field is listed. */
export function firstPageOf(revision: PdfRevision): number {
  const catalog = readDictionary(revision, revision.root)
  return firstReference(readDictionary(revision, firstReference(catalog, 'Pages')), 'Kids')
}

/** PDF/UA wants the widget among the annotations of a page, also when nothing of it can be seen. */
export function pageWithWidget(page: string, widget: number): string {
  return withReference(page, 'Annots', widget)
}

/** The invisible field of a signature: its name in the form, and what a screen reader says of it. */
export function widgetDictionary(
  field: { readonly name: string; readonly label: string },
  page: number,
  signature: number,
): string {
  return [
    '<<',
    '/Type /Annot',
    '/Subtype /Widget',
    '/FT /Sig',
    `/T (${field.name})`,
    `/TU ${textString(field.label)}`,
    // Print and Locked: with a zero rectangle the field is there and cannot be seen or moved.
    '/F 132',
    '/Rect [0 0 0 0]',
    `/P ${page} 0 R`,
    `/V ${signature} 0 R`,
    '>>',
  ].join('\n')
}

/** A text string as UTF-16 in hex: no character of a name can end it or need an escape. */
export function textString(text: string): string {
  return `<${Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex')}>`
}

/** Writes the byte range of the signature that was added last, and takes the digest of what it covers. */
export function fillByteRange(bytes: Buffer, searchFrom: number): PreparedSignature {
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

/** Puts what was signed in its place: lower-case hex, the rest of the room stays zero. It must fit (`roomOf`). */
export function fillSignature(prepared: PreparedSignature, signature: Buffer): Buffer {
  prepared.bytes.write(signature.toString('hex'), prepared.gapStart + 1, 'latin1')
  return prepared.bytes
}

/** How many bytes fit in the hole. */
export function roomOf(prepared: PreparedSignature): number {
  return (prepared.gapEnd - prepared.gapStart - 2) / 2
}
