import type { Regime } from '#jurisdictions'
import type { OrganisationFactsOn } from '#employments'
import type { Reason } from './task.ts'

/** How many must work somewhere before a majority of them can ask for a representation (art. 35c WOR, FROM MEMORY). */
const representationFrom = 10

/**
 * What the size of the organisation asks for: nothing; that somebody is told that a works council has to be there (art. 2 WOR); or
 * that employees may ask for a representation. Null while the size is not known. An organisation that has the body needs none.
 */
export function councilReason(
  { headcount, employeeBody }: OrganisationFactsOn,
  regime: Pick<Regime, 'worksCouncilFrom'>,
): Reason | null {
  if (headcount === undefined || employeeBody === 'or') return null
  const reason = (ruleId: string): Reason => ({ ruleId, clauseId: null, result: 'lawyer', inputSha256: null })
  if (headcount >= regime.worksCouncilFrom) return reason('nl.wor-2.works-council-due')
  if (headcount >= representationFrom && employeeBody !== 'pvt') return reason('nl.wor-35c.representation')
  return null
}
