import type { Instant } from '#core'
import { sha256 } from '#core'
import type { Transaction } from '#database'
import { getOpenLog } from '#evidence'
import type { Timestamp, TimestampAttempt, TimestampAuthority } from '#timestamps'
import { obtainTimestamp } from '#timestamps'
import { recordEvent } from '#webhooks'
import type { AnchorDeps, AnchorPlace, AnchorSettings } from './anchor.ts'
import { clockSkew, renewalStart } from './anchor-decisions.ts'
import type { NewAnchor } from './anchor-store.ts'
import { insertAnchor, takeMoment } from './anchor-store.ts'

/** What came of asking the authorities for the time. */
export type TimestampOutcome =
  | {
      readonly kind: 'obtained'
      readonly authority: string
      readonly development: boolean
      readonly at: Instant
    }
  | { readonly kind: 'failed'; readonly because: string }

/** A token and how this clock stood beside it. */
type Stamped = { readonly timestamp: Timestamp; readonly clockSkew_ms: number }

/**
 * Asks for a first token over a checkpoint and keeps it. No transaction is open while others are waited for, however long
 * they take. That an authority answered with something that is no timestamp is told to other systems, each time.
 */
export async function stampCheckpoint(
  deps: AnchorDeps,
  settings: AnchorSettings,
  place: AnchorPlace,
): Promise<TimestampOutcome> {
  const { stamped, attempts } = await askForTime(deps, settings, sha256(Buffer.from(place.note, 'utf8')))
  const { organisationId, logId } = place
  if (stamped !== undefined || attempts.some(({ rejected }) => rejected)) {
    await deps.database.inOrganisation(organisationId, async (trx) => {
      await announceRejections(deps, trx, place, attempts)
      if (stamped === undefined) return
      const { moment } = await takeMoment(trx, organisationId, logId, deps.platform.clock())
      const settledSize = await readSettledSize(trx, place)
      await insertAnchor(trx, toAnchor(deps, settings, place, stamped, moment, { settledSize }))
    })
  }
  countAttempts(deps, stamped, attempts)
  if (stamped === undefined) return { kind: 'failed', because: whyNot(attempts) }
  const { authority, development, at } = stamped.timestamp
  return { kind: 'obtained', authority, development, at }
}

/** The last token of a chain that is to be renewed. */
export type RenewalPlace = AnchorPlace & {
  readonly anchorId: string
  readonly response: Buffer
  readonly certificateEndsAt: Instant
}

/**
 * Asks for a token over the bytes of the answer before it and keeps that (decision 0055). A token from after the end of
 * the certificates it renews would not be believed and is not kept.
 */
export async function renewTimestamp(
  deps: AnchorDeps,
  settings: AnchorSettings,
  place: RenewalPlace,
): Promise<TimestampOutcome> {
  const { stamped, attempts } = await askForTime(deps, settings, sha256(place.response))
  const isLate = stamped !== undefined && stamped.timestamp.at >= place.certificateEndsAt
  const { organisationId, logId, anchorId } = place
  if (stamped !== undefined || attempts.some(({ rejected }) => rejected)) {
    await deps.database.inOrganisation(organisationId, async (trx) => {
      await announceRejections(deps, trx, place, attempts)
      if (stamped === undefined || isLate) return
      const { moment } = await takeMoment(trx, organisationId, logId, deps.platform.clock())
      await insertAnchor(trx, toAnchor(deps, settings, place, stamped, moment, { renews: anchorId }))
    })
  }
  const outcome = stamped === undefined ? 'failed' : isLate ? 'late' : 'renewed'
  deps.platform.metrics.count('beding_anchor_renewals_total', { outcome })
  if (stamped === undefined) return { kind: 'failed', because: whyNot(attempts) }
  if (isLate) return { kind: 'failed', because: 'the certificates ended before the renewal' }
  const { authority, development, at } = stamped.timestamp
  return { kind: 'obtained', authority, development, at }
}

