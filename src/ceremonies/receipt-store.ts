import { sql } from 'kysely'
import type { ActId, DocumentId, OrganisationId } from '#core'
import type { Transaction } from '#database'

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
