import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { AssignmentId, ClientId, EntryId, Instant, OrganisationId, PersonId, VersionId } from '#core'
import { nextHalfPast } from '#core'
import type { Transaction } from '#database'
import { scheduleJob } from '#jobs'
import { audienceSizeMax } from './assignment-decisions.ts'
import type { AssignVersion, Audience } from './assignment.ts'

/** A person of the audience, and whether the version was handed to them before. */
export type AudienceMember = {
  readonly personId: PersonId
  readonly address: string
  readonly alreadyAssigned: boolean
}

/** The persons of an audience that exist, in order of id; one more than the limit at most, to see that it is passed. */
export async function findAudience(
  trx: Transaction,
  organisationId: OrganisationId,
  versionId: VersionId,
  audience: Audience,
): Promise<AudienceMember[]> {
  const { rows } = await sql<{ person_id: string; work_email: string; already: boolean }>`
    select person.person_id, person.work_email,
           exists (select from assignment
                   where assignment.organisation_id = person.organisation_id
                     and assignment.version_id = ${versionId}::uuid
                     and assignment.person_id = person.person_id) as already
    from person
    where person.organisation_id = ${organisationId}::uuid and person.erased_at is null and ${audienceCondition(audience)}
    order by person.person_id
    limit ${audienceSizeMax + 1}`.execute(trx)
  return rows.map((row) => ({
    personId: row.person_id as PersonId,
    address: row.work_email,
    alreadyAssigned: row.already,
  }))
}

function audienceCondition(audience: Audience): RawBuilder<boolean> {
  switch (audience.kind) {
    case 'persons':
      return sql<boolean>`person.person_id = any(${audience.personIds}::uuid[])`
    case 'departments':
      return sql<boolean>`person.department = any(${audience.departments}::text[])`
    case 'everyone':
      return sql<boolean>`true`
  }
}

export type NewAssignment = {
  readonly assignmentId: AssignmentId
  readonly deliveryId: string
  readonly member: AudienceMember
}

/**
 * Writes assignments and queues a message for each, in three statements whatever their number. A race with another
 * request for the same persons fails on `assignment_once` and takes the whole transaction with it.
 */
export async function insertAssignments(
  trx: Transaction,
  organisationId: OrganisationId,
  command: AssignVersion & { readonly versionId: VersionId },
  assignments: readonly NewAssignment[],
  record: { readonly createdBy: ClientId; readonly createdAt: Instant; readonly entryId: EntryId },
): Promise<void> {
  await sql`
    insert into assignment (organisation_id, assignment_id, version_id, person_id, due_date, created_by, created_at, entry_id)
    select ${organisationId}::uuid, u.assignment_id, ${command.versionId}::uuid, u.person_id, ${command.dueDate}::date,
           ${record.createdBy}::uuid, ${record.createdAt}::timestamptz, ${record.entryId}::uuid
    from unnest(${assignments.map((each) => each.assignmentId)}::uuid[],
                ${assignments.map((each) => each.member.personId)}::uuid[]) as u (assignment_id, person_id)`.execute(
    trx,
  )
  await queueDeliveries(trx, organisationId, assignments, record.createdAt)
  await scheduleLapse(trx, organisationId, record.createdAt)
}

/** Under which the nightly look for what was never answered stands in the calendar. */
export const lapseJobKind = 'ceremony-lapse'

/** Has the service look tonight, and as long as anything is open, for what is to end by itself. */
export async function scheduleLapse(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
): Promise<void> {
  await scheduleJob(trx, organisationId, lapseJobKind, nextHalfPast(3, now))
}

/** Under which the rounds of handing over stand in the calendar. */
export const deliveryJobKind = 'delivery'

/** Queues one message per assignment to the address given, due at once, and tells the worker that there is work. */
export async function queueDeliveries(
  trx: Transaction,
  organisationId: OrganisationId,
  assignments: readonly NewAssignment[],
  now: Instant,
): Promise<void> {
  await sql`
    insert into delivery (organisation_id, delivery_id, assignment_id, address, state, attempts, next_attempt_at, created_at)
    select ${organisationId}::uuid, u.delivery_id, u.assignment_id, u.address, 'queued', 0, ${now}::timestamptz, ${now}::timestamptz
    from unnest(${assignments.map((each) => each.deliveryId)}::uuid[],
                ${assignments.map((each) => each.assignmentId)}::uuid[],
                ${assignments.map((each) => each.member.address)}::text[]) as u (delivery_id, assignment_id, address)`.execute(
    trx,
  )
  await scheduleJob(trx, organisationId, deliveryJobKind, now)
}
