/** One DER element: tag, length, contents (X.690 sections 8.1 and 10.1). Tags of one byte only. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents)
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body])
  const digits = body.length.toString(16)
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, body])
}

/** An INTEGER that is not negative, from its bytes, most significant first (X.690 section 8.3). */
export function derInteger(magnitude: Uint8Array): Buffer {
  const start = magnitude.findIndex((byte) => byte !== 0)
  if (start < 0) return der(0x02, Buffer.of(0))
  const sign = magnitude[start]! >= 0x80 ? Buffer.of(0) : Buffer.alloc(0)
  return der(0x02, sign, magnitude.subarray(start))
}

/** An OBJECT IDENTIFIER from its dotted form (X.690 section 8.19). */
export function derOid(dotted: string): Buffer {
  const [top = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt)
  const bytes = [top * 40n + second, ...rest].flatMap((arc) => {
    const groups = [Number(arc & 0x7fn)]
    for (let left = arc >> 7n; left > 0n; left >>= 7n) groups.unshift(Number(left & 0x7fn) | 0x80)
    return groups
  })
  return der(0x06, Buffer.from(bytes))
}

/** An element as it was found. */
export type DerElement = { readonly tag: number; readonly whole: Buffer; readonly body: Buffer }

/**
 * The elements that stand in these bytes one after another. Throws a RangeError for what DER forbids: a cut off element,
 * an indefinite length, a length that is not in its shortest form, a tag of more than one byte.
 */
export function readDer(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = []
  for (let start = 0; start < bytes.length;) {
    const element = elementAt(bytes, start)
    elements.push(element)
    start += element.whole.length
  }
  return elements
}

function elementAt(bytes: Buffer, start: number): DerElement {
  if (start + 2 > bytes.length) throw new RangeError('a DER element is cut off')
  const tag = bytes[start]!
  if ((tag & 0x1f) === 0x1f) throw new RangeError('a DER tag has more than one byte')
  let length = bytes[start + 1]!
  let bodyStart = start + 2
  if (length >= 0x80) {
    const count = length & 0x7f
    if (count < 1 || count > 4 || bodyStart + count > bytes.length)
      throw new RangeError('a DER length is not definite')
    length = bytes.readUIntBE(bodyStart, count)
    if (length < 0x80 || length < 256 ** (count - 1))
      throw new RangeError('a DER length is not in its shortest form')
    bodyStart += count
  }
  const end = bodyStart + length
  if (end > bytes.length) throw new RangeError('a DER element ends beyond its bytes')
  return { tag, whole: bytes.subarray(start, end), body: bytes.subarray(bodyStart, end) }
}

/** The dotted form of an object identifier's contents. Throws a RangeError when they are none. */
export function dottedOid(body: Buffer): string {
  if (body.length === 0 || body.at(-1)! >= 0x80)
    throw new RangeError('an object identifier is empty or cut off')
  const arcs: bigint[] = []
  let arc = 0n
  for (const [position, byte] of body.entries()) {
    const starts = position === 0 || body[position - 1]! < 0x80
    if (starts && byte === 0x80) throw new RangeError('an object identifier is padded')
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    if (byte >= 0x80) continue
    arcs.push(arc)
    arc = 0n
  }
  const first = arcs[0]!
  const top = first < 40n ? 0n : first < 80n ? 1n : 2n
  return [top, first - top * 40n, ...arcs.slice(1)].join('.')
}
