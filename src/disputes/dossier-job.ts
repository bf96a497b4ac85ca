import type { Instant, OrganisationId } from '#core'
import { addMilliseconds } from '#core'
import type { AnchorDeps, AnchorOutcome } from '#anchors'
import { anchorMoment, anchorNow } from '#anchors'
import type { Job } from '#jobs'
import { freezeDocuments } from './dossier-document-store.ts'
import { freezeDossier, getDossier, unfrozenDossiers } from './dossier-store.ts'
import type { WaitingDossier } from './dossier-store.ts'
import { findSubjectEntries } from './dossier-view.ts'

/** The kind of background work that gives dossiers their anchor. */
export const dossierJobKind = 'dossier'

const lease_ms = 300_000
const repeat_ms = 1_000

/**
 * Gives each new dossier an anchor of its own checkpoint and freezes it. When no authority gave one, the dossier is
 * frozen all the same and says why: evidence that is a day weaker is better than none on the day of the hearing.
 */
export function dossierJob(deps: AnchorDeps): Job {
  return {
    kind: dossierJobKind,
    lease_ms,
    async work(organisationId): Promise<Instant | null> {
      const waiting = await deps.database.readInOrganisation(organisationId, (trx) => unfrozenDossiers(trx, organisationId)) // prettier-ignore
      for (const dossier of waiting.dossiers) {
        const outcome = await anchorNow(deps, organisationId, dossier.treeSize, dossier.logId)
        await freeze(deps, organisationId, dossier, reasonOf(outcome))
      }
      return waiting.more ? addMilliseconds(deps.platform.clock(), repeat_ms) : null
    },
  }
}

/** Why there is no timestamp; null when there is one. */
function reasonOf(outcome: AnchorOutcome): string | null {
  if (outcome.kind === 'unanchored') return outcome.because
  return outcome.timestamp === null ? 'no timestamp authority is configured; witnesses have signed it' : null
}

/** At a moment of the log's anchors, not of the clock: which of them count is then certain for ever. */
function freeze(
  deps: AnchorDeps,
  organisationId: OrganisationId,
  { dossierId, logId, treeSize }: WaitingDossier,
  unanchoredBecause: string | null,
): Promise<void> {
  return deps.database.inOrganisation(organisationId, async (trx) => {
    const frozenAt = await anchorMoment(trx, organisationId, logId, deps.platform.clock())
    if (!(await freezeDossier(trx, organisationId, dossierId, { frozenAt, unanchoredBecause }))) return
    // In the same transaction: what is in it is certain once it is frozen, also for the states of its documents.
    const { subject } = await getDossier(trx, organisationId, dossierId)
    const entries = await findSubjectEntries(trx, organisationId, subject, { logId, treeSize })
    const documentIds = new Set(entries.flatMap((entry) => entry.documentIds))
    await freezeDocuments(trx, organisationId, dossierId, [...documentIds])
  })
}
