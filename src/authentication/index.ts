export {
  authenticationRecord,
  type Authentication,
  type AuthenticationMethod,
  type ProviderAuthentication,
} from './authentication.ts'
export { createPersonSessions, type PersonSessions } from './provider-actions.ts'
export {
  addAuthentication,
  makeAuthentication,
  openPersonSession,
  openVisitSession,
  type OpenedSession,
  type VisitRequest,
} from './session-actions.ts'
export { giveSession, takeSession } from './session-cookie.ts'
export { bestAuthentication } from './session-decisions.ts'
export {
  createPersonAuthenticator,
  personSessionOf,
  sessionIfAny,
  sessionOf,
  userAgentOf,
  type SessionDeps,
} from './session-request.ts'
export { endOwnSession, sessionAnswer, sessionRoutes, SessionShape, signOut } from './session-routes.ts'
export { listAuthentications, listSessions, type PastAuthentication } from './session-view.ts'
export type { PersonSession, Session, SessionSummary } from './session.ts'
export {
  beginAuthenticator,
  confirmAuthenticator,
  removeAuthenticator,
  type ShownAuthenticator,
} from './authenticator-actions.ts'
export { readOwnMeans } from './means-view.ts'
export { meansRoutes } from './means-routes.ts'
export { waysOf, type SignInDeps, type Way } from './means.ts'
export { askMailboxCode, confirmPrivateMailbox, dropPrivateMailbox } from './private-mailbox-actions.ts'
export { askOwnCode, askSignInCode, signIn, stepUpByCode, stepUpByTotp } from './sign-in-actions.ts'
export { signInRoutes } from './sign-in-routes.ts'
export { createRequestLimit, type RequestLimit } from './request-limit.ts'
