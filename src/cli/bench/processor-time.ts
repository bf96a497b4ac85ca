import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from '#database'
import { median } from './turns.ts'

/** Processor time that each part of a measurement has taken so far, in microseconds. */
export type ProcessorTime = { readonly service: number; readonly postgres: number; readonly load: number }

/** Linux counts processor time in hundredths of a second, whatever its own clock runs at. */
const tick_us = 10_000

/**
 * A reader of the processor time of the service (a process of its own), of PostgreSQL with all its processes, and of
 * this process, which makes the load. Zeros where there is no /proc or PostgreSQL is on another machine.
 */
export async function processorClock(database: Database, servicePid: number): Promise<() => ProcessorTime> {
  const backend = await database.withClient(async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return rows[0]!.pid
  })
  const postmaster = statOf(backend)?.parent
  return () => {
    const { user, system } = process.cpuUsage()
    const service = statOf(servicePid)?.own_us ?? 0
    return { service, postgres: postmaster === undefined ? 0 : familyTime(postmaster), load: user + system }
  }
}

/** What was taken between two readings, for each of `count` requests. */
export function perRequest(before: ProcessorTime, after: ProcessorTime, count: number): ProcessorTime {
  const share = (part: keyof ProcessorTime): number => (after[part] - before[part]) / count
  return { service: share('service'), postgres: share('postgres'), load: share('load') }
}

/** The middle one of each part. */
export function medianTime(times: readonly ProcessorTime[]): ProcessorTime {
  const of = (part: keyof ProcessorTime): number => median(times.map((time) => time[part]))
  return { service: of('service'), postgres: of('postgres'), load: of('load') }
}

/** The time of a process, of its children that live, and of those that have ended. */
function familyTime(parent: number): number {
  const own = statOf(parent)
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat?.parent === parent)
  return children.reduce((sum, stat) => sum + stat!.own_us, (own?.own_us ?? 0) + (own?.ended_us ?? 0))
}

type Stat = { readonly parent: number; readonly own_us: number; readonly ended_us: number }

/** The line of a process in /proc: fields are counted from behind the name, which may hold anything. */
function statOf(pid: number): Stat | undefined {
  let line: string
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const ticks = (first: number): number => (fields[first]! + fields[first + 1]!) * tick_us
  return { parent: fields[1]!, own_us: ticks(11), ended_us: ticks(13) }
}
