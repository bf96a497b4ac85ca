import type { ColumnType } from 'kysely'
import type { EntryId, Instant, LogId, OrganisationId } from '#core'

/** A column that is written once: the application role may neither update nor delete evidence. */
type Written<T> = ColumnType<T, T, never>

type SigningKeyTable = {
  organisation_id: Written<OrganisationId>
  key_id: Written<string>
  purpose: Written<'log' | 'dossier' | 'seal'>
  algorithm: Written<'ed25519' | 'ecdsa-p256' | 'rsa-3072' | 'rsa-4096'>
  public_key: Written<Buffer>
  /** Null only for a seal key that lives outside this database. */
  private_key_sealed: Written<Buffer | null>
  certificate_chain: ColumnType<string | null, string | null | undefined, never>
  created_at: Written<Instant>
}

type LedgerLogTable = {
  organisation_id: Written<OrganisationId>
  log_id: Written<LogId>
  origin: Written<string>
  key_id: Written<string>
  created_at: Written<Instant>
}

type LedgerHeadTable = {
  organisation_id: Written<OrganisationId>
  log_id: LogId
  size: number
  frontier: Buffer
  last_at: Instant
  stopped_at: ColumnType<Instant | null, Instant | null | undefined, Instant | null>
}

export type LedgerEntryTable = {
  organisation_id: Written<OrganisationId>
  log_id: Written<LogId>
  entry_index: Written<number>
  entry_id: Written<EntryId>
  kind: Written<string>
  entry: Written<Buffer>
  leaf_hash: Written<Buffer>
  proof_size: Written<number>
  proof: Written<Buffer>
  recorded_at: Written<Instant>
}

type EntryDisclosureTable = {
  organisation_id: Written<OrganisationId>
  entry_id: Written<EntryId>
  disclosures: ColumnType<(string | null)[], string[], never>
}

type LedgerCheckpointTable = {
  organisation_id: Written<OrganisationId>
  log_id: Written<LogId>
  size: Written<number>
  root: Written<Buffer>
  note: Written<string>
  created_at: Written<Instant>
}

type LedgerTileTable = {
  organisation_id: Written<OrganisationId>
  log_id: Written<LogId>
  level: Written<number>
  tile_index: Written<number>
  hashes: Written<Buffer>
}

declare module '../database/tables.ts' {
  interface Tables {
    signing_key: SigningKeyTable
    ledger_log: LedgerLogTable
    ledger_head: LedgerHeadTable
    ledger_entry: LedgerEntryTable
    entry_disclosure: EntryDisclosureTable
    ledger_checkpoint: LedgerCheckpointTable
    ledger_tile: LedgerTileTable
  }
}
