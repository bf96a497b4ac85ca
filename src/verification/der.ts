import { demand } from './refusal.ts'

/** One element of DER (X.690), with its place in the bytes it was read from. */
export type Der = {
  readonly tag: number
  /** The content octets. */
  readonly content: Buffer
  /** Tag, length and content as they stand. */
  readonly whole: Buffer
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

const depthMax = 24

/**
 * Reads exactly one DER element that fills the bytes. Refuses what DER forbids, at every depth: long forms of short
 * lengths, indefinite lengths, padded integers, loose booleans, stray bits, sets out of order.
 */
export function readDer(bytes: Uint8Array): Der {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const element = elementAt(buffer, 0)
  demand(element.whole.length === buffer.length, 'bytes follow after the end of a DER value')
  demandCanonical(element, 0)
  return element
}

/** The elements inside a constructed one. */
export function childrenOf(element: Der): Der[] {
  demand((element.tag & 0x20) !== 0, 'a DER value that should hold others does not')
  const children: Der[] = []
  for (let position = 0; position < element.content.length;) {
    const child = elementAt(element.content, position)
    children.push(child)
    position += child.whole.length
  }
  return children
}

/** Refuses unless the element has the tag; returns it. */
export function expectTag(element: Der | undefined, tag: number, what: string): Der {
  demand(element !== undefined && element.tag === tag, `${what} is not where it belongs`)
  return element
}

/** An object identifier in dotted form. */
export function oidOf(element: Der | undefined, what: string): string {
  const { content } = expectTag(element, tags.oid, what)
  const arcs: bigint[] = []
  let arc = 0n
  for (const byte of content) {
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    if ((byte & 0x80) !== 0) continue
    arcs.push(arc)
    arc = 0n
  }
  const first = arcs[0] ?? 0n
  const top = first < 40n ? 0n : first < 80n ? 1n : 2n
  return [top, first - top * 40n, ...arcs.slice(1)].join('.')
}

/** A whole number from 0 to 2^31. */
export function smallIntegerOf(element: Der | undefined, what: string): number {
  const { content } = expectTag(element, tags.integer, what)
  demand(content.length <= 4 && (content[0] as number) < 0x80, `${what} is out of range`)
  return content.readUIntBE(0, content.length)
}

/** Writes an element; used to compare, never to repair. */
export function writeDer(tag: number, content: Uint8Array): Buffer {
  const size = content.length
  if (size < 0x80) return Buffer.concat([Buffer.of(tag, size), content])
  const digits = size.toString(16)
  const length = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, content])
}

function elementAt(bytes: Buffer, start: number): Der {
  demand(start + 2 <= bytes.length, 'a DER value is cut off')
  const tag = bytes[start] as number
  demand((tag & 0x1f) !== 0x1f, 'a DER value has a tag of a kind not used here')
  let length = bytes[start + 1] as number
  let contentStart = start + 2
  if (length >= 0x80) {
    const count = length & 0x7f
    demand(count >= 1 && count <= 4 && contentStart + count <= bytes.length, 'a DER length is not definite')
    length = bytes.readUIntBE(contentStart, count)
    demand(length >= 0x80 && length >= 256 ** (count - 1), 'a DER length is not in its shortest form')
    contentStart += count
  }
  const end = contentStart + length
  demand(end <= bytes.length, 'a DER value is cut off')
  return { tag, content: bytes.subarray(contentStart, end), whole: bytes.subarray(start, end) }
}

function demandCanonical(element: Der, depth: number): void {
  demand(depth <= depthMax, 'a DER value is nested too deeply')
  if ((element.tag & 0x20) === 0) return demandCanonicalPrimitive(element)
  demand(
    (element.tag & 0xc0) !== 0 || element.tag === tags.sequence || element.tag === tags.set,
    'a DER string is in parts',
  )
  const children = childrenOf(element)
  for (const child of children) demandCanonical(child, depth + 1)
  if (element.tag === tags.set) demandSorted(children)
}

/** The elements of a SET OF stand in the order of their encodings (X.690 section 11.6). */
export function demandSorted(elements: readonly Der[]): void {
  for (const [position, element] of elements.entries()) {
    const previous = elements[position - 1]
    demand(
      previous === undefined || Buffer.compare(previous.whole, element.whole) < 0,
      'a DER set is out of order',
    )
  }
}

function demandCanonicalPrimitive({ tag, content }: Der): void {
  const first = content[0]
  if (tag === tags.boolean) demand(content.length === 1 && first === 0xff, 'a DER boolean is not plain true')
  if (tag === tags.null) demand(content.length === 0, 'a DER null is not empty')
  if (tag === tags.integer) {
    demand(first !== undefined, 'a DER integer is empty')
    const second = content[1] ?? 0
    const padded =
      content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
    demand(!padded, 'a DER integer is padded')
  }
  if (tag === tags.oid) demandCanonicalOid(content)
  if (tag === tags.bitString) {
    demand(first !== undefined && first <= 7, 'a DER bit string has no count of unused bits')
    const last = content.length > 1 ? (content.at(-1) as number) : 0
    demand(content.length > 1 || first === 0, 'a DER bit string is empty')
    demand((last & ((1 << first) - 1)) === 0, 'unused bits of a DER bit string are set')
  }
}

function demandCanonicalOid(content: Buffer): void {
  demand(
    content.length > 0 && content.length <= 32 && (content.at(-1) as number) < 0x80,
    'a DER object identifier is cut off',
  )
  for (const [position, byte] of content.entries()) {
    const starts = position === 0 || (content[position - 1] as number) < 0x80
    demand(!(starts && byte === 0x80), 'a DER object identifier is padded')
  }
}
