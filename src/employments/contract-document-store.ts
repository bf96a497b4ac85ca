import { sql } from 'kysely'
import type { ClientId, DocumentId, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { ContractDocument } from './contract-document.ts'

/** Says whose contract a document is and what its pages say. The document and the entry must be there already. */
export async function insertContractDocument(
  trx: Transaction,
  organisationId: OrganisationId,
  document: ContractDocument,
  pageTexts: readonly string[],
  uploadedBy: ClientId,
): Promise<void> {
  await sql`
    insert into contract_document (organisation_id, document_id, person_id, document_sha256, pages, uploaded_by, uploaded_at,
                                   entry_id)
    values (${organisationId}::uuid, ${document.documentId}::uuid, ${document.personId}::uuid,
            decode(${document.sha256}, 'hex'), ${document.pages}, ${uploadedBy}::uuid, ${document.uploadedAt}::timestamptz,
            ${document.entryId}::uuid)`.execute(trx)
  await sql`
    insert into contract_page_content (organisation_id, document_id, page, page_text)
    select ${organisationId}::uuid, ${document.documentId}::uuid, each.page, each.page_text
    from unnest(${[...pageTexts]}::text[]) with ordinality as each (page_text, page)`.execute(trx)
}

const documentColumns = sql`
  contract_document.document_id as "documentId", contract_document.person_id as "personId", document.title, document.language,
  encode(contract_document.document_sha256, 'hex') as sha256, octet_length(document.bytes) as "byteLength",
  contract_document.pages, contract_document.uploaded_at as "uploadedAt", contract_document.entry_id as "entryId"`

const documentTables = sql`contract_document
  join document on document.organisation_id = contract_document.organisation_id
               and document.document_id = contract_document.document_id`

/** The contracts that were uploaded for a person and are still there, as they came. */
export async function listContractDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<ContractDocument[]> {
  const { rows } = await sql<ContractDocument>`
    select ${documentColumns} from ${documentTables}
    where contract_document.organisation_id = ${organisationId}::uuid
      and contract_document.person_id = ${personId}::uuid
    order by contract_document.document_id`.execute(trx)
  return rows
}

/** An uploaded contract with the text of each page. Throws `document-not-found`, also when its file has gone. */
export async function readContractDocument(
  trx: Transaction,
  organisationId: OrganisationId,
  documentId: DocumentId,
): Promise<ContractDocument & { readonly pageTexts: readonly string[] }> {
  const { rows } = await sql<ContractDocument & { readonly pageTexts: string[] }>`
    select ${documentColumns},
           (select coalesce(json_agg(page.page_text order by page.page), '[]'::json) from contract_page_content as page
            where page.organisation_id = contract_document.organisation_id
              and page.document_id = contract_document.document_id) as "pageTexts"
    from ${documentTables}
    where contract_document.organisation_id = ${organisationId}::uuid
      and contract_document.document_id = ${documentId}::uuid`.execute(trx)
  if (rows[0] === undefined) throw problem('document-not-found')
  return rows[0]
}
