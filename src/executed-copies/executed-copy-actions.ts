import type { ActId, DocumentId, EntryId, Instant, OrganisationId } from '#core'
import { problem, ProblemError } from '#core'
import type { Database, Transaction } from '#database'
import type {
  DocumentFile,
  RenderPool,
  SealedDocument,
  SignatureSheetInput,
  StoredDocument,
} from '#documents'
import {
  appendSheet,
  documentTitle,
  loadDocument,
  loadDocumentFile,
  loadSealKey,
  sealDocument,
  storeDocument,
} from '#documents'
import { appendEntries, indexesInOpenLog } from '#evidence'
import { requireActsUndenied } from '#denials'
import type { Caller, Paging } from '#http'
import type { Platform } from '#platform'
import { getVersionById } from '#policies'
import { decideExecution, type SheetFacts } from './executed-copy-decisions.ts'
import { executionEntry } from './executed-copy-entry.ts'
import { actsSha256Of, insertCopy, lockErasures } from './executed-copy-store.ts'
import { findCopyOfActs, getCopy, readParties } from './executed-copy-view.ts'
import type { CopyRequest, ExecutedCopy, PartyRecord } from './executed-copy.ts'

export type CopyDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
  readonly pool: Pick<RenderPool, 'render'>
}

/** A sealed copy that nobody has written yet. */
export type PreparedCopy = {
  readonly request: CopyRequest
  readonly madeAt: Instant
  readonly edition: StoredDocument
  readonly title: string
  readonly sealed: SealedDocument
}

/**
 * The slow half, outside any transaction: renders the sheet of what the acts say, puts it behind the bytes that were
 * shown, and seals the whole. Gives the copy itself where one was made of these acts. A refusal is returned and not
 * thrown, because the request may be a repetition of one that succeeded.
 */
