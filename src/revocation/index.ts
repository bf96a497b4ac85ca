export type { DevelopmentResponder } from './development-responder.ts'
export {
  openRevocationSources,
  type ListDevelopmentResponders,
  type RevocationConfig,
  type RevocationSources,
} from './revocation-sources.ts'
export type {
  RevocationAttempt,
  RevocationEvidence,
  RevocationFailure,
  RevocationOutcome,
  RevocationSource,
} from './revocation.ts'
export { obtainRevocation } from './revocation-obtaining.ts'
