import { addMilliseconds, sha256, type DocumentId, type OrganisationId } from '#core'
import { classifyDatabaseError } from '#database'
import {
  insertRevision,
  isRevisionConflict,
  levelOfFile,
  loadDocumentFile,
  PdfStructureError,
  type AppendedRevision,
  type DocumentFile,
  type RevisionTimestamp,
} from '#documents'
import { recordEvent } from '#webhooks'
import { gatherValidationData, type GatheredFile } from './gathering.ts'
import { decideNextStep, renewalOf, retryAt } from './preservation-decisions.ts'
import { findState, saveFailure, saveProgress } from './preservation-store.ts'
import {
  outages,
  settingsOf,
  type PreservationDeps,
  type PreservationPicture,
  type StepFailure,
} from './preservation.ts'
import { stampFile, type StampedFile } from './stamping.ts'

/** How it ended for a document: nothing more to do now, or a step failed, for a passing cause or for one of its own. */
export type DocumentOutcome = 'rests' | 'outage' | 'failed'

/** Sealed to B-LTA takes five steps; more in one go means that something goes round in circles. */
const stepsMax = 8

/**
 * Does what is due for a document, step by step, each kept in a transaction of its own; none is open while others are
 * asked. Whatever a step needs from others is validated before anything is kept; a step that fails leaves the file and its level
 * as they are, says why, and is tried again later. May be done again, and by two workers at once: the file goes on once.
 */
export async function preserveDocument(
  deps: PreservationDeps,
  organisationId: OrganisationId,
  documentId: DocumentId,
): Promise<DocumentOutcome> {
  for (let step = 0; step < stepsMax; step += 1) {
    const picture = await readPicture(deps, organisationId, documentId)
    if (picture === undefined || picture.state.dueAt > deps.platform.clock()) return 'rests'
    const failure = await doStep(deps, organisationId, picture)
    if (failure !== undefined) {
      await keepFailure(deps, organisationId, picture, failure)
      return outages.includes(failure.because) ? 'outage' : 'failed'
    }
  }
  return 'rests'
}

/** Undefined for a document that was erased meanwhile. */
async function readPicture(
  { database }: PreservationDeps,
  organisationId: OrganisationId,
  documentId: DocumentId,
): Promise<PreservationPicture | undefined> {
  return database.readInOrganisation(organisationId, async (trx) => {
    const state = await findState(trx, organisationId, documentId)
    if (state === undefined) return undefined
    return { state, file: await loadDocumentFile(trx, organisationId, documentId) }
  })
}

async function doStep(
  deps: PreservationDeps,
  organisationId: OrganisationId,
  picture: PreservationPicture,
): Promise<StepFailure | undefined> {
  const { file } = picture
  try {
    demandUnchanged(file)
    const result = await takeStep(deps, organisationId, picture)
    if (result.kind === 'failed') return result
    await keepProgress(deps, organisationId, picture, result)
    return undefined
  } catch (error) {
    // Somebody else did this step; what they did is read at the next turn.
    if (isRevisionConflict(error) || error instanceof OvertakenError) return undefined
    if (error instanceof PdfStructureError || error instanceof ChangedFileError)
      return { kind: 'failed', because: 'file-unreadable', detail: error.message }
    const failure = classifyDatabaseError(error).kind
    // Whether it was kept is read again in the next round.
    if (failure === 'unknown-outcome') throw error
    deps.platform.log.error({ err: error, documentId: file.documentId }, 'a step of preservation broke off')
    // One document that fails in a way nobody foresaw keeps no other waiting.
    return failure === 'definitely-not-committed'
      ? { kind: 'failed', because: 'storage-unavailable', detail: 'the database could not keep the revision' }
      : { kind: 'failed', because: 'fault', detail: 'something failed on our side; it stands in the log' }
  }
}

/** Another worker went on with the document; what was being written is rolled back. */
class OvertakenError extends Error {
  override readonly name = 'OvertakenError'
}

class ChangedFileError extends Error {
  override readonly name = 'ChangedFileError'
}

/** Nothing is stamped that is not, byte for byte, what was kept. */
function demandUnchanged({ bytes, revision }: DocumentFile): void {
  if (bytes.length !== revision.length || !sha256(bytes).equals(revision.sha256))
    throw new ChangedFileError('the bytes that are stored are not those that were kept')
}

type StepResult = StampedFile | GatheredFile | RestingFile
type RestingFile = { readonly kind: 'not-yet' }

