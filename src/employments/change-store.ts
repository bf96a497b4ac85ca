import { sql } from 'kysely'
import type { ClientId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { scheduleJob } from '#jobs'

/** The kind of background work that asks the law again after something changed; done by the room `changes`. */
export const employmentChangedKind = 'employment-changed'

/** Something that was recorded or retracted and has not been dealt with. */
export type EmploymentChange = {
  readonly changeId: string
  /** Null: of the organisation. */
  readonly employmentId: string | null
  readonly subject: 'fact' | 'contract' | 'organisation-fact' | 'agreement'
  /** The fact, contract or agreement that was recorded, or that was retracted. */
  readonly subjectId: string
  readonly recordedBy: ClientId
  readonly recordedAt: Instant
}

/** Puts changes into the queue and makes sure that somebody comes for them, once the transaction has committed. */
export async function queueChanges(
  trx: Transaction,
  organisationId: OrganisationId,
  changes: readonly EmploymentChange[],
): Promise<void> {
  const [first] = changes
  if (first === undefined) return
  for (const change of changes)
    await sql`
      insert into employment_change (organisation_id, change_id, employment_id, subject, subject_id, recorded_by, recorded_at)
      values (${organisationId}::uuid, ${change.changeId}::uuid, ${change.employmentId}::uuid, ${change.subject},
              ${change.subjectId}::uuid, ${change.recordedBy}::uuid, ${change.recordedAt}::timestamptz)`.execute(
      trx,
    )
  await scheduleJob(trx, organisationId, employmentChangedKind, first.recordedAt)
}

/** The oldest changes that have not been dealt with, locked until the transaction ends; others pass over them. */
export async function takeEmploymentChanges(
  trx: Transaction,
  organisationId: OrganisationId,
  limit: number,
): Promise<EmploymentChange[]> {
  const { rows } = await sql<EmploymentChange>`
    select change_id as "changeId", employment_id as "employmentId", subject, subject_id as "subjectId",
           recorded_by as "recordedBy", recorded_at as "recordedAt"
    from employment_change where organisation_id = ${organisationId}::uuid
    order by change_id limit ${limit} for update skip locked`.execute(trx)
  return rows
}

/** Takes changes out of the queue that were dealt with in this transaction. */
export async function settleEmploymentChanges(
  trx: Transaction,
  organisationId: OrganisationId,
  changeIds: readonly string[],
): Promise<void> {
  await sql`
    delete from employment_change
    where organisation_id = ${organisationId}::uuid and change_id = any(${[...changeIds]}::uuid[])`.execute(
    trx,
  )
}
