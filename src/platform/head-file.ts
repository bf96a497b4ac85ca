import { hash } from 'node:crypto'
import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { OrganisationId } from '#core'

/** A file with the newest head of one log, written by one process. */
export type HeadFile = {
  /** Afterwards the note is on disk. The note of the write before stays readable until then. */
  readonly write: (note: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Bytes of one of the two places for a note: two pages of a disk, so that a torn write spoils one of them only. */
const slotLength = 4_096
const firstLine = 'beding-head/v1'
/** A file that was not written for so long is opened anew, because somebody may have removed it. */
const reopenAfter_ms = 600_000
/** Files that were written less long ago than this are never removed. More than `reopenAfter_ms`. */
const removableAfter_ms = 3_600_000

type Named = { readonly organisationId: OrganisationId; readonly origin: string }

/** `<organisation>.<log>.<process>.head`: what belongs together is found by name. */
export function headFileName({ organisationId, origin }: Named, tag: string): string {
  return `${organisationId}.${hash('sha256', origin, 'hex').slice(0, 16)}.${tag}.head`
}

/** A file to write heads into, made at the first write. */
export function openHeadFile(folder: string, name: string): HeadFile {
  const path = join(folder, name)
  let handle: FileHandle | undefined
  let writtenAt = 0
  let slot = 0
  async function write(note: string): Promise<void> {
    if (handle !== undefined && performance.now() - writtenAt > reopenAfter_ms) {
      await handle.close()
      handle = undefined
    }
    const fresh = handle === undefined
    handle ??= await openForWriting(folder, path)
    await handle.write(slotOf(note), 0, slotLength, slot * slotLength)
    writtenAt = performance.now()
    slot = 1 - slot
    // Between opening and writing somebody may have removed it as old; a written file is not old.
    if (fresh && (await handle.stat()).nlink === 0) {
      await handle.close()
      handle = undefined
      await write(note)
    }
  }
  return { write, close: async () => handle?.close() }
}

/** O_DSYNC: each write comes back when the disk has it, as if followed by fdatasync, in one call instead of two. */
async function openForWriting(folder: string, path: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_DSYNC, 0o600)
  await handle.truncate(2 * slotLength)
  await handle.sync()
  // The name has to be on disk as well.
  const directory = await open(folder, constants.O_RDONLY)
  await directory.sync().finally(() => directory.close())
  return handle
}

function slotOf(note: string): Buffer {
  const text = Buffer.from(`${firstLine}\n${hash('sha256', note, 'hex')}\n${note}`, 'utf8')
  if (text.length > slotLength) throw new RangeError('a checkpoint is shorter than 4 kilobytes')
  return Buffer.concat([text, Buffer.alloc(slotLength - text.length)])
}

/** The notes in a file, at most two; a place that was torn or never written is left out. */
function notesOf(bytes: Buffer): string[] {
  const slots = [bytes.subarray(0, slotLength), bytes.subarray(slotLength, 2 * slotLength)]
  return slots.flatMap((place) => {
    const text = place.toString('utf8').replace(/\0+$/, '')
    const [, digest, note = ''] = /^beding-head\/v1\n([0-9a-f]{64})\n([^]*)$/.exec(text) ?? []
    return digest !== undefined && hash('sha256', note, 'hex') === digest ? [note] : []
  })
}

type FoundNote = { readonly organisationId: OrganisationId; readonly note: string }

/** Every note in the files of one organisation or of all. No folder means none. */
export async function readHeadFiles(
  folder: string,
  organisationId?: OrganisationId,
): Promise<{ readonly notes: readonly FoundNote[]; readonly unreadable: readonly string[] }> {
  const notes: FoundNote[] = []
  const unreadable: string[] = []
  for (const name of await namesIn(folder)) {
    const owner = name.slice(0, 36) as OrganisationId
    if (organisationId !== undefined && owner !== organisationId) continue
    const bytes = await orUndefined(readFile(join(folder, name)))
    if (bytes === undefined) continue
    const found = notesOf(bytes)
    notes.push(...found.map((note) => ({ organisationId: owner, note })))
    if (found.length === 0) unreadable.push(name)
  }
  return { notes, unreadable }
}

/** Removes the files of the same log, other than `own`, that are old and all of whose notes are covered. */
export async function removeHeadFiles(
  folder: string,
  own: string,
  isCovered: (note: string) => boolean,
): Promise<void> {
  const log = own.slice(0, own.lastIndexOf('.', own.length - '.head'.length - 1) + 1)
  for (const name of await namesIn(folder)) {
    if (name === own || !name.startsWith(log)) continue
    const path = join(folder, name)
    const status = await orUndefined(stat(path))
    const bytes = await orUndefined(readFile(path))
    if (status === undefined || bytes === undefined) continue
    const notes = notesOf(bytes)
    const old = Date.now() - status.mtimeMs > removableAfter_ms
    if (old && notes.length > 0 && notes.every(isCovered)) await orUndefined(unlink(path))
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const names = (await orUndefined(readdir(folder))) ?? []
  return names.filter((name) => /^[0-9a-f-]{36}\.[0-9a-f]{16}\.[0-9a-f]{16}\.head$/.test(name)).toSorted()
}

/** What is not there any more is no failure: another process may be tidying up. */
async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
