import { sql } from 'kysely'
import type { OrganisationId, PersonId, PolicyId } from '#core'
import type { Transaction } from '#database'

/** The policies of which a person was ever handed a version. */
export async function policiesOfPerson(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<PolicyId[]> {
  const { rows } = await sql<{ policy_id: PolicyId }>`
    select distinct policy_version.policy_id from assignment
    join policy_version on policy_version.organisation_id = assignment.organisation_id
                       and policy_version.version_id = assignment.version_id
    where assignment.organisation_id = ${organisationId}::uuid and assignment.person_id = ${personId}::uuid`.execute(
    trx,
  )
  return rows.map((row) => row.policy_id)
}
