import { sha256, type OrganisationId } from '#core'
import {
  insertRevision,
  levelOfFile,
  type AppendedRevision,
  type DocumentFile,
  type PadesLevel,
  type RevisionTimestamp,
} from '#documents'
import { recordEvent } from '#webhooks'
import type { GatheredFile } from './gathering.ts'
import { decideNextStep, retryAt, type NextStep } from './preservation-decisions.ts'
import { saveFailure, saveProgress } from './preservation-store.ts'
import {
  outages,
  settingsOf,
  type PreservationDeps,
  type PreservationPicture,
  type PreservationState,
  type StepFailure,
} from './preservation.ts'
import type { StampedFile } from './stamping.ts'

/** What a step gave: a revision, or nothing that is missing, or it is too early. */
export type StepResult = StampedFile | GatheredFile | { readonly kind: 'not-yet' }

/** Another worker went on with the document; what was being written is rolled back. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError'
}

/** What the newest time-stamp of a file says; null when there is none. */
export function newestTimestampOf({ revisions }: DocumentFile): RevisionTimestamp | null {
  return revisions.findLast(({ timestamp }) => timestamp !== null)?.timestamp ?? null
}

/**
 * Keeps a step and what comes next in one transaction, and answers how the document stands then. Throws an OvertakenError, or one that
 * `isRevisionConflict` knows, and keeps nothing, when another worker went on with the document meanwhile.
 */
export async function keepProgress(
  deps: PreservationDeps,
  organisationId: OrganisationId,
  { state, file }: PreservationPicture,
  result: StepResult,
): Promise<PreservationPicture> {
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
  return { state: afterwards(state, facts.level, next), file: extended(file, revision) }
}

/** The state as `saveProgress` leaves it. */
function afterwards(state: PreservationState, level: PadesLevel, next: NextStep): PreservationState {
  const requestedAt = next.step === 'renewal' ? state.requestedAt : null
  return { ...state, ...next, level, failures: 0, waiting: null, requestedAt }
}

function extended(file: DocumentFile, added: AppendedRevision | undefined): DocumentFile {
  if (added === undefined) return file
  const { bytes, ...revision } = added
  return {
    ...file,
    revision,
    revisions: [...file.revisions, revision],
    bytes: Buffer.concat([file.bytes, bytes]),
  }
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
export async function keepFailure(
  deps: PreservationDeps,
  organisationId: OrganisationId,
  { state, file }: PreservationPicture,
  failure: StepFailure,
): Promise<void> {
  const { platform, database } = deps
  const { because, detail } = failure
  const { documentId } = state
  const now = platform.clock()
  const retry = retryAt(because, state.failures + 1, now, settingsOf(deps))
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
