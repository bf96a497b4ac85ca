import type { OrganisationId } from '#core'
import { addMilliseconds, civilDateIn } from '#core'
import type { Transaction } from '#database'
import type { EmploymentChange } from '#employments'
import { readOrganisationFacts } from '#employments'
import { regimeOn } from '#jurisdictions'
import { ruleSets } from '#legal-checks'
import type { Platform } from '#platform'
import { councilReason } from './council-decisions.ts'
import { jurisdiction } from './evaluation-actions.ts'
import type { StepsOf } from './task-actions.ts'
import { noSteps } from './task-decisions.ts'
import { lockOpenTasks } from './task-store.ts'
import type { Reason } from './task.ts'

/**
 * What follows for the tasks of the organisation itself from facts about its size and its body of employees. A task opens when
 * the facts ask for something that they did not ask for before these were recorded, and closes when they ask no more.
 */
export async function stepsOfSize(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  changes: readonly EmploymentChange[],
): Promise<StepsOf[]> {
  if (changes.length === 0) return []
  const now = platform.clock()
  const on = civilDateIn(now)
  const regime = regimeOn(
    ruleSets.find((each) => each.jurisdiction === jurisdiction)!,
    on,
  )
  if (regime === undefined) return []
  const before = addMilliseconds(changes.map(({ recordedAt }) => recordedAt).toSorted()[0]!, -1)
  const asked = councilReason(await readOrganisationFacts(trx, { on, knownAt: before }), regime)
  const reason = councilReason(await readOrganisationFacts(trx, { on, knownAt: now }), regime)
  const [task] = await lockOpenTasks(trx, organisationId, [organisationId])
  const causes = changes.map(({ subjectId }) => ({ subject: 'organisation-fact' as const, subjectId }))
  const told = (steps: Partial<StepsOf['steps']>): StepsOf[] => [{ subject: null, legalCheckId: null, causes, steps: { ...noSteps, ...steps } }] // prettier-ignore
  if (task === undefined)
    return isNew(reason, asked) ? told({ open: [{ kind: 'notify', reasons: [reason] }] }) : []
  if (reason === null) return told({ close: [{ task, closing: { how: 'settled', legalCheckId: null } }] })
  if (task.ground.reasons.some(({ ruleId }) => ruleId === reason.ruleId)) return []
  return told({ reground: [{ task, reasons: [reason] }] })
}

function isNew(reason: Reason | null, before: Reason | null): reason is Reason {
  return reason !== null && reason.ruleId !== before?.ruleId
}
