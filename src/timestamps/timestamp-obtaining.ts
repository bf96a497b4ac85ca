import type { Clock } from '#core'
import {
  demand,
  TimestampRefusal,
  TimestampUnavailable,
  type Timestamp,
  type TimestampAttempt,
  type TimestampAuthority,
} from './timestamp.ts'
import { timestampRequest } from './timestamp-request.ts'
import { validateTimestamp } from './timestamp-validation.ts'

/** What asking for the time needs from outside. */
export type TimestampDeps = {
  readonly clock: Clock
  readonly randomBytes: (length: number) => Buffer
}

export type ObtainOptions = {
  /** For each authority by itself, in milliseconds; 10 000 unless told otherwise. */
  readonly timeout_ms?: number | undefined
  /** How far genTime may lie from our clock, in milliseconds; five minutes unless told otherwise. */
  readonly clockTolerance_ms?: number | undefined
  /** Gives up everything: then, and only then, this rejects, with the reason of the signal. */
  readonly signal?: AbortSignal | undefined
}

export type ObtainedTimestamp = {
  /** Undefined when no authority gave one. */
  readonly timestamp: Timestamp | undefined
  /** Those that failed, in the order they were tried. */
  readonly attempts: readonly TimestampAttempt[]
}

const timeout_ms = 10_000

/** Each attempt has a nonce of its own, so that no answer fits another attempt. 64 random bits: more is not taken by all. */
const nonceLength = 8

/**
 * Asks the authorities in order for a timestamp of this SHA-256 until one gives a valid one; what it did is checked
 * whole before this returns (decision 0051). Bounded in time and size, and never rejects because of an authority.
 * Throws a RangeError for a hash that is not 32 bytes.
 */
export async function obtainTimestamp(
  deps: TimestampDeps,
  authorities: readonly TimestampAuthority[],
  sha256: Buffer,
  options: ObtainOptions = {},
): Promise<ObtainedTimestamp> {
  if (sha256.length !== 32) throw new RangeError('a SHA-256 has 32 bytes')
  const attempts: TimestampAttempt[] = []
  for (const authority of authorities) {
    try {
      return { timestamp: await askOne(deps, authority, sha256, options), attempts }
    } catch (error) {
      options.signal?.throwIfAborted()
      attempts.push({ authority: authority.name, ...judgeFailure(error) })
    }
  }
  return { timestamp: undefined, attempts }
}

async function askOne(
  deps: TimestampDeps,
  authority: TimestampAuthority,
  sha256: Buffer,
  options: ObtainOptions,
): Promise<Timestamp> {
  const nonce = deps.randomBytes(nonceLength)
  const response = await withinTime(options, (signal) =>
    authority.exchange(timestampRequest(sha256, nonce), signal),
  )
  demand(Buffer.isBuffer(response), 'form', 'the answer is not bytes')
  const valid = validateTimestamp(response, {
    sha256,
    nonce,
    roots: authority.roots,
    now: deps.clock(),
    clockTolerance_ms: options.clockTolerance_ms,
  })
  return {
    authority: authority.name,
    development: authority.development || valid.development,
    response,
    at: valid.at,
    certificateEndsAt: valid.certificateEndsAt,
    serial: valid.serial,
    algorithms: valid.algorithms,
    chain: valid.chain,
  }
}

/** Ends with the timeout or the caller's signal, also when the work takes no notice of either. */
async function withinTime<T>(options: ObtainOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = options.timeout_ms ?? timeout_ms
  const ending = new AbortController()
  const end = (): void =>
    ending.abort(new TimestampUnavailable('timeout', `no whole answer within ${limit} ms`))
  const timer = setTimeout(end, limit)
  options.signal?.addEventListener('abort', end)
  if (options.signal?.aborted === true) end()
  const { promise: ended, reject } = Promise.withResolvers<never>()
  ending.signal.addEventListener('abort', () => reject(ending.signal.reason as Error))
  try {
    ending.signal.throwIfAborted()
    return await Promise.race([work(ending.signal), ended])
  } catch (error) {
    // What the work says of being ended early depends on how it waits; why it was is known here.
    ending.signal.throwIfAborted()
    throw error
  } finally {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', end)
  }
}

function judgeFailure(error: unknown): Omit<TimestampAttempt, 'authority'> {
  if (error instanceof TimestampUnavailable)
    return { failure: error.reason, rejected: false, detail: error.message }
  if (error instanceof TimestampRefusal)
    // Declining is an authority's right. Everything else claimed to be a timestamp and is not one.
    return { failure: error.reason, rejected: error.reason !== 'status', detail: error.message }
  return { failure: 'fault', rejected: false, detail: error instanceof Error ? error.message : String(error) }
}
