import type { CivilDate } from '#core'
import { addMonths } from '#jurisdictions'
import type { PersonCase } from './case-view.ts'
import { lastDayOf, listInForce } from './case-view.ts'
import type { HeldClause, StandingAgreement, StandingAnnex } from './obligation.ts'

export const termStates = ['employment-runs', 'running', 'over', 'without-term'] as const

/** Until when a clause runs, and the list of relations that decides with it. */
export type ClauseTerm = {
  readonly agreement: StandingAgreement
  readonly standing: StandingAnnex
  readonly clause: HeldClause
  readonly lastDay: ReturnType<typeof lastDayOf>
  /** The last day on which it holds; null without a last day of the employment or without a term. */
  readonly runsUntil: CivilDate | null
  readonly state: (typeof termStates)[number]
  readonly list: StandingAnnex | null
}

/**
 * Until when each clause of the person runs, seen from the day of the question. Months are calendar months after the last day;
 * where the month has no such day it is the last of that month. The list is that of the last day, or of the day of the question
 * while the employment runs.
 */
export function termsOfCase(asked: PersonCase): ClauseTerm[] {
  return asked.standing.flatMap((agreement) =>
    agreement.annexes.flatMap((standing) =>
      standing.annex.clauses.map((clause) => termOf(asked, agreement, standing, clause)),
    ),
  )
}

function termOf(
  asked: PersonCase,
  agreement: StandingAgreement,
  standing: StandingAnnex,
  clause: HeldClause,
): ClauseTerm {
  const { employmentId } = agreement.agreement
  const lastDay = lastDayOf(asked, employmentId)
  const { months, relationListMark: mark } = clause
  const runsUntil = lastDay === null || months === null ? null : addMonths(lastDay.day, months)
  const list =
    mark === null ? null : (listInForce(asked, employmentId, mark, lastDay === null || lastDay.day > asked.on ? asked.on : lastDay.day) ?? null) // prettier-ignore
  return { agreement, standing, clause, lastDay, runsUntil, state: stateOf(asked.on, lastDay?.day ?? null, months, runsUntil), list } // prettier-ignore
}

function stateOf(
  on: CivilDate,
  lastDay: CivilDate | null,
  months: number | null,
  runsUntil: CivilDate | null,
): ClauseTerm['state'] {
  if (lastDay === null || on <= lastDay) return 'employment-runs'
  if (months === null || runsUntil === null) return 'without-term'
  return on <= runsUntil ? 'running' : 'over'
}