async function takeStep(
  deps: PreservationDeps,
  organisationId: OrganisationId,
  { state, file }: PreservationPicture,
): Promise<StepResult | StepFailure> {
  const newest = newestTimestampOf(file)
  if (state.step === 'timestamp') return stampFile(deps, file, state.step, newest)
  if (state.step === 'validation-data') return gatherValidationData(deps, organisationId, file)
  const now = deps.platform.clock()
  const isDue = newest === null || renewalOf(newest, settingsOf(deps)).at <= now
  if (!isDue && state.requestedAt === null) return { kind: 'not-yet' }
  // Right before the renewal the file gets what is known now about the authority whose time-stamp is renewed.
  if (newest !== null && newest.chainEndsAt > now && !isFreshlyGathered(deps, file)) {
    const gathered = await gatherValidationData(deps, organisationId, file)
    if (gathered.kind === 'extended') return gathered
    // It rests with data that judge it already; that nobody answers today must not let it lapse.
    if (gathered.kind === 'failed' && gathered.because !== 'revocation-unavailable') return gathered
  }
  return stampFile(deps, file, state.step, newest)
}

const freshFor_ms = 86_400_000

function isFreshlyGathered({ platform }: PreservationDeps, { revision }: DocumentFile): boolean {
  return revision.kind === 'validation-data' && addMilliseconds(revision.at, freshFor_ms) > platform.clock()
}

function newestTimestampOf({ revisions }: DocumentFile): RevisionTimestamp | null {
  return revisions.findLast(({ timestamp }) => timestamp !== null)?.timestamp ?? null
}

async function keepProgress(
  deps: PreservationDeps,
  organisationId: OrganisationId,
  { state, file }: PreservationPicture,
  result: StepResult,
): Promise<void> {
  const { platform, database } = deps
  const now = platform.clock()
  const revision = result.kind === 'extended' ? toRevision(file, result, now) : undefined
  const facts = {
    level: revision?.level ?? levelOfFile(file.bytes),
    newestTimestamp: revision?.timestamp ?? newestTimestampOf(file),
    // A time-stamp that was just made is the one thing that the file holds nothing about yet.
    isCovered: revision?.kind !== 'timestamp',
  }
  // Data that were gathered for a renewal are followed by that renewal.
  const next =
    state.step === 'renewal' && revision?.kind === 'validation-data'
      ? { step: state.step, dueAt: now }
      : decideNextStep(facts, now, settingsOf(deps))
  await database.inOrganisation(organisationId, async (trx) => {
    if (revision !== undefined) await insertRevision(trx, organisationId, file, revision)
    if (!(await saveProgress(trx, organisationId, state, facts.level, next))) throw new OvertakenError()
  })
  const outcome = revision === undefined ? result.kind : state.step
  platform.metrics.count('beding_document_preservation_total', { outcome })
}

function toRevision(
  file: DocumentFile,
  result: Extract<StepResult, { kind: 'extended' }>,
  at: AppendedRevision['at'],
): AppendedRevision {
  if (!result.bytes.subarray(0, file.bytes.length).equals(file.bytes))
    throw new Error('an update changed the bytes before it')
  return {
    number: file.revision.number + 1,
    kind: result.revision,
    level: levelOfFile(result.bytes),
    length: result.bytes.length,
    sha256: sha256(result.bytes),
    bytes: result.bytes.subarray(file.bytes.length),
    at,
    timestamp: result.timestamp,
  }
}

/** Says why it waits: on the document, in the metrics, and to other systems when that is news. */
async function keepFailure(
  { platform, database, settings }: PreservationDeps,
  organisationId: OrganisationId,
  { state, file }: PreservationPicture,
  failure: StepFailure,
): Promise<void> {
  const { because, detail } = failure
  const { documentId } = state
  const now = platform.clock()
  const retry = retryAt(because, state.failures + 1, now, settingsOf({ settings: settings ?? {} }))
  platform.metrics.count('beding_document_preservation_total', { outcome: because })
  platform.log.warn(
    { documentId, step: state.step, because, detail },
    'a document could not be preserved further',
  )
  await database.inOrganisation(organisationId, async (trx) => {
    const kept = await saveFailure(trx, organisationId, state, failure, now, retry)
    const isNews = state.waiting?.because !== because && (kept.isAlone || !outages.includes(because))
    if (!kept.isKept || !isNews) return
    await recordEvent(platform, trx, organisationId, {
      type: 'document.preservation-delayed',
      subject: documentId,
      data: {
        documentId,
        level: file.revision.level,
        step: state.step,
        because,
        since: state.waiting?.since ?? now,
      },
    })
  })
}
