/** The door of this room: signing methods, the credentials of persons, and what a file about signed acts needs. */
export { counterValues, savingCountersText, standingCredentials, type CredentialStandingNow, type ShownCounter } from './credential-standing.ts' // prettier-ignore
export type { OwnCredential } from './credential-answer.ts'
export { readRootsFile } from './roots-file.ts'
export { beginEnrolment, type BegunEnrolment } from './enrolment-actions.ts'
export type { EnrolmentAnswer } from './enrolment-entry.ts'
export { relyingPartyOf } from './relying-party.ts'
export { endOwnCredential, enrolOwnCredential, listOwnCredentials } from './signing-actions.ts'
export { isCounterRight, worthOf, type SeenCounter } from './signing-decisions.ts'
export type { SigningDeps } from './signing-deps.ts'
export { readSigningHistory } from './signing-history-view.ts'
export { signingRoutes, type SigningRouteDeps } from './signing-routes.ts'
export { AssertionRequest, assuranceText, RequestOptionsShape } from './signing-schemas.ts'
export type {
  BegunSigning,
  Declaration,
  PageRelease,
  RelyingParty,
  Requester,
  SigningAnswer,
  SigningMethod,
  SigningProof,
  SigningSession,
} from './signing.ts'
export { createWebauthnMethod } from './webauthn-method.ts'
export { redirectUriOf, type CscDeps } from './csc-deps.ts'
export { createCscMethod } from './csc-method.ts'
export { cscCallbackRoute } from './csc-callback-route.ts'
export { openDeclaration, signingProviderOf } from './csc-view.ts'
export { useCscProvider } from './csc-provider-actions.ts'
export { cscProviderRoutes } from './csc-provider-routes.ts'
export { AuthorisationAnswer } from './csc-schemas.ts'
