import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { OrganisationId } from '#core'
import type { DossierSubject } from './dossier.ts'

/**
 * What was agreed with a person, as a part of a union of entries with their documents: agreements, what both acts came to, ends, what
 * the rules said, and that a proof of identity was seen. The documents stand with the person's own acts and ceremonies. The acts of
 * whoever signed for the employer are another person's: the entry of the conclusion names them, and a dossier of that person, or an
 * evidence bundle, holds them. Of a policy there is none.
 */
export function agreementEntries(
  organisationId: OrganisationId,
  subject: DossierSubject,
): RawBuilder<unknown> {
  if (subject.kind !== 'person') return sql`select null::uuid, array[]::uuid[] where false`
  const own = sql`agreement.organisation_id = ${organisationId}::uuid and agreement.person_id = ${subject.personId}::uuid`
  return sql`
    select agreement.entry_id, array[]::uuid[] from agreement where ${own}
    union all
    select agreement_conclusion.entry_id, array[]::uuid[]
    from agreement join agreement_conclusion using (organisation_id, agreement_id) where ${own}
    union all
    select agreement_end.entry_id, array[]::uuid[]
    from agreement join agreement_end using (organisation_id, agreement_id) where ${own}
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
