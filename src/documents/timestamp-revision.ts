import { firstReference, readDictionary, readRevision, referencesIn, withReference } from './pdf-revision.ts'
import { writeUpdate } from './pdf-update.ts'
import {
  fillByteRange,
  fillSignature,
  firstPageOf,
  pageWithWidget,
  roomOf,
  signatureRoom,
  widgetDictionary,
} from './signature-field.ts'

/** A file that waits for a time-stamp token over its digest. */
export type PreparedTimestamp = {
  /** SHA-256 that the token must be about. */
  readonly digest: Buffer
  /**
   * The file with the token in it, or how many bytes of room the token needs. With other room the digest is another
   * one: then prepare again and ask for another token.
   */
  readonly finish: (token: Buffer) => FinishedTimestamp
}

export type FinishedTimestamp =
  { readonly kind: 'finished'; readonly bytes: Buffer } | { readonly kind: 'overflow'; readonly room: number }

/** Room for a token with a chain of three or four; a token may have up to 64 KB. */
export const usualTimestampRoom = 12_288

/**
 * Extends a sealed file with a document time-stamp (EN 319 142-1, 5.4.3) that has `room` bytes for a TimeStampToken
 * (RFC 3161, a CMS ContentInfo). The bytes before it stay as they are. The update adds a signature dictionary and its
 * invisible field, and rewrites the first page and the form, each with one reference more. Throws a PdfStructureError
 * for a file that our own writer did not make, or that has no seal.
 */
export function prepareTimestamp(file: Buffer, room: number = usualTimestampRoom): PreparedTimestamp {
  const revision = readRevision(file)
  const [widget, signature] = [revision.size, revision.size + 1]
  const form = firstReference(readDictionary(revision, revision.root), 'AcroForm')
  const formDictionary = readDictionary(revision, form)
  const stamps = referencesIn(formDictionary, 'Fields').filter((field) =>
    readDictionary(revision, field).includes('\n/T (Timestamp'),
  )
  const name = `Timestamp${stamps.length + 1}`
  const firstPage = firstPageOf(revision)
  const objects = new Map<number, string>([
    [firstPage, pageWithWidget(readDictionary(revision, firstPage), widget)],
    [form, withReference(formDictionary, 'Fields', widget)],
    [widget, widgetDictionary({ name, label: `Time-stamp ${stamps.length + 1}` }, firstPage, signature)],
    [signature, timestampDictionary(room)],
  ])
  const prepared = fillByteRange(writeUpdate(revision, objects), file.length)
  return {
    digest: prepared.digest,
    finish: (token) =>
      token.length > roomOf(prepared)
        ? { kind: 'overflow', room: token.length + 1024 }
        : {
            kind: 'finished',
            bytes: fillSignature({ ...prepared, bytes: Buffer.from(prepared.bytes) }, token),
          },
  }
}

function timestampDictionary(room: number): string {
  return [
    '<<',
    '/Type /DocTimeStamp',
    '/Filter /Adobe.PPKLite',
    '/SubFilter /ETSI.RFC3161',
    ...signatureRoom(room),
    '>>',
  ].join('\n')
}
