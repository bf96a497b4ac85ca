import { sql } from 'kysely'
import type { Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { LedgerMissingError } from './ledger-errors.ts'
import { openCheckpoint } from './checkpoint.ts'
import { formatVerifierKey, noteVerifier } from './note-key.ts'

/** A log that an organisation has or had. At most one is open; the others are read for ever and never appended to. */
export type LogOfOrganisation = {
  readonly logId: LogId
  readonly origin: string
  readonly verifierKey: string
  readonly publicKey: Buffer
  /** Of the open log what its head says; of a closed one the size of its newest checkpoint. */
  readonly size: number
  readonly open: boolean
  /** Since when it is not signed any more; only the open log can be stopped. */
  readonly stoppedAt: Instant | null
  readonly createdAt: Instant
}

/** All logs of an organisation, oldest first. */
export async function listLogs(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<LogOfOrganisation[]> {
  const { rows } = await sql<{
    log_id: LogId
    origin: string
    public_key: Buffer
    size: number
    open: boolean
    stopped_at: Instant | null
    created_at: Instant
  }>`
    select ledger_log.log_id, ledger_log.origin, ledger_log.created_at, signing_key.public_key,
           ledger_head.log_id is not null as open, ledger_head.stopped_at,
           coalesce(ledger_head.size, (
             select max(ledger_checkpoint.size) from ledger_checkpoint
             where ledger_checkpoint.organisation_id = ledger_log.organisation_id
               and ledger_checkpoint.log_id = ledger_log.log_id), 0) as size
    from ledger_log
    join signing_key on signing_key.organisation_id = ledger_log.organisation_id
                    and signing_key.key_id = ledger_log.key_id
    left join ledger_head on ledger_head.organisation_id = ledger_log.organisation_id
                         and ledger_head.log_id = ledger_log.log_id
    where ledger_log.organisation_id = ${organisationId}::uuid
    order by ledger_log.created_at, ledger_log.log_id`.execute(trx)
  return rows.map((row) => ({
    logId: row.log_id,
    origin: row.origin,
    verifierKey: formatVerifierKey(noteVerifier(row.origin, row.public_key)),
    publicKey: row.public_key,
    size: row.size,
    open: row.open,
    stoppedAt: row.stopped_at,
    createdAt: row.created_at,
  }))
}

/** True for a checkpoint note of this log that its key signed, and no other known key wrongly. */
export function isSignedBy(note: string, log: Pick<LogOfOrganisation, 'origin' | 'publicKey'>): boolean {
  try {
    openCheckpoint(note, noteVerifier(log.origin, log.publicKey))
    return true
  } catch {
    // Whatever is wrong with a text from outside, it is not a signed checkpoint.
    return false
  }
}

/** One log of an organisation. Throws a LedgerMissingError for a log that it does not have. */
export async function getLog(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
): Promise<LogOfOrganisation> {
  const log = (await listLogs(trx, organisationId)).find((each) => each.logId === logId)
  if (log === undefined) throw new LedgerMissingError(organisationId)
  return log
}
