import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Instant, OrganisationId } from '#core'
import type { Database, Queries } from '#database'

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

/** Takes the round of this kind that has been due longest; undefined when none is due. Other workers pass it over. */
export async function claimRound(
  database: Database,
  kind: string,
  now: Instant,
  leaseUntil: Instant,
): Promise<ClaimedRound | undefined> {
  const { rows } = await database.installation((trx) =>
    sql<{ organisation_id: string; failures: number }>`
      update work_due set due_at = ${leaseUntil}::timestamptz, leased_until = ${leaseUntil}::timestamptz
      where (work_due.organisation_id, work_due.kind) = (
        select due.organisation_id, due.kind from work_due as due
        where due.kind = ${kind} and due.due_at <= ${now}::timestamptz
          and (due.leased_until is null or due.leased_until <= ${now}::timestamptz)
        order by due.due_at limit 1 for update skip locked)
      returning work_due.organisation_id, work_due.failures`.execute(trx),
  )
  const [row] = rows
  if (row === undefined) return undefined
  return { organisationId: row.organisation_id as OrganisationId, kind, leaseUntil, failures: row.failures }
}

/**
 * Ends a round and puts down when the next one is due, or keeps the earlier moment that somebody scheduled meanwhile: a
 * row that still says the lease's own end was not touched since it was claimed.
 */
export async function finishRound(
  database: Database,
  round: ClaimedRound,
  next: { readonly dueAt: Instant | null; readonly failures: number },
): Promise<void> {
  const { organisationId, kind, leaseUntil } = round
  await database.installation((trx) =>
    sql`
      with mine as (
        select work_due.organisation_id, work_due.kind, work_due.due_at = ${leaseUntil}::timestamptz as untouched from work_due
        where work_due.organisation_id = ${organisationId}::uuid and work_due.kind = ${kind}
        for update),
      gone as (
        delete from work_due using mine
        where work_due.organisation_id = mine.organisation_id and work_due.kind = mine.kind
          and mine.untouched and ${next.dueAt}::timestamptz is null)
      update work_due
      set failures = ${next.failures}, leased_until = null,
          due_at = case when mine.untouched then ${next.dueAt}::timestamptz
                        else least(work_due.due_at, coalesce(${next.dueAt}::timestamptz, work_due.due_at)) end
      from mine
      where work_due.organisation_id = mine.organisation_id and work_due.kind = mine.kind
        and not (mine.untouched and ${next.dueAt}::timestamptz is null)`.execute(trx),
  )
}
