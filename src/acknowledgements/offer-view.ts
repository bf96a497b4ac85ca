import { sql } from 'kysely'
import type { DocumentId, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import { plainText, readPageTexts } from '#documents'
import type { Language } from '#people'
import type { OfferedDocument } from './offer.ts'

/**
 * The documents with these ids that this person can be asked about, with the text of their pages: what was made for somebody
 * else is not among them. By id.
 */
export async function findOfferedDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  documentIds: readonly DocumentId[],
): Promise<Map<DocumentId, OfferedDocument>> {
  const { rows } = await sql<{
    document_id: DocumentId
    kind: string
    title: string
    language: Language
    sha256: string
    bytes: Buffer
    person_id: PersonId | null
    page_texts: readonly string[] | null
  }>`
    select document.document_id, document.kind, document.title, document.language, encode(document.sha256, 'hex') as sha256,
           document.bytes, coalesce(letter.person_id, uploaded.person_id) as person_id,
           (select json_agg(page.page_text order by page.page) from contract_page_content as page
            where page.organisation_id = uploaded.organisation_id and page.document_id = uploaded.document_id) as page_texts
    from document
    left join contract_document as uploaded on uploaded.organisation_id = document.organisation_id
                                           and uploaded.document_id = document.document_id
    left join letter_document on letter_document.organisation_id = document.organisation_id
                             and letter_document.document_id = document.document_id
    left join letter on letter.organisation_id = letter_document.organisation_id
                    and letter.letter_id = letter_document.letter_id
    where document.organisation_id = ${organisationId}::uuid and document.document_id = any(${documentIds}::uuid[])
      and (coalesce(letter.person_id, uploaded.person_id) = ${personId}::uuid
           or (letter.person_id is null and uploaded.person_id is null
               and document.kind not in ('receipt', 'executed-copy', 'dossier-report')))`.execute(trx)
  return new Map(
    rows.map((row) => [
      row.document_id,
      {
        documentId: row.document_id,
        kind: row.kind,
        title: row.title,
        language: row.language,
        sha256: row.sha256,
        byteLength: row.bytes.length,
        pages: row.page_texts?.map(plainText) ?? pagesOf(row.bytes),
        personId: row.person_id,
      },
    ]),
  )
}

function pagesOf(bytes: Buffer): string[] | null {
  try {
    return readPageTexts(bytes)
  } catch {
    return null
  }
}
