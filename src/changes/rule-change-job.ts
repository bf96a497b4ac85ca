import type { OrganisationId } from '#core'
import { civilDateIn, nextHalfPast } from '#core'
import { classifyDatabaseError } from '#database'
import type { Job } from '#jobs'
import { ruleSets } from '#legal-checks'
import type { ChangeDeps } from './change-job.ts'
import { reEvaluationKind } from './change-job.ts'
import { evaluateAgain } from './evaluation-actions.ts'
import { anyAwaited, requeueDue } from './queue-store.ts'
import type { WatchPosition } from './watch-store.ts'
import { anyWatched, claimOutdated, currentBases, firstWatch } from './watch-store.ts'

/** How many agreements are evaluated in one transaction: what is in memory at once, and what a crash can undo. */
export const reEvaluationBatch = 100
const requeueBatch = 500

/**
 * The nightly work, due at 04:30 in the Netherlands and when the service starts: changes whose day has come go back into the
 * queue, and agreements whose newest evaluation rests on another version of the rules or another regime are evaluated again, in
 * batches of one transaction each. What was cut off goes on where it was, because what is done is no longer found.
 */
export function reEvaluationJob(deps: ChangeDeps): Job {
  const { platform, database } = deps
  return {
    kind: reEvaluationKind,
    lease_ms: 3_600_000,
    async work(organisationId) {
      const today = civilDateIn(platform.clock())
      const requeue = () => database.inOrganisation(organisationId, (trx) => requeueDue(trx, organisationId, today, requeueBatch)) // prettier-ignore
      while ((await requeue()) === requeueBatch);
      const failed = await reEvaluateOutdated(deps, organisationId)
      // Throwing has the round repeated later, and only what failed is left then.
      if (failed > 0) throw new Error(`${failed} agreements could not be evaluated again`)
      const goesOn = await database.readInOrganisation(
        organisationId,
        async (trx) => (await anyWatched(trx, organisationId)) || (await anyAwaited(trx, organisationId)),
      )
      return goesOn ? nextHalfPast(4, platform.clock()) : null
    },
  }
}

/** Evaluates every agreement again that rests on other rules. Answers how many failed; one that fails keeps no other. */
export async function reEvaluateOutdated(
  deps: ChangeDeps,
  organisationId: OrganisationId,
  batchSize: number = reEvaluationBatch,
): Promise<number> {
  let failed = 0
  let size = batchSize
  for (let after: WatchPosition | undefined = firstWatch; after !== undefined;) {
    try {
      after = await reEvaluateBatch(deps, organisationId, after, size)
      size = batchSize
    } catch (error) {
      if (isPassing(error)) throw error
      if (size > 1) size = 1
      else {
        failed += 1
        after = await passOver(deps, organisationId, after!, error)
      }
    }
  }
  return failed
}

const isPassing = (error: unknown): boolean =>
  ['unknown-outcome', 'definitely-not-committed'].includes(classifyDatabaseError(error).kind)

/** One batch in one transaction. Answers where the next begins; undefined when nothing is left. */
async function reEvaluateBatch(
  { platform, database }: ChangeDeps,
  organisationId: OrganisationId,
  after: WatchPosition,
  size: number,
): Promise<WatchPosition | undefined> {
  return database.inOrganisation(organisationId, async (trx) => {
    const bases = currentBases(ruleSets, civilDateIn(platform.clock()))
    const claimed = await claimOutdated(trx, organisationId, bases, after, size)
    if (claimed.length === 0) return undefined
    await evaluateAgain(platform, trx, organisationId, new Map(claimed.map(({ agreementId }) => [agreementId, []]))) // prettier-ignore
    return claimed.at(-1)
  })
}

/** Leaves the next one out and says so. */
async function passOver(
  { platform, database }: ChangeDeps,
  organisationId: OrganisationId,
  after: WatchPosition,
  error: unknown,
): Promise<WatchPosition | undefined> {
  const bases = currentBases(ruleSets, civilDateIn(platform.clock()))
  const [next] = await database.inOrganisation(organisationId, (trx) => claimOutdated(trx, organisationId, bases, after, 1)) // prettier-ignore
  platform.log.error({ err: error, agreementId: next?.agreementId }, 'an agreement could not be evaluated again') // prettier-ignore
  return next
}
