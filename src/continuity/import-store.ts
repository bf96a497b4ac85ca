import { sql } from 'kysely'
import type { EntryId, Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { KeptReceipt } from './receipt-file.ts'

/** A receipt on its way in, with the closed log that signed it and the entry that will say so. */
export type ImportedReceipt = {
  readonly receipt: KeptReceipt
  readonly logId: LogId
  readonly entryId: EntryId
}

/** Keeps imported receipts and what they disclose. Their entries must be there already. */
export async function insertImports(
  trx: Transaction,
  organisationId: OrganisationId,
  imports: readonly ImportedReceipt[],
  importedAt: Instant,
): Promise<void> {
  for (const { receipt, logId, entryId } of imports) {
    await sql`
      insert into imported_receipt (organisation_id, log_id, entry_index, entry_id, leaf_hash, tlog_proof, imported_at)
      values (${organisationId}::uuid, ${logId}::uuid, ${receipt.index}, ${entryId}::uuid, ${receipt.leafHash},
              ${receipt.tlogProof}, ${importedAt}::timestamptz)`.execute(trx)
    if (receipt.disclosures.length === 0) continue
    await sql`
      insert into imported_disclosure (organisation_id, entry_id, disclosures)
      values (${organisationId}::uuid, ${entryId}::uuid, ${[...receipt.disclosures]}::text[])`.execute(trx)
  }
}

/** Whether a closed log holds this very leaf at that index still, and whether the receipt was imported before. */
export async function findStanding(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  receipt: Pick<KeptReceipt, 'index' | 'leafHash'>,
): Promise<{ readonly held: Buffer | null; readonly imported: boolean }> {
  const { rows } = await sql<{ held: Buffer | null; imported: boolean }>`
    select (select ledger_entry.leaf_hash from ledger_entry
            where ledger_entry.organisation_id = ${organisationId}::uuid and ledger_entry.log_id = ${logId}::uuid
              and ledger_entry.entry_index = ${receipt.index}) as held,
           exists (select from imported_receipt
            where imported_receipt.organisation_id = ${organisationId}::uuid and imported_receipt.log_id = ${logId}::uuid
              and imported_receipt.entry_index = ${receipt.index}
              and imported_receipt.leaf_hash = ${receipt.leafHash}) as imported`.execute(trx)
  return rows[0]!
}
