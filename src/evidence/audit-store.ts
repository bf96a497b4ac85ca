import { sql } from 'kysely'
import type { EntryId, Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { LedgerMissingError } from './ledger-errors.ts'

/** The open log as its head says it is. */
export type AuditedLog = {
  readonly organisationId: OrganisationId
  readonly logId: LogId
  readonly origin: string
  readonly keyId: string
  readonly publicKey: Buffer
  readonly size: number
  readonly frontier: Buffer
  readonly lastAt: Instant
}

export type AuditedEntry = {
  readonly entryId: EntryId
  readonly index: number
  readonly kind: string
  readonly entry: Buffer
  readonly leafHash: Buffer
  readonly proofSize: number
  readonly proof: Buffer
  readonly recordedAt: Instant
  /** Null at the place of one that was erased. */
  readonly disclosures: readonly (string | null)[] | null
  /** The stored root of the checkpoint that the proof leads to; null when that is missing. */
  readonly checkpointRoot: Buffer | null
}

export type AuditedCheckpoint = {
  readonly size: number
  readonly root: Buffer
  readonly note: string
  readonly createdAt: Instant
}

/** The open log. Throws a LedgerMissingError when there is none. */
export async function getAuditedLog(trx: Transaction, organisationId: OrganisationId): Promise<AuditedLog> {
  const row = await trx
    .selectFrom('ledger_head')
    .innerJoin('ledger_log', (join) =>
      join
        .onRef('ledger_log.organisation_id', '=', 'ledger_head.organisation_id')
        .onRef('ledger_log.log_id', '=', 'ledger_head.log_id'),
    )
    .innerJoin('signing_key', (join) =>
      join
        .onRef('signing_key.organisation_id', '=', 'ledger_log.organisation_id')
        .onRef('signing_key.key_id', '=', 'ledger_log.key_id'),
    )
    .select(['ledger_head.log_id', 'ledger_head.size', 'ledger_head.frontier', 'ledger_head.last_at'])
    .select(['ledger_log.origin', 'signing_key.key_id', 'signing_key.public_key'])
    .where('ledger_head.organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (row === undefined) throw new LedgerMissingError(organisationId)
  return {
    organisationId,
    logId: row.log_id,
    origin: row.origin,
    keyId: row.key_id,
    publicKey: row.public_key,
    size: row.size,
    frontier: row.frontier,
    lastAt: row.last_at,
  }
}

/** Up to `limit` entries from index `from` on, below the head, in order. */
export async function readAuditedEntries(
  trx: Transaction,
  log: AuditedLog,
  from: number,
  limit: number,
): Promise<AuditedEntry[]> {
  const rows = await trx
    .selectFrom('ledger_entry')
    .leftJoin('entry_disclosure', (join) =>
      join
        .onRef('entry_disclosure.organisation_id', '=', 'ledger_entry.organisation_id')
        .onRef('entry_disclosure.entry_id', '=', 'ledger_entry.entry_id'),
    )
    .leftJoin('ledger_checkpoint', (join) =>
      join
        .onRef('ledger_checkpoint.organisation_id', '=', 'ledger_entry.organisation_id')
        .onRef('ledger_checkpoint.log_id', '=', 'ledger_entry.log_id')
        .onRef('ledger_checkpoint.size', '=', 'ledger_entry.proof_size'),
    )
    .select(['ledger_entry.entry_id', 'ledger_entry.entry_index', 'ledger_entry.kind', 'ledger_entry.entry'])
    .select(['ledger_entry.leaf_hash', 'ledger_entry.proof_size', 'ledger_entry.proof'])
    .select(['ledger_entry.recorded_at', 'entry_disclosure.disclosures', 'ledger_checkpoint.root'])
    .where('ledger_entry.organisation_id', '=', log.organisationId)
    .where('ledger_entry.log_id', '=', log.logId)
    .where('ledger_entry.entry_index', '>=', from)
    .where('ledger_entry.entry_index', '<', log.size)
    .orderBy('ledger_entry.entry_index')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    entryId: row.entry_id,
    index: row.entry_index,
    kind: row.kind,
    entry: row.entry,
    leafHash: row.leaf_hash,
    proofSize: row.proof_size,
    proof: row.proof,
    recordedAt: row.recorded_at,
    disclosures: row.disclosures,
    checkpointRoot: row.root,
  }))
}

/** The checkpoints of sizes above `after` up to and with `upTo`, smallest first. */
export async function readAuditedCheckpoints(
  trx: Transaction,
  log: AuditedLog,
  after: number,
  upTo: number,
): Promise<AuditedCheckpoint[]> {
  const rows = await trx
    .selectFrom('ledger_checkpoint')
    .select(['ledger_checkpoint.size', 'ledger_checkpoint.root', 'ledger_checkpoint.note'])
    .select('ledger_checkpoint.created_at')
    .where('ledger_checkpoint.organisation_id', '=', log.organisationId)
    .where('ledger_checkpoint.log_id', '=', log.logId)
    .where('ledger_checkpoint.size', '>', after)
    .where('ledger_checkpoint.size', '<=', upTo)
    .orderBy('ledger_checkpoint.size')
    .execute()
  return rows.map((row) => ({ size: row.size, root: row.root, note: row.note, createdAt: row.created_at }))
}

/** Rows outside the size that the head says, and how many tiles there are. One statement, so one moment. */
export async function countOutsideLog(
  trx: Transaction,
  log: AuditedLog,
): Promise<{ size: number; entries: number; checkpoints: number; tiles: number }> {
  const { rows } = await sql<{ size: number; entries: number; checkpoints: number; tiles: number }>`
    select ledger_head.size,
      (select count(*) from ledger_entry
        where ledger_entry.organisation_id = ledger_head.organisation_id
          and ledger_entry.log_id = ledger_head.log_id and ledger_entry.entry_index >= ledger_head.size) as entries,
      (select count(*) from ledger_checkpoint
        where ledger_checkpoint.organisation_id = ledger_head.organisation_id
          and ledger_checkpoint.log_id = ledger_head.log_id
          and (ledger_checkpoint.size > ledger_head.size or ledger_checkpoint.size < 1)) as checkpoints,
      (select count(*) from ledger_tile
        where ledger_tile.organisation_id = ledger_head.organisation_id
          and ledger_tile.log_id = ledger_head.log_id) as tiles
    from ledger_head
    where ledger_head.organisation_id = ${log.organisationId} and ledger_head.log_id = ${log.logId}`.execute(
    trx,
  )
  const [row] = rows
  if (row === undefined) throw new LedgerMissingError(log.organisationId)
  return row
}
