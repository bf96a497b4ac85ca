import { createHash } from 'node:crypto'

/** What a file says it is, found without understanding it. All of it is a hint where to look, and nothing is proof. */
export type FileIdentity = {
  readonly length: number
  /** Of the whole file, 64 lower-case hex digits. */
  readonly sha256: string
  /** Ids of organisations in the names of sealing certificates, in the order found. */
  readonly organisationIds: readonly string[]
  /** First halves of `/ID` in the trailers (ISO 32000-1 section 14.4): the same in all updates of one document. */
  readonly identifiers: readonly string[]
  /** Where the file could end: after every `%%EOF` and line feed, and at its own end. */
  readonly ends: readonly number[]
}

const foundMax = 4
const endsMax = 64
const uuidLength = 36
/** In the hex string of a seal: the OID of serialNumber (2.5.4.5), then a PrintableString of 36 characters. */
const serialNumberHex = '06035504051324'
const endMark = '%%EOF\n'
const identifier = /^\/ID \[<([0-9a-f]{32})> </

/**
 * Reads what names a document in a file of whatever form. A cut-off, changed or broken file still says it as long as one
 * trailer and one seal are there.
 */
export function identifyFile(bytes: Buffer): FileIdentity {
  return {
    length: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    organisationIds: organisationsIn(bytes),
    identifiers: identifiersIn(bytes),
    ends: endsOf(bytes),
  }
}

function organisationsIn(bytes: Buffer): string[] {
  const found = new Set<string>()
  for (const at of placesOf(bytes, serialNumberHex)) {
    const start = at + serialNumberHex.length
    const text = Buffer.from(bytes.toString('latin1', start, start + uuidLength * 2), 'hex').toString(
      'latin1',
    )
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) found.add(text)
    if (found.size === foundMax) break
  }
  return [...found]
}

function identifiersIn(bytes: Buffer): string[] {
  const found = new Set<string>()
  for (const at of placesOf(bytes, '/ID [<')) {
    const [, hex] = bytes.toString('latin1', at, at + 44).match(identifier) ?? []
    if (hex !== undefined) found.add(hex)
    if (found.size === foundMax) break
  }
  return [...found]
}

function endsOf(bytes: Buffer): number[] {
  const ends: number[] = []
  for (const at of placesOf(bytes, endMark)) {
    ends.push(at + endMark.length)
    if (ends.length === endsMax) break
  }
  return ends.at(-1) === bytes.length ? ends : [...ends, bytes.length]
}

function* placesOf(bytes: Buffer, text: string): Generator<number> {
  for (let at = bytes.indexOf(text, 0, 'latin1'); at >= 0; at = bytes.indexOf(text, at + 1, 'latin1'))
    yield at
}
