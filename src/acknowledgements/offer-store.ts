import { sql } from 'kysely'
import type { AssignmentId, BundleId, CivilDate, ClientId, EntryId, Instant, OrganisationId, PersonId } from '#core' // prettier-ignore
import type { Transaction } from '#database'

/** Writes the assignment of a bundle. The bundle and the entry must be there already. */
export async function insertBundleAssignment(
  trx: Transaction,
  organisationId: OrganisationId,
  assignment: {
    readonly assignmentId: AssignmentId
    readonly bundleId: BundleId
    readonly personId: PersonId
    readonly dueDate: CivilDate
  },
  record: { readonly createdBy: ClientId; readonly createdAt: Instant; readonly entryId: EntryId },
): Promise<void> {
  await sql`
    insert into assignment (organisation_id, assignment_id, bundle_id, person_id, due_date, created_by, created_at, entry_id)
    values (${organisationId}::uuid, ${assignment.assignmentId}::uuid, ${assignment.bundleId}::uuid,
            ${assignment.personId}::uuid, ${assignment.dueDate}::date, ${record.createdBy}::uuid,
            ${record.createdAt}::timestamptz, ${record.entryId}::uuid)`.execute(trx)
}
