import type { Static } from 'typebox'
import type { CivilDate, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import { obligationsOn } from './annex-decisions.ts'
import { obligationsAnswer } from './obligation-answer.ts'
import type { ObligationsShape } from './obligation-schemas.ts'
import { readHoldings } from './obligation-view.ts'

/**
 * What bound a person on a day, under which text, accepted how, and what proves it. Throws `person-not-found`.
 */
export async function answerObligations(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  on: CivilDate,
): Promise<Static<typeof ObligationsShape>> {
  const holdings = await readHoldings(trx, organisationId, personId, on)
  return obligationsAnswer(personId, on, obligationsOn(holdings, on))
}
