/** The door of this room: agreements, where they stand, what binds whom, and what the rules may know of them. */
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
export { readAgreementFacts } from './facts-view.ts'
