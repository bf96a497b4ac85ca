import type { OrganisationId } from '#core'
import { appendEntries } from '#evidence'
import type { Job } from '#jobs'
import { findingsReviewedKind, listReviews } from '#legal-checks'
import type { ChangeDeps } from './change-job.ts'
import { planSteps } from './task-actions.ts'
import { noSteps, settlingDecision } from './task-decisions.ts'
import { claimDecidedTasks } from './task-store.ts'

const batchSize = 100
const firstId = '00000000-0000-0000-0000-000000000000'

/** Closes tasks that decisions about findings have settled. Scheduled by whoever records one. */
export function findingsReviewedJob(deps: ChangeDeps): Job {
  return {
    kind: findingsReviewedKind,
    lease_ms: 600_000,
    async work(organisationId) {
      for (let after: string | undefined = firstId; after !== undefined;)
        after = await closeDecided(deps, organisationId, after)
      return null
    },
  }
}

/** One batch of tasks in one transaction. Answers where the next begins; undefined when nothing is left. */
async function closeDecided(
  { platform, database }: ChangeDeps,
  organisationId: OrganisationId,
  after: string,
): Promise<string | undefined> {
  return database.inOrganisation(organisationId, async (trx) => {
    const tasks = await claimDecidedTasks(trx, organisationId, after, batchSize)
    const inputs = tasks.flatMap(({ ground }) =>
      ground.reasons.flatMap(({ inputSha256 }) => (inputSha256 === null ? [] : [{ inputSha256 }])),
    )
    if (tasks.length === 0) return undefined
    const decisions = await listReviews(trx, organisationId, inputs)
    const steps = tasks.flatMap((task) => {
      const decision = settlingDecision(task, decisions)
      if (decision === null) return []
      const closing = { how: 'reviewed' as const, legalReviewId: decision.legalReviewId }
      return [{ subject: task.subject, legalCheckId: null, causes: [], steps: { ...noSteps, close: [{ task, closing }] } }] // prettier-ignore
    })
    const planned = planSteps(platform, organisationId, steps)
    if (planned.entries.length > 0) await appendEntries(platform, trx, organisationId, planned.entries)
    await planned.write(trx)
    return tasks.length === batchSize ? tasks.at(-1)!.taskId : undefined
  })
}
