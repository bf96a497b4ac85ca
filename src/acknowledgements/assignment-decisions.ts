import type { CivilDate, ProblemCode } from '#core'
import type { AssignVersion } from './assignment.ts'

/** How many persons one request may name or reach; a larger audience is split by the caller. */
export const audienceSizeMax = 5_000

export type AssignmentFacts = {
  readonly today: CivilDate
  readonly withdrawn: boolean
  /** How many of the named persons exist in the organisation. */
  readonly personsFound: number
}

/** Says whether an assignment may be made, and if not, by which refusal. */
export function decideAssignment(command: AssignVersion, facts: AssignmentFacts): ProblemCode | undefined {
  if (facts.withdrawn) return 'version-withdrawn'
  if (command.dueDate < facts.today) return 'due-date-past'
  if (command.audience.kind === 'persons' && facts.personsFound < new Set(command.audience.personIds).size)
    return 'person-not-found'
  if (facts.personsFound === 0) return 'audience-empty'
  if (facts.personsFound > audienceSizeMax) return 'audience-too-large'
  return undefined
}
