import { sql } from 'kysely'
import type { EntryId, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

/**
 * The entries about a person that this room put into the ledger, with the text of uploaded pages, of which an entry has only the
 * hash. For the person's own export.
 */
export async function readEmploymentRecords(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<{ readonly entryId: EntryId; readonly content: string | null }[]> {
  const { rows } = await sql<{ entryId: EntryId; content: string | null }>`
    with own as (select employment_id, entry_id from employment
      where organisation_id = ${organisationId}::uuid and person_id = ${personId}::uuid)
    select own.entry_id as "entryId", null as content from own
    union all
    select employment_fact.entry_id, null from own join employment_fact using (employment_id)
      where employment_fact.organisation_id = ${organisationId}::uuid
    union all
    select contract.entry_id, null from own join contract using (employment_id)
      where contract.organisation_id = ${organisationId}::uuid
    union all
    select contract_retraction.entry_id, null from own join contract using (employment_id)
      join contract_retraction using (organisation_id, contract_id)
      where contract.organisation_id = ${organisationId}::uuid
    union all
    select contract_document.entry_id,
           (select json_build_object('pages', json_agg(page.page_text order by page.page))::text from contract_page_content as page
            where page.organisation_id = contract_document.organisation_id
              and page.document_id = contract_document.document_id)
      from contract_document
      where contract_document.organisation_id = ${organisationId}::uuid
        and contract_document.person_id = ${personId}::uuid
    union all
    select mandate.entry_id, null from mandate
      where mandate.organisation_id = ${organisationId}::uuid and mandate.person_id = ${personId}::uuid
    union all
    select mandate_end.entry_id, null from mandate join mandate_end using (organisation_id, mandate_id)
      where mandate.organisation_id = ${organisationId}::uuid and mandate.person_id = ${personId}::uuid`.execute(
    trx,
  )
  return rows
}
