import { sql } from 'kysely'
import type { DocumentId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { findDocumentOfRevision, loadDocumentFiles } from '#documents'
import type { DocumentFile } from '#documents'
import type { FileIdentity } from './file-identity.ts'
import type { HeldDocument } from './recognition.ts'

/** Documents with one identifier: the document, and copies of it that were executed. More are not compared. */
const candidatesMax = 4

/**
 * The documents of an organisation that a file can be: those whose identifier it carries, with all their revisions, the
 * likeliest ones if there are many. Without an identifier in it a file is none of ours, whatever else it looks like.
 */
export async function findHeldDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  identity: FileIdentity,
): Promise<HeldDocument[]> {
  if (identity.identifiers.length === 0) return []
  const exact = await findDocumentOfRevision(trx, organisationId, Buffer.from(identity.sha256, 'hex'))
  const candidates = exact === undefined ? await listCandidates(trx, organisationId, identity) : [exact.documentId] // prettier-ignore
  const wanted = candidates.map((documentId) => ({ documentId, revisionNumber: 'newest' as const }))
  return (await loadDocumentFiles(trx, organisationId, wanted)).map(toHeld)
}

async function listCandidates(
  trx: Transaction,
  organisationId: OrganisationId,
  { identifiers, ends }: FileIdentity,
): Promise<DocumentId[]> {
  const rows = await trx
    .selectFrom('document')
    .select('document.document_id')
    .where('document.organisation_id', '=', organisationId)
    .where('document.file_identifier', 'in', [...identifiers])
    .orderBy(sql`octet_length(document.bytes) = any(${[...ends]}::bigint[])`, 'desc')
    .orderBy('document.created_at')
    .orderBy('document.document_id')
    .limit(candidatesMax)
    .execute()
  return rows.map((row) => row.document_id)
}

function toHeld({ documentId, document, revisions, bytes }: DocumentFile): HeldDocument {
  const { kind, title, language } = document
  return {
    documentId,
    kind,
    title,
    language,
    revisions: revisions.map((revision) => ({
      number: revision.number,
      kind: revision.kind,
      length: revision.length,
      sha256: revision.sha256.toString('hex'),
      level: revision.level,
    })),
    bytes,
  }
}
