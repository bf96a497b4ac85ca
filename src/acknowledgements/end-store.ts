import { sql } from 'kysely'
import type { AssignmentId, CivilDate, OrganisationId, PersonId, VersionId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { CeremonyEnding } from './end-actions.ts'

/**
 * Says of ceremonies how they ended, all or none. Called after the entry was appended, so under the lock of the ledger: what
 * was answered or ended meanwhile is seen here. Throws `ceremony-ended` then, and the transaction takes the entry with it.
 */
export async function insertEnds(
  trx: Transaction,
  organisationId: OrganisationId,
  { how, ends, endedBy, endedAt, entryId }: CeremonyEnding,
): Promise<void> {
  const { numAffectedRows } = await sql`
    insert into ceremony_end (organisation_id, assignment_id, how, superseded_by, ended_by, ended_at, entry_id)
    select ${organisationId}::uuid, one.assignment_id, ${how}, one.superseded_by, ${endedBy}::uuid,
           ${endedAt}::timestamptz, ${entryId}::uuid
    from unnest(${ends.map((each) => each.assignmentId)}::uuid[], ${ends.map((each) => each.supersededBy)}::uuid[])
      as one (assignment_id, superseded_by)
    where not ceremony_answered(one.assignment_id)
      and not exists (select from ceremony_end where ceremony_end.organisation_id = ${organisationId}::uuid
                      and ceremony_end.assignment_id = one.assignment_id)`.execute(trx)
  if (Number(numAffectedRows) !== ends.length) throw problem('ceremony-ended')
}

/** Open ceremonies of these persons about earlier versions of the policy of a version, by person. */
export async function findSuperseded(
  trx: Transaction,
  organisationId: OrganisationId,
  versionId: VersionId,
  personIds: readonly PersonId[],
): Promise<{ readonly assignmentId: AssignmentId; readonly personId: PersonId }[]> {
  const { rows } = await sql<{ assignment_id: AssignmentId; person_id: PersonId }>`
    select assignment.assignment_id, assignment.person_id
    from policy_version as newer
    join policy_version as older on older.organisation_id = newer.organisation_id and older.policy_id = newer.policy_id
                                and older.version_number < newer.version_number
    join assignment on assignment.organisation_id = older.organisation_id and assignment.version_id = older.version_id
                   and assignment.person_id = any(${personIds}::uuid[])
    where newer.organisation_id = ${organisationId}::uuid and newer.version_id = ${versionId}::uuid
      and not ceremony_answered(assignment.assignment_id)
      and not exists (select from ceremony_end where ceremony_end.organisation_id = assignment.organisation_id
                      and ceremony_end.assignment_id = assignment.assignment_id)
    order by assignment.assignment_id`.execute(trx)
  return rows.map((row) => ({ assignmentId: row.assignment_id, personId: row.person_id }))
}

/** Open ceremonies that had to be answered before a day, oldest first; those of withdrawn versions have ended already. */
export async function findLapsed(
  trx: Transaction,
  organisationId: OrganisationId,
  dueBefore: CivilDate,
  today: CivilDate,
  limit: number,
): Promise<AssignmentId[]> {
  const { rows } = await sql<{ assignment_id: AssignmentId }>`
    select assignment.assignment_id from assignment
    left join policy_withdrawal on policy_withdrawal.organisation_id = assignment.organisation_id
                               and policy_withdrawal.version_id = assignment.version_id
    where assignment.organisation_id = ${organisationId}::uuid and assignment.due_date < ${dueBefore}::date
      and (policy_withdrawal.withdrawn_from is null or policy_withdrawal.withdrawn_from > ${today}::date)
      and not exists (select from ceremony_end where ceremony_end.organisation_id = assignment.organisation_id
                      and ceremony_end.assignment_id = assignment.assignment_id)
      and not ceremony_answered(assignment.assignment_id)
    order by assignment.due_date, assignment.assignment_id limit ${limit}`.execute(trx)
  return rows.map((row) => row.assignment_id)
}

/** Whether anything is open that could lapse one day. */
export async function anyOpen(trx: Transaction, organisationId: OrganisationId): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from assignment
      where assignment.organisation_id = ${organisationId}::uuid
        and not exists (select from ceremony_end where ceremony_end.organisation_id = assignment.organisation_id
                        and ceremony_end.assignment_id = assignment.assignment_id)
        and not ceremony_answered(assignment.assignment_id)) as found`.execute(trx)
  return rows[0]!.found
}
