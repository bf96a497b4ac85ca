import { sql } from 'kysely'
import type { EntryId, OrganisationId } from '#core'
import type { Transaction } from '#database'

/**
 * The indexes of entries in the log that is open now, ascending. Entries of a log that was closed are left out: an entry
 * can refer only to earlier ones of its own log.
 */
export async function indexesInOpenLog(
  trx: Transaction,
  organisationId: OrganisationId,
  entryIds: readonly EntryId[],
): Promise<number[]> {
  const { rows } = await sql<{ entry_index: number }>`
    select ledger_entry.entry_index from ledger_entry
    join ledger_head on ledger_head.organisation_id = ledger_entry.organisation_id and ledger_head.log_id = ledger_entry.log_id
    where ledger_entry.organisation_id = ${organisationId}::uuid and ledger_entry.entry_id = any(${[...entryIds]}::uuid[])
    order by ledger_entry.entry_index`.execute(trx)
  return rows.map((row) => row.entry_index)
}
