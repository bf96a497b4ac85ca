import { addMilliseconds, sha256, type DocumentId, type OrganisationId } from '#core'
import { classifyDatabaseError } from '#database'
import { isRevisionConflict, loadDocumentFile, PdfStructureError, type DocumentFile } from '#documents'
import { gatherValidationData } from './gathering.ts'
import { keepFailure, keepProgress, newestTimestampOf, OvertakenError, type StepResult } from './keeping.ts'
import { renewalOf } from './preservation-decisions.ts'
import { findState } from './preservation-store.ts'
import {
  outages,
  settingsOf,
  type PreservationDeps,
  type PreservationPicture,
  type StepFailure,
} from './preservation.ts'
import { stampFile } from './stamping.ts'

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
  let known: PreservationPicture | undefined
  for (let step = 0; step < stepsMax; step += 1) {
    const picture = known ?? (await readPicture(deps, organisationId, documentId))
    if (picture === undefined || picture.state.dueAt > deps.platform.clock()) return 'rests'
    const outcome = await doStep(deps, organisationId, picture)
    if (outcome.kind === 'failed') {
      await keepFailure(deps, organisationId, picture, outcome)
      return outages.includes(outcome.because) ? 'outage' : 'failed'
    }
    known = outcome.kind === 'kept' ? outcome.picture : undefined
  }
  return 'rests'
}

/** What was kept is known without reading it again; a document that another worker went on with is read. */
type StepOutcome =
  | { readonly kind: 'kept'; readonly picture: PreservationPicture }
  | { readonly kind: 'overtaken' }
  | StepFailure

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
): Promise<StepOutcome> {
  const { file } = picture
  try {
    demandUnchanged(file)
    const result = await takeStep(deps, organisationId, picture)
    if (result.kind === 'failed') return result
    return { kind: 'kept', picture: await keepProgress(deps, organisationId, picture, result) }
  } catch (error) {
    // Somebody else did this step; what they did is read at the next turn.
    if (isRevisionConflict(error) || error instanceof OvertakenError) return { kind: 'overtaken' }
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

class ChangedFileError extends Error {
  override readonly name = 'ChangedFileError'
}

/** Nothing is stamped that is not, byte for byte, what was kept. */
function demandUnchanged({ bytes, revision }: DocumentFile): void {
  if (bytes.length !== revision.length || !sha256(bytes).equals(revision.sha256))
    throw new ChangedFileError('the bytes that are stored are not those that were kept')
}

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
