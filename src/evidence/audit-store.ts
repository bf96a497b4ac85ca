import { sql } from 'kysely'
import type { EntryId, Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { LedgerMissingError } from './ledger-errors.ts'

/** A log as its head says it is; a closed log has no head, and the size of its newest checkpoint. */
export type AuditedLog = {
  readonly organisationId: OrganisationId
  readonly logId: LogId
  readonly origin: string
  readonly keyId: string
  readonly publicKey: Buffer
  readonly size: number
  readonly head: { readonly frontier: Buffer; readonly lastAt: Instant } | null
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

/** That log, or the open one. Throws a LedgerMissingError when there is none. */
export async function getAuditedLog(
  trx: Transaction,
  organisationId: OrganisationId,
  logId?: LogId,
): Promise<AuditedLog> {
  const { rows } = await sql<AuditedLogRow>`
    select ledger_log.log_id, ledger_log.origin, signing_key.key_id, signing_key.public_key,
           ledger_head.size, ledger_head.frontier, ledger_head.last_at,
           coalesce((select max(ledger_checkpoint.size) from ledger_checkpoint
             where ledger_checkpoint.organisation_id = ledger_log.organisation_id
               and ledger_checkpoint.log_id = ledger_log.log_id), 0) as signed_size
    from ledger_log
    join signing_key on signing_key.organisation_id = ledger_log.organisation_id
                    and signing_key.key_id = ledger_log.key_id
    left join ledger_head on ledger_head.organisation_id = ledger_log.organisation_id
                         and ledger_head.log_id = ledger_log.log_id
    where ledger_log.organisation_id = ${organisationId}::uuid
      and ledger_log.log_id = coalesce(${logId ?? null}::uuid, ledger_head.log_id)`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new LedgerMissingError(organisationId)
  const { frontier, last_at: lastAt } = row
  return {
    organisationId,
    logId: row.log_id,
    origin: row.origin,
    keyId: row.key_id,
    publicKey: row.public_key,
    size: row.size ?? row.signed_size,
    head: frontier === null || lastAt === null ? null : { frontier, lastAt },
  }
}

type AuditedLogRow = {
  readonly log_id: LogId
  readonly origin: string
  readonly key_id: string
  readonly public_key: Buffer
  readonly size: number | null
  readonly frontier: Buffer | null
  readonly last_at: Instant | null
  readonly signed_size: number
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

/** Rows outside the size that the log has, and how many tiles there are. One statement, so one moment. */
export async function countOutsideLog(
  trx: Transaction,
  log: AuditedLog,
): Promise<{ size: number; entries: number; checkpoints: number; tiles: number }> {
  const { rows } = await sql<{ size: number; entries: number; checkpoints: number; tiles: number }>`
    select audited.size,
      (select count(*) from ledger_entry
        where ledger_entry.organisation_id = audited.organisation_id
          and ledger_entry.log_id = audited.log_id and ledger_entry.entry_index >= audited.size) as entries,
      (select count(*) from ledger_checkpoint
        where ledger_checkpoint.organisation_id = audited.organisation_id
          and ledger_checkpoint.log_id = audited.log_id
          and (ledger_checkpoint.size > audited.size or ledger_checkpoint.size < 1)) as checkpoints,
      (select count(*) from ledger_tile
        where ledger_tile.organisation_id = audited.organisation_id
          and ledger_tile.log_id = audited.log_id) as tiles
    from (
      select ledger_log.organisation_id, ledger_log.log_id, coalesce(ledger_head.size, ${log.size}) as size
      from ledger_log
      left join ledger_head on ledger_head.organisation_id = ledger_log.organisation_id
                           and ledger_head.log_id = ledger_log.log_id
      where ledger_log.organisation_id = ${log.organisationId}::uuid and ledger_log.log_id = ${log.logId}::uuid
    ) as audited`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new LedgerMissingError(log.organisationId)
  return row
}
