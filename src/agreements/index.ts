export {
  annexStates,
  type Agreement,
  type AgreementHistory,
  type AgreementState,
  type AnnexState,
  type BindingAnnex,
} from './agreement.ts'
export { agreementStateOn, annexStateOn } from './agreement-state.ts'
export { readAgreement, readAgreements, type AgreementView } from './agreement-view.ts'
export { evaluateAgreement } from './conclusion-actions.ts'
export { readAgreementFacts } from './facts-view.ts'
