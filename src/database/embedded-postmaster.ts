import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { ConnectionTarget } from './connection-target.ts'

/** What a server says about itself in the first lines of postmaster.pid. */
export type Postmaster = { readonly pid: number; readonly port: number }

/** The server that says it serves this data folder, or undefined when the file is not there or not whole yet. */
export function readPostmaster(dataFolder: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const [pid, , , port] = lines
  if (!/^\d+$/.test(pid ?? '') || !/^\d+$/.test(port ?? '')) return undefined
  return { pid: Number(pid), port: Number(port) }
}

/**
 * True when a process of that id runs. On Linux a zombie (dead, not yet reaped: it still answers signal 0) does not
 * count, and neither does a process that is no PostgreSQL: its id was given to something else.
 */
export function isPostgresAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  if (process.platform !== 'linux') return true
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}

/** True when the server at the target answers and serves exactly this data folder. */
export async function servesFolder(target: ConnectionTarget, dataFolder: string): Promise<boolean> {
  const client = new Client({ ...target, connectionTimeoutMillis: 2_000, query_timeout: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query("select current_setting('data_directory') as folder")
    return isSameFolder((rows[0] as { folder: string }).folder, dataFolder)
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

// Not by name: the same folder can be reached by several paths.
function isSameFolder(a: string, b: string): boolean {
  const [first, second] = [statSync(a), statSync(b)]
  return first.dev === second.dev && first.ino === second.ino
}

/** Waits until `done` holds, asking every 20 ms; false when it does not within `limit_ms`. */
export async function waitUntil(done: () => boolean | Promise<boolean>, limit_ms: number): Promise<boolean> {
  const deadline = performance.now() + limit_ms
  while (!(await done())) {
    if (performance.now() > deadline) return false
    await sleep(20)
  }
  return true
}
