import { sql } from 'kysely'
import type { EntryId, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

/**
 * The entries about tasks of a person and about evaluations that changes led to, for the person's own export. Who dismissed a
 * task and why stands in its entry; beside it nothing is held.
 */
export async function readChangeRecords(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<{ readonly entryId: EntryId; readonly content: null }[]> {
  const { rows } = await sql<{ entryId: EntryId }>`
    with own as (select task_id from task
      where organisation_id = ${organisationId}::uuid and person_id = ${personId}::uuid)
    select task_ground.entry_id as "entryId" from own join task_ground using (task_id)
      where task_ground.organisation_id = ${organisationId}::uuid
    union
    select task_closing.entry_id from own join task_closing using (task_id)
      where task_closing.organisation_id = ${organisationId}::uuid
    union
    select legal_check.entry_id from re_evaluation join legal_check using (organisation_id, legal_check_id)
      where legal_check.organisation_id = ${organisationId}::uuid and legal_check.person_id = ${personId}::uuid`.execute(
    trx,
  )
  return rows.map(({ entryId }) => ({ entryId, content: null }))
}
