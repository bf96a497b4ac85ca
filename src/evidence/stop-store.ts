import { sql } from 'kysely'
import type { Instant, LogId, OrganisationId } from '#core'
import type { Database, Transaction } from '#database'

/** Why a log is not signed any more. */
export type StopReason =
  | 'log-behind' // a larger size of it was signed than it has
  | 'root-differs' // another root was signed for a size it has
  | 'log-unknown' // the organisation had a later log that is not here

/** What stopped a log: what is known outside, and what was found here. */
export type LogStop = {
  readonly logId: LogId
  readonly reason: StopReason
  /** Where it is known: a file, a witness, an anchor, an operator. */
  readonly source: string
  readonly knownOrigin: string
  readonly knownSize: number
  readonly knownNote: string | null
  readonly headSize: number
  readonly headRoot: Buffer
  readonly stoppedAt: Instant
}

/**
 * Stops the open log for good: from the commit on no process signs it, also none that waits for its lock now. False when
 * it was stopped before, and then nothing is changed.
 */
export async function stopLog(
  trx: Transaction,
  organisationId: OrganisationId,
  stop: LogStop,
): Promise<boolean> {
  const { rows } = await sql`
    with head as (
      update ledger_head set stopped_at = ${stop.stoppedAt}::timestamptz
      where ledger_head.organisation_id = ${organisationId}::uuid and ledger_head.log_id = ${stop.logId}::uuid
        and ledger_head.stopped_at is null
      returning ledger_head.organisation_id, ledger_head.log_id),
    notice as (
      insert into stopped_ledger (organisation_id, stopped_at)
      select head.organisation_id, ${stop.stoppedAt}::timestamptz from head
      on conflict on constraint stopped_ledger_pk do nothing)
    insert into ledger_stop (organisation_id, log_id, reason, source, known_origin, known_size, known_note, head_size,
                             head_root, stopped_at)
    select head.organisation_id, head.log_id, ${stop.reason}, ${stop.source}, ${stop.knownOrigin}, ${stop.knownSize},
           ${stop.knownNote}, ${stop.headSize}, ${stop.headRoot}, ${stop.stoppedAt}::timestamptz
    from head
    on conflict on constraint ledger_stop_pk do nothing
    returning ledger_stop.log_id`.execute(trx)
  return rows.length > 0
}

/** What stopped a log; undefined when nothing did. */
export async function findStop(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
): Promise<LogStop | undefined> {
  const { rows } = await sql<Omit<LogStop, 'logId'>>`
    select ledger_stop.reason, ledger_stop.source, ledger_stop.known_origin as "knownOrigin",
           ledger_stop.known_size as "knownSize", ledger_stop.known_note as "knownNote",
           ledger_stop.head_size as "headSize", ledger_stop.head_root as "headRoot",
           ledger_stop.stopped_at as "stoppedAt"
    from ledger_stop
    where ledger_stop.organisation_id = ${organisationId}::uuid and ledger_stop.log_id = ${logId}::uuid`.execute(
    trx,
  )
  const [row] = rows
  return row === undefined ? undefined : { logId, ...row }
}

/** Takes the organisation off the list of those whose ledger is stopped, because it has a log again. */
export async function endStop(trx: Transaction, organisationId: OrganisationId): Promise<void> {
  await sql`delete from stopped_ledger where stopped_ledger.organisation_id = ${organisationId}::uuid`.execute(
    trx,
  )
}

/** How many organisations have a ledger that is stopped now. */
export async function countStoppedLedgers(database: Pick<Database, 'installation'>): Promise<number> {
  const { rows } = await database.installation((trx) =>
    sql<{ count: number }>`select count(*)::int as count from stopped_ledger`.execute(trx),
  )
  return rows[0]!.count
}
