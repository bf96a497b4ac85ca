import type { CivilDate, ProblemDetail } from '#core'
import { covenants } from './claim-decisions.ts'
import type { ExitClause, ExitStatement } from './exit.ts'

export type ExitFacts = {
  readonly today: CivilDate
  readonly firstDay: CivilDate | null
  readonly clauses: readonly ExitClause[]
}

/**
 * What of a stated end cannot be: days in the wrong order, a notice or a payment on a day to come, or a clause that cannot be
 * invoked because this employment has no such covenant. The last day itself may lie ahead or behind. Empty when nothing
 * stands in the way.
 */
export function exitDefects(statement: ExitStatement, facts: ExitFacts): ProblemDetail[] {
  const { lastDay, statedOn, noticeOn, compensationPaidOn, invokes } = statement
  const { today, firstDay, clauses } = facts
  const errors: ProblemDetail[] = []
  const refuse = (code: string, pointer: string, message: string) => errors.push({ code, message, pointer })
  if (firstDay !== null && lastDay < firstDay)
    refuse('day-unfit', '/lastDay', `The employment began on ${firstDay}; it cannot end before.`)
  if (statedOn > lastDay)
    refuse('day-unfit', '/statedOn', 'The end was stated on the last day or before. Leave it out when that is not known.') // prettier-ignore
  for (const [name, day] of Object.entries({ statedOn, noticeOn, compensationPaidOn }))
    if (day !== null && day > today)
      refuse('day-unfit', `/${name}`, `Today is ${today}: this has not happened yet.`)
  for (const [position, clauseId] of invokes.entries()) {
    const clause = clauses.find((each) => each.clauseId === clauseId)
    if (clause === undefined)
      refuse('clause-unknown', `/invokes/${position}`, 'No annex of this employment has this clause.')
    else if (!covenants.includes(clause.kind))
      refuse('clause-unfit', `/invokes/${position}`, `A ${clause.kind} is not invoked; it goes on or ends by itself. Name covenants only.`) // prettier-ignore
  }
  return errors
}
