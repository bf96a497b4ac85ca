import { addMilliseconds, type DocumentId, type Instant, type OrganisationId } from '#core'
import { preservationJobKind } from '#documents'
import type { Job } from '#jobs'
import { preserveDocument } from './preservation-actions.ts'
import { countWaiting, findDueDocuments, findNextDue } from './preservation-store.ts'
import { settingsOf, type PreservationDeps } from './preservation.ts'

/** Longer than a batch may take when every authority and responder lets us wait to the end. */
const lease_ms = 15 * 60_000

/** Whatever is left of a lease, no batch begins after this. */
const workingTime_ms = 5 * 60_000

/**
 * The work of keeping documents provable: those that are due, a few at a time, until none is or nobody answers. One that
 * fails is put off by itself and keeps no other waiting; when others are down, the round ends and all wait for the next.
 */
export function preservationJob(deps: PreservationDeps): Job {
  return {
    kind: preservationJobKind,
    lease_ms,
    work: (organisationId) => preservationRound(deps, organisationId),
  }
}

/** One round. Answers when the next document is due; null without documents. */
async function preservationRound(
  deps: PreservationDeps,
  organisationId: OrganisationId,
): Promise<Instant | null> {
  const { platform, database } = deps
  const settings = settingsOf(deps)
  const startedAt_ms = performance.now()
  let isOutage = false
  while (!isOutage && performance.now() - startedAt_ms < workingTime_ms) {
    const due = await database.readInOrganisation(organisationId, (trx) =>
      findDueDocuments(trx, organisationId, platform.clock(), settings.batch),
    )
    if (due.length === 0) break
    isOutage = await workOn(deps, organisationId, due)
  }
  const [nextDue, waiting] = await database.readInOrganisation(organisationId, async (trx) => [
    await findNextDue(trx, organisationId),
    await countWaiting(trx, organisationId),
  ])
  platform.metrics.set('beding_documents_waiting', waiting, { organisation: organisationId })
  const soonest = addMilliseconds(platform.clock(), isOutage ? settings.firstRetry_ms : 0)
  return nextDue === null || nextDue > soonest ? nextDue : soonest
}

/** Works on these, several at once. True when so many in a row met an outage that the others are left for later. */
async function workOn(
  deps: PreservationDeps,
  organisationId: OrganisationId,
  documents: readonly DocumentId[],
): Promise<boolean> {
  const { atOnce, outagesMax } = settingsOf(deps)
  const queue = [...documents]
  let outagesInRow = 0
  const errors: unknown[] = []
  const work = async (): Promise<void> => {
    while (outagesInRow < outagesMax && errors.length === 0) {
      const documentId = queue.shift()
      if (documentId === undefined) return
      try {
        const outcome = await preserveDocument(deps, organisationId, documentId)
        outagesInRow = outcome === 'outage' ? outagesInRow + 1 : 0
      } catch (error) {
        errors.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  // The round is put off by whoever runs it; documents that were done stay done.
  if (errors.length > 0) throw errors[0]
  return outagesInRow >= outagesMax
}
