import { dottedOid, readDer, type DerElement } from './der.ts'
import { derTags as tags, signatureAlgorithms } from './der-names.ts'

// Everything here throws a RangeError for bytes of another form; whoever reads turns it into a refusal of his own.

/** The element if it is there and has the tag. */
export function expectTag(element: DerElement | undefined, tag: number, what: string): DerElement {
  if (element?.tag !== tag) throw new RangeError(`${what} is missing or has another form`)
  return element
}

/** What a constructed element with this tag holds. */
export function childrenOf(element: DerElement | undefined, tag: number, what: string): DerElement[] {
  return readDer(expectTag(element, tag, what).body)
}

/** The only element inside another. */
export function onlyChildOf(element: DerElement | undefined, tag: number, what: string): DerElement {
  const [child, another] = childrenOf(element, tag, what)
  if (child === undefined || another !== undefined) throw new RangeError(`${what} does not hold exactly one`)
  return child
}

/** The one element that these bytes are. */
export function onlyElement(bytes: Buffer, tag: number, what: string): DerElement {
  const [element, another] = readDer(bytes)
  if (another !== undefined) throw new RangeError(`bytes follow after ${what}`)
  return expectTag(element, tag, what)
}

/** Takes the first element off a list if it has the tag: for what is optional. */
export function takeTag(elements: DerElement[], tag: number): DerElement | undefined {
  return elements[0]?.tag === tag ? elements.shift() : undefined
}

/** An object identifier in dotted form. */
export function oidOf(element: DerElement | undefined, what: string): string {
  return dottedOid(expectTag(element, tags.oid, what).body)
}

/** The bytes of an INTEGER in its shortest form. */
export function integerOf(element: DerElement | undefined, what: string): Buffer {
  const { body } = expectTag(element, tags.integer, what)
  const [first, second] = body
  if (first === undefined) throw new RangeError(`${what} is empty`)
  const padded =
    second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  if (padded) throw new RangeError(`${what} is padded`)
  return body
}

/** A whole number from 0 to 127. */
export function smallNumberOf(element: DerElement | undefined, what: string): number {
  const bytes = integerOf(element, what)
  if (bytes.length !== 1 || bytes[0]! >= 0x80) throw new RangeError(`${what} is out of range`)
  return bytes[0]!
}

/** Throws unless this is TRUE as DER writes it (X.690 section 11.1). FALSE is our every default, and defaults are left out. */
export function expectTrue(element: DerElement | undefined, what: string): true {
  const { body } = expectTag(element, tags.boolean, what)
  if (body.length !== 1 || body[0] !== 0xff)
    throw new RangeError(`${what} states its default or has another form`)
  return true
}

/** Throws unless the elements stand in the order of a SET OF, none twice (X.690 section 11.6). */
export function expectSorted(elements: readonly DerElement[], what: string): void {
  for (const [position, { whole }] of elements.entries()) {
    const before = elements[position - 1]
    if (before !== undefined && Buffer.compare(before.whole, whole) >= 0)
      throw new RangeError(`${what} are not in order`)
  }
}

/** The name of an algorithm. Its parameters must be absent or NULL: none of ours has any. */
export function algorithmOf(element: DerElement | undefined, what: string): string {
  const [name, parameters, more] = childrenOf(element, tags.sequence, what)
  const empty = parameters === undefined || (parameters.tag === tags.null && parameters.body.length === 0)
  if (!empty || more !== undefined) throw new RangeError(`${what} has parameters`)
  const oid = oidOf(name, what)
  // RFC 5758 section 3.2: with ECDSA they are absent.
  if (parameters !== undefined && signatureAlgorithms.get(oid)?.key === 'ec')
    throw new RangeError(`${what} has parameters`)
  return oid
}

/**
 * Throws for what DER forbids anywhere inside (X.690 sections 8.3 and 11): loose booleans, padded integers, strings in
 * parts, sets out of order. What is kept for years and read by programs that are as strict as they like.
 */
export function expectCanonical({ tag, body, whole }: DerElement, depth = 0): void {
  if (depth > depthMax) throw new RangeError('elements are nested too deeply')
  const constructed = (tag & 0x20) !== 0
  if (!constructed) {
    const element = { tag, body, whole }
    if (tag === tags.boolean) expectTrue(element, 'a boolean')
    if (tag === tags.integer) integerOf(element, 'an integer')
    if (tag === tags.oid) oidOf(element, 'an object identifier')
    if (tag === tags.null && body.length > 0) throw new RangeError('a null is not empty')
    if (tag === tags.bitString) expectCanonicalBits(body)
    return
  }
  if (tag < 0x40 && tag !== tags.sequence && tag !== tags.set) throw new RangeError('a string is in parts')
  const children = readDer(body)
  for (const child of children) expectCanonical(child, depth + 1)
  if (tag === tags.set) expectSorted(children, 'the elements of a set')
}

const depthMax = 24

function expectCanonicalBits(body: Buffer): void {
  const [unused] = body
  const last = body.length > 1 ? body.at(-1)! : 0
  if (
    unused === undefined ||
    unused > 7 ||
    (body.length === 1 && unused > 0) ||
    (last & ((1 << unused) - 1)) !== 0
  )
    throw new RangeError('a bit string has loose bits')
}
