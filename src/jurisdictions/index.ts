export { clauseKinds, relationQuestions } from './facts.ts'
export type {
  BundleFacts,
  ClauseFacts,
  ClauseKind,
  Facts,
  JobChange,
  PenaltyFacts,
  WageFacts,
} from './facts.ts'
export { evaluate, passSentence, regimeOn, type Evaluation, type Finding } from './evaluation.ts'
export { minimumWageFor, type MinimumWage } from './minimum-wage.ts'
export { mayGoOn, standingOf, type Review, type Standing } from './review.ts'
export type { Moment, Regime, Result, Rule, RuleSet, Severity, Texts } from './rule.ts'
export { addMonths, ageOn, euros } from './terms.ts'
export { significantJobHistory } from './job-history.ts'
export { dutchRuleSet } from './nl/index.ts'
export { germanRuleSet } from './de/index.ts'
export { coverageOf, type Contact, type Coverage, type CoverageClause } from './nl/contact-coverage.ts'
export {
  calculatePenalty,
  type Breach,
  type PenaltyCalculation,
  type PenaltyTerms,
} from './nl/penalty-calculation.ts'
