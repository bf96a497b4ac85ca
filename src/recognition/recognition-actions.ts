import type { OrganisationId } from '#core'
import { problem } from '#core'
import type { Database } from '#database'
import type { Platform } from '#platform'
import { findOrganisation } from '#organisations'
import { nearestHeld } from './comparison-decisions.ts'
import type { DocumentExaminer } from './document-examiner.ts'
import type { FileIdentity } from './file-identity.ts'
import { findHeldDocuments } from './held-document-view.ts'
import { pinnedKeys } from './pinned-keys.ts'
import type { Pin } from './pinned-keys.ts'
import type { HeldDocument, Recognition, RecognitionOutcome, Verification } from './recognition.ts'
import { demandPdf } from './upload-decisions.ts'

export type RecognitionDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly examiner: DocumentExaminer
  /** The roots under which timestamps of this installation may stand. */
  readonly tsaRootsPem: string
}

/** A file somebody holds, and the organisation they say it is of, for files whose seal names none. */
export type Upload = {
  readonly bytes: Buffer
  readonly organisationId: OrganisationId | null
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

/**
 * Says whether a file is one of ours, which, and what changed. Looks only within the organisation that the file itself
 * names, keeps nothing, and logs nothing but the length, the beginning of the hash and the outcome. Throws
 * `document-not-a-pdf`, `document-not-examined` and `examination-busy`.
 */
export async function recogniseDocument(deps: RecognitionDeps, upload: Upload): Promise<Recognition> {
  const { bytes, signal } = upload
  demandPdf(bytes)
  const identity = await identify(deps, bytes, signal)
  const named = upload.organisationId === null ? identity.organisationIds : [upload.organisationId]
  const found = await lookUp(deps, named as readonly OrganisationId[], identity)
  const nearest = found === undefined ? undefined : nearestHeld(bytes, found.documents)
  const verification = await verify(deps, bytes, found?.pins ?? [], signal)
  const outcome = outcomeOf(named.length > 0, found, nearest?.comparison.kind === 'identical')
  deps.platform.metrics.count('beding_document_verifications_total', { outcome })
  deps.platform.log.info(
    {
      length: identity.length,
      sha256Start: identity.sha256.slice(0, 12),
      outcome,
      verification: verification.state === 'done' ? verification.accepted : verification.because,
    },
    'document verified',
  )
  return {
    outcome,
    length: identity.length,
    sha256: identity.sha256,
    organisation: found?.organisation ?? null,
    document: nearest?.document ?? null,
    comparison: nearest?.comparison ?? null,
    newest: nearest?.document.revisions.at(-1) ?? null,
    verification,
  }
}

async function identify(deps: RecognitionDeps, bytes: Buffer, signal: AbortSignal): Promise<FileIdentity> {
  const examination = await deps.examiner.examine({ kind: 'identify' }, bytes, signal)
  if (examination.kind === 'examined' && examination.answer.kind === 'identity')
    return examination.answer.identity
  throw problem('document-not-examined')
}

type Found = {
  readonly organisation: { readonly organisationId: OrganisationId; readonly name: string }
  readonly documents: readonly HeldDocument[]
  readonly pins: readonly Pin[]
}

/** The first of the organisations that is here, with its keys and what it holds of this file. */
async function lookUp(
  deps: RecognitionDeps,
  named: readonly OrganisationId[],
  identity: FileIdentity,
): Promise<Found | undefined> {
  const [organisationId, ...others] = named
  if (organisationId === undefined) return undefined
  const found = await deps.database.readInOrganisation(organisationId, async (trx) => {
    const organisation = await findOrganisation(trx, organisationId)
    if (organisation === undefined) return undefined
    return {
      organisation: { organisationId, name: organisation.name },
      documents: await findHeldDocuments(trx, organisationId, identity),
      pins: await pinnedKeys(trx, organisationId, deps.tsaRootsPem),
    }
  })
  return found ?? lookUp(deps, others, identity)
}

async function verify(
  deps: RecognitionDeps,
  bytes: Buffer,
  pins: readonly Pin[],
  signal: AbortSignal,
): Promise<Verification> {
  const examination = await deps.examiner.examine({ kind: 'verify', pins }, bytes, signal)
  if (examination.kind === 'stopped') return { state: 'stopped', because: examination.because }
  const { answer } = examination
  return answer.kind === 'report'
    ? { state: 'done', ...answer.report }
    : { state: 'stopped', because: 'answer' }
}

function outcomeOf(named: boolean, found: Found | undefined, identical: boolean): RecognitionOutcome {
  if (found === undefined) return named ? 'unknown-organisation' : 'no-organisation'
  if (found.documents.length === 0) return 'unknown-document'
  return identical ? 'identical' : 'altered'
}
