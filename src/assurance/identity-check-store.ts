import { sql } from 'kysely'
import type { CivilDate, ClientId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

/** What somebody of the employer held against the person. */
export const identityDocuments = ['passport', 'identity-card', 'residence-permit'] as const
export type IdentityDocument = (typeof identityDocuments)[number]

/** That somebody of the employer saw a proof of identity of a person, together with the person. The employer's word. */
export type IdentityCheck = {
  readonly identityCheckId: string
  readonly personId: PersonId
  readonly documentKind: IdentityDocument
  readonly checkedOn: CivilDate
  readonly recordedBy: ClientId
  readonly recordedAt: Instant
  readonly entryId: EntryId
}

export async function insertIdentityCheck(
  trx: Transaction,
  organisationId: OrganisationId,
  check: IdentityCheck,
): Promise<void> {
  await sql`
    insert into identity_check (organisation_id, identity_check_id, person_id, document_kind, checked_on, recorded_by,
                                recorded_at, entry_id)
    values (${organisationId}::uuid, ${check.identityCheckId}::uuid, ${check.personId}::uuid, ${check.documentKind},
            ${check.checkedOn}::date, ${check.recordedBy}::uuid, ${check.recordedAt}::timestamptz,
            ${check.entryId}::uuid)`.execute(trx)
}

/** The checks of these persons, oldest first. */
export async function listIdentityChecks(
  trx: Transaction,
  organisationId: OrganisationId,
  personIds: readonly PersonId[],
): Promise<IdentityCheck[]> {
  const { rows } = await sql<IdentityCheck>`
    select identity_check_id as "identityCheckId", person_id as "personId", document_kind as "documentKind",
           checked_on as "checkedOn", recorded_by as "recordedBy", recorded_at as "recordedAt", entry_id as "entryId"
    from identity_check
    where organisation_id = ${organisationId}::uuid and person_id = any(${[...personIds]}::uuid[])
    order by recorded_at, identity_check_id`.execute(trx)
  return rows
}
