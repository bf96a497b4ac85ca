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
