import { demand, refuse } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'

/** A value of CBOR as authenticators write it. Numbers are whole and safe; the keys of a map are numbers or texts. */
export type Cbor = number | string | boolean | null | Buffer | Cbor[] | CborMap
export type CborMap = ReadonlyMap<number | string, Cbor>

const depthMax = 8
const itemsMax = 256

/**
 * Reads exactly one CBOR value that fills the bytes, in the canonical form of CTAP2 (section 8): shortest lengths, nothing
 * indefinite, no tags, the keys of a map sorted and none twice. Refuses floating-point numbers and undefined: no record
 * that is read here has them.
 */
export function readCbor(bytes: Buffer): Cbor {
  const { value, end } = readCborAt(bytes, 0)
  demand(end === bytes.length, 'bytes follow after the end of a CBOR value')
  return value
}

/** Reads the CBOR value that begins at this place, and says where it ends. */
export function readCborAt(bytes: Buffer, start: number): { readonly value: Cbor; readonly end: number } {
  const reader = new Reader(bytes, start)
  const value = reader.value(0)
  return { value, end: reader.position }
}

/** The value as a map with exactly these keys; the optional ones may be missing. */
export function exactCborMap(
  value: Cbor | undefined,
  what: string,
  keys: readonly (number | string)[],
  optional: readonly (number | string)[] = [],
): CborMap {
  demand(value instanceof Map, `${what} is not a map`)
  for (const key of keys) demand(value.has(key), `${what} lacks "${key}"`)
  for (const key of value.keys()) {
    demand(keys.includes(key) || optional.includes(key), `${what} has an unknown member "${key}"`)
  }
  return value
}

/** The value as bytes, of this length where one is given. */
export function cborBytes(value: Cbor | undefined, what: string, length?: number): Buffer {
  demand(Buffer.isBuffer(value), `${what} is not bytes`)
  demand(length === undefined || value.length === length, `${what} is not ${length} bytes long`)
  return value
}

class Reader {
  readonly #bytes: Buffer
  #items = 0
  position: number

  constructor(bytes: Buffer, start: number) {
    this.#bytes = bytes
    this.position = start
  }

  value(depth: number): Cbor {
    demand(depth <= depthMax, 'a CBOR value is nested too deeply')
    demand(++this.#items <= itemsMax, 'a CBOR value has too many parts')
    const [initial] = this.#take(1) as unknown as [number]
    const major = initial >> 5
    if (major === 7) return simpleValue(initial)
    const argument = this.#argument(initial & 0x1f)
    if (major === 0) return argument
    if (major === 1) return -1 - argument
    if (major === 2) return this.#take(argument)
    if (major === 3) return decodeUtf8(this.#take(argument))
    if (major === 4) return this.#list(argument, depth)
    if (major === 5) return this.#map(argument, depth)
    return refuse('a CBOR value has a tag')
  }

  #list(length: number, depth: number): Cbor[] {
    demand(length <= itemsMax, 'a CBOR value has too many parts')
    return Array.from({ length }, () => this.value(depth + 1))
  }

  #map(length: number, depth: number): CborMap {
    demand(length <= itemsMax, 'a CBOR value has too many parts')
    const map = new Map<number | string, Cbor>()
    let before: Buffer | undefined
    for (let count = 0; count < length; count++) {
      const start = this.position
      const key = this.value(depth + 1)
      const written = this.#bytes.subarray(start, this.position)
      demand(typeof key === 'number' || typeof key === 'string', 'a key of a CBOR map is no number or text')
      demand(before === undefined || precedes(before, written), 'the keys of a CBOR map are not in order')
      before = written
      map.set(key, this.value(depth + 1))
    }
    return map
  }

  /** The number in or behind an initial byte, in its shortest form, up to 2^53-1. */
  #argument(low: number): number {
    if (low < 24) return low
    demand(low <= 27, 'a CBOR length is not definite')
    const size = 2 ** (low - 24)
    const bytes = this.#take(size)
    const number = size < 8 ? bytes.readUIntBE(0, size) : Number(bytes.readBigUInt64BE())
    demand(number < 2 ** 53 - 1, 'a CBOR number is above what is read here')
    const least = size === 1 ? 24 : 256 ** (size / 2)
    demand(number >= least, 'a CBOR number is not in its shortest form')
    return number
  }

  #take(length: number): Buffer {
    const end = this.position + length
    demand(end <= this.#bytes.length, 'a CBOR value is cut off')
    const taken = this.#bytes.subarray(this.position, end)
    this.position = end
    return taken
  }
}

function simpleValue(initial: number): boolean | null {
  if (initial === 0xf4) return false
  if (initial === 0xf5) return true
  return initial === 0xf6 ? null : refuse('a CBOR value is of a kind not used here')
}

/** Canonical order: kinds as they are numbered, then shorter keys, then bytes. */
function precedes(one: Buffer, other: Buffer): boolean {
  const kinds = ((one[0] as number) >> 5) - ((other[0] as number) >> 5)
  if (kinds !== 0) return kinds < 0
  if (one.length !== other.length) return one.length < other.length
  return Buffer.compare(one, other) < 0
}