export async function prepareCopy(
  deps: Pick<CopyDeps, 'platform' | 'database' | 'pool'>,
  organisationId: OrganisationId,
  request: CopyRequest,
): Promise<PreparedCopy | ExecutedCopy | ProblemError> {
  const { platform, database, pool } = deps
  try {
    const material = await database.readInOrganisation(organisationId, async (trx) => {
      const records = await standingParties(trx, organisationId, request)
      const made = await findMade(trx, organisationId, request, records)
      if (made !== undefined) return { made }
      const sheet = await judge(trx, organisationId, request, records)
      const edition = await loadDocument(trx, organisationId, sheet.documentId)
      if (edition.kind === 'contract-upload') throw problem('document-not-made-here')
      return { edition, sheet, key: await loadSealKey(platform, trx, organisationId) }
    })
    if ('made' in material) return material.made
    const { edition, sheet, key } = material
    const input = sheetInput(edition, sheet)
    const rendered = await pool.render(input)
    const madeAt = platform.clock()
    const unsealed = { bytes: appendSheet(edition.bytes, rendered.bytes) }
    const sealed = await sealDocument(key, unsealed, { at: madeAt, name: sheet.organisationName })
    return { request, madeAt, edition, title: documentTitle(input), sealed }
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}

/** The copy that was made of these acts. Throws `executed-copy-differs` when it names the parties otherwise. */
async function findMade(
  trx: Transaction,
  organisationId: OrganisationId,
  { parties, documentId }: CopyRequest,
  records: readonly PartyRecord[],
): Promise<ExecutedCopy | undefined> {
  const shown = documentId ?? records[0]!.act.documentId
  const made = await findCopyOfActs(trx, organisationId, actsSha256Of(parties), shown)
  const capacityOf = new Map(made?.parties.map(({ actId, capacity }) => [actId, capacity]))
  if (made !== undefined && parties.some(({ actId, capacity }) => capacityOf.get(actId) !== capacity))
    throw problem('executed-copy-differs', {
      errors: [
        { code: 'executed-copy', message: `The copy is ${made.executedCopyId}.`, pointer: '/parties' },
      ],
    })
  return made
}

/** Throws `act-denied` when a party denies their act; what they say from here on waits for this transaction. */
async function standingParties(
  trx: Transaction,
  organisationId: OrganisationId,
  { parties }: CopyRequest,
): Promise<readonly PartyRecord[]> {
  const records = await readParties(trx, organisationId, parties)
  await requireActsUndenied(trx, organisationId, records, (position) => `/parties/${position}/actId`)
  return records
}

async function judge(
  trx: Transaction,
  organisationId: OrganisationId,
  { documentId }: CopyRequest,
  records: readonly PartyRecord[],
): Promise<SheetFacts> {
  const { versionId } = records[0]!
  const { withdrawnFrom = null } =
    versionId === null ? {} : await getVersionById(trx, organisationId, versionId)
  const outcome = decideExecution(records, withdrawnFrom, documentId)
  if (outcome.kind === 'refused')
    throw problem(outcome.code, outcome.errors === undefined ? {} : { errors: outcome.errors })
  return outcome.sheet
}

function sheetInput(edition: StoredDocument, sheet: SheetFacts): SignatureSheetInput {
  if (edition.sha256.toString('hex') !== sheet.documentSha256)
    throw new Error('the document of an act is not the one that its entry names')
  const { language, bytes } = edition
  const { documentId: _documentId, ...printed } = sheet
  return { kind: 'signature-sheet', language, documentLength: bytes.length, ...printed }
}

/**
 * The short half, in one transaction: keeps the copy if its acts still allow it, and records it in the ledger. When
 * another request was first, that one's copy is the answer and nothing is written.
 */
export async function keepCopy(
  deps: Pick<CopyDeps, 'platform'>,
  trx: Transaction,
  caller: Pick<Caller, 'organisationId' | 'clientId'>,
  prepared: PreparedCopy,
): Promise<{ readonly copy: ExecutedCopy; readonly isNew: boolean }> {
  const { platform } = deps
  const { organisationId } = caller
  const { request, edition, sealed, madeAt } = prepared
  await lockErasures(trx, organisationId)
  const records = await standingParties(trx, organisationId, request)
  const made = await findMade(trx, organisationId, request, records)
  if (made !== undefined) return { copy: made, isNew: false }
  const { bundleSha256 } = await judge(trx, organisationId, request, records)
  const documentId = platform.newId() as DocumentId
  const copy = {
    executedCopyId: platform.newId(),
    versionId: records[0]!.versionId,
    bundleSha256,
    edition: { documentId: edition.documentId, sha256: edition.sha256.toString('hex') },
    parties: request.parties,
    documentSha256: sealed.sha256.toString('hex'),
    byteLength: sealed.bytes.length,
    documentId,
    madeBy: caller.clientId,
    madeAt,
    entryId: platform.newId() as EntryId,
  }
  const record = { documentId, kind: 'executed-copy', title: prepared.title, language: edition.language, createdAt: madeAt } as const // prettier-ignore
  await storeDocument(trx, organisationId, record, sealed)
  const refs = await indexesInOpenLog(trx, organisationId, records.map(({ act }) => act.entry.entryId)) // prettier-ignore
  await appendEntries(platform, trx, organisationId, [executionEntry(copy, refs)])
  // After the entry, because the row points at it.
  await insertCopy(trx, organisationId, copy)
  return { copy, isNew: true }
}

/**
 * Makes a copy, or gives the one that exists: both halves, for work that is not a request. Throws what `prepareCopy` gives back as a
 * refusal.
 */
export async function makeCopy(
  deps: Pick<CopyDeps, 'platform' | 'database' | 'pool'>,
  maker: Pick<Caller, 'organisationId' | 'clientId'>,
  request: CopyRequest,
): Promise<ExecutedCopy> {
  const prepared = await prepareCopy(deps, maker.organisationId, request)
  if (prepared instanceof ProblemError) throw prepared
  if (!('sealed' in prepared)) return prepared
  return deps.database.inOrganisation(maker.organisationId, async (trx) => {
    const { copy } = await keepCopy(deps, trx, maker, prepared)
    return copy
  })
}

/** The file of a copy as it is now. Throws `executed-copy-not-found` for who is no party, `content-erased` once it went. */
export async function ownCopyFile(
  database: Database,
  organisationId: OrganisationId,
  actId: ActId,
  executedCopyId: string,
): Promise<DocumentFile> {
  return database.readInOrganisation(organisationId, async (trx) => {
    const { parties, documentId } = await getCopy(trx, organisationId, executedCopyId)
    // Who is no party is told nothing, not even that it exists.
    if (parties.every((party) => party.actId !== actId)) throw problem('executed-copy-not-found')
    if (documentId === null) throw problem('content-erased')
    return loadDocumentFile(trx, organisationId, documentId)
  })
}
