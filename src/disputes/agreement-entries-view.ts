import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { OrganisationId } from '#core'
import type { DossierSubject } from './dossier.ts'

/**
 * What was agreed with a person, as a part of a union of entries with their documents: agreements with every document of their
 * bundle, what both acts came to, ends, the acts of the other party, and that a proof of identity was seen. Of a policy there is none.
 */
export function agreementEntries(
  organisationId: OrganisationId,
  subject: DossierSubject,
): RawBuilder<unknown> {
  if (subject.kind !== 'person') return sql`select null::uuid, array[]::uuid[] where false`
  const own = sql`agreement.organisation_id = ${organisationId}::uuid and agreement.person_id = ${subject.personId}::uuid`
  const documents = (bundle: RawBuilder<unknown>) => sql`
    array(select bundle_document.document_id from bundle_document
          where bundle_document.organisation_id = ${organisationId}::uuid and bundle_document.bundle_id = ${bundle}
          order by bundle_document.position)`
  return sql`
    select agreement.entry_id, ${documents(sql`assignment.bundle_id`)}
    from agreement
    left join assignment on assignment.organisation_id = agreement.organisation_id
                        and assignment.assignment_id = agreement.employee_assignment_id
    where ${own}
    union all
    select agreement_conclusion.entry_id, array[]::uuid[]
    from agreement join agreement_conclusion using (organisation_id, agreement_id) where ${own}
    union all
    select agreement_end.entry_id, array[]::uuid[]
    from agreement join agreement_end using (organisation_id, agreement_id) where ${own}
    union all
    select act.entry_id, ${documents(sql`act.bundle_id`)}
    from agreement join act on act.organisation_id = agreement.organisation_id
                           and act.assignment_id = agreement.representative_assignment_id where ${own}
    union all
    select assignment.entry_id, array[]::uuid[]
    from agreement join assignment on assignment.organisation_id = agreement.organisation_id
                                  and assignment.assignment_id = agreement.representative_assignment_id where ${own}
    union all
    select legal_check.entry_id, array[]::uuid[]
    from agreement
    left join agreement_conclusion using (organisation_id, agreement_id)
    join legal_check on legal_check.organisation_id = agreement.organisation_id
                    and legal_check.legal_check_id in (agreement.sign_check_id, agreement_conclusion.legal_check_id)
    where ${own}
    union all
    select identity_check.entry_id, array[]::uuid[] from identity_check
    where identity_check.organisation_id = ${organisationId}::uuid and identity_check.person_id = ${subject.personId}::uuid`
}
