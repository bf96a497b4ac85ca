import { sql } from 'kysely'
import type { Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { AnchorPlace, AnchorState } from './anchor.ts'
import { untriedState } from './anchor.ts'
import type { StateRow } from './anchor-store.ts'
import { toState } from './anchor-store.ts'
import type { ChainEnd } from './anchor-decisions.ts'
import type { RenewalPlace } from './timestamp-actions.ts'

/** What a round decides from. */
export type AnchorPicture = {
  /** The newest checkpoint of the open log. */
  readonly place: AnchorPlace
  readonly state: AnchorState
  /** The note of the checkpoint that was anchored last, where there is one. */
  readonly anchored: AnchorPlace | null
}

/** How the open log stands; undefined without one. One query by keys, whatever the size of the log. */
export async function readAnchorPicture(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<AnchorPicture | undefined> {
  const { rows } = await sql<
    Partial<StateRow> & { log_id: string; size: number; note: string; anchored_note: string | null }
  >`
    select ledger_head.log_id, newest.size, newest.note, anchored.note as anchored_note,
           anchor_state.anchored_size, anchor_state.anchored_at, anchor_state.requested_at, anchor_state.due_since,
           anchor_state.alarmed_at, anchor_state.failures
    from ledger_head
    cross join lateral (
      select ledger_checkpoint.size, ledger_checkpoint.note from ledger_checkpoint
      where ledger_checkpoint.organisation_id = ledger_head.organisation_id and ledger_checkpoint.log_id = ledger_head.log_id
      order by ledger_checkpoint.size desc limit 1) as newest
    left join anchor_state on anchor_state.organisation_id = ledger_head.organisation_id
                          and anchor_state.log_id = ledger_head.log_id
    left join ledger_checkpoint as anchored on anchored.organisation_id = ledger_head.organisation_id
                          and anchored.log_id = ledger_head.log_id and anchored.size = anchor_state.anchored_size
    where ledger_head.organisation_id = ${organisationId}::uuid`.execute(trx)
  const row = rows[0]
  if (row === undefined) return undefined
  const logId = row.log_id as LogId
  const state = typeof row.failures === 'number' ? toState(row as StateRow) : untriedState
  const anchored =
    state.anchoredSize === null || row.anchored_note === null
      ? null
      : { organisationId, logId, size: state.anchoredSize, note: row.anchored_note }
  return { place: { organisationId, logId, size: row.size, note: row.note }, state, anchored }
}

/** The checkpoint of exactly this size, in the open log unless another is named; undefined when none was signed. */
export async function findPlace(
  trx: Transaction,
  organisationId: OrganisationId,
  size: number,
  logId?: LogId,
): Promise<AnchorPlace | undefined> {
  const { rows } = await sql<{ log_id: string; note: string }>`
    select ledger_checkpoint.log_id, ledger_checkpoint.note
    from ledger_head
    join ledger_checkpoint on ledger_checkpoint.organisation_id = ledger_head.organisation_id
                          and ledger_checkpoint.log_id = coalesce(${logId ?? null}::uuid, ledger_head.log_id)
    where ledger_head.organisation_id = ${organisationId}::uuid and ledger_checkpoint.size = ${size}`.execute(
    trx,
  )
  const row = rows[0]
  return row === undefined ? undefined : { organisationId, logId: row.log_id as LogId, size, note: row.note }
}

/** The earliest first token over a checkpoint, where there is one. */
export async function findFirstToken(
  trx: Transaction,
  place: AnchorPlace,
): Promise<{ authority: string; development: boolean; at: Instant } | undefined> {
  const { rows } = await sql<{ authority: string; development: boolean; proven_at: string }>`
    select ledger_anchor.authority, ledger_anchor.development, ledger_anchor.proven_at
    from ledger_anchor
    where ledger_anchor.organisation_id = ${place.organisationId}::uuid and ledger_anchor.log_id = ${place.logId}::uuid
      and ledger_anchor.size = ${place.size} and ledger_anchor.settled_size is not null
    order by ledger_anchor.sequence limit 1`.execute(trx)
  const row = rows[0]
  return row && { authority: row.authority, development: row.development, at: row.proven_at as Instant }
}

/**
 * Last tokens of chains, in all logs of the organisation, that may have to be renewed: those whose certificates come to
 * their end, and those that rest on one of the algorithms. The oldest first, `limit` at most.
 */
export async function findChainEnds(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
  ending: readonly { readonly algorithm: string; readonly from: Instant }[],
  limit: number,
): Promise<(RenewalPlace & ChainEnd)[]> {
  const { rows } = await sql<ChainEndRow>`
    select ledger_anchor.anchor_id, ledger_anchor.log_id, ledger_anchor.size, ledger_checkpoint.note, ledger_anchor.evidence,
           ledger_anchor.proven_at, ledger_anchor.certificate_ends_at, ledger_anchor.renew_from, ledger_anchor.algorithms
    from ledger_anchor
    join ledger_checkpoint using (organisation_id, log_id, size)
    where ledger_anchor.organisation_id = ${organisationId}::uuid and ledger_anchor.kind = 'timestamp'
      and ledger_anchor.certificate_ends_at > ${now}::timestamptz
      and (ledger_anchor.renew_from <= ${now}::timestamptz
           or exists (
             select from unnest(${ending.map(({ algorithm }) => algorithm)}::text[],
                                ${ending.map(({ from }) => from)}::timestamptz[]) as ending (algorithm, starts_at)
             where ending.algorithm = any(ledger_anchor.algorithms) and ledger_anchor.proven_at < ending.starts_at))
      and not exists (
        select from ledger_anchor as later
        where later.organisation_id = ledger_anchor.organisation_id and later.renews = ledger_anchor.anchor_id)
    order by ledger_anchor.certificate_ends_at, ledger_anchor.obtained_at limit ${limit}`.execute(trx)
  return rows.map((row) => ({
    organisationId,
    logId: row.log_id as LogId,
    size: row.size,
    note: row.note,
    anchorId: row.anchor_id,
    response: row.evidence,
    provenAt: row.proven_at as Instant,
    certificateEndsAt: row.certificate_ends_at as Instant,
    renewFrom: row.renew_from as Instant,
    algorithms: row.algorithms,
  }))
}

type ChainEndRow = {
  readonly anchor_id: string
  readonly log_id: string
  readonly size: number
  readonly note: string
  readonly evidence: Buffer
  readonly proven_at: string
  readonly certificate_ends_at: string
  readonly renew_from: string
  readonly algorithms: string[]
}

/** How many chains can no longer be renewed, because the certificates of their last token have ended. */
export async function countLapsed(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
): Promise<number> {
  const { rows } = await sql<{ lapsed: number }>`
    select count(*)::integer as lapsed
    from ledger_anchor
    where ledger_anchor.organisation_id = ${organisationId}::uuid and ledger_anchor.kind = 'timestamp'
      and ledger_anchor.certificate_ends_at <= ${now}::timestamptz
      and not exists (
        select from ledger_anchor as later
        where later.organisation_id = ledger_anchor.organisation_id and later.renews = ledger_anchor.anchor_id)`.execute(
    trx,
  )
  return rows[0]!.lapsed
}
