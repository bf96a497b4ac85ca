export { branded } from './branded.ts'
export { WorksCouncil } from './case-schemas.ts'
export { Clause as ClauseFactsShape, Contract as ContractFactsShape, Employee, JobChange, Penalty as PenaltyFactsShape, Wage } from './facts-schemas.ts' // prettier-ignore
export {
  findingsReviewedKind,
  makeCheck,
  previewCheck,
  readCheck,
  type CheckView,
} from './legal-check-actions.ts'
export { ruleSets } from './legal-check-decisions.ts'
export { checkEntry, drawUpCheck, type DrawnCheck } from './legal-check-drawing.ts'
export { legalCheckRoutes } from './legal-check-routes.ts'
export { standingOnWire, StandingShape } from './legal-check-schemas.ts'
export { insertLegalChecks, listReviews, readFindings } from './legal-check-store.ts'
export type { CheckCommand, KeptReview, LegalCheck } from './legal-check.ts'
export { legalQuestionRoutes } from './question-routes.ts'
export { PreviewShape } from './legal-check-schemas.ts'
