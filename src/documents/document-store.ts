import { sql } from 'kysely'
import { problem, type DocumentId, type Instant, type OrganisationId } from '#core'
import type { Transaction } from '#database'
import { scheduleJob } from '#jobs'
import type { DocumentKind, DocumentLanguage } from './document-inputs.ts'
import type { RenderedDocument } from './document-rendering.ts'
import { sealBytes, type SealedBytes } from './document-seal.ts'
import type { SealKey } from './seal-key-use.ts'
import { SealKeyFailure } from './seal-key.ts'
import type { SealStatement } from './seal-revision.ts'
import './document-tables.ts'

/** Sealed bytes with the key that sealed them. */
export type SealedDocument = SealedBytes & { readonly sealKeyId: string }

/** What is kept with the bytes of a document. */
export type DocumentRecord = {
  readonly documentId: DocumentId
  readonly kind: DocumentKind
  readonly title: string
  readonly language: DocumentLanguage
  readonly createdAt: Instant
}

/** A document as it is served: the bytes are those that were hashed and sealed. */
export type StoredDocument = DocumentRecord & {
  readonly mediaType: string
  readonly bytes: Buffer
  readonly sha256: Buffer
  readonly renderedLength: number
  readonly renderedSha256: Buffer
  /** Null, as its key is, of a file that came from elsewhere. */
  readonly sealLevel: 'B-B' | null
  readonly sealKeyId: string | null
}

/**
 * Seals a rendered document with the organisation's key, at PAdES B-B. Stores nothing. The key may be far away and take
 * its time: call this outside any transaction, with a key that `loadSealKey` gave before, and store the result in one.
 * Throws `seal-key-unavailable` when no signature comes that its certificate verifies; then there is no file.
 */
export async function sealDocument(
  key: SealKey,
  rendered: Pick<RenderedDocument, 'bytes'>,
  statement: SealStatement,
): Promise<SealedDocument> {
  try {
    return { ...(await sealBytes(rendered.bytes, key.signer, statement)), sealKeyId: key.keyId }
  } catch (error) {
    if (!(error instanceof SealKeyFailure)) throw error
    throw problem('seal-key-unavailable', { retryAfter_s: error.retryAfter_s, cause: error })
  }
}

/** The kind of background work that gives documents time-stamps; done by the room `preservation`. */
export const preservationJobKind = 'preservation'

/**
 * Keeps a sealed document for ever, and puts its first time-stamp into the calendar with it. The same id a second time is
 * refused by the database.
 */
export async function storeDocument(
  trx: Transaction,
  organisationId: OrganisationId,
  record: DocumentRecord,
  sealed: SealedDocument,
): Promise<void> {
  await trx
    .insertInto('document')
    .values({
      organisation_id: organisationId,
      document_id: record.documentId,
      kind: record.kind,
      media_type: 'application/pdf',
      title: record.title,
      language: record.language,
      bytes: sealed.bytes,
      sha256: sealed.sha256,
      rendered_length: sealed.renderedLength,
      rendered_sha256: sealed.renderedSha256,
      seal_level: sealed.level,
      seal_key_id: sealed.sealKeyId,
      created_at: record.createdAt,
    })
    .execute()
  await sql`
    insert into document_preservation (organisation_id, document_id, level, step, due_at)
    values (${organisationId}::uuid, ${record.documentId}::uuid, ${sealed.level}, 'timestamp', ${record.createdAt}::timestamptz)`.execute(
    trx,
  )
  await scheduleJob(trx, organisationId, preservationJobKind, record.createdAt)
}

/**
 * Keeps a file that came from elsewhere byte for byte as it is: without a seal of ours, which would change it, and without
 * time-stamps. The entry that says so holds its hash.
 */
export async function storeUploadedDocument(
  trx: Transaction,
  organisationId: OrganisationId,
  record: DocumentRecord & { readonly kind: 'contract-upload' },
  file: { readonly bytes: Buffer; readonly sha256: Buffer },
): Promise<void> {
  await trx
    .insertInto('document')
    .values({
      organisation_id: organisationId,
      document_id: record.documentId,
      kind: record.kind,
      media_type: 'application/pdf',
      title: record.title,
      language: record.language,
      bytes: file.bytes,
      sha256: file.sha256,
      rendered_length: file.bytes.length,
      rendered_sha256: file.sha256,
      seal_level: null,
      seal_key_id: null,
      created_at: record.createdAt,
    })
    .execute()
}

/** A document with its bytes. Throws `document-not-found`. */
export async function loadDocument(
  trx: Transaction,
  organisationId: OrganisationId,
  documentId: DocumentId,
): Promise<StoredDocument> {
  const row = await selectDocument(trx, organisationId)
    .where('document.document_id', '=', documentId)
    .executeTakeFirst()
  if (row === undefined) throw problem('document-not-found')
  return toDocument(row)
}

/** The documents with these ids that are there, in no order. */
export async function loadDocumentRows(
  trx: Transaction,
  organisationId: OrganisationId,
  documentIds: readonly DocumentId[],
): Promise<StoredDocument[]> {
  if (documentIds.length === 0) return []
  const rows = await selectDocument(trx, organisationId)
    .where(sql<boolean>`document.document_id = any(${documentIds}::uuid[])`)
    .execute()
  return rows.map(toDocument)
}

/** The document whose bytes have this SHA-256, or undefined. */
export async function findDocumentBySha256(
  trx: Transaction,
  organisationId: OrganisationId,
  sha256: Buffer,
): Promise<StoredDocument | undefined> {
  const row = await selectDocument(trx, organisationId)
    .where('document.sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : toDocument(row)
}

function selectDocument(trx: Transaction, organisationId: OrganisationId) {
  return trx
    .selectFrom('document')
    .select(['document.document_id', 'document.kind', 'document.media_type', 'document.title'])
    .select(['document.language', 'document.bytes', 'document.sha256', 'document.rendered_length'])
    .select(['document.rendered_sha256', 'document.seal_level', 'document.seal_key_id'])
    .select('document.created_at')
    .where('document.organisation_id', '=', organisationId)
}

type DocumentRow = NonNullable<Awaited<ReturnType<ReturnType<typeof selectDocument>['executeTakeFirst']>>>

function toDocument(row: DocumentRow): StoredDocument {
  return {
    documentId: row.document_id,
    kind: row.kind,
    mediaType: row.media_type,
    title: row.title,
    language: row.language,
    bytes: row.bytes,
    sha256: row.sha256,
    renderedLength: row.rendered_length,
    renderedSha256: row.rendered_sha256,
    sealLevel: row.seal_level,
    sealKeyId: row.seal_key_id,
    createdAt: row.created_at,
  }
}
