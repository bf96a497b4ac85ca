import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addMilliseconds, newUuid, toInstant, type Instant } from '#core'
import { createLogger, createMetrics, createOutsideHeads, createSecrets, type Platform } from '#platform'

/** The secrets of a master key that every test knows. */
export const testSecrets = createSecrets(Buffer.alloc(32, 7))

export type TestPlatform = Platform & {
  /** Sets the clock, which otherwise stands still. */
  readonly setClock: (moment: Instant) => void
  readonly advanceClock: (milliseconds: number) => void
}

/** A platform whose clock stands still at Saturday 21 November 2026, 09:00 in Amsterdam, and that logs nothing. */
export function testPlatform(moment: Instant = toInstant('2026-11-21T08:00:00.000Z')): TestPlatform {
  let now = moment
  return {
    clock: () => now,
    newId: () => newUuid(now),
    randomBytes: (length) => randomBytes(length),
    secrets: testSecrets,
    log: createLogger('silent'),
    metrics: createMetrics(),
    outsideHeads: createOutsideHeads(headsFolder()),
    setClock: (next) => void (now = next),
    advanceClock: (milliseconds) => void (now = addMilliseconds(now, milliseconds)),
  }
}

let heads: string | undefined

/** The folder in which this process keeps the heads of its logs; gone when it ends. */
function headsFolder(): string {
  if (heads === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'beding-heads-'))
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
    heads = folder
  }
  return heads
}
