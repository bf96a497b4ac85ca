import { demandNames } from './pdf-state.ts'
import { isName, wholeNumber } from './pdf-value.ts'
import type { PdfDictionary, PdfString } from './pdf-value.ts'
import { sha1, sha256 } from './primitives.ts'
import { demand } from './refusal.ts'

/** A signature dictionary found in an update, as written there; its cryptography is not looked at yet. */
export type PdfSignature = {
  readonly dictionary: PdfDictionary
  readonly contents: PdfString
}

/** A seal, with the moment the sealer claims. */
export type PdfSeal = PdfSignature & { readonly claimedAt: string }

/**
 * Refuses unless the signature covers every byte up to the end of its revision but its own hex string: the range starts
 * at 0, leaves out exactly that string and runs to the end. Returns the SHA-256 of what is covered.
 */
export function digestOfSignedBytes(
  bytes: Buffer,
  { dictionary, contents }: PdfSignature,
  end: number,
): Buffer {
  const range = dictionary.entries.get('ByteRange')
  demand(range?.kind === 'array' && range.items.length === 4, 'the signed range is not four numbers')
  const [first, firstLength, second, secondLength] = range.items.map((item) => wholeNumber(item))
  demand(first === 0, 'the signed range does not start at the first byte')
  demand(firstLength === contents.start, 'the signed range does not stop right before its hex string')
  demand(second === contents.end, 'the signed range does not go on right after its hex string')
  demand(second + (secondLength ?? -1) === end, 'the signed range does not run to the end of its revision')
  return sha256(Buffer.concat([bytes.subarray(0, firstLength), bytes.subarray(second, end)]))
}

/** The DER inside the hex string: lower-case digits, one CMS, then zeros only. */
export function cmsOf(bytes: Buffer, { contents }: PdfSignature): Buffer {
  const digits = bytes.toString('latin1', contents.start, contents.end)
  demand(/^<[0-9a-f]*>$/.test(digits), 'the hex string of the signature is not in lower case')
  const padded = contents.bytes
  demand(
    padded.length >= 4 && padded.length <= 65_536,
    'the hex string of the signature is empty or longer than 64 KiB',
  )
  demand(padded[0] === 0x30 && padded[1] === 0x82, 'the hex string of the signature does not hold a CMS')
  const length = 4 + padded.readUInt16BE(2)
  demand(length <= padded.length, 'the CMS of the signature is cut off')
  demand(
    padded.subarray(length).every((byte) => byte === 0),
    'bytes are hidden in the padding after the CMS of the signature',
  )
  return padded.subarray(0, length)
}

/** What validation data of a signature stands under: the SHA-1 of its whole padded hex string (EN 319 142-1, 5.4.2.2). */
export function validationKeyOf({ contents }: PdfSignature): string {
  return sha1(contents.bytes).toString('hex').toUpperCase()
}

/** Reads the dictionary of a seal: a PAdES signature with the moment it claims. */
export function readSealDictionary(dictionary: PdfDictionary): PdfSeal {
  const optional = ['Reason', 'Name', 'Location', 'ContactInfo']
  demandNames(dictionary, 'the seal', ['Type', 'Filter', 'SubFilter', 'ByteRange', 'Contents', 'M'], optional)
  const contents = contentsOf(dictionary, 'Sig', 'ETSI.CAdES.detached')
  return { dictionary, contents, claimedAt: claimedTime(dictionary) }
}

/** Reads the dictionary of a document time-stamp (EN 319 142-1, 5.4.3): it claims nothing by itself. */
export function readTimestampDictionary(dictionary: PdfDictionary): PdfSignature {
  demandNames(dictionary, 'the time-stamp', ['Type', 'Filter', 'SubFilter', 'ByteRange', 'Contents'])
  return { dictionary, contents: contentsOf(dictionary, 'DocTimeStamp', 'ETSI.RFC3161') }
}

function contentsOf(dictionary: PdfDictionary, type: string, format: string): PdfString {
  const { entries } = dictionary
  demand(isName(entries.get('Type'), type), `the signature is not a ${type}`)
  demand(isName(entries.get('Filter'), 'Adobe.PPKLite'), 'the signature has another handler')
  demand(isName(entries.get('SubFilter'), format), `the signature is not of the format ${format}`)
  const contents = entries.get('Contents')
  demand(contents?.kind === 'string', 'the signature has no value')
  return contents
}

/** The claimed time in UTC: `D:20261121080000Z`, also with `+00'00'` behind it. */
function claimedTime(dictionary: PdfDictionary): string {
  const value = dictionary.entries.get('M')
  const text = value?.kind === 'string' ? value.bytes.toString('latin1') : ''
  const parts = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|\+00'00'?)$/.exec(text)
  demand(parts !== null, 'the time of the seal is not written in UTC')
  const [, year, month, day, hour, minute, second] = parts
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  demand(!Number.isNaN(Date.parse(instant)), 'the time of the seal does not exist')
  return instant
}
