import { sql } from 'kysely'
import type { EntryId, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

/**
 * What this room put on record about a person, for their data export: as an employee everything, as somebody who signed for the employer
 * that they were asked to. With words where the entry has none.
 */
export async function readAgreementRecords(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<{ readonly entryId: EntryId; readonly content: string | null }[]> {
  const { rows } = await sql<{ entryId: EntryId; content: string | null }>`
    select agreement.entry_id as "entryId", case when agreement.person_id = ${personId}::uuid then agreement_content.content end as content
    from agreement left join agreement_content using (organisation_id, agreement_id)
    where agreement.organisation_id = ${organisationId}::uuid
      and (agreement.person_id = ${personId}::uuid or agreement.representative_id = ${personId}::uuid)
    union all
    select agreement_conclusion.entry_id, null from agreement join agreement_conclusion using (organisation_id, agreement_id)
    where agreement.organisation_id = ${organisationId}::uuid and agreement.person_id = ${personId}::uuid
    union all
    select agreement_end.entry_id, agreement_end_content.reason
    from agreement join agreement_end using (organisation_id, agreement_id)
    left join agreement_end_content using (organisation_id, end_id)
    where agreement.organisation_id = ${organisationId}::uuid and agreement.person_id = ${personId}::uuid
    union all
    select identity_check.entry_id, null from identity_check
    where identity_check.organisation_id = ${organisationId}::uuid and identity_check.person_id = ${personId}::uuid`.execute(
    trx,
  )
  return rows
}
