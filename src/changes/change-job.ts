import type { OrganisationId } from '#core'
import { civilDateIn, nextHalfPast } from '#core'
import type { Database, Transaction } from '#database'
import type { EmploymentChange } from '#employments'
import { employmentChangedKind, settleEmploymentChanges, takeEmploymentChanges } from '#employments'
import { appendEntries } from '#evidence'
import type { Job } from '#jobs'
import { scheduleJob } from '#jobs'
import type { Platform } from '#platform'
import { tellCauses } from './cause-view.ts'
import { stepsOfSize } from './council-actions.ts'
import { evaluateAgain } from './evaluation-actions.ts'
import { agreementsOf, awaitChanges, awaitEnds, lockSubjects } from './queue-store.ts'
import { planSteps } from './task-actions.ts'
import type { Cause } from './task.ts'

export type ChangeDeps = { readonly platform: Platform; readonly database: Database }

/** The kind of the nightly work: rules that changed, and changes whose day has come. */
export const reEvaluationKind = 're-evaluation'

/** Most changes that are dealt with in one transaction. */
const batchSize = 50

/** Evaluates again what a change touches. Scheduled by whoever records one; a round that was cut off goes on where it was. */
export function employmentChangedJob(deps: ChangeDeps): Job {
  return {
    kind: employmentChangedKind,
    lease_ms: 600_000,
    roundsAtOnce: 2,
    async work(organisationId) {
      while ((await dealWithChanges(deps, organisationId)) === batchSize);
      return null
    },
  }
}

/**
 * Deals with the oldest changes in one transaction: evaluates the agreements of their employments again, opens and closes tasks,
 * and takes the changes out of the queue. All or nothing, so what was cut off is done again from the start. A change that holds
 * from a day to come waits for it. Answers how many changes there were.
 */
export async function dealWithChanges(
  { platform, database }: ChangeDeps,
  organisationId: OrganisationId,
): Promise<number> {
  return database.inOrganisation(organisationId, async (trx) => {
    const changes = await takeEmploymentChanges(trx, organisationId, batchSize)
    if (changes.length === 0) return 0
    const { due, awaited } = await byDay(trx, organisationId, changes, platform)
    await lockSubjects(trx, organisationId, due.map((each) => each.employmentId ?? organisationId)) // prettier-ignore
    await evaluateAgain(platform, trx, organisationId, await askedBy(trx, organisationId, due))
    const ofSize = due.filter((change) => change.subject === 'organisation-fact')
    const planned = planSteps(platform, organisationId, await stepsOfSize(platform, trx, organisationId, ofSize)) // prettier-ignore
    if (planned.entries.length > 0) await appendEntries(platform, trx, organisationId, planned.entries)
    await planned.write(trx)
    await awaitChanges(trx, organisationId, awaited)
    await awaitEnds(trx, organisationId, due.flatMap((each) => each.employmentId ?? []), civilDateIn(platform.clock())) // prettier-ignore
    await settleEmploymentChanges(trx, organisationId, changes.map((change) => change.changeId)) // prettier-ignore
    await scheduleJob(trx, organisationId, reEvaluationKind, nextHalfPast(4, platform.clock()))
    return changes.length
  })
}

/** The changes that hold by now, and those that hold from a day to come. An agreement counts at once. */
async function byDay(
  trx: Transaction,
  organisationId: OrganisationId,
  changes: readonly EmploymentChange[],
  platform: Platform,
) {
  const today = civilDateIn(platform.clock())
  const told = await tellCauses(trx, organisationId, changes)
  const dueOn = (change: EmploymentChange) => told.get(change.subjectId)?.on ?? today
  return {
    due: changes.filter((change) => dueOn(change) <= today),
    awaited: changes
      .filter((change) => dueOn(change) > today)
      .map((change) => ({ ...change, dueOn: dueOn(change) })),
  }
}

/** The agreements that these changes touch, each with what changed in its employment. */
async function askedBy(
  trx: Transaction,
  organisationId: OrganisationId,
  changes: readonly EmploymentChange[],
): Promise<Map<string, readonly Cause[]>> {
  const byEmployment = Map.groupBy(
    changes.filter((change) => change.employmentId !== null),
    (change) => change.employmentId!,
  )
  const agreements = await agreementsOf(trx, organisationId, [...byEmployment.keys()])
  return new Map(
    agreements.map(({ agreementId, employmentId }) => [
      agreementId,
      byEmployment.get(employmentId)!.map(({ subject, subjectId }) => ({ subject, subjectId })),
    ]),
  )
}
