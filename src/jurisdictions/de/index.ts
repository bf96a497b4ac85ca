import { civilDateIn, toCivilDate } from '#core'
import type { ClauseFacts } from '../facts.ts'
import type { RuleCase, RuleSet } from '../rule.ts'
import { fail, known, na, pass } from '../rule.ts'
import { ageOn } from '../terms.ts'

/*
 * Three rules of German law on the nachvertragliches Wettbewerbsverbot. They show that another country is another
 * folder; all are FROM MEMORY and none was checked by a German lawyer.
 */

function covenantOf(about: RuleCase): ClauseFacts | undefined {
  const kind = about.clause?.kind
  return kind === 'concurrentiebeding' || kind === 'relatiebeding' ? about.clause : undefined
}

export const germanRuleSet: RuleSet = {
  jurisdiction: 'de',
  version: '2026-11',
  rules: [
    {
      id: 'de.hgb-74.1.written-form',
      source: '§ 74 Abs. 1 HGB, § 110 GewO, § 126 BGB',
      basis: 'FROM MEMORY',
      at: ['sign'],
      about: 'clause',
      inputs: ['clause.kind', 'signature.level', 'bundle.retrievableByEmployee'],
      severity: 'blocker',
      message: {
        nl: 'Naar Duits recht vraagt dit beding een getekend stuk dat aan de werknemer is overhandigd.',
        en: 'Under German law this covenant takes a signed document that was handed to the employee.',
      },
      decide(about) {
        if (covenantOf(about) === undefined) return na
        const level = known(about.facts.signature?.level, 'signature.level')
        if (level !== 'wet' && level !== 'qes') return fail()
        const handed = known(about.facts.bundle?.retrievableByEmployee, 'bundle.retrievableByEmployee')
        return handed ? pass() : fail()
      },
    },
    {
      id: 'de.hgb-74a.1.two-years',
      source: '§ 74a Abs. 1 Satz 3 HGB',
      basis: 'FROM MEMORY',
      at: ['draft', 'sign'],
      about: 'clause',
      inputs: ['clause.kind', 'clause.months'],
      severity: 'blocker',
      message: {
        nl: 'Naar Duits recht mag dit beding niet langer dan twee jaar na het einde duren.',
        en: 'Under German law this covenant may last no longer than two years after the end.',
      },
      decide(about) {
        const clause = covenantOf(about)
        if (clause === undefined) return na
        const months = known(clause.months, 'clause.months')
        return months === null || months > 24 ? fail() : pass()
      },
    },
    {
      id: 'de.hgb-74a.2.adult',
      source: '§ 74a Abs. 2 Satz 1 HGB',
      basis: 'FROM MEMORY',
      at: ['sign'],
      about: 'clause',
      inputs: ['clause.kind', 'employee.birthDate', 'bundle.signedAt'],
      severity: 'blocker',
      message: {
        nl: 'Naar Duits recht is dit beding met een minderjarige nietig.',
        en: 'Under German law this covenant is void with a minor.',
      },
      decide(about) {
        if (covenantOf(about) === undefined) return na
        const birthDate = known(about.facts.employee?.birthDate, 'employee.birthDate')
        const signed = known(about.facts.bundle?.signedAt ?? undefined, 'bundle.signedAt')
        return ageOn(birthDate, civilDateIn(signed, 'Europe/Berlin')) < 18 ? fail() : pass()
      },
    },
  ],
  lowered: new Map(),
  regimes: [
    {
      id: 'de-2026-01',
      from: toCivilDate('2015-01-01'),
      minimumWage: [],
      billConcurrentiebedingInForceFrom: null,
      worksCouncilFrom: 5,
      wageChange_percent: 10,
      anchorAge_h: 24,
      reading_h: 24,
      sanctionDecision_days: 14,
    },
  ],
}
