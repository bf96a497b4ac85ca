import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Instant, OrganisationId } from '#core'
import type { Database, Queries } from '#database'

/*
 * A row of work_due is in one of three states.
 *   waiting     leased_until is null: from due_at on anybody may take it.
 *   under way   leased_until lies ahead and is the mark of the one who has it. due_at is infinity, or the moment of the
 *               next round that somebody asked for meanwhile. Ends when that one finishes, or is passed over to
 *               whoever comes after leased_until.
 *   put off     the same, but nobody has it: a round failed, and until leased_until nobody shall try again.
 */

/** A round that this process may do until its lease ends. */
export type ClaimedRound = {
  readonly organisationId: OrganisationId
  readonly kind: string
  readonly leaseUntil: Instant
  /** Rounds in a row that failed before this one. */
  readonly failures: number
}

/** Makes sure that there is a round of this kind not later than `dueAt`, once the transaction has committed. */
export async function scheduleJob(
  trx: Queries,
  organisationId: OrganisationId,
  kind: string,
  dueAt: Instant,
): Promise<void> {
  await schedulingWhere(sql`true`, organisationId, kind, dueAt).execute(trx)
}

/** Has the rounds of a kind that wait for their moment done by `dueAt`, in every organisation that has one. */
export async function bringForward(database: Database, kind: string, dueAt: Instant): Promise<void> {
  await database.installation((trx) =>
    sql`
      update work_due set due_at = ${dueAt}::timestamptz
      where work_due.kind = ${kind} and work_due.leased_until is null and work_due.due_at > ${dueAt}::timestamptz`.execute(
      trx,
    ),
  )
}

/** The statement of `scheduleJob` under a condition, for a store that ends a statement of its own with it. */
export function schedulingWhere(
  condition: RawBuilder<boolean>,
  organisationId: OrganisationId,
  kind: string,
  dueAt: Instant,
): RawBuilder<unknown> {
  return sql`
    insert into work_due (organisation_id, kind, due_at)
    select ${organisationId}::uuid, ${kind}, ${dueAt}::timestamptz where ${condition}
    on conflict on constraint work_due_pk do update set due_at = least(work_due.due_at, excluded.due_at)`
}

/**
 * Takes the round of this kind that has been due longest; undefined when none is due. Other workers pass it over. A round
 * that was asked for a later moment while the one before was under way is kept, also when that one was never finished.
 */
export async function claimRound(
  database: Database,
  kind: string,
  now: Instant,
  leaseUntil: Instant,
): Promise<ClaimedRound | undefined> {
  const { rows } = await database.installation((trx) =>
    sql<{ organisation_id: string; failures: number }>`
      update work_due
      set leased_until = ${leaseUntil}::timestamptz,
          due_at = case when work_due.due_at <= ${now}::timestamptz then 'infinity' else work_due.due_at end
      where (work_due.organisation_id, work_due.kind) = (
        select due.organisation_id, due.kind from work_due as due
        where due.kind = ${kind} and coalesce(due.leased_until, due.due_at) <= ${now}::timestamptz
        order by coalesce(due.leased_until, due.due_at) limit 1 for update skip locked)
      returning work_due.organisation_id, work_due.failures`.execute(trx),
  )
  const [row] = rows
  if (row === undefined) return undefined
  return { organisationId: row.organisation_id as OrganisationId, kind, leaseUntil, failures: row.failures }
}

/**
 * Ends a round that went well. The next one is due at `dueAt`, or earlier when somebody asked for it meanwhile; with null
 * and nobody asking there is none. Does nothing once the lease has passed to another worker: the row is that one's.
 */
export async function finishRound(
  database: Database,
  round: ClaimedRound,
  dueAt: Instant | null,
): Promise<void> {
  const { organisationId, kind, leaseUntil } = round
  await database.installation((trx) =>
    sql`
      with mine as (
        select work_due.organisation_id, work_due.kind,
               least(work_due.due_at, coalesce(${dueAt}::timestamptz, 'infinity')) as next_at
        from work_due
        where work_due.organisation_id = ${organisationId}::uuid and work_due.kind = ${kind}
          and work_due.leased_until = ${leaseUntil}::timestamptz
        for update),
      gone as (
        delete from work_due using mine
        where work_due.organisation_id = mine.organisation_id and work_due.kind = mine.kind and mine.next_at = 'infinity')
      update work_due set failures = 0, leased_until = null, due_at = mine.next_at
      from mine
      where work_due.organisation_id = mine.organisation_id and work_due.kind = mine.kind and mine.next_at <> 'infinity'`.execute(
      trx,
    ),
  )
}

/** Puts a round that failed off until `retryAt`; nobody who schedules meanwhile shortens that. */
export async function putOffRound(database: Database, round: ClaimedRound, retryAt: Instant): Promise<void> {
  await database.installation((trx) =>
    sql`
      update work_due set failures = work_due.failures + 1, leased_until = ${retryAt}::timestamptz
      where work_due.organisation_id = ${round.organisationId}::uuid and work_due.kind = ${round.kind}
        and work_due.leased_until = ${round.leaseUntil}::timestamptz`.execute(trx),
  )
}
