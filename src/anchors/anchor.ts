import type { Instant, LogId, OrganisationId } from '#core'
import type { Database } from '#database'
import type { Platform } from '#platform'
import type { TimestampAuthority } from '#timestamps'

/** An algorithm and the moment from which nothing should rest on it alone. */
export type AlgorithmEnd = { readonly algorithm: string; readonly endsAt: Instant }

/** When anchors are taken and renewed. Durations in milliseconds. */
export type AnchorSettings = {
  /** At most this long after the anchor before when there are new entries. */
  readonly busy_ms: number
  /** At most this long after the anchor before when there are none, so that silence is dated too. */
  readonly idle_ms: number
  /** How often it is looked whether there is something new. */
  readonly look_ms: number
  /** How long an anchor may be overdue before other systems are told. */
  readonly grace_ms: number
  readonly firstRetry_ms: number
  readonly lastRetry_ms: number
  /** How long before its end a timestamp is renewed; less for one that was near its end when it was taken. */
  readonly renewalMargin_ms: number
  /** Most renewals in one round, so that a round ends. */
  readonly renewalsPerRound: number
  /** Difference of the clocks above which the log warns. */
  readonly skewLimit_ms: number
  /** Dated ends of algorithms, in lower case as `ledger_anchor.algorithms` has them. */
  readonly algorithmEnds: readonly AlgorithmEnd[]
}

const minute_ms = 60_000
const day_ms = 86_400_000

/** Hourly while there is something new, daily otherwise (decision 0054); renewal 90 days ahead (decision 0055). */
export const defaultAnchorSettings: AnchorSettings = {
  busy_ms: 60 * minute_ms,
  idle_ms: day_ms,
  look_ms: 10 * minute_ms,
  grace_ms: 30 * minute_ms,
  firstRetry_ms: minute_ms,
  lastRetry_ms: 30 * minute_ms,
  renewalMargin_ms: 90 * day_ms,
  renewalsPerRound: 50,
  skewLimit_ms: 2_000,
  algorithmEnds: [],
}

/** What anchoring works with. Without an authority and without witnesses nothing is anchored. */
export type AnchorDeps = {
  readonly platform: Platform
  readonly database: Database
  /** Tried in this order. */
  readonly authorities: readonly TimestampAuthority[]
  readonly settings?: Partial<AnchorSettings>
}

/** The checkpoint that is anchored. */
export type AnchorPlace = {
  readonly organisationId: OrganisationId
  readonly logId: LogId
  readonly size: number
  /** The note as the log signed it: what is stamped and cosigned are these bytes. */
  readonly note: string
}

/** How the anchoring of a log stands. */
export type AnchorState = {
  readonly anchoredSize: number | null
  readonly anchoredAt: Instant | null
  readonly requestedAt: Instant | null
  readonly dueSince: Instant | null
  readonly alarmedAt: Instant | null
  readonly failures: number
}

/** The state of a log that nobody has tried to anchor. */
export const untriedState: AnchorState = {
  anchoredSize: null,
  anchoredAt: null,
  requestedAt: null,
  dueSince: null,
  alarmedAt: null,
  failures: 0,
}

/** One response in the chain of an anchor. */
export type AnchorTimestamp = {
  /** The TimeStampResp as received, DER. */
  readonly response: Buffer
  readonly authority: string
  readonly development: boolean
  readonly at: Instant
  readonly certificateEndsAt: Instant
}

/** What is needed of an anchor to choose it: where it stands and when its first token was made. */
export type AnchorMark = {
  /** The row of the first token, or of the first cosignature where there is no token. */
  readonly anchorId: string
  readonly size: number
  /** Entries from this index on were appended after the first token was there. Not less than `size`. */
  readonly settledSize: number
  /** The genTime of the first token; null when the checkpoint is only cosigned. */
  readonly at: Instant | null
}

/** An anchored checkpoint with one chain of timestamps. A checkpoint with several first tokens has one anchor for each. */
export type Anchor = AnchorMark & {
  readonly note: string
  /** The first token, then its renewals in order; empty when the checkpoint is only cosigned. */
  readonly timestamps: readonly AnchorTimestamp[]
  readonly cosignatures: readonly { readonly line: string; readonly name: string; readonly at: Instant }[]
  /** The note with the cosignatures after the log's line, in the order of the policy; null without any. */
  readonly cosigned: string | null
}
