import { toCivilDate } from '#core'
import type { Regime, RuleSet } from '../rule.ts'
import { conditionRules } from './conditions.ts'
import { covenantLifeRules } from './covenant-life.ts'
import { covenantRules } from './covenants.ts'
import { evidenceRules } from './evidence.ts'
import { incorporationRules } from './incorporation.ts'
import { knowledgeRules } from './knowledge.ts'
import { penaltyRules } from './penalties.ts'
import { privacyRules } from './privacy.ts'

/**
 * Wet minimumloon en minimumvakantiebijslag, per hour, from 21 years. The row of 2026 was seen in publication; the
 * earlier ones are FROM MEMORY; the one of July 2026 was not found, and nothing pretends that it is the old amount.
 */
const minimumWage = (
  [
    ['2024-01-01', 1_327],
    ['2024-07-01', 1_368],
    ['2025-01-01', 1_406],
    ['2025-07-01', 1_440],
    ['2026-01-01', 1_471],
  ] as const
).map(([from, hourlyCents]) => ({ from: toCivilDate(from), ageFrom: 21, hourlyCents }))

const present: Omit<Regime, 'id' | 'from'> = {
  minimumWage,
  billConcurrentiebedingInForceFrom: null,
  worksCouncilFrom: 50,
  wageChange_percent: 10,
  anchorAge_h: 24,
  reading_h: 24,
  sanctionDecision_days: 7,
}

/** Dutch law as the rules read it. Nobody at the bar has confirmed them: what is FROM MEMORY or INFERENCE says so. */
export const dutchRuleSet: RuleSet = {
  jurisdiction: 'nl',
  version: '2026-11',
  rules: [
    ...covenantRules,
    ...incorporationRules,
    ...covenantLifeRules,
    ...penaltyRules,
    ...conditionRules,
    ...evidenceRules,
    ...knowledgeRules,
    ...privacyRules,
  ],
  lowered: new Map([['ronselbeding', (rule) => rule.id.startsWith('nl.7-653.')]]),
  regimes: [
    { ...present, id: 'nl-2015-01', from: toCivilDate('2015-01-01') },
    { ...present, id: 'nl-2026-01', from: toCivilDate('2026-01-01') },
  ],
}
