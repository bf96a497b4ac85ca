import { sql } from 'kysely'
import { problem, type DocumentId, type Instant, type OrganisationId } from '#core'
import type { Transaction } from '#database'
import { loadDocumentFile, type DocumentFile, type DocumentLanguage, type PadesLevel } from '#documents'
import { renewalOf, type Renewal } from './preservation-decisions.ts'
import type { PreservationSettings, PreservationStep, WaitingReason } from './preservation.ts'

/** A document as a list shows it. */
export type ListedDocument = {
  readonly documentId: string
  readonly kind: string
  readonly title: string
  readonly language: DocumentLanguage
  readonly createdAt: Instant
  readonly level: PadesLevel
  readonly next: NextOfDocument
  readonly waiting: WaitingDocument | null
}

/** What comes next, when, and for a renewal what ends. */
export type NextOfDocument = {
  readonly step: PreservationStep
  readonly at: Instant
  readonly because: Renewal['because'] | null
}

export type WaitingDocument = {
  readonly because: WaitingReason
  readonly detail: string
  readonly since: Instant
  readonly failures: number
  readonly retryAt: Instant
}

type ListRow = {
  document_id: string
  kind: string
  title: string
  language: DocumentLanguage
  created_at: Instant
  level: PadesLevel
  step: PreservationStep
  due_at: Instant
  failures: number
  waiting_because: WaitingReason | null
  waiting_detail: string | null
  waiting_since: Instant | null
  proven_at: Instant | null
  chain_ends_at: Instant | null
  algorithms: string[] | null
}

type Page = {
  readonly limit: number
  readonly before?: string
  readonly kind?: string
  readonly level?: PadesLevel
}

/** Documents, the newest first, of those before `before`, of one kind and at one level where that is asked. */
export async function listDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  settings: PreservationSettings,
  { limit, before, kind, level }: Page,
): Promise<ListedDocument[]> {
  const rows = await readRows(
    trx,
    organisationId,
    sql`(${before ?? null}::uuid is null or document_preservation.document_id < ${before ?? null}::uuid)
      and (${level ?? null}::text is null or document_preservation.level = ${level ?? null}::text)
      and (${kind ?? null}::text is null or document.kind = ${kind ?? null}::text)`,
    limit,
  )
  return rows.map((row) => toListed(row, settings))
}

/** A document with its file at the newest revision. Throws `document-not-found`. */
export async function readDocument(
  trx: Transaction,
  organisationId: OrganisationId,
  settings: PreservationSettings,
  documentId: DocumentId,
): Promise<{ readonly listed: ListedDocument; readonly file: DocumentFile }> {
  const [row] = await readRows(
    trx,
    organisationId,
    sql`document_preservation.document_id = ${documentId}::uuid`,
    1,
  )
  if (row === undefined) throw problem('document-not-found')
  return {
    listed: toListed(row, settings),
    file: await loadDocumentFile(trx, organisationId, documentId),
  }
}

async function readRows(
  trx: Transaction,
  organisationId: OrganisationId,
  condition: ReturnType<typeof sql>,
  limit: number,
): Promise<ListRow[]> {
  const { rows } = await sql<ListRow>`
    select document.document_id, document.kind, document.title, document.language, document.created_at,
           document_preservation.level, document_preservation.step, document_preservation.due_at,
           document_preservation.failures, document_preservation.waiting_because, document_preservation.waiting_detail,
           document_preservation.waiting_since, newest.proven_at, newest.chain_ends_at, newest.algorithms
    from document_preservation
    join document on document.organisation_id = document_preservation.organisation_id
                 and document.document_id = document_preservation.document_id
    left join lateral (
      select document_revision.proven_at, document_revision.chain_ends_at, document_revision.algorithms
      from document_revision
      where document_revision.organisation_id = document.organisation_id
        and document_revision.document_id = document.document_id and document_revision.kind = 'timestamp'
      order by document_revision.number desc limit 1) as newest on true
    where document_preservation.organisation_id = ${organisationId}::uuid and ${condition}
    order by document_preservation.document_id desc limit ${limit}`.execute(trx)
  return rows
}

function toListed(row: ListRow, settings: PreservationSettings): ListedDocument {
  return {
    documentId: row.document_id,
    kind: row.kind,
    title: row.title,
    language: row.language,
    createdAt: row.created_at,
    level: row.level,
    next: toNext(row, settings),
    waiting:
      row.waiting_because === null
        ? null
        : {
            because: row.waiting_because,
            detail: row.waiting_detail!,
            since: row.waiting_since!,
            failures: row.failures,
            retryAt: row.due_at,
          },
  }
}

/** A document that rests is looked at now and then; what comes next is its renewal. */
function toNext(row: ListRow, settings: PreservationSettings): NextOfDocument {
  const { step, proven_at: provenAt, chain_ends_at: chainEndsAt, algorithms } = row
  if (step !== 'renewal' || provenAt === null || chainEndsAt === null || algorithms === null)
    return { step, at: row.due_at, because: null }
  return { step, ...renewalOf({ provenAt, chainEndsAt, algorithms }, settings) }
}
