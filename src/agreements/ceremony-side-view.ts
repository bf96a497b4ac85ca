import { sql } from 'kysely'
import type { AssignmentId, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

/** For whom somebody answers in a ceremony of an agreement. */
export type CeremonySide = { readonly agreementId: string; readonly side: 'employee' | 'representative' }

/** The ceremonies of a person that belong to agreements, with the side on which they stand there, in one query. */
export async function readCeremonySides(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<ReadonlyMap<AssignmentId, CeremonySide>> {
  const { rows } = await sql<CeremonySide & { readonly assignmentId: AssignmentId }>`
    select agreement_id as "agreementId", 'employee' as side, employee_assignment_id as "assignmentId" from agreement
    where organisation_id = ${organisationId}::uuid and person_id = ${personId}::uuid and employee_assignment_id is not null
    union all
    select agreement_id, 'representative', representative_assignment_id from agreement
    where organisation_id = ${organisationId}::uuid and representative_id = ${personId}::uuid`.execute(trx)
  return new Map(rows.map(({ assignmentId, agreementId, side }) => [assignmentId, { agreementId, side }]))
}
