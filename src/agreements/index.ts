export {
  annexStates,
  type Agreement,
  type AgreementHistory,
  type AgreementState,
  type AnnexState,
  type BindingAnnex,
} from './agreement.ts'
export { agreementStateOn, annexStateOn } from './agreement-state.ts'
export { readAgreements, type AgreementView } from './agreement-view.ts'
export { factsOfMaterial, type AgreementMaterial } from './agreement-facts.ts'
export { readAgreementFacts, readAgreementMaterials } from './facts-view.ts'
