/** The door of this room: agreements, where they stand, what binds whom, and what the rules may know of them. */
import type { HttpServer } from '#http'
import { agreementReadingRoutes } from './agreement-reading-routes.ts'
import { agreementMakingRoutes, type AgreementDeps } from './agreement-routes.ts'

export { factsOfMaterial, type AgreementMaterial, type EmploymentMaterial } from './agreement-facts.ts'
export { agreementStateOn, annexStateOn } from './agreement-state.ts'
export { readAgreement, readAgreements, type AgreementFilter, type AgreementView } from './agreement-view.ts'
export {
  annexStates,
  type Agreement,
  type AgreementHistory,
  type AgreementState,
  type AnnexState,
  type BindingAnnex,
} from './agreement.ts'
export { readBindingAnnexes } from './binding-view.ts'
export { readCeremonySides } from './ceremony-side-view.ts'
export { evaluateAgreement, type EvaluationRequest } from './conclusion-actions.ts'
export { conclusionJob } from './conclusion-job.ts'
export { signedCopyJob } from './signed-copy-job.ts'
export { readAgreementRecords } from './records-view.ts'
export { readAgreementFacts, readAgreementMaterials, type FactsAsOf } from './facts-view.ts'

/** Adds the routes about agreements. */
export function agreementRoutes(server: HttpServer, deps: AgreementDeps): void {
  agreementMakingRoutes(server, deps)
  agreementReadingRoutes(server, deps)
}
