import { sql } from 'kysely'
import type { ClientId, DocumentId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import { canonicalJson } from '#core'
import type { Transaction } from '#database'
import type { Contract } from './employment.ts'

/** Writes a contract with its content. The entry must be there already. */
export async function insertContract(
  trx: Transaction,
  organisationId: OrganisationId,
  contract: Contract,
  madeBy: ClientId,
): Promise<void> {
  await sql`
    insert into contract (organisation_id, contract_id, employment_id, kind, starts_on, ends_on, document_id, document_sha256,
                          follows, follow_kind, changed_more, provenance, recorded_by, recorded_at, entry_id)
    values (${organisationId}::uuid, ${contract.contractId}::uuid, ${contract.employmentId}::uuid, ${contract.kind},
            ${contract.startsOn}::date, ${contract.endsOn}::date, ${contract.documentId}::uuid,
            decode(${contract.documentSha256}, 'hex'), ${contract.follows}::uuid, ${contract.followKind},
            ${contract.changedMore}, ${contract.provenance}, ${madeBy}::uuid, ${contract.recordedAt}::timestamptz,
            ${contract.entryId}::uuid)`.execute(trx)
  await sql`
    insert into contract_content (organisation_id, contract_id, value)
    values (${organisationId}::uuid, ${contract.contractId}::uuid,
            ${canonicalJson({ existingDispute: contract.existingDispute ?? '' })})`.execute(trx)
}

/** Writes that a contract was recorded in error. The entry must be there already. */
export async function insertContractRetraction(
  trx: Transaction,
  organisationId: OrganisationId,
  contractId: string,
  retraction: { readonly retractedAt: Instant; readonly entryId: EntryId },
  retractedBy: ClientId,
): Promise<void> {
  await sql`
    insert into contract_retraction (organisation_id, contract_id, retracted_by, retracted_at, entry_id)
    values (${organisationId}::uuid, ${contractId}::uuid, ${retractedBy}::uuid, ${retraction.retractedAt}::timestamptz,
            ${retraction.entryId}::uuid)`.execute(trx)
}

/**
 * The hash of a document that can be the contract of a person: one that was uploaded for them, or an annex that was made for
 * them. Undefined for everything else.
 */
export async function findContractFile(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  documentId: DocumentId,
): Promise<{ readonly sha256: string; readonly uploaded: boolean } | undefined> {
  const { rows } = await sql<{ sha256: string; uploaded: boolean }>`
    select encode(document.sha256, 'hex') as sha256, document.kind = 'contract-upload' as uploaded
    from document
    left join contract_document on contract_document.organisation_id = document.organisation_id
                               and contract_document.document_id = document.document_id
    left join letter_document on letter_document.organisation_id = document.organisation_id
                             and letter_document.document_id = document.document_id
    left join letter on letter.organisation_id = letter_document.organisation_id
                    and letter.letter_id = letter_document.letter_id
    where document.organisation_id = ${organisationId}::uuid and document.document_id = ${documentId}::uuid
      and ((document.kind = 'contract-upload' and contract_document.person_id = ${personId}::uuid)
        or (document.kind = 'annex' and letter.person_id = ${personId}::uuid))`.execute(trx)
  return rows[0]
}
