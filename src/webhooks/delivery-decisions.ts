import type { Instant } from '#core'
import { addMilliseconds, millisecondsOf } from '#core'
import type { EgressResult } from './egress.ts'

const second_ms = 1_000
const minute_ms = 60 * second_ms
const hour_ms = 60 * minute_ms

/** How long is waited after the first failure, the second, and so on: about three days in all, as the standard advises. */
const delays_ms = [
  5 * second_ms,
  minute_ms,
  5 * minute_ms,
  15 * minute_ms,
  hour_ms,
  2 * hour_ms,
  4 * hour_ms,
  8 * hour_ms,
  12 * hour_ms,
  20 * hour_ms,
  24 * hour_ms,
] as const

/** The first attempt and one after each wait. */
export const attemptsMax = delays_ms.length + 1
/** After this long a delivery that is still queued is given up, however few attempts it had. */
export const giveUpAfter_ms = 4 * 24 * hour_ms
/** The longest wait that a receiver can ask for. */
const retryAfterMax_ms = 24 * hour_ms
/** The longest that an endpoint is left alone because of its failures. */
const pauseMax_ms = 5 * minute_ms

/** What is known of an attempt before it is judged. */
export type AttemptFacts = {
  /** This one included. */
  readonly attempts: number
  /** Failures in a row at this endpoint before it. */
  readonly failures: number
  readonly now: Instant
  /** From 0 up to 1: chance, which spreads repetitions. */
  readonly chance: number
}

/** What follows from an attempt, for the delivery and for its endpoint. */
export type Verdict =
  | { readonly kind: 'delivered'; readonly status: number; readonly detail: string }
  | {
      readonly kind: 'again' | 'given-up'
      readonly status: number | null
      readonly detail: string
      readonly nextAttemptAt: Instant
      readonly pauseUntil: Instant
    }
  /** 410: the receiver wants nothing any more; its endpoint is disabled. */
  | { readonly kind: 'gone'; readonly status: 410; readonly detail: string }

/**
 * Judges one attempt (Standard Webhooks 1.0.0, "Delivery success and failure"): 2xx is delivered, 410 ends the endpoint,
 * everything else, redirects too, is a failure that is tried again until there have been twelve. Retry-After counts with
 * every failure, up to a day. A failing endpoint is left alone for a while, so that a long queue does not knock twice a
 * second at a door that is closed.
 */
export function judgeAttempt(result: EgressResult, facts: AttemptFacts): Verdict {
  const detail = describe(result)
  const status = result.kind === 'answered' ? result.status : null
  if (status !== null && status >= 200 && status < 300) return { kind: 'delivered', status, detail }
  if (status === 410) return { kind: 'gone', status, detail }
  const asked_ms = result.kind === 'answered' ? retryAfterOf(result.retryAfter, facts.now) : 0
  const wait_ms = Math.max(spread(delays_ms[facts.attempts - 1] ?? 0, facts.chance), asked_ms)
  const pause_ms = Math.max(
    Math.min(5 * second_ms * 2 ** Math.min(facts.failures, 10), pauseMax_ms),
    asked_ms,
  )
  return {
    kind: facts.attempts >= attemptsMax ? 'given-up' : 'again',
    status,
    detail,
    nextAttemptAt: addMilliseconds(facts.now, wait_ms),
    pauseUntil: addMilliseconds(facts.now, spread(pause_ms, facts.chance)),
  }
}

/** Up to a fifth more, never less: what was asked for is kept. */
function spread(wait_ms: number, chance: number): number {
  return Math.round(wait_ms * (1 + chance / 5))
}

/** Retry-After in either form (RFC 9110 section 10.2.3) as milliseconds from now; 0 when it is absent or makes no sense. */
export function retryAfterOf(header: string | undefined, now: Instant): number {
  if (header === undefined) return 0
  const text = header.trim()
  const wait_ms = /^\d{1,9}$/.test(text) ? Number(text) * second_ms : Date.parse(text) - millisecondsOf(now)
  return Number.isNaN(wait_ms) ? 0 : Math.min(Math.max(wait_ms, 0), retryAfterMax_ms)
}

const unreachableTexts = {
  name: 'the name of the host could not be resolved',
  connection: 'the connection could not be made or was cut off',
  tls: 'the certificate was not accepted or TLS failed',
  timeout: 'there was no answer in time',
} as const

/** One line for the people of the organisation. Nothing of what the other side wrote is repeated. */
function describe(result: EgressResult): string {
  if (result.kind === 'answered') return `answered ${result.status}`
  return result.kind === 'refused'
    ? `not sent: ${result.refusal}`
    : `not delivered: ${unreachableTexts[result.reason]}`
}
