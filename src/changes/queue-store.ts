import { sql } from 'kysely'
import type { CivilDate, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { EmploymentChange } from '#employments'
import { queueChanges } from '#employments'

/** Keeps every other round about these employments, or the organisation, waiting until this transaction ends. */
export async function lockSubjects(
  trx: Transaction,
  organisationId: OrganisationId,
  subjectIds: readonly string[],
): Promise<void> {
  // In one order, so that two never wait for each other.
  for (const subjectId of [...new Set(subjectIds)].toSorted())
    await sql`select pg_advisory_xact_lock(hashtextextended(${`beding.change ${organisationId} ${subjectId}`}, 0))`.execute(
      trx,
    )
}

/** The agreements of these employments, with the employment of each. */
export async function agreementsOf(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentIds: readonly string[],
): Promise<{ readonly agreementId: string; readonly employmentId: string }[]> {
  const { rows } = await sql<{ agreementId: string; employmentId: string }>`
    select agreement_id as "agreementId", employment_id as "employmentId" from agreement
    where organisation_id = ${organisationId}::uuid and employment_id = any(${[...employmentIds]}::uuid[])
    order by agreement_id`.execute(trx)
  return rows
}

/** Puts changes aside until the day from which they hold. */
export async function awaitChanges(
  trx: Transaction,
  organisationId: OrganisationId,
  changes: readonly (EmploymentChange & { readonly dueOn: CivilDate })[],
): Promise<void> {
  for (const change of changes)
    await sql`
      insert into awaited_change (organisation_id, change_id, employment_id, subject, subject_id, recorded_by, recorded_at, due_on)
      values (${organisationId}::uuid, ${change.changeId}::uuid, ${change.employmentId}::uuid, ${change.subject},
              ${change.subjectId}::uuid, ${change.recordedBy}::uuid, ${change.recordedAt}::timestamptz, ${change.dueOn}::date)`.execute(
      trx,
    )
}

/** Has the ends of agreements of these employments that lie ahead looked at on their day. Once each, however often it is called. */
export async function awaitEnds(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentIds: readonly string[],
  today: CivilDate,
): Promise<void> {
  await sql`
    insert into awaited_change (organisation_id, change_id, employment_id, subject, subject_id, recorded_by, recorded_at, due_on)
    select agreement.organisation_id, ended.end_id, agreement.employment_id, 'agreement',
           coalesce(ended.superseded_by, agreement.agreement_id), agreement.created_by, ended.recorded_at, ended.ended_on
    from agreement join agreement_end as ended using (organisation_id, agreement_id)
    where agreement.organisation_id = ${organisationId}::uuid and ended.ended_on > ${today}::date
      and agreement.employment_id = any(${[...employmentIds]}::uuid[])
    on conflict on constraint awaited_change_pk do nothing`.execute(trx)
}

/** Puts changes whose day has come back into the queue, at most `limit`. Answers how many. */
export async function requeueDue(
  trx: Transaction,
  organisationId: OrganisationId,
  today: CivilDate,
  limit: number,
): Promise<number> {
  const { rows } = await sql<EmploymentChange>`
    delete from awaited_change where (organisation_id, change_id) in (
      select organisation_id, change_id from awaited_change
      where organisation_id = ${organisationId}::uuid and due_on <= ${today}::date
      order by due_on limit ${limit} for update skip locked)
    returning change_id as "changeId", employment_id as "employmentId", subject, subject_id as "subjectId",
              recorded_by as "recordedBy", recorded_at as "recordedAt"`.execute(trx)
  await queueChanges(trx, organisationId, rows)
  return rows.length
}

/** Whether a change waits for its day. */
export async function anyAwaited(trx: Transaction, organisationId: OrganisationId): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from awaited_change where organisation_id = ${organisationId}::uuid) as any`.execute(
    trx,
  )
  return rows[0]!.any
}
