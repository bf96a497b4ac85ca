import type { AssignmentId, EntryId, OrganisationId } from '#core'
import { addDays, civilDateIn, nextHalfPast, ProblemError } from '#core'
import type { Database } from '#database'
import type { Job } from '#jobs'
import type { Platform } from '#platform'
import { lapseJobKind } from './assignment-store.ts'
import { endCeremonies } from './end-actions.ts'
import { anyOpen, findLapsed } from './end-store.ts'

export type LapseDeps = { readonly platform: Platform; readonly database: Database }

/** How many days after the day by which it had to be answered a ceremony ends by itself (decision 0114). */
export const lapsesAfter_days = 30
const batchSize = 500

/** The nightly work that ends what was never answered. Due at 03:30 in the Netherlands, as long as anything is open. */
export function lapseJob(deps: LapseDeps): Job {
  const { platform, database } = deps
  return {
    kind: lapseJobKind,
    lease_ms: 600_000,
    async work(organisationId) {
      for (;;) {
        const ended = await lapseDue(deps, organisationId)
        if (ended.length < batchSize) break
      }
      const open = await database.readInOrganisation(organisationId, (trx) => anyOpen(trx, organisationId))
      return open ? nextHalfPast(3, platform.clock()) : null
    },
  }
}

/**
 * Ends one batch of ceremonies whose term has run, with one entry. Answers which. Whoever answers in that very moment is
 * first: then nothing of the batch ends, and the next round takes the others.
 */
export async function lapseDue(
  { platform, database }: LapseDeps,
  organisationId: OrganisationId,
): Promise<readonly AssignmentId[]> {
  try {
    return await database.inOrganisation(organisationId, async (trx) => {
      const endedAt = platform.clock()
      const today = civilDateIn(endedAt)
      const lapsed = await findLapsed(
        trx,
        organisationId,
        addDays(today, -lapsesAfter_days),
        today,
        batchSize,
      )
      if (lapsed.length === 0) return []
      await endCeremonies(platform, trx, organisationId, {
        how: 'lapsed',
        ends: lapsed.map((assignmentId) => ({ assignmentId, supersededBy: null })),
        reason: null,
        endedBy: null,
        endedAt,
        entryId: platform.newId() as EntryId,
      })
      return lapsed
    })
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'ceremony-ended') return []
    throw error
  }
}
