/** One DER element: tag, length, contents (X.690 sections 8.1 and 10.1). Tags of one byte only. */
export function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents)
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body])
  const digits = body.length.toString(16)
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, body])
}

/** An element as it was found. */
export type DerElement = { readonly tag: number; readonly whole: Buffer; readonly body: Buffer }

/** The elements that stand in these bytes one after another. Throws a RangeError when the last one is cut off. */
export function readDer(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = []
  for (let start = 0; start < bytes.length;) {
    const first = bytes[start + 1] ?? 0
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f
    const bodyStart = start + 2 + lengthBytes
    const end = bodyStart + (lengthBytes === 0 ? first : bytes.readUIntBE(start + 2, lengthBytes))
    if (end > bytes.length) throw new RangeError('a DER element ends beyond its bytes')
    elements.push({
      tag: bytes[start]!,
      whole: bytes.subarray(start, end),
      body: bytes.subarray(bodyStart, end),
    })
    start = end
  }
  return elements
}
