import type { OrganisationId } from '#core'
import type { TestDatabase } from './database.ts'

/** What a backup holds of a log, as far as the ledger is concerned. */
export type LogBackup = { readonly size: number; readonly putBack: () => Promise<void> }

/**
 * Remembers where the open log is. `putBack` makes its tables what they were then, as a restored backup would, with the
 * rights of the owner. Tiles are kept out of it: use logs below 256 entries, or one whose tiles are the same.
 */
export async function backUpLog(db: TestDatabase, id: OrganisationId): Promise<LogBackup> {
  const rows = await db.adminQuery<{ log_id: string; size: string; frontier: Buffer; last_at: string }>(
    'select log_id, size::text as size, frontier, last_at::text as last_at from ledger_head where organisation_id = $1',
    [id],
  )
  const { log_id: logId, size, frontier, last_at: lastAt } = rows[0]!
  const where = `organisation_id = '${id}'`
  const putBack = async (): Promise<void> => {
    await db.adminQuery(
      `set session_replication_role = replica;
      delete from entry_disclosure where ${where} and entry_id in (
        select entry_id from ledger_entry where ${where} and (log_id <> '${logId}' or entry_index >= ${size}));
      delete from ledger_entry where ${where} and (log_id <> '${logId}' or entry_index >= ${size});
      delete from ledger_checkpoint where ${where} and (log_id <> '${logId}' or size > ${size});
      delete from ledger_stop where ${where};
      delete from stopped_ledger where ${where};
      delete from imported_receipt where ${where};
      delete from imported_disclosure where ${where};
      update ledger_head set log_id = '${logId}', size = ${size}, frontier = decode('${frontier.toString('hex')}', 'hex'),
        last_at = '${lastAt}', stopped_at = null where ${where};
      delete from ledger_log where ${where} and log_id <> '${logId}';
      set session_replication_role = default`,
    )
  }
  return { size: Number(size), putBack }
}
