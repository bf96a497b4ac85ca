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
import type { ExecutedCopy, Party, PartyRecord } from './executed-copy.ts'

export type CopyDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
  readonly pool: Pick<RenderPool, 'render'>
}

/** A sealed copy that nobody has written yet. */
export type PreparedCopy = {
  readonly parties: readonly Party[]
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
  deps: CopyDeps,
  organisationId: OrganisationId,
  parties: readonly Party[],
): Promise<PreparedCopy | ExecutedCopy | ProblemError> {
  const { platform, database, pool } = deps
  try {
    const material = await database.readInOrganisation(organisationId, async (trx) => {
      await requireStanding(trx, organisationId, parties)
      const made = await findMade(trx, organisationId, parties)
      if (made !== undefined) return { made }
      const { records, sheet } = await judge(trx, organisationId, parties)
      const edition = await loadDocument(trx, organisationId, records[0]!.act.documentId)
      return { edition, sheet, key: await loadSealKey(platform, trx, organisationId) }
    })
    if ('made' in material) return material.made
    const { edition, sheet, key } = material
    const input = sheetInput(edition, sheet)
    const rendered = await pool.render(input)
    const madeAt = platform.clock()
    const unsealed = { bytes: appendSheet(edition.bytes, rendered.bytes) }
    const sealed = await sealDocument(key, unsealed, { at: madeAt, name: sheet.organisationName })
    return { parties, madeAt, edition, title: documentTitle(input), sealed }
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}

/** The copy that was made of these acts. Throws `executed-copy-differs` when it names the parties otherwise. */
async function findMade(
  trx: Transaction,
  organisationId: OrganisationId,
  parties: readonly Party[],
): Promise<ExecutedCopy | undefined> {
  const made = await findCopyOfActs(trx, organisationId, actsSha256Of(parties))
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
async function requireStanding(
  trx: Transaction,
  organisationId: OrganisationId,
  parties: readonly Party[],
): Promise<void> {
  const acts = await readParties(trx, organisationId, parties)
  await requireActsUndenied(trx, organisationId, acts, (position) => `/parties/${position}/actId`)
}

async function judge(
  trx: Transaction,
  organisationId: OrganisationId,
  parties: readonly Party[],
): Promise<{ readonly records: readonly PartyRecord[]; readonly sheet: SheetFacts }> {
  const records = await readParties(trx, organisationId, parties)
  const { withdrawnFrom = null } = await getVersionById(trx, organisationId, records[0]!.versionId)
  const outcome = decideExecution(records, withdrawnFrom)
  if (outcome.kind === 'refused')
    throw problem(outcome.code, outcome.errors === undefined ? {} : { errors: outcome.errors })
  return { records, sheet: outcome.sheet }
}

function sheetInput(edition: StoredDocument, sheet: SheetFacts): SignatureSheetInput {
  if (edition.sha256.toString('hex') !== sheet.documentSha256)
    throw new Error('the document of an act is not the one that its entry names')
  const { language, bytes } = edition
  return { kind: 'signature-sheet', language, documentLength: bytes.length, ...sheet }
}

/**
 * The short half, in one transaction: keeps the copy if its acts still allow it, and records it in the ledger. When
 * another request was first, that one's copy is the answer and nothing is written.
 */
export async function keepCopy(
  deps: CopyDeps,
  trx: Transaction,
  caller: Caller,
  prepared: PreparedCopy,
): Promise<{ readonly copy: ExecutedCopy; readonly isNew: boolean }> {
  const { platform } = deps
  const { organisationId } = caller
  const { parties, edition, sealed, madeAt } = prepared
  await lockErasures(trx, organisationId)
  await requireStanding(trx, organisationId, parties)
  const made = await findMade(trx, organisationId, parties)
  if (made !== undefined) return { copy: made, isNew: false }
  const { records } = await judge(trx, organisationId, parties)
  const documentId = platform.newId() as DocumentId
  const copy = {
    executedCopyId: platform.newId(),
    versionId: records[0]!.versionId,
    edition: { documentId: edition.documentId, sha256: edition.sha256.toString('hex') },
    parties,
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
