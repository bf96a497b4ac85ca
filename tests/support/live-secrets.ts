import { inflateRawSync, inflateSync } from 'node:zlib'

/** A text or bytes that let whoever has them act as somebody, and whose they are. */
export type LiveSecret = {
  readonly name: string
  readonly value: Buffer
  /** The caller to whom an answer may hold it: a person their own cookie. Nobody unless given. */
  readonly owner?: string
}

/** Where a secret was found. */
export type Leak = { readonly secret: string; readonly form: string; readonly place: string }

type Needle = { readonly bytes: Buffer; readonly secret: LiveSecret; readonly form: string }

const wordMax = 12

/**
 * Looks for secrets in bytes: as they are, in hex, in base64 and base64url at each of the three places at which one can begin
 * within a longer text, and percent-encoded. What is packed (zip entries, streams of a PDF) is unpacked first. A short one, such as a code
 * of some digits, counts only where it stands as a word of its own.
 */
export class LiveSecrets {
  readonly #secrets = new Map<string, LiveSecret>()
  #needles: Needle[] = []
  #byStart = new Map<number, Needle[]>()
  #starts = new Uint8Array(65_536)

  /** Adds a secret; a text is looked for as such, and as the bytes that it stands for when it is base64url. */
  add(name: string, value: string | Buffer, owner?: string): void {
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
    if (bytes.length < 6) throw new RangeError(`${name} is too short to be looked for`)
    if (this.#secrets.has(name)) return
    const secret = { name, value: bytes, ...(owner === undefined ? {} : { owner }) }
    this.#secrets.set(name, secret)
    for (const [form, needle] of formsOf(bytes)) this.#addNeedle({ bytes: needle, secret, form })
    const decoded = typeof value === 'string' && /^[A-Za-z0-9_-]{22,}$/.test(value) ? Buffer.from(value, 'base64url') : undefined // prettier-ignore
    if (decoded !== undefined)
      for (const [form, needle] of formsOf(decoded))
        this.#addNeedle({ bytes: needle, secret, form: `decoded ${form}` })
  }

  get count(): number {
    return this.#secrets.size
  }

  get formCount(): number {
    return this.#needles.length
  }

  /** The secrets that stand in these bytes, each once, without those that `reader` may be given. */
  find(bytes: Buffer, place: string, reader?: string): Leak[] {
    const leaks = new Map<string, Leak>()
    for (const layer of layersOf(bytes)) this.#scan(layer, place, reader, leaks)
    return [...leaks.values()]
  }

  #addNeedle(needle: Needle): void {
    this.#needles.push(needle)
    const start = needle.bytes.readUInt32LE(0)
    this.#starts[start & 0xffff] = 1
    const same = this.#byStart.get(start)
    if (same === undefined) this.#byStart.set(start, [needle])
    else same.push(needle)
  }

  #scan(bytes: Buffer, place: string, reader: string | undefined, leaks: Map<string, Leak>): void {
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      if (this.#starts[bytes[at]! | (bytes[at + 1]! << 8)] === 0) continue
      for (const needle of this.#byStart.get(bytes.readUInt32LE(at)) ?? []) {
        const { secret, form } = needle
        const end = at + needle.bytes.length
        if (end > bytes.length || bytes.compare(needle.bytes, 0, needle.bytes.length, at, end) !== 0) continue
        if (secret.value.length <= wordMax && (isWordByte(bytes[at - 1]) || isWordByte(bytes[end]))) continue
        if (secret.owner !== undefined && secret.owner === reader) continue
        leaks.set(secret.name, { secret: secret.name, form, place })
      }
    }
  }
}

function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && /[0-9A-Za-z_+/=-]/.test(String.fromCharCode(byte))
}

/** The forms in which bytes are looked for. Of short ones only the plain form: the others would be found by chance. */
export function formsOf(bytes: Buffer): [string, Buffer][] {
  const plain: [string, Buffer][] = [['plain', bytes]]
  if (bytes.length <= wordMax) return plain
  const hex = bytes.toString('hex')
  const percent = hex.replaceAll(/../g, (pair) => `%${pair}`)
  return [
    ...plain,
    ['hex', Buffer.from(hex)],
    ['hex, upper case', Buffer.from(hex.toUpperCase())],
    ['percent-encoded', Buffer.from(percent)],
    ['percent-encoded, upper case', Buffer.from(percent.toUpperCase())],
    ['two bytes a character', Buffer.from(bytes.toString('latin1'), 'utf16le')],
    ...[0, 1, 2].flatMap((shift): [string, Buffer][] => {
      const text = withinBase64(bytes, shift)
      return [
        [`base64, shifted by ${shift}`, Buffer.from(text)],
        [`base64url, shifted by ${shift}`, Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_'))],
      ]
    }),
  ]
}

/** The characters of the base64 of a longer text that depend on these bytes alone, when `shift` bytes stand before them. */
function withinBase64(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replaceAll('=', '')
  const whole = Math.floor(((shift + bytes.length) * 8) / 6)
  return text.slice(Math.ceil((shift * 8) / 6), whole)
}

/** These bytes and what is packed in them. */
function layersOf(bytes: Buffer): Buffer[] {
  const head = bytes.toString('latin1', 0, 4)
  if (head === '%PDF') return [bytes, ...pdfStreams(bytes)]
  if (head === 'PK\u0003\u0004') return [bytes, ...zipEntries(bytes).flatMap(layersOf)]
  return [bytes]
}

function pdfStreams(bytes: Buffer): Buffer[] {
  const streams: Buffer[] = []
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1)) {
    try {
      streams.push(inflateSync(bytes.subarray(at + 7), { finishFlush: 2 }))
    } catch {
      // Not a packed stream; it was read as it stands.
    }
  }
  return streams
}

function zipEntries(bytes: Buffer): Buffer[] {
  const entries: Buffer[] = []
  for (let at = 0; at + 30 < bytes.length && bytes.readUInt32LE(at) === 0x04034b50;) {
    const length = bytes.readUInt32LE(at + 18)
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
    const packed = bytes.subarray(start, start + length)
    entries.push(bytes.readUInt16LE(at + 8) === 8 ? inflateRawSync(packed) : packed)
    at = start + length
  }
  return entries
}
