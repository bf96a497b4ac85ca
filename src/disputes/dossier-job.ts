import type { DossierId, Instant, OrganisationId } from '#core'
import { addMilliseconds } from '#core'
import type { AnchorDeps, AnchorOutcome } from '#anchors'
import { anchorNow } from '#anchors'
import type { Job } from '#jobs'
import { freezeDossier, unfrozenDossiers } from './dossier-store.ts'

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
      for (const { dossierId, treeSize } of waiting.dossiers) {
        await freeze(
          deps,
          organisationId,
          dossierId,
          reasonOf(await anchorNow(deps, organisationId, treeSize)),
        )
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

function freeze(
  deps: AnchorDeps,
  organisationId: OrganisationId,
  dossierId: DossierId,
  unanchoredBecause: string | null,
): Promise<void> {
  const frozenAt = deps.platform.clock()
  return deps.database.inOrganisation(organisationId, (trx) =>
    freezeDossier(trx, organisationId, dossierId, { frozenAt, unanchoredBecause }),
  )
}
