import { crc32 } from 'node:zlib'

/** A file of an archive: its name, with `/` between folders, and its bytes. */
export type ArchiveFile = { readonly name: string; readonly bytes: Buffer }

const utf8Names = 0x0800
const version = 20
// 1980-01-01 00:00:00, the first moment that the format can say: an archive's own dates prove nothing.
const dosDate = 0x0021
const dosTime = 0

/**
 * The one ZIP (APPNOTE 6.3) that holds these files: stored, sorted by the bytes of their names, with fixed dates and
 * nothing optional. Equal files give equal bytes, and a reader can make the archive again to see that nothing else is
 * in it (decision 0045). Throws a RangeError above 65,535 files or 4 GiB, where the format would need extensions.
 */
export function canonicalZip(files: readonly ArchiveFile[]): Buffer {
  const sorted = [...files].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
  if (sorted.length > 0xffff) throw new RangeError('too many files for one archive')
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const file of sorted) {
    const name = Buffer.from(file.name)
    const common = commonFields(file, name)
    const local = Buffer.concat([u32(0x04034b50), common, name])
    directory.push(Buffer.concat([u32(0x02014b50), u16(version), common, u16(0), u16(0), u16(0), u32(0), u32(offset), name])) // prettier-ignore
    parts.push(local, file.bytes)
    offset += local.length + file.bytes.length
    if (offset > 0xffff_ffff) throw new RangeError('too many bytes for one archive')
  }
  const directoryBytes = Buffer.concat(directory)
  const end = [u32(0x06054b50), u16(0), u16(0), u16(sorted.length), u16(sorted.length), u32(directoryBytes.length), u32(offset), u16(0)] // prettier-ignore
  return Buffer.concat([...parts, directoryBytes, ...end])
}

/** The fields that stand alike in the local header and in the directory. */
function commonFields(file: ArchiveFile, name: Buffer): Buffer {
  const length = u32(file.bytes.length)
  return Buffer.concat([
    u16(version),
    u16(utf8Names),
    u16(0),
    u16(dosTime),
    u16(dosDate),
    u32(crc32(file.bytes)),
    length,
    length,
    u16(name.length),
    u16(0),
  ])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
