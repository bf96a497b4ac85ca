import { sql } from 'kysely'
import type { DocumentId, DossierId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { DocumentLanguage } from '#documents'

/** The document that was made as the report of a dossier in a language, if it was and is there still. */
export async function findReport(
  trx: Transaction,
  organisationId: OrganisationId,
  dossierId: DossierId,
  language: DocumentLanguage,
): Promise<DocumentId | undefined> {
  const { rows } = await sql<{ document_id: DocumentId }>`
    select dossier_report.document_id from dossier_report
    where dossier_report.organisation_id = ${organisationId}::uuid and dossier_report.dossier_id = ${dossierId}::uuid
      and dossier_report.language = ${language}`.execute(trx)
  return rows[0]?.document_id
}

/** Says which document is the report. A second one fails on `dossier_report_pk`. */
export async function insertReport(
  trx: Transaction,
  organisationId: OrganisationId,
  dossierId: DossierId,
  language: DocumentLanguage,
  documentId: DocumentId,
): Promise<void> {
  await sql`
    insert into dossier_report (organisation_id, dossier_id, language, document_id)
    values (${organisationId}::uuid, ${dossierId}::uuid, ${language}, ${documentId}::uuid)`.execute(trx)
}

/** Titles and SHA-256 (hex) of documents as they were sealed, in order of hash. What was erased is not there any more. */
export async function listTitles(
  trx: Transaction,
  organisationId: OrganisationId,
  documentIds: readonly string[],
): Promise<{ readonly title: string; readonly sha256: string }[]> {
  const { rows } = await sql<{ title: string; sha256: string }>`
    select document.title, encode(document.sha256, 'hex') as sha256 from document
    where document.organisation_id = ${organisationId}::uuid and document.document_id = any(${documentIds}::uuid[])
    order by document.sha256`.execute(trx)
  return rows
}
