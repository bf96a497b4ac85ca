import { randomBytes } from 'node:crypto'
import { newUuid, type Clock } from '#core'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { keptMasterKey } from './kept-secret.ts'
import { createLogger, type Logger } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createOutsideHeads, type OutsideHeads } from './outside-heads.ts'
import { createSecrets, type Secrets } from './secrets.ts'

/** What touches the outside, handed to whatever needs it so that tests can own it. */
export type Platform = {
  readonly clock: Clock
  /** A new UUIDv7 of the clock's moment. */
  readonly newId: () => string
  readonly randomBytes: (length: number) => Buffer
  readonly secrets: Secrets
  readonly log: Logger
  readonly metrics: Metrics
  readonly outsideHeads: OutsideHeads
}

/** The platform of a configuration. Makes the master key's file at first start when no key was given. */
export function createPlatform(
  config: Pick<Config, 'home' | 'ledgerHeads' | 'masterKey' | 'logLevel'>,
): Platform {
  const drawId = pooledRandom()
  return {
    clock: systemClock,
    newId: () => newUuid(systemClock(), drawId),
    randomBytes: (length) => randomBytes(length),
    secrets: createSecrets(config.masterKey ?? keptMasterKey(config.home)),
    log: createLogger(config.logLevel),
    metrics: createMetrics(),
    outsideHeads: createOutsideHeads(config.ledgerHeads),
  }
}

const poolLength = 4_096

/** Random bytes out of a pool that is filled in one draw, for ids only: a draw for each takes longer than the id. */
function pooledRandom(): (length: number) => Buffer {
  let pool = Buffer.alloc(0)
  return (length) => {
    if (pool.length < length) pool = randomBytes(poolLength)
    const drawn = pool.subarray(0, length)
    pool = pool.subarray(length)
    return drawn
  }
}
