import { sql } from 'kysely'
import type { ActId, DocumentId, EntryId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { readEntries } from '#evidence'
import type { HeldEntry } from '#evidence'

/** The document that was made as the receipt of an act, if it was. */
export async function findReceiptDocument(
  trx: Transaction,
  organisationId: OrganisationId,
  actId: ActId,
): Promise<DocumentId | undefined> {
  const { rows } = await sql<{ document_id: string }>`
    select act_receipt.document_id from act_receipt
    where act_receipt.organisation_id = ${organisationId}::uuid and act_receipt.act_id = ${actId}::uuid`.execute(
    trx,
  )
  return rows[0]?.document_id as DocumentId | undefined
}

/** Says which document is the receipt of an act. A second one fails on `act_receipt_pk`. */
export async function insertReceiptDocument(
  trx: Transaction,
  organisationId: OrganisationId,
  actId: ActId,
  documentId: DocumentId,
): Promise<void> {
  await sql`
    insert into act_receipt (organisation_id, act_id, document_id)
    values (${organisationId}::uuid, ${actId}::uuid, ${documentId}::uuid)`.execute(trx)
}

/**
 * The entries that a signed act rests on and that its receipt carries along, so that it can be checked alone: the enrolment
 * of its key, if that stands in the same log and is there whole. None for an act that was not signed with such a key.
 */
export async function supportingEntries(
  trx: Transaction,
  organisationId: OrganisationId,
  { actId }: { readonly actId: ActId },
): Promise<readonly HeldEntry[]> {
  const { rows } = await sql<{ entry_id: EntryId }>`
    select signing_credential.entry_id from act
    join signing_credential on signing_credential.organisation_id = act.organisation_id
                           and signing_credential.signing_credential_id::text = act.signing_credential_id
    join ledger_entry enrolment on enrolment.organisation_id = act.organisation_id
                               and enrolment.entry_id = signing_credential.entry_id
    join ledger_entry own on own.organisation_id = act.organisation_id and own.entry_id = act.entry_id
    where act.organisation_id = ${organisationId}::uuid and act.act_id = ${actId}::uuid
      and enrolment.log_id = own.log_id`.execute(trx)
  const entries = await readEntries(trx, organisationId, rows.map((row) => row.entry_id)) // prettier-ignore
  return entries.filter(({ disclosures }) => !disclosures.includes(null))
}
