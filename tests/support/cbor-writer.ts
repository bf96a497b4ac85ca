/** A value that `writeCbor` writes. A map is given as a `Map`, so that numbers can be keys. */
export type Writable =
  number | string | boolean | null | Uint8Array | readonly Writable[] | ReadonlyMap<number | string, Writable>

/** Writes a value in the canonical form of CTAP2: shortest numbers, keys by kind, length and bytes. */
export function writeCbor(value: Writable): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value === null) return Buffer.of(0xf6)
  if (typeof value === 'boolean') return Buffer.of(value ? 0xf5 : 0xf4)
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (value instanceof Map) {
    const written = [...value].map(([key, each]) => [writeCbor(key), writeCbor(each as Writable)] as const)
    const sorted = written.toSorted(([one], [other]) => compareKeys(one, other))
    return Buffer.concat([head(5, value.size), ...sorted.flat()])
  }
  const list = value as readonly Writable[]
  return Buffer.concat([head(4, list.length), ...list.map(writeCbor)])
}

function compareKeys(one: Buffer, other: Buffer): number {
  return one[0]! >> 5 === other[0]! >> 5
    ? one.length - other.length || Buffer.compare(one, other)
    : one[0]! - other[0]!
}

function head(major: number, argument: number): Buffer {
  const first = major << 5
  if (argument < 24) return Buffer.of(first | argument)
  if (argument < 256) return Buffer.of(first | 24, argument)
  const bytes = Buffer.alloc(argument < 65_536 ? 3 : 5)
  bytes[0] = first | (argument < 65_536 ? 25 : 26)
  bytes.writeUIntBE(argument, 1, bytes.length - 1)
  return bytes
}
