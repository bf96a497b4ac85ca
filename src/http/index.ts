export {
  bearerOf,
  type Access,
  type AccessVocabulary,
  type Caller,
  type KeyAuthenticator,
  type Right,
  type Role,
  type StaffAuthority,
  type StaffCaller,
} from './access.ts'
export { acceptBytes, acceptText } from './body-parser.ts'
export { cookieHeader, cookieName, readCookie, type CookieSettings } from './cookies.ts'
export { originOf, requireSameOrigin } from './same-origin.ts'
export { alreadyHeld, etagOf, requireMatch } from './conditional.ts'
export { sendDownload, type Download } from './download.ts'
export type { AnyReply, AnyRequest, HttpServer } from './fastify-types.ts'
export { apiPrefix } from './openapi.ts'
export { acceptFields, type FieldsLimits } from './fields-parser.ts'
export { acceptForm, type FormLimits } from './form-parser.ts'
export {
  createPaging,
  cutPage,
  pageOf,
  pageQuery,
  pageSizeMax,
  type Page,
  type PageRequest,
  type Paging,
  type Position,
} from './paging.ts'
export { html, Markup } from './html.ts'
export { asProblem } from './problem-answer.ts'
export type { LinkAuthenticator, PersonAuthenticator } from './request-gate.ts'
export {
  ownPagePolicy,
  pageLanguageOf,
  sendPage,
  usePages,
  type PageContent,
  type PageLanguage,
} from './page.ts'
export {
  CivilDateText,
  emptyResponse,
  fileBody,
  fileResponse,
  InstantText,
  oneOf,
  orNull,
  problemResponses,
  strictObject,
  Uuid,
} from './schemas.ts'
export { buildServer, compileSchemas, listRoutes, type ServerDeps, type ServerOptions } from './server.ts'
export {
  fingerprintOf,
  readIdempotencyKey,
  runOnce,
  type Answer,
  type IdempotencyDeps,
} from './idempotency.ts'
export type { RouteSummary } from './route-table.ts'
