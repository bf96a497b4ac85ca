import { sql } from 'kysely'
import type { EntryId, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

/**
 * The entries about a person that this room put into the ledger, with everything each annex is composed of, of which its entry has
 * only the hash. For the person's own export.
 */
export async function readAnnexRecords(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<{ readonly entryId: EntryId; readonly content: string | null }[]> {
  const { rows } = await sql<{ entryId: EntryId; content: string | null }>`
    select annex.entry_id as "entryId", annex_content.content
    from annex left join annex_content using (organisation_id, annex_id)
    where annex.organisation_id = ${organisationId}::uuid and annex.person_id = ${personId}::uuid
    order by annex.created_at, annex.annex_id`.execute(trx)
  return rows
}
