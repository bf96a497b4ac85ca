import { sql } from 'kysely'
import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import '#documents'
import type { FileIdentity } from './file-identity.ts'
import type { HeldDocument, HeldRevision } from './recognition.ts'

/** Documents with one identifier: the document, and copies of it that were executed. More are not compared. */
const candidatesMax = 4

/**
 * The documents of an organisation that a file can be: those whose identifier it carries, the likeliest first. Without an
 * identifier in it a file is none of ours, whatever else it looks like.
 */
export async function findHeldDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  identity: FileIdentity,
): Promise<HeldDocument[]> {
  if (identity.identifiers.length === 0) return []
  const length = sql<number>`octet_length(document.bytes)`
  const rows = await trx
    .selectFrom('document')
    .select(['document.document_id', 'document.kind', 'document.title', 'document.language'])
    .select(['document.bytes', 'document.sha256', 'document.seal_level'])
    .select(['document.rendered_length', 'document.rendered_sha256'])
    .where('document.organisation_id', '=', organisationId)
    .where('document.file_identifier', 'in', [...identity.identifiers])
    .orderBy(sql`document.sha256 = ${Buffer.from(identity.sha256, 'hex')}`, 'desc')
    .orderBy(sql`${length} = any(${[...identity.ends]}::bigint[])`, 'desc')
    .orderBy('document.created_at')
    .orderBy('document.document_id')
    .limit(candidatesMax)
    .execute()
  return rows.map((row) => ({
    documentId: row.document_id,
    kind: row.kind,
    title: row.title,
    language: row.language,
    revisions: [
      revisionOf(0, 'rendering', row.rendered_length, row.rendered_sha256, null),
      revisionOf(1, 'seal', row.bytes.length, row.sha256, row.seal_level),
    ],
    bytes: row.bytes,
  }))
}

function revisionOf(
  number: number,
  kind: string,
  length: number,
  sha256: Buffer,
  level: string | null,
): HeldRevision {
  return { number, kind, length, sha256: sha256.toString('hex'), level }
}
