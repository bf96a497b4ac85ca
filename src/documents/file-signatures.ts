import { createHash } from 'node:crypto'
import { firstReference, readDictionary, readRevision, referencesIn } from './pdf-revision.ts'
import { need } from './pdf-structure.ts'

/** A signature of a file of ours, in the order in which they were added. */
export type FileSignature = {
  readonly kind: 'seal' | 'timestamp'
  /** The name of its field: `Seal`, `Timestamp1`, … */
  readonly field: string
  /** The CMS in DER without the zeros behind it. */
  readonly cms: Buffer
  /** What its validation data stands under: the SHA-1 of the whole `/Contents`, in upper-case hex (EN 319 142-1, 5.4.2.2). */
  readonly key: string
  /** SHA-256 of what the byte range covers. */
  readonly digest: Buffer
  /** How long the file was when it was added: where its byte range ends. */
  readonly end: number
}

/** The signatures of a file that our writer made. Checks none of them. Throws a PdfStructureError for other files. */
export function listSignatures(file: Buffer): FileSignature[] {
  const revision = readRevision(file)
  const catalog = readDictionary(revision, revision.root)
  if (!catalog.includes('\n/AcroForm ')) return []
  const form = readDictionary(revision, firstReference(catalog, 'AcroForm'))
  return referencesIn(form, 'Fields').map((field) => {
    const widget = readDictionary(revision, field)
    const [, name] = need(/\n\/T \(([A-Za-z]+\d*)\)\n/.exec(widget), 'the name of a field')
    return readSignature(file, name!, readDictionary(revision, firstReference(widget, 'V')))
  })
}

function readSignature(file: Buffer, field: string, dictionary: string): FileSignature {
  const [, first, second, rest] = need(
    /\n\/ByteRange \[0 (\d+) (\d+) (\d+)\] *\n/.exec(dictionary),
    'a byte range',
  ).map(Number)
  const [, hex] = need(/\n\/Contents <([0-9a-f]+)>\n/.exec(dictionary), 'the contents of a signature')
  const contents = Buffer.from(hex!, 'hex')
  return {
    kind: dictionary.startsWith('<<\n/Type /DocTimeStamp\n') ? 'timestamp' : 'seal',
    field,
    cms: contents.subarray(0, derLength(contents)),
    // The standard names SHA-1 here: it is a name, nothing rests on it.
    key: createHash('sha1').update(contents).digest('hex').toUpperCase(),
    digest: createHash('sha256')
      .update(file.subarray(0, first))
      .update(file.subarray(second, second! + rest!))
      .digest(),
    end: second! + rest!,
  }
}

/** How many bytes the element at the start has, its head included. */
function derLength(bytes: Buffer): number {
  const length = bytes[1]!
  if (length < 0x80) return 2 + length
  const count = length & 0x7f
  return 2 + count + bytes.readUIntBE(2, count)
}
