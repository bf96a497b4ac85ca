import { penaltyTermsOf } from '#annexes'
import type { CivilDate } from '#core'
import { civilDateIn } from '#core'
import type { Breach, Facts, Finding, MinimumWage, PenaltyCalculation, PenaltyTerms } from '#jurisdictions'
import { calculatePenalty, dutchRuleSet, evaluate, minimumWageFor, regimeOn } from '#jurisdictions'
import type { PersonCase } from './case-view.ts'
import type { StandingAgreement, StandingAnnex } from './obligation.ts'

/** The wage and the lowest lawful wage on a day; null where it is not known. */
export type WageOn = {
  readonly day: CivilDate
  readonly hourlyCents: number | null
  readonly hoursPerDay: number | null
  readonly minimum: MinimumWage | null
}

/** What one boetebeding comes to for the breaches, and what the rules about fines say on the day of the first. */
export type PenaltyOfClause = {
  readonly agreement: StandingAgreement
  readonly standing: StandingAnnex
  readonly clauseId: string
  readonly coveredClauses: readonly string[]
  readonly terms: PenaltyTerms | null
  readonly calculation: PenaltyCalculation | null
  readonly atSigning: WageOn | null
  readonly atBreach: WageOn
  readonly findings: readonly Finding[]
}

/** What each boetebeding of the person comes to, also those that do not bind. `factsOf` are those of an agreement on the day of the first breach. */
export function penaltiesOfCase(
  asked: PersonCase,
  breaches: readonly Breach[],
  factsOf: ReadonlyMap<string, Facts>,
): PenaltyOfClause[] {
  return asked.standing.flatMap((agreement) =>
    agreement.annexes.flatMap((standing) => {
      const content = asked.annexes.get(standing.annex.annexId)?.content ?? null
      return standing.annex.clauses
        .filter(({ kind }) => kind === 'boetebeding')
        .map(({ clauseId }): PenaltyOfClause => {
          const facts = factsOf.get(agreement.agreement.agreementId)
          const terms = content === null ? null : penaltyTermsOf(content)
          const signedAt = agreement.agreement.conclusion?.concludedAt
          return {
            agreement,
            standing,
            clauseId,
            coveredClauses:
              content?.clauses.find((each) => each.clauseId === clauseId)?.penalty?.coveredRules ?? [],
            terms,
            calculation: terms === null ? null : calculatePenalty(terms, breaches),
            atSigning: signedAt === undefined ? null : wageOn(facts, civilDateIn(signedAt)),
            atBreach: wageOn(facts, asked.on),
            findings: facts === undefined ? [] : fineFindings(facts),
          }
        })
    }),
  )
}

/** What the rules about fines say at the moment of enforcing (art. 7:650 and 7:651 BW). */
function fineFindings(facts: Facts): readonly Finding[] {
  if (regimeOn(dutchRuleSet, facts.asOf) === undefined) return []
  return evaluate(dutchRuleSet, facts, ['enforce']).findings.filter(({ ruleId }) =>
    /^nl\.7-65[01]\./.test(ruleId),
  )
}

/** The wage on a day beside the lowest that was lawful then for somebody of that age. */
export function wageOn(facts: Facts | undefined, day: CivilDate): WageOn {
  const wage = facts?.wage?.history?.findLast(({ from }) => from <= day)
  const regime = regimeOn(dutchRuleSet, day)
  const birthDate = facts?.employee?.birthDate
  const minimum = regime === undefined || birthDate === undefined ? null : (minimumWageFor(regime, birthDate, day) ?? null) // prettier-ignore
  return { day, hourlyCents: wage?.hourlyCents ?? null, hoursPerDay: wage?.hoursPerDay ?? null, minimum }
}
