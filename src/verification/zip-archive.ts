import { crc32 } from './primitives.ts'
import { demand } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'

const localSignature = 0x04034b50
const directorySignature = 0x02014b50
const endSignature = 0x06054b50
const version = 20
const utf8Names = 0x0800
const firstDosDay = 0x0021
const localSize = 30
const directorySize = 46
const endSize = 22
const archiveSizeMax = 1024 * 1024 * 1024
const damageMax = 20

/**
 * The files of an archive, sorted by the bytes of their names. It holds the archive's own bytes and one number a file: its
 * names and contents are views, made when asked for, so that a large archive costs hardly more memory than its file.
 */
export class Archive {
  readonly #bytes: Buffer
  /** Where in the bytes the directory speaks of each file. */
  readonly #places: Uint32Array

  constructor(bytes: Buffer, places: Uint32Array) {
    this.#bytes = bytes
    this.#places = places
  }

  get size(): number {
    return this.#places.length
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined
  }

  /** The bytes of a file, not copied. */
  get(name: string): Buffer | undefined {
    const place = this.#find(name)
    return place === undefined ? undefined : this.#contentAt(place)
  }

  /** The names, in order. */
  *names(): Generator<string> {
    for (const place of this.#places) yield decodeUtf8(nameAt(this.#bytes, place))
  }

  #find(name: string): number | undefined {
    const wanted = Buffer.from(name, 'utf8')
    let low = 0
    let high = this.#places.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const place = this.#places[middle] as number
      const order = Buffer.compare(wanted, nameAt(this.#bytes, place))
      if (order === 0) return place
      if (order < 0) high = middle - 1
      else low = middle + 1
    }
    return undefined
  }

  #contentAt(place: number): Buffer {
    const start = this.#bytes.readUInt32LE(place + 42) + localSize + this.#bytes.readUInt16LE(place + 28)
    return this.#bytes.subarray(start, start + this.#bytes.readUInt32LE(place + 24))
  }
}

/**
 * Reads an archive that must be the one canonical ZIP of its files (decision 0023): stored, sorted by the bytes of the
 * names, no dates, comments, extra fields or descriptors, so that every byte of it is either demanded here or content.
 * Returns the files together with what was wrong, so that content can still be looked at.
 */
export function readArchive(bytes: Buffer): { files: Archive; damage: string[] } {
  demand(bytes.length <= archiveSizeMax, 'the archive is larger than 1 GiB')
  demand(bytes.length >= endSize, 'the archive is cut off')
  const endAt = bytes.length - endSize
  demand(bytes.readUInt32LE(endAt) === endSignature, 'the archive does not end with its directory')
  const count = bytes.readUInt16LE(endAt + 10)
  const directoryAt = bytes.readUInt32LE(endAt + 16)
  demand(directoryAt + bytes.readUInt32LE(endAt + 12) === endAt, 'the directory is not where it belongs')
  const places = new Uint32Array(count)
  const damage: string[] = []
  const blame = (sentence: string): void => {
    if (damage.length < damageMax) damage.push(sentence)
  }
  let place = directoryAt
  let next = 0
  for (let number = 0; number < count; number++) {
    demandEntry(bytes, place, endAt)
    if (number > 0) demandAfter(bytes, places[number - 1] as number, place)
    places[number] = place
    next = readContent(bytes, { place, offset: next, directoryAt }, blame)
    place += directorySize + nameAt(bytes, place).length
  }
  demand(place === endAt, 'bytes are hidden after the directory of the archive')
  if (next !== directoryAt) blame(`byte ${next} belongs to no file of the archive`)
  compare(bytes, endAt, endRecord(count, directoryAt, endAt - directoryAt), blame)
  return { files: new Archive(bytes, places), damage }
}

type Place = { readonly place: number; readonly offset: number; readonly directoryAt: number }
type Blame = (sentence: string) => void

function demandEntry(bytes: Buffer, place: number, endAt: number): void {
  demand(place + directorySize <= endAt, 'the directory of the archive is cut off')
  demand(bytes.readUInt32LE(place) === directorySignature, 'the directory of the archive is broken')
  demand(nameEnd(bytes, place) <= endAt, 'the directory of the archive is cut off')
}

function demandAfter(bytes: Buffer, previous: number, place: number): void {
  const order = Buffer.compare(nameAt(bytes, previous), nameAt(bytes, place))
  const name = decodeUtf8(nameAt(bytes, place))
  demand(order !== 0, `the archive has two files named ${name}`)
  demand(order < 0, `the file ${name} is not in its order`)
}

/**
 * Looks at one file: its header must start where the file before it ended, so that files cannot share bytes. Returns
 * where it ends.
 */
function readContent(bytes: Buffer, { place, offset, directoryAt }: Place, blame: Blame): number {
  const rawName = nameAt(bytes, place)
  const name = decodeUtf8(rawName)
  demand(bytes.readUInt32LE(place + 42) === offset, `the file ${name} is not where it belongs`)
  const start = offset + localSize + rawName.length
  const size = bytes.readUInt32LE(place + 24)
  demand(start + size <= directoryAt, `the file ${name} lies outside of the archive`)
  const sum = bytes.readUInt32LE(place + 16)
  const header = headerOf(sum, size, rawName.length)
  compare(bytes, offset, Buffer.concat([words([localSignature, 4]), header, rawName]), blame)
  // Comment length, disk, internal attributes, external attributes: all nothing. Then where the file starts.
  const rest = words([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4])
  compare(bytes, place, Buffer.concat([words([directorySignature, 4], [version, 2]), header, rest]), blame)
  if (crc32(bytes.subarray(start, start + size)) !== sum) blame(`the bytes of ${name} were changed`)
  return start + size
}

function nameEnd(bytes: Buffer, place: number): number {
  return place + directorySize + bytes.readUInt16LE(place + 28)
}

function nameAt(bytes: Buffer, place: number): Buffer {
  return bytes.subarray(place + directorySize, nameEnd(bytes, place))
}

function compare(bytes: Buffer, start: number, expected: Buffer, blame: Blame): void {
  const found = bytes.subarray(start, start + expected.length)
  if (found.equals(expected)) return
  let position = 0
  while (found[position] === expected[position]) position++
  blame(`byte ${start + position} is not that of the canonical ZIP of these files`)
}

function endRecord(count: number, directoryAt: number, length: number): Buffer {
  return words(
    [endSignature, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [length, 4],
    [directoryAt, 4],
    [0, 2],
  )
}

function headerOf(sum: number, size: number, nameLength: number): Buffer {
  return words(
    [version, 2],
    [utf8Names, 2],
    [0, 2],
    [0, 2],
    [firstDosDay, 2],
    [sum, 4],
    [size, 4],
    [size, 4],
    [nameLength, 2],
    [0, 2],
  )
}

function words(...fields: readonly (readonly [value: number, size: number])[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [, size]) => sum + size, 0))
  let position = 0
  for (const [value, size] of fields) position = bytes.writeUIntLE(value, position, size)
  return bytes
}
