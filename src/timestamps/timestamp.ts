import type { Instant } from '#core'

/** Somebody who says when a hash existed (RFC 3161): one TSA, reached in whatever way. */
export type TimestampAuthority = {
  /** What logs, attempts and reports call it. */
  readonly name: string
  /** True for the authority of this installation that nobody should trust (decision 0050). */
  readonly development: boolean
  /** The trust anchors of its chain: certificates in DER, as configured, never as received. */
  readonly roots: readonly Buffer[]
  /**
   * Hands over a TimeStampReq and gives the TimeStampResp as it came, both DER. Throws TimestampUnavailable when there
   * was no answer, TimestampRefusal for an answer that is none; ends soon after the signal is given.
   */
  readonly exchange: (request: Buffer, signal: AbortSignal) => Promise<Buffer>
}

/** A token that passed every check of `validateTimestamp`, with the facts that are kept beside it. */
export type Timestamp = {
  readonly authority: string
  readonly development: boolean
  /** The TimeStampResp, byte for byte as received. */
  readonly response: Buffer
  /** The token's genTime. */
  readonly at: Instant
  /** The earliest notAfter in the chain, the root's included: renew before it. */
  readonly certificateEndsAt: Instant
  /** The token's serial number, in hexadecimal. */
  readonly serial: string
  /** What the token rests on: its hashes and the kind of its signature, such as `sha256` and `rsa`, each once. */
  readonly algorithms: readonly string[]
  /** The certificates from the signer's up to the root, DER. */
  readonly chain: readonly Buffer[]
}

/** Why an answer is not a timestamp of what was asked. `README.md` says what each word covers. */
export type TimestampRefusalReason =
  | 'form'
  | 'too-large'
  | 'status'
  | 'imprint'
  | 'nonce'
  | 'time'
  | 'signature'
  | 'certificate'
  | 'usage'
  | 'chain'
  | 'expired'

/** Why no answer came. */
export type TimestampAbsence = 'unreachable' | 'timeout' | 'http-status'

/** Why an attempt gave no timestamp; `fault` is an authority's code that failed in another way than it may. */
export type TimestampFailure = TimestampRefusalReason | TimestampAbsence | 'fault'

/** One attempt that failed. */
export type TimestampAttempt = {
  readonly authority: string
  readonly failure: TimestampFailure
  /** True when an answer claimed to be a timestamp and was not one; false when the authority only did not serve. */
  readonly rejected: boolean
  /** One sentence for the operator; no secret, no personal data. */
  readonly detail: string
}

/** An answer was read and is refused. */
export class TimestampRefusal extends Error {
  readonly reason: TimestampRefusalReason

  constructor(reason: TimestampRefusalReason, message: string) {
    super(message)
    this.name = 'TimestampRefusal'
    this.reason = reason
  }
}

/** No answer came: nothing is known about the authority but that it did not serve. */
export class TimestampUnavailable extends Error {
  readonly reason: TimestampAbsence

  constructor(reason: TimestampAbsence, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TimestampUnavailable'
    this.reason = reason
  }
}

/** Refuses with this reason unless the condition holds. */
export function demand(
  condition: boolean,
  reason: TimestampRefusalReason,
  message: string,
): asserts condition {
  if (!condition) throw new TimestampRefusal(reason, message)
}
