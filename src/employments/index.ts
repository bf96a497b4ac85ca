export {
  employmentChangedKind,
  queueChanges,
  settleEmploymentChanges,
  takeEmploymentChanges,
  type EmploymentChange,
} from './change-store.ts'
export { contractDefects, contractOn, renewalsOf } from './contract-decisions.ts'
export {
  alwaysDay,
  factKinds,
  mandateCovers,
  timelessKinds,
  type AsOf,
  type Contract,
  type ContractKind,
  type Employment,
  type EmploymentFact,
  type EmploymentOn,
  type FactKind,
  type FactValues,
  type Mandate,
  type MandateCovers,
  type OrganisationFactsOn,
} from './employment.ts'
export {
  getContract,
  getEmployment,
  readContracts,
  readEmployment,
  readEmploymentStates,
  readEmploymentsOf,
  readHistory,
  readOrganisationFacts,
  type EmploymentState,
} from './employment-view.ts'
export { recordFacts } from './employment-actions.ts'
export type { FactStatement } from './employment-decisions.ts'
export { employmentDefects, statementDefects, validFromOf } from './employment-decisions.ts'
export type { ContractStatement } from './contract-decisions.ts'
export { FactStatementShape, statementsOf } from './fact-schemas.ts'
export { ContractRequest } from './employment-schemas.ts'
export {
  employmentFacts,
  factsOn,
  jobHistoryOf,
  timelineOf,
  valueOf,
  type EmploymentRuleFacts,
} from './fact-decisions.ts'
export { findMandate, getMandate } from './mandate-store.ts'
export { contractDocumentRoutes } from './contract-document-routes.ts'
export { readContractDocument } from './contract-document-store.ts'
export { createContractExaminer } from './contract-examiner.ts'
export { contractRoutes } from './contract-routes.ts'
export { employmentRoutes } from './employment-routes.ts'
export { employerRoutes } from './employer-routes.ts'
export { readEmploymentRecords } from './records-view.ts'
