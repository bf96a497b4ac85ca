import { crc32 } from './primitives.ts'
import { demand } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'

/** The files of an archive, by name, in the order they stand. */
export type Archive = ReadonlyMap<string, Buffer>

const localSignature = 0x04034b50
const directorySignature = 0x02014b50
const endSignature = 0x06054b50
const version = 20
const utf8Names = 0x0800
const firstDosDay = 0x0021
const endSize = 22
const archiveSizeMax = 1024 * 1024 * 1024

/**
 * Reads an archive that must be the one canonical ZIP of its files (decision 0023): stored, sorted by the bytes of the
 * names, no dates, comments, extra fields or descriptors. It is read by its directory, and what was read, written again,
 * must give the same bytes. Returns the files together with what was wrong, so that content can still be looked at.
 */
export function readArchive(bytes: Buffer): { files: Archive; damage: string[] } {
  demand(bytes.length <= archiveSizeMax, 'the archive is larger than 1 GiB')
  demand(bytes.length >= endSize, 'the archive is cut off')
  const end = bytes.subarray(bytes.length - endSize)
  demand(end.readUInt32LE(0) === endSignature, 'the archive does not end with its directory')
  const count = end.readUInt16LE(10)
  const directoryOffset = end.readUInt32LE(16)
  demand(
    directoryOffset + end.readUInt32LE(12) + endSize === bytes.length,
    'the directory is not where it belongs',
  )
  const files = new Map<string, Buffer>()
  const damage: string[] = []
  let position = directoryOffset
  let next = 0
  for (let number = 0; number < count; number++) {
    demand(position + 46 <= bytes.length - endSize, 'the directory of the archive is cut off')
    demand(bytes.readUInt32LE(position) === directorySignature, 'the directory of the archive is broken')
    const nameEnd = position + 46 + bytes.readUInt16LE(position + 28)
    demand(nameEnd <= bytes.length - endSize, 'the directory of the archive is cut off')
    const name = decodeUtf8(bytes.subarray(position + 46, nameEnd))
    demand(!files.has(name), `the archive has two files named ${name}`)
    const content = contentAt(bytes.subarray(0, directoryOffset), bytes.subarray(position), next, name)
    next = content.byteOffset - bytes.byteOffset + content.length
    if (crc32(content) !== bytes.readUInt32LE(position + 16)) damage.push(`the bytes of ${name} were changed`)
    files.set(name, content)
    position = nameEnd
  }
  demand(position === bytes.length - endSize, 'bytes are hidden after the directory of the archive')
  const canonical = damage.length === 0 ? writeArchive(files) : bytes
  if (!canonical.equals(bytes)) {
    damage.push(`byte ${firstDifference(canonical, bytes)} is not that of the canonical ZIP of these files`)
  }
  return { files, damage }
}

/** The bytes of a file; its header must start where the file before it ended, so that files cannot share bytes. */
function contentAt(contents: Buffer, directoryEntry: Buffer, expectedOffset: number, name: string): Buffer {
  demand(directoryEntry.readUInt32LE(42) === expectedOffset, `the file ${name} is not where it belongs`)
  const start = expectedOffset + 30 + directoryEntry.readUInt16LE(28)
  const end = start + directoryEntry.readUInt32LE(24)
  demand(end <= contents.length, `the file ${name} lies outside of the archive`)
  return contents.subarray(start, end)
}

function firstDifference(left: Buffer, right: Buffer): number {
  const length = Math.min(left.length, right.length)
  for (let position = 0; position < length; position++)
    if (left[position] !== right[position]) return position
  return length
}

/** The canonical ZIP of these files. */
export function writeArchive(files: Archive): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  const sorted = [...files].map(([name, content]) => ({ name: Buffer.from(name, 'utf8'), content }))
  sorted.sort((left, right) => Buffer.compare(left.name, right.name))
  for (const { name, content } of sorted) {
    const header = headerOf(name, content)
    parts.push(words([localSignature, 4]), header, name, content)
    directory.push(words([directorySignature, 4], [version, 2]), header)
    // Comment length, disk, internal attributes, external attributes: all nothing. Then where the file starts.
    directory.push(words([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name)
    offset += 4 + header.length + name.length + content.length
  }
  const listing = Buffer.concat(directory)
  const { length } = sorted
  const end = words(
    [endSignature, 4],
    [0, 2],
    [0, 2],
    [length, 2],
    [length, 2],
    [listing.length, 4],
    [offset, 4],
    [0, 2],
  )
  return Buffer.concat([...parts, listing, end])
}

function headerOf(name: Buffer, content: Buffer): Buffer {
  const size = content.length
  return words(
    [version, 2],
    [utf8Names, 2],
    [0, 2],
    [0, 2],
    [firstDosDay, 2],
    [crc32(content), 4],
    [size, 4],
    [size, 4],
    [name.length, 2],
    [0, 2],
  )
}

function words(...fields: readonly (readonly [value: number, size: number])[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [, size]) => sum + size, 0))
  let position = 0
  for (const [value, size] of fields) position = bytes.writeUIntLE(value, position, size)
  return bytes
}
