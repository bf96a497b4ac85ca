import { randomBytes } from 'node:crypto'
import type { OrganisationId } from '#core'
import { fromBase64 } from '#core'
import type { HeadFile } from './head-file.ts'
import { headFileName, openHeadFile, readHeadFiles, removeHeadFiles } from './head-file.ts'

/** A signed checkpoint of a log, as it is known outside the database. */
export type OutsideHead = {
  readonly organisationId: OrganisationId
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  /** The note as it was signed (C2SP tlog-checkpoint). Whoever reads it back has to check the signature. */
  readonly note: string
}

/** What has been read back from the folder. */
export type KeptHeads = {
  /** The newest head of each log, over the files of all processes. */
  readonly heads: readonly OutsideHead[]
  /** Names of files in which nothing can be read. */
  readonly unreadable: readonly string[]
}

/** The newest checkpoint of each log in files, so that a database that was put back cannot pass for the newest one. */
export type OutsideHeads = {
  /** The newest head of a log that this process has kept or read. In memory, and known from the moment `keep` is called. */
  readonly newest: (origin: string) => OutsideHead | undefined
  /**
   * Afterwards this checkpoint, or a later one of the same log, is on disk (O_DSYNC) in a file of this process. Call it
   * after COMMIT and before anything that rests on the checkpoint leaves the process. Fails when it cannot be written.
   */
  readonly keep: (organisationId: OrganisationId, note: string) => Promise<void>
  /** Reads the files of all processes, of one organisation or of all, and remembers the newest of each log. */
  readonly read: (organisationId?: OrganisationId) => Promise<KeptHeads>
  /** Removes files of other processes that are an hour old and say no more of this log than the file of this process. */
  readonly tidy: (origin: string) => Promise<void>
  readonly close: () => Promise<void>
}

type LogState = {
  newest: OutsideHead
  /** Size that is on disk in the file of this process; -1 before the first write. */
  durable: number
  writing: Promise<void> | undefined
  file: HeadFile | undefined
}

const openFilesMax = 500

/**
 * Keeps heads in a folder, one file for each process and log: no two processes ever write one file, so nothing has to be
 * agreed and no file can go back. Processes may share the folder or not (decision 0066).
 */
export function createOutsideHeads(folder: string): OutsideHeads {
  const tag = randomBytes(8).toString('hex')
  const logs = new Map<string, LogState>()

  function remember(head: OutsideHead): LogState {
    const state = logs.get(head.origin)
    if (state === undefined) {
      const fresh = { newest: head, durable: -1, writing: undefined, file: undefined }
      logs.set(head.origin, fresh)
      return fresh
    }
    if (head.size > state.newest.size) state.newest = head
    return state
  }

  async function write(state: LogState): Promise<void> {
    const head = state.newest
    state.file ??= openHeadFile(folder, headFileName(head, tag))
    await state.file.write(head.note)
    state.durable = head.size
    await closeIdle(logs, state)
  }

  return {
    newest: (origin) => logs.get(origin)?.newest,
    async keep(organisationId, note) {
      const head = parseHead(organisationId, note)
      const state = remember(head)
      // Whoever comes while a write is under way waits for it, and the next write takes all who wait.
      while (state.durable < head.size) {
        await (state.writing ??= write(state).finally(() => (state.writing = undefined)))
      }
    },
    async read(organisationId) {
      const { notes, unreadable } = await readHeadFiles(folder, organisationId)
      const newest = new Map<string, OutsideHead>()
      for (const { organisationId: owner, note } of notes) {
        const head = parseHead(owner, note)
        remember(head)
        if (head.size >= (newest.get(head.origin)?.size ?? -1)) newest.set(head.origin, head)
      }
      return { heads: [...newest.values()], unreadable }
    },
    async tidy(origin) {
      const state = logs.get(origin)
      if (state === undefined) return
      const { organisationId, size } = state.newest
      if (state.durable < size) return
      await removeHeadFiles(folder, headFileName(state.newest, tag), (note) => {
        return parseHead(organisationId, note).size <= size
      })
    },
    async close() {
      for (const state of logs.values()) {
        await state.writing?.catch(() => undefined)
        await state.file?.close()
        state.file = undefined
      }
    },
  }
}

/** With many organisations not every file stays open; the next write opens it again. */
async function closeIdle(logs: Map<string, LogState>, written: LogState): Promise<void> {
  const open = [...logs.values()].filter((state) => state.file !== undefined)
  if (open.length <= openFilesMax) return
  const idle = open.find((state) => state !== written && state.writing === undefined)
  const file = idle?.file
  if (idle !== undefined) idle.file = undefined
  await file?.close()
}

/** Reads origin, size and root of a signed checkpoint. Throws a RangeError for anything else; checks no signature. */
export function parseHead(organisationId: OrganisationId, note: string): OutsideHead {
  const [, origin, digits = '', encoded = ''] =
    /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]{44})\n\n\u2014 /.exec(note) ?? []
  const root = fromBase64(encoded)
  const size = Number(digits)
  if (origin === undefined || root?.length !== 32 || !Number.isSafeInteger(size)) {
    throw new RangeError('not a signed checkpoint')
  }
  return { organisationId, origin, size, root, note }
}
