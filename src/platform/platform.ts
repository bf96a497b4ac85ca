import { randomBytes } from 'node:crypto'
import { newUuid, type Clock } from '#core'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { keptMasterKey } from './kept-secret.ts'
import { createLogger, type Logger } from './log.ts'
import { createSecrets, type Secrets } from './secrets.ts'

/** What touches the outside, handed to whatever needs it so that tests can own it. */
export type Platform = {
  readonly clock: Clock
  /** A new UUIDv7 of the clock's moment. */
  readonly newId: () => string
  readonly randomBytes: (length: number) => Buffer
  readonly secrets: Secrets
  readonly log: Logger
}

/** The platform of a configuration. Makes the master key's file at first start when no key was given. */
export function createPlatform(config: Pick<Config, 'home' | 'masterKey' | 'logLevel'>): Platform {
  return {
    clock: systemClock,
    newId: () => newUuid(systemClock()),
    randomBytes: (length) => randomBytes(length),
    secrets: createSecrets(config.masterKey ?? keptMasterKey(config.home)),
    log: createLogger(config.logLevel),
  }
}
