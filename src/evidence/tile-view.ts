import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { splitHashes } from './merkle-hash.ts'
import { subtreeHash } from './stored-node.ts'
import type { TileRequest } from './tile.ts'
import { formatEntryBundle, leavesPerTileHash, tileHeight, tileWidth } from './tile.ts'

/**
 * Under which id a log is read from outside, for ever the same log: the organisation's own id for its first one, which
 * is nearly always the only one, and the log's id for any (decision 0053).
 */
export type LedgerId = OrganisationId | LogId

/** The newest signed checkpoint of a log; undefined when the organisation has no such log. One query. */
export async function readLedgerCheckpoint(
  trx: Transaction,
  organisationId: OrganisationId,
  ledgerId: LedgerId,
): Promise<string | undefined> {
  const { rows } = await sql<{ note: string }>`
    select ledger_checkpoint.note
    from ledger_checkpoint
    where ledger_checkpoint.organisation_id = ${organisationId}::uuid
      and ledger_checkpoint.log_id = ${logOf(organisationId, ledgerId)}
    order by ledger_checkpoint.size desc
    limit 1`.execute(trx)
  return rows[0]?.note
}

/**
 * A tile or an entry bundle of a log (C2SP tlog-tiles); undefined when the log is not that large, or is none of this
 * organisation. One query of at most 256 rows by their keys, whatever the size of the log. A width that is there stays
 * there, also after the tile has become full.
 */
export async function readLedgerTile(
  trx: Transaction,
  organisationId: OrganisationId,
  ledgerId: LedgerId,
  tile: TileRequest,
): Promise<Buffer | undefined> {
  const { level, index, width } = tile
  const log = logOf(organisationId, ledgerId)
  const start = index * tileWidth
  if (level === 'entries') return readBundle(trx, organisationId, log, start, width)
  if (width === tileWidth) return readFullTile(trx, organisationId, log, level, index)
  // The hash of a subtree is made of what is stored with its last leaf; on level 0 that leaf is the subtree.
  const leaves = leavesPerTileHash(level)
  const lastLeaves = Array.from({ length: width }, (_, offset) => (start + offset + 1) * leaves - 1)
  const { rows } = await sql<{ leaf_hash: Buffer; proof: Buffer }>`
    select ledger_entry.leaf_hash, ledger_entry.proof
    from ledger_entry
    where ledger_entry.organisation_id = ${organisationId}::uuid
      and ledger_entry.log_id = ${log}
      and ledger_entry.entry_index = any(${lastLeaves}::bigint[])
    order by ledger_entry.entry_index`.execute(trx)
  if (rows.length < width) return undefined
  return Buffer.concat(
    rows.map((row) =>
      subtreeHash({ leafHash: row.leaf_hash, proof: splitHashes(row.proof) }, level * tileHeight),
    ),
  )
}

async function readFullTile(
  trx: Transaction,
  organisationId: OrganisationId,
  log: RawBuilder<LogId>,
  level: number,
  index: number,
): Promise<Buffer | undefined> {
  const { rows } = await sql<{ hashes: Buffer }>`
    select ledger_tile.hashes
    from ledger_tile
    where ledger_tile.organisation_id = ${organisationId}::uuid
      and ledger_tile.log_id = ${log}
      and ledger_tile.level = ${level}
      and ledger_tile.tile_index = ${index}`.execute(trx)
  return rows[0]?.hashes
}

async function readBundle(
  trx: Transaction,
  organisationId: OrganisationId,
  log: RawBuilder<LogId>,
  start: number,
  width: number,
): Promise<Buffer | undefined> {
  const { rows } = await sql<{ entry: Buffer }>`
    select ledger_entry.entry
    from ledger_entry
    where ledger_entry.organisation_id = ${organisationId}::uuid
      and ledger_entry.log_id = ${log}
      and ledger_entry.entry_index >= ${start}
      and ledger_entry.entry_index < ${start + width}
    order by ledger_entry.entry_index`.execute(trx)
  return rows.length < width ? undefined : formatEntryBundle(rows.map((row) => row.entry))
}

function logOf(organisationId: OrganisationId, ledgerId: LedgerId): RawBuilder<LogId> {
  return sql<LogId>`(
    select ledger_log.log_id
    from ledger_log
    where ledger_log.organisation_id = ${organisationId}::uuid
      and (ledger_log.log_id = ${ledgerId}::uuid or ${ledgerId}::uuid = ${organisationId}::uuid)
    order by ledger_log.created_at, ledger_log.log_id
    limit 1)`
}
