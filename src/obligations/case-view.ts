import type { Annex } from '#annexes'
import { readAnnexes } from '#annexes'
import type { CivilDate, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import type { EmploymentOn } from '#employments'
import { readEmploymentsOf, valueOf } from '#employments'
import { standingOn } from './annex-decisions.ts'
import type { HeldAgreement, StandingAgreement, StandingAnnex } from './obligation.ts'
import { readHoldings } from './obligation-view.ts'

/** What a question about the clauses of a person on a day is answered from. */
export type PersonCase = {
  readonly on: CivilDate
  readonly agreements: readonly HeldAgreement[]
  readonly standing: readonly StandingAgreement[]
  readonly employments: readonly EmploymentOn[]
  /** Every annex of the person with what it was composed of, by id. */
  readonly annexes: ReadonlyMap<string, Annex>
}

/** Everything there is about a person for a day, as it is known at this moment. Throws `person-not-found`. */
export async function readCase(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  on: CivilDate,
  knownAt: Instant,
): Promise<PersonCase> {
  const { agreements } = await readHoldings(trx, organisationId, personId, on)
  const annexes = await readAnnexes(trx, organisationId, { personId })
  return {
    on,
    agreements,
    standing: standingOn(agreements, on),
    employments: await readEmploymentsOf(trx, organisationId, personId, { on, knownAt }),
    annexes: new Map(annexes.map((annex) => [annex.annexId, annex])),
  }
}

/** The last day of an employment as it was stored, with where that is written; null while none is known. */
export function lastDayOf(asked: PersonCase, employmentId: string) {
  const facts = asked.employments.find((each) => each.employmentId === employmentId)?.facts ?? []
  const value = valueOf(facts, 'last-day')
  const fact = facts.find(({ kind }) => kind === 'last-day')
  if (fact === undefined || value === undefined || value.day === null) return null
  const { factId, entryId, recordedAt, backDated } = fact
  return { ...value, day: value.day, factId, entryId, recordedAt, backDated }
}

/** The list of relations under a mark of an employment that was in force and uncontested on a day; undefined when none was. */
export function listInForce(
  asked: PersonCase,
  employmentId: string,
  mark: string,
  day: CivilDate,
): StandingAnnex | undefined {
  return standingOn(asked.agreements, day)
    .filter(({ agreement }) => agreement.employmentId === employmentId)
    .flatMap(({ annexes }) => annexes)
    .findLast(({ annex, binds }) => binds && annex.kind === 'relation-list' && annex.mark === mark)
}
