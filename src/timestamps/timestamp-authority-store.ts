import { sql } from 'kysely'
import type { Instant } from '#core'
import type { Transaction } from '#database'

/** A development TSA as it is kept. */
export type TimestampAuthorityRow = {
  readonly authority_id: string
  /** DER, both. */
  readonly root: Buffer
  readonly certificate: Buffer
  readonly private_key_sealed: Buffer
  /** Null, both: a TSA from before there were responders. */
  readonly responder_certificate: Buffer | null
  readonly responder_key_sealed: Buffer | null
  readonly created_at: Instant
}

/** Lets one transaction at a time look for the authority and make it, in all processes of this installation. */
export async function lockTimestampAuthorities(trx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding/timestamp-authority', 0))`.execute(trx)
}

/** Every authority that this installation ever made, the newest first. */
export async function listTimestampAuthorities(
  trx: Transaction,
): Promise<readonly Omit<TimestampAuthorityRow, 'authority_id' | 'created_at'>[]> {
  const { rows } = await sql<TimestampAuthorityRow>`
    select timestamp_authority.root, timestamp_authority.certificate, timestamp_authority.private_key_sealed,
      timestamp_authority.responder_certificate, timestamp_authority.responder_key_sealed
    from timestamp_authority
    order by timestamp_authority.created_at desc, timestamp_authority.authority_id desc`.execute(trx)
  return rows
}

/** Keeps a new authority. */
export async function insertTimestampAuthority(trx: Transaction, row: TimestampAuthorityRow): Promise<void> {
  await sql`
    insert into timestamp_authority (authority_id, root, certificate, private_key_sealed,
      responder_certificate, responder_key_sealed, created_at)
    values (${row.authority_id}::uuid, ${row.root}::bytea, ${row.certificate}::bytea,
      ${row.private_key_sealed}::bytea, ${row.responder_certificate}::bytea, ${row.responder_key_sealed}::bytea,
      ${row.created_at}::timestamptz)`.execute(trx)
}
