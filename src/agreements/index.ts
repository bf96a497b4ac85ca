export {
  annexStates,
  type Agreement,
  type AgreementHistory,
  type AgreementState,
  type AnnexState,
  type BindingAnnex,
} from './agreement.ts'
export { agreementStateOn, annexStateOn } from './agreement-state.ts'
