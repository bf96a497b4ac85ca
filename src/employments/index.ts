export {
  employmentChangedKind,
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
  readEmploymentsOf,
  readHistory,
  readOrganisationFacts,
} from './employment-view.ts'
export {
  employmentFacts,
  factsOn,
  jobHistoryOf,
  timelineOf,
  valueOf,
  type EmploymentRuleFacts,
} from './fact-decisions.ts'
export { findMandate, getMandate } from './mandate-store.ts'
export { contractRoutes } from './contract-routes.ts'
export { employmentRoutes } from './employment-routes.ts'
export { employerRoutes } from './employer-routes.ts'
