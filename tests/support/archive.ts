import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The names in an archive of ours, from its local headers. */
export function fileNames(archive: Buffer): string[] {
  return entries(archive).map((entry) => entry.name)
}

/** The files in an archive of ours, by name. */
export function filesOf(archive: Buffer): Map<string, Buffer> {
  return new Map(entries(archive).map(({ name, bytes }) => [name, bytes]))
}

function entries(archive: Buffer): { name: string; bytes: Buffer }[] {
  const found: { name: string; bytes: Buffer }[] = []
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50;) {
    const length = archive.readUInt32LE(at + 18)
    const nameEnd = at + 30 + archive.readUInt16LE(at + 26)
    found.push({
      name: archive.toString('utf8', at + 30, nameEnd),
      bytes: archive.subarray(nameEnd, nameEnd + length),
    })
    at = nameEnd + length
  }
  return found
}

/** Writes the files of an archive of ours into a folder. */
export function unpack(archive: Buffer, folder: string): void {
  for (const { name, bytes } of entries(archive)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
}

/** The blocks of commands in a dossier's README, in order. */
export function commandBlocks(readme: string): string[] {
  return readme.split(/^----$/m).filter((_, index) => index % 2 === 1)
}
