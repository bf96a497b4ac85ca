/** Bytes that are not a DEFLATE stream, or one that is too long. */
class NotPacked extends Error {}

const lengthBases = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258] // prettier-ignore
const lengthExtras = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const distanceBases = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577] // prettier-ignore
const distanceExtras = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13] // prettier-ignore
const codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const bitsMax = 15

/** A Huffman code (RFC 1951 section 3.2.2): how many codes there are of each length, and their symbols in order. */
type Code = { readonly counts: readonly number[]; readonly symbols: readonly number[] }

/**
 * Unpacks bytes that are exactly one DEFLATE stream (RFC 1951); undefined for anything else, and for more than `lengthMax`
 * bytes. Refuses what zlib refuses, so that all verifiers agree: a stored block whose length is not repeated, codes that
 * are no codes, distances before the beginning, bytes after the end.
 */
export function inflateRaw(packed: Uint8Array, lengthMax: number): Uint8Array | undefined {
  try {
    return new Inflater(packed, lengthMax).run()
  } catch (error) {
    if (error instanceof NotPacked) return undefined
    throw error
  }
}

class Inflater {
  readonly #packed: Uint8Array
  readonly #lengthMax: number
  #position = 0
  #bits = 0
  #bitCount = 0
  #unpacked = new Uint8Array(65_536)
  #length = 0

  constructor(packed: Uint8Array, lengthMax: number) {
    this.#packed = packed
    this.#lengthMax = lengthMax
  }

  run(): Uint8Array {
    for (let last = false; !last;) {
      last = this.#take(1) === 1
      const kind = this.#take(2)
      if (kind === 0) this.#stored()
      else if (kind === 1) this.#block(fixedLiterals, fixedDistances)
      else if (kind === 2) this.#block(...this.#codes())
      else throw new NotPacked()
    }
    if (this.#position !== this.#packed.length) throw new NotPacked()
    return this.#unpacked.slice(0, this.#length)
  }

  #take(count: number): number {
    while (this.#bitCount < count) {
      const byte = this.#packed[this.#position++]
      if (byte === undefined) throw new NotPacked()
      this.#bits |= byte << this.#bitCount
      this.#bitCount += 8
    }
    const taken = this.#bits & ((1 << count) - 1)
    this.#bits >>>= count
    this.#bitCount -= count
    return taken
  }

  #put(byte: number): void {
    if (this.#length >= this.#lengthMax) throw new NotPacked()
    if (this.#length === this.#unpacked.length) {
      const larger = new Uint8Array(this.#length * 2)
      larger.set(this.#unpacked)
      this.#unpacked = larger
    }
    this.#unpacked[this.#length++] = byte
  }

  #stored(): void {
    this.#bits = 0
    this.#bitCount = 0
    const length = this.#take(16)
    if (this.#take(16) !== (length ^ 0xffff)) throw new NotPacked()
    for (let left = length; left > 0; left--) this.#put(this.#take(8))
  }

  #block(literals: Code, distances: Code): void {
    for (;;) {
      const symbol = this.#symbol(literals)
      if (symbol === 256) return
      if (symbol < 256) this.#put(symbol)
      else this.#copy(symbol - 257, distances)
    }
  }

  #copy(lengthSymbol: number, distances: Code): void {
    const length = this.#extended(lengthBases, lengthExtras, lengthSymbol)
    const distance = this.#extended(distanceBases, distanceExtras, this.#symbol(distances))
    if (distance > this.#length) throw new NotPacked()
    for (let left = length; left > 0; left--) this.#put(this.#unpacked[this.#length - distance] as number)
  }

  #extended(bases: readonly number[], extras: readonly number[], symbol: number): number {
    const base = bases[symbol]
    if (base === undefined) throw new NotPacked()
    return base + this.#take(extras[symbol] as number)
  }

  #symbol({ counts, symbols }: Code): number {
    let [code, first, index] = [0, 0, 0]
    for (let length = 1; length <= bitsMax; length++) {
      code |= this.#take(1)
      const count = counts[length] as number
      if (code - count < first) return symbols[index + code - first] as number
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw new NotPacked()
  }

  #codes(): [Code, Code] {
    const [literals, distances, lengths] = [this.#take(5) + 257, this.#take(5) + 1, this.#take(4) + 4]
    if (literals > 286 || distances > 30) throw new NotPacked()
    const ofCode = Array.from({ length: 19 }, () => 0)
    for (const symbol of codeOrder.slice(0, lengths)) ofCode[symbol] = this.#take(3)
    const all = this.#lengths(codeOf(ofCode, false), literals + distances)
    if (all[256] === 0) throw new NotPacked()
    return [codeOf(all.slice(0, literals), true), codeOf(all.slice(literals), true)]
  }

  #lengths(code: Code, count: number): number[] {
    const all: number[] = []
    while (all.length < count) {
      const symbol = this.#symbol(code)
      if (symbol < 16) all.push(symbol)
      else {
        const value = symbol === 16 ? all.at(-1) : 0
        const times = symbol === 18 ? 11 + this.#take(7) : 3 + this.#take(symbol === 17 ? 3 : 2)
        if (value === undefined || all.length + times > count) throw new NotPacked()
        for (let left = times; left > 0; left--) all.push(value)
      }
    }
    return all
  }
}

/** Makes a code of the lengths. One that leaves codes unused is only right if it has a single code, of one bit. */
function codeOf(lengths: readonly number[], mayBeSingle: boolean): Code {
  const counts = Array.from({ length: bitsMax + 1 }, () => 0)
  for (const length of lengths) counts[length] = (counts[length] as number) + 1
  let left = 1
  for (let length = 1; length <= bitsMax; length++) left = left * 2 - (counts[length] as number)
  const used = lengths.length - (counts[0] as number)
  const incomplete = left > 0 && used > 0
  if (left < 0 || (incomplete && !(mayBeSingle && used === 1 && counts[1] === 1))) throw new NotPacked()
  if (used === 0 && !mayBeSingle) throw new NotPacked()
  counts[0] = 0
  const numbered = lengths.map((length, symbol) => ({ length, symbol })).filter(({ length }) => length > 0)
  numbered.sort((one, other) => one.length - other.length || one.symbol - other.symbol)
  return { counts, symbols: numbered.map(({ symbol }) => symbol) }
}

const fixedLiterals = codeOf(
  Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
  true,
)
const fixedDistances: Code = {
  counts: Array.from({ length: bitsMax + 1 }, (_, length) => (length === 5 ? 30 : 0)),
  symbols: Array.from({ length: 30 }, (_, symbol) => symbol),
}
