import { sql } from 'kysely'
import type { Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { AnchorMark } from './anchor.ts'

/** An anchor as a list shows it. */
export type ListedAnchor = {
  readonly anchorId: string
  readonly logId: string
  readonly size: number
  readonly kind: 'timestamp' | 'cosignature'
  readonly authority: string
  readonly development: boolean
  readonly provenAt: Instant
  readonly obtainedAt: Instant
  readonly clockSkewMilliseconds: number | null
  readonly certificateEndsAt: Instant | null
  readonly renews: string | null
  /** The note that is anchored, as the log signed it. */
  readonly note: string
}

/** An anchor with its evidence. */
export type AnchorEvidence = Pick<ListedAnchor, 'anchorId' | 'size' | 'kind' | 'note'> & {
  readonly evidence: Buffer
}

type ListRow = {
  readonly anchor_id: string
  readonly log_id: string
  readonly size: number
  readonly kind: 'timestamp' | 'cosignature'
  readonly authority: string
  readonly development: boolean
  readonly proven_at: string
  readonly obtained_at: string
  readonly clock_skew_ms: number | null
  readonly certificate_ends_at: string | null
  readonly renews: string | null
  readonly note: string
}

/** Anchors of all logs of the organisation, the newest first, of those before `before` where it is given. */
export async function listAnchors(
  trx: Transaction,
  organisationId: OrganisationId,
  page: { readonly limit: number; readonly before?: string },
): Promise<ListedAnchor[]> {
  const { rows } = await sql<ListRow>`
    select ledger_anchor.anchor_id, ledger_anchor.log_id, ledger_anchor.size, ledger_anchor.kind, ledger_anchor.authority,
           ledger_anchor.development, ledger_anchor.proven_at, ledger_anchor.obtained_at, ledger_anchor.clock_skew_ms,
           ledger_anchor.certificate_ends_at, ledger_anchor.renews, ledger_checkpoint.note
    from ledger_anchor
    join ledger_checkpoint using (organisation_id, log_id, size)
    where ledger_anchor.organisation_id = ${organisationId}::uuid
      and (${page.before ?? null}::uuid is null or ledger_anchor.anchor_id < ${page.before ?? null}::uuid)
    order by ledger_anchor.anchor_id desc limit ${page.limit}`.execute(trx)
  return rows.map((row) => ({
    anchorId: row.anchor_id,
    logId: row.log_id,
    size: row.size,
    kind: row.kind,
    authority: row.authority,
    development: row.development,
    provenAt: row.proven_at as Instant,
    obtainedAt: row.obtained_at as Instant,
    clockSkewMilliseconds: row.clock_skew_ms,
    certificateEndsAt: row.certificate_ends_at as Instant | null,
    renews: row.renews,
    note: row.note,
  }))
}

/** One anchor with its evidence; undefined when there is none with this id. */
export async function findAnchorEvidence(
  trx: Transaction,
  organisationId: OrganisationId,
  anchorId: string,
): Promise<AnchorEvidence | undefined> {
  const { rows } = await sql<Pick<ListRow, 'size' | 'kind' | 'note'> & { evidence: Buffer }>`
    select ledger_anchor.size, ledger_anchor.kind, ledger_anchor.evidence, ledger_checkpoint.note
    from ledger_anchor
    join ledger_checkpoint using (organisation_id, log_id, size)
    where ledger_anchor.organisation_id = ${organisationId}::uuid and ledger_anchor.anchor_id = ${anchorId}::uuid`.execute(
    trx,
  )
  const row = rows[0]
  return row && { anchorId, size: row.size, kind: row.kind, note: row.note, evidence: row.evidence }
}

/** A first token as a bracket shows it. */
export type BracketToken = AnchorMark & {
  readonly at: Instant
  readonly authority: string
  readonly development: boolean
}

/**
 * The first tokens of the open log that can make the narrowest bracket of an entry: the latest that was there before it,
 * and the earliest over a checkpoint that holds it. Undefined when the log has no such entry.
 */
export async function readBracketTokens(
  trx: Transaction,
  organisationId: OrganisationId,
  entryIndex: number,
): Promise<readonly BracketToken[] | undefined> {
  const { rows } = await sql<BracketRow>`
    with entry as (
      select ledger_entry.organisation_id, ledger_entry.log_id, ledger_entry.entry_index
      from ledger_head join ledger_entry using (organisation_id, log_id)
      where ledger_head.organisation_id = ${organisationId}::uuid and ledger_entry.entry_index = ${entryIndex}),
    token as (
      (select ledger_anchor.anchor_id, ledger_anchor.size, ledger_anchor.settled_size, ledger_anchor.proven_at,
              ledger_anchor.authority, ledger_anchor.development
       from ledger_anchor join entry using (organisation_id, log_id)
       where ledger_anchor.settled_size is not null and ledger_anchor.settled_size <= ${entryIndex}
       order by ledger_anchor.proven_at desc limit 1)
      union all
      (select ledger_anchor.anchor_id, ledger_anchor.size, ledger_anchor.settled_size, ledger_anchor.proven_at,
              ledger_anchor.authority, ledger_anchor.development
       from ledger_anchor join entry using (organisation_id, log_id)
       where ledger_anchor.settled_size is not null and ledger_anchor.size > ${entryIndex}
       order by ledger_anchor.proven_at limit 1))
    select token.anchor_id, token.size, token.settled_size, token.proven_at, token.authority, token.development
    from entry left join token on true`.execute(trx)
  if (rows.length === 0) return undefined
  return rows.flatMap((row) =>
    row.anchor_id === null
      ? []
      : [
          {
            anchorId: row.anchor_id,
            size: row.size!,
            settledSize: row.settled_size!,
            at: row.proven_at as Instant,
            authority: row.authority!,
            development: row.development!,
          },
        ],
  )
}

type BracketRow = {
  readonly anchor_id: string | null
  readonly size: number | null
  readonly settled_size: number | null
  readonly proven_at: string | null
  readonly authority: string | null
  readonly development: boolean | null
}
