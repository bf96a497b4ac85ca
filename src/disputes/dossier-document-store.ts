import { sql } from 'kysely'
import type { DocumentId, DossierId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { loadDocumentFiles, type DocumentFile, type WantedFile } from '#documents'
import type { DossierDocument } from './dossier.ts'

/** Keeps which state each of these documents has now: the one that the dossier holds for ever. Done again it changes nothing. */
export async function freezeDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  dossierId: DossierId,
  documentIds: readonly string[],
): Promise<void> {
  await sql`
    insert into dossier_document (organisation_id, dossier_id, document_id, revision_number)
    select document.organisation_id, ${dossierId}::uuid, document.document_id, (
      select max(document_revision.number) from document_revision
      where document_revision.organisation_id = document.organisation_id
        and document_revision.document_id = document.document_id)
    from document
    where document.organisation_id = ${organisationId}::uuid and document.document_id = any(${documentIds}::uuid[])
    on conflict on constraint dossier_document_pk do nothing`.execute(trx)
}

/** The states that a dossier holds. One that was frozen before documents had revisions holds the files as they were sealed. */
export async function frozenDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  dossierId: DossierId,
): Promise<(documentId: DocumentId) => WantedFile> {
  const { rows } = await sql<{ document_id: string; revision_number: number | null }>`
    select dossier_document.document_id, dossier_document.revision_number from dossier_document
    where dossier_document.organisation_id = ${organisationId}::uuid
      and dossier_document.dossier_id = ${dossierId}::uuid`.execute(trx)
  const numbers = new Map(rows.map((row) => [row.document_id, row.revision_number]))
  return (documentId) => ({ documentId, revisionNumber: numbers.get(documentId) ?? null })
}

/** The newest state of each document, for an archive that grows with time. */
export const newestDocuments = (documentId: DocumentId): WantedFile => ({
  documentId,
  revisionNumber: 'newest',
})

/** The documents in the states that are wanted, in order of hash. What was erased is not there any more. */
export async function loadDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  documentIds: readonly string[],
  wanted: (documentId: DocumentId) => WantedFile,
): Promise<(DossierDocument & { readonly documentId: string; readonly sealKeyId: string | null })[]> {
  const files = await loadDocumentFiles(
    trx,
    organisationId,
    documentIds.map((documentId) => wanted(documentId as DocumentId)),
  )
  return files.map(toDossierDocument).toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
}

function toDossierDocument({ documentId, document, bytes, revision, revisions }: DocumentFile) {
  return {
    documentId,
    sealKeyId: document.sealKeyId,
    sha256: document.sha256.toString('hex'),
    frozenLength: document.bytes.length,
    title: document.title,
    level: revision.level ?? (document.sealKeyId === null ? ('none' as const) : ('B-B' as const)),
    revisions: revisions.map(({ kind, length, sha256 }) => ({
      kind,
      length,
      sha256: sha256.toString('hex'),
    })),
    bytes,
  }
}