async function askForTime(
  deps: AnchorDeps,
  settings: AnchorSettings,
  hash: Buffer,
): Promise<{ readonly stamped: Stamped | undefined; readonly attempts: readonly TimestampAttempt[] }> {
  const { clock, randomBytes, log, metrics } = deps.platform
  let askedAt = clock()
  let answeredAt = askedAt
  // The clock is read around the one exchange that counts, not around those that failed before it.
  const authorities = deps.authorities.map((authority): TimestampAuthority => ({
    ...authority,
    exchange: async (request, signal) => {
      askedAt = clock()
      const response = await authority.exchange(request, signal)
      answeredAt = clock()
      return response
    },
  }))
  const { timestamp, attempts } = await obtainTimestamp({ clock, randomBytes }, authorities, hash)
  for (const { authority, failure, detail } of attempts) {
    log.warn({ authority, failure, detail }, 'a time-stamping authority gave no timestamp')
  }
  if (timestamp === undefined) return { stamped: undefined, attempts }
  const clockSkew_ms = clockSkew(askedAt, answeredAt, timestamp.at)
  metrics.set('beding_clock_skew_seconds', clockSkew_ms / 1_000)
  if (Math.abs(clockSkew_ms) > settings.skewLimit_ms) {
    log.warn({ authority: timestamp.authority, clockSkew_ms }, 'this clock and that of the authority differ')
  }
  return { stamped: { timestamp, clockSkew_ms }, attempts }
}

function toAnchor(
  deps: AnchorDeps,
  settings: AnchorSettings,
  place: AnchorPlace,
  { timestamp, clockSkew_ms }: Stamped,
  obtainedAt: Instant,
  chainPlace: Extract<NewAnchor, { kind: 'timestamp' }>['place'],
): NewAnchor {
  const { at, certificateEndsAt } = timestamp
  return {
    organisationId: place.organisationId,
    anchorId: deps.platform.newId(),
    logId: place.logId,
    size: place.size,
    kind: 'timestamp',
    authority: timestamp.authority,
    development: timestamp.development,
    evidence: timestamp.response,
    provenAt: at,
    obtainedAt,
    clockSkew_ms,
    certificateEndsAt,
    renewFrom: renewalStart(at, certificateEndsAt, settings.renewalMargin_ms),
    algorithms: timestamp.algorithms,
    place: chainPlace,
  }
}

/**
 * How many entries the log has now that the token is there: what comes from here on was appended after it. When another
 * log is open meanwhile, the stamped one does not grow any more.
 */
async function readSettledSize(trx: Transaction, place: AnchorPlace): Promise<number> {
  const open = await getOpenLog(trx, place.organisationId)
  return open.logId === place.logId ? Math.max(open.size, place.size) : place.size
}

async function announceRejections(
  deps: AnchorDeps,
  trx: Transaction,
  place: AnchorPlace,
  attempts: readonly TimestampAttempt[],
): Promise<void> {
  for (const { authority, failure } of attempts.filter(({ rejected }) => rejected)) {
    await recordEvent(deps.platform, trx, place.organisationId, {
      type: 'ledger.anchor-rejected',
      subject: place.logId,
      data: { logId: place.logId, size: place.size, authority, reason: failure },
    })
  }
}

function countAttempts(
  deps: AnchorDeps,
  stamped: Stamped | undefined,
  attempts: readonly TimestampAttempt[],
): void {
  const { metrics } = deps.platform
  for (const { failure } of attempts) metrics.count('beding_anchor_attempts_total', { outcome: failure })
  if (stamped !== undefined) metrics.count('beding_anchor_attempts_total', { outcome: 'obtained' })
}

function whyNot(attempts: readonly TimestampAttempt[]): string {
  if (attempts.length === 0) return 'no time-stamping authority is configured'
  return attempts.map(({ authority, failure }) => `${authority}: ${failure}`).join('; ')
}
