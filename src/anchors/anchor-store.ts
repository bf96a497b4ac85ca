import { sql } from 'kysely'
import type { Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { AnchorState } from './anchor.ts'

/** An anchor on its way into the table. */
export type NewAnchor = {
  readonly organisationId: OrganisationId
  readonly anchorId: string
  readonly logId: LogId
  readonly size: number
  readonly authority: string
  readonly evidence: Buffer
  readonly provenAt: Instant
  readonly obtainedAt: Instant
} & (
  | { readonly kind: 'cosignature' }
  | {
      readonly kind: 'timestamp'
      readonly development: boolean
      readonly clockSkew_ms: number
      readonly certificateEndsAt: Instant
      readonly renewFrom: Instant
      readonly algorithms: readonly string[]
      /** Of a first token the size of the log once it was there; of a renewal the anchor that it renews. */
      readonly place: { readonly settledSize: number } | { readonly renews: string }
    }
)

/**
 * Locks the state of a log until the transaction ends and gives a moment that no anchor of it has and none will have
 * again: now, or a millisecond after the last one given out when the clock stands or went back. So what had been obtained
 * at a moment taken here never changes afterwards.
 */
export async function takeMoment(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  now: Instant,
): Promise<{ readonly moment: Instant; readonly state: AnchorState }> {
  const { rows } = await sql<StateRow & { last_moment: string }>`
    insert into anchor_state (organisation_id, log_id, last_moment)
    values (${organisationId}::uuid, ${logId}::uuid, ${now}::timestamptz)
    on conflict on constraint anchor_state_pk do update
    set last_moment = greatest(anchor_state.last_moment + interval '1 millisecond', excluded.last_moment)
    returning anchor_state.anchored_size, anchor_state.anchored_at, anchor_state.requested_at, anchor_state.due_since,
              anchor_state.alarmed_at, anchor_state.failures, anchor_state.last_moment`.execute(trx)
  const row = rows[0]!
  return { moment: row.last_moment as Instant, state: toState(row) }
}

/** A row of `anchor_state` as a query gives it. */
export type StateRow = {
  readonly anchored_size: number | null
  readonly anchored_at: string | null
  readonly requested_at: string | null
  readonly due_since: string | null
  readonly alarmed_at: string | null
  readonly failures: number
}

export function toState(row: StateRow): AnchorState {
  return {
    anchoredSize: row.anchored_size,
    anchoredAt: row.anchored_at as Instant | null,
    requestedAt: row.requested_at as Instant | null,
    dueSince: row.due_since as Instant | null,
    alarmedAt: row.alarmed_at as Instant | null,
    failures: row.failures,
  }
}

/** Writes the state of a log that was locked with `takeMoment`. `lastFailure` null: the last try went well. */
export async function saveState(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  state: AnchorState & { readonly lastFailure: string | null },
): Promise<void> {
  await sql`
    update anchor_state
    set anchored_size = ${state.anchoredSize}::bigint, anchored_at = ${state.anchoredAt}::timestamptz,
        requested_at = ${state.requestedAt}::timestamptz, due_since = ${state.dueSince}::timestamptz,
        alarmed_at = ${state.alarmedAt}::timestamptz, failures = ${state.failures}, last_failure = ${state.lastFailure}
    where anchor_state.organisation_id = ${organisationId}::uuid and anchor_state.log_id = ${logId}::uuid`.execute(
    trx,
  )
}

/** Writes down that somebody waits for an anchor. An earlier wish that is not met yet stays as it is. */
export async function saveRequest(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  now: Instant,
): Promise<void> {
  await sql`
    insert into anchor_state (organisation_id, log_id, requested_at, last_moment)
    values (${organisationId}::uuid, ${logId}::uuid, ${now}::timestamptz, ${now}::timestamptz)
    on conflict on constraint anchor_state_pk do update
    set requested_at = coalesce(anchor_state.requested_at, excluded.requested_at)`.execute(trx)
}

/**
 * Writes an anchor under the next sequence number of its checkpoint and kind. The transaction holds the lock of
 * `takeMoment`. False when another process had renewed the same token meanwhile; then nothing is written.
 */
export async function insertAnchor(trx: Transaction, anchor: NewAnchor): Promise<boolean> {
  const stamp = anchor.kind === 'timestamp' ? anchor : undefined
  const settledSize = stamp !== undefined && 'settledSize' in stamp.place ? stamp.place.settledSize : null
  const renews = stamp !== undefined && 'renews' in stamp.place ? stamp.place.renews : null
  const algorithms = stamp === undefined ? null : [...stamp.algorithms]
  const { rows } = await sql`
    insert into ledger_anchor (organisation_id, anchor_id, log_id, size, kind, sequence, authority, development, evidence,
      proven_at, obtained_at, clock_skew_ms, certificate_ends_at, renew_from, algorithms, settled_size, renews)
    select ${anchor.organisationId}::uuid, ${anchor.anchorId}::uuid, ${anchor.logId}::uuid, ${anchor.size}::bigint,
      ${anchor.kind}, coalesce(max(earlier.sequence), 0) + 1, ${anchor.authority}, ${stamp?.development ?? false},
      ${anchor.evidence}::bytea, ${anchor.provenAt}::timestamptz, ${anchor.obtainedAt}::timestamptz,
      ${stamp?.clockSkew_ms ?? null}::bigint, ${stamp?.certificateEndsAt ?? null}::timestamptz,
      ${stamp?.renewFrom ?? null}::timestamptz, ${algorithms}::text[], ${settledSize}::bigint, ${renews}::uuid
    from ledger_anchor as earlier
    where earlier.organisation_id = ${anchor.organisationId}::uuid and earlier.log_id = ${anchor.logId}::uuid
      and earlier.size = ${anchor.size}::bigint and earlier.kind = ${anchor.kind}
    on conflict on constraint ledger_anchor_renewed_once do nothing
    returning ledger_anchor.anchor_id`.execute(trx)
  return rows.length === 1
}
