import { sql } from 'kysely'
import { problem, type DocumentId, type OrganisationId } from '#core'
import { classifyDatabaseError, type Transaction } from '#database'
import { loadDocumentRows } from './document-store.ts'
import {
  assembleFile,
  type AppendedRevision,
  type DocumentFile,
  type DocumentRevision,
} from './document-revision.ts'
import './document-tables.ts'

/**
 * The file of a document at its newest revision, or at the one with this number: exactly that prefix. Throws
 * `document-not-found`, and `document-revision-not-found` for a number that it has not reached.
 */
export async function loadDocumentFile(
  trx: Transaction,
  organisationId: OrganisationId,
  documentId: DocumentId,
  number?: number,
): Promise<DocumentFile> {
  const [document] = await loadDocumentRows(trx, organisationId, [documentId])
  if (document === undefined) throw problem('document-not-found')
  const appended = await loadAppended(trx, organisationId, [documentId])
  const file = assembleFile(document, appended.get(documentId) ?? [], number)
  if (file === undefined) throw problem('document-revision-not-found')
  return file
}

/** Which file is wanted: up to the revision with this number, or, with null, as it was sealed, or else the newest. */
export type WantedFile = {
  readonly documentId: DocumentId
  readonly revisionNumber: number | null | 'newest'
}

/** The same for many; those that are not there (any more) are left out. In no order. */
export async function loadDocumentFiles(
  trx: Transaction,
  organisationId: OrganisationId,
  wanted: readonly WantedFile[],
): Promise<DocumentFile[]> {
  const ids = wanted.map(({ documentId }) => documentId)
  const documents = await loadDocumentRows(trx, organisationId, ids)
  const appended = await loadAppended(trx, organisationId, ids)
  const numbers = new Map(wanted.map(({ documentId, revisionNumber }) => [documentId, revisionNumber]))
  return documents.flatMap((document) => {
    const number = numbers.get(document.documentId)
    const added = number === null ? [] : (appended.get(document.documentId) ?? [])
    return assembleFile(document, added, typeof number === 'number' ? number : undefined) ?? []
  })
}

/** The revisions of a document, oldest first. Throws `document-not-found`. */
export async function listDocumentRevisions(
  trx: Transaction,
  organisationId: OrganisationId,
  documentId: DocumentId,
): Promise<readonly DocumentRevision[]> {
  return (await loadDocumentFile(trx, organisationId, documentId)).revisions
}

/** The document that had exactly these bytes at one of its sealed revisions, and at which. */
export async function findDocumentOfRevision(
  trx: Transaction,
  organisationId: OrganisationId,
  sha256: Buffer,
): Promise<{ readonly documentId: DocumentId; readonly number: number } | undefined> {
  const row = await trx
    .selectFrom('document_revision')
    .select(['document_revision.document_id', 'document_revision.number'])
    .where('document_revision.organisation_id', '=', organisationId)
    .where('document_revision.sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst()
  if (row !== undefined) return { documentId: row.document_id, number: row.number }
  const sealed = await trx
    .selectFrom('document')
    .select('document.document_id')
    .where('document.organisation_id', '=', organisationId)
    .where('document.sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst()
  if (sealed === undefined) return undefined
  const [document] = await loadDocumentRows(trx, organisationId, [sealed.document_id])
  const file = document && assembleFile(document, [])
  return file && { documentId: file.documentId, number: file.revision.number }
}

/**
 * Keeps a revision behind the file it was made for. Throws a DatabaseError of one of `revisionConflicts` when the file
 * has gone on meanwhile, and keeps nothing then.
 */
export async function insertRevision(
  trx: Transaction,
  organisationId: OrganisationId,
  base: DocumentFile,
  revision: AppendedRevision,
): Promise<void> {
  const { timestamp } = revision
  await trx
    .insertInto('document_revision')
    .values({
      organisation_id: organisationId,
      document_id: base.documentId,
      number: revision.number,
      kind: revision.kind,
      bytes: revision.bytes,
      base_sha256: base.revision.sha256,
      length: revision.length,
      sha256: revision.sha256,
      level: revision.level,
      authority: timestamp?.authority ?? null,
      development: timestamp?.development ?? null,
      proven_at: timestamp?.provenAt ?? null,
      chain_ends_at: timestamp?.chainEndsAt ?? null,
      algorithms: timestamp === null ? null : [...timestamp.algorithms],
      created_at: revision.at,
    })
    .execute()
}

const revisionConflicts = ['document_revision_pk', 'document_revision_continues']

/** True for an error of `insertRevision` that says that another worker was first. */
export function isRevisionConflict(error: unknown): boolean {
  const failure = classifyDatabaseError(error)
  return failure.kind === 'constraint' && revisionConflicts.includes(failure.constraint)
}

async function loadAppended(
  trx: Transaction,
  organisationId: OrganisationId,
  documentIds: readonly DocumentId[],
): Promise<Map<DocumentId, AppendedRevision[]>> {
  if (documentIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('document_revision')
    .select(['document_revision.document_id', 'document_revision.number', 'document_revision.kind'])
    .select(['document_revision.level', 'document_revision.length', 'document_revision.sha256'])
    .select(['document_revision.bytes', 'document_revision.authority', 'document_revision.development'])
    .select(['document_revision.proven_at', 'document_revision.chain_ends_at'])
    .select(['document_revision.algorithms', 'document_revision.created_at'])
    .where('document_revision.organisation_id', '=', organisationId)
    .where(sql<boolean>`document_revision.document_id = any(${documentIds}::uuid[])`)
    .orderBy('document_revision.document_id')
    .orderBy('document_revision.number')
    .execute()
  const revisions = rows.map((row): [DocumentId, AppendedRevision] => [
    row.document_id,
    {
      number: row.number,
      kind: row.kind,
      level: row.level,
      length: row.length,
      sha256: row.sha256,
      bytes: row.bytes,
      at: row.created_at,
      timestamp:
        row.authority === null
          ? null
          : {
              authority: row.authority,
              development: row.development!,
              provenAt: row.proven_at!,
              chainEndsAt: row.chain_ends_at!,
              algorithms: row.algorithms!,
            },
    },
  ])
  return new Map(
    [...Map.groupBy(revisions, ([documentId]) => documentId)].map(([documentId, group]) => [
      documentId,
      group.map(([, revision]) => revision),
    ]),
  )
}
