import type { CivilDate, Instant, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { employmentFacts, readEmployment, readHistory, valueOf, type EmploymentRuleFacts } from '#employments'
import { displayName, getPerson } from '#people'
import { readAnnexes } from './annex-view.ts'
import type { Annex } from './annex.ts'
import type { Hypothesis, Subject } from './annex-command.ts'
import type { NamedContract } from './annex-words.ts'

/** For whom an annex is composed, with what the rules of law may know of the employment. */
export type ComposeSubject = {
  /** Null for an employment that is only thought of. */
  readonly kept: {
    readonly employmentId: string
    readonly contractId: string
    readonly personId: PersonId
    readonly annexes: readonly Annex[]
  } | null
  readonly person: {
    readonly name: string
    readonly externalId: string | null
    readonly jobTitle: string | null
  }
  readonly contract: NamedContract
  readonly facts: EmploymentRuleFacts
}

type Moment = { readonly at: Instant; readonly today: CivilDate }

/**
 * Reads the employment and the contract as they are known now, on this day. Throws `employment-not-found`, and `annex-unfit`
 * for a contract that is not one of this employment or was retracted.
 */
export async function readSubject(
  trx: Transaction,
  organisationId: OrganisationId,
  subject: Subject,
  { at, today }: Moment,
): Promise<ComposeSubject> {
  if ('facts' in subject) return hypothetical(subject)
  const { employmentId, contractId } = subject
  const employment = await readEmployment(trx, organisationId, employmentId, { on: today, knownAt: at })
  const contract = employment.contracts.find((each) => each.contractId === contractId)
  if (contract === undefined || contract.retractedAt !== null)
    throw problem('annex-unfit', {
      errors: [
        {
          code: 'contract-of-another',
          message: 'This employment has no such contract, or it was retracted.',
          pointer: '/contractId',
        },
      ],
    })
  const history = await readHistory(trx, organisationId, employmentId, at)
  const person = await getPerson(trx, organisationId, employment.personId)
  return {
    kept: {
      employmentId,
      contractId,
      personId: employment.personId,
      annexes: await readAnnexes(trx, organisationId, { employmentId }),
    },
    person: {
      name: displayName(person),
      externalId: person.externalId,
      jobTitle: valueOf(employment.facts, 'function')?.description ?? person.jobTitle,
    },
    contract,
    facts: employmentFacts(employment, history, contract, employment.organisationFacts),
  }
}

function hypothetical({ personName, jobTitle, facts }: Hypothesis): ComposeSubject {
  return {
    kept: null,
    person: { name: personName, externalId: null, jobTitle },
    contract: facts.contract ?? {},
    facts,
  }
}
