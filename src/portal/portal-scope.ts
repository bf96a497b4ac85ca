import { Type } from 'typebox'
import { asProblem, acceptFields, strictObject } from '#http'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import { landingPage } from './entry-pages.ts'
import { refusalPage } from './refusal-page.ts'
import { sendSignIn } from './sign-in-sending.ts'
import { sendPage, visitorOf } from './visitor.ts'
import type { VisitorDeps } from './visitor.ts'

/** A page opens whatever mail gateways and campaign tools hang on its address. */
export const anyQuery = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  patternProperties: { '': {} },
  maxProperties: 100,
})

const bodyMax_bytes = 64 * 1024

/** A form of texts, as a schema for the body of a route. Each is bounded; a field that is not named is refused. */
export function fields<Names extends string>(lengths: Readonly<Record<Names, number>>) {
  const members = Object.entries<number>(lengths).map(([name, maxLength]) => [
    name,
    Type.Optional(Type.String({ maxLength })),
  ])
  const schema = strictObject(Object.fromEntries(members) as Record<Names, ReturnType<typeof optionalText>>)
  return { content: { 'application/x-www-form-urlencoded': { schema } } }
}

function optionalText() {
  return Type.Optional(Type.String())
}

/** The texts of a form, empty where a field was left out. */
export function textsOf<Names extends string>(
  request: AnyRequest,
  names: readonly Names[],
): Record<Names, string> {
  const body = (request.body ?? {}) as Readonly<Partial<Record<Names, string>>>
  return Object.fromEntries(names.map((name) => [name, body[name] ?? ''])) as Record<Names, string>
}

/** A scope in which forms are read and every refusal is a page. */
export function portalScope(server: HttpServer, deps: VisitorDeps, add: (scope: HttpServer) => void): void {
  server.register(async (scope: HttpServer) => {
    acceptFields(scope, { bodyMax_bytes, fieldsMax: 20 })
    scope.setErrorHandler((error, request, reply) => sendRefusal(deps, error, request, reply))
    add(scope)
  })
}

async function sendRefusal(
  deps: VisitorDeps,
  error: unknown,
  request: AnyRequest,
  reply: AnyReply,
): Promise<AnyReply> {
  const refusal = asProblem(error)
  const { code, status, retryAfter_s } = refusal
  if (status >= 500)
    deps.platform.log.error({ requestId: request.id, code, error: refusal.cause }, 'request failed')
  if (retryAfter_s !== undefined) reply.header('retry-after', String(retryAfter_s))
  reply.code(status).removeHeader('etag').removeHeader('location')
  // A database that does not answer must not keep the person from being told so.
  const visitor = await visitorOf(deps, request).catch(() => visitorOf(deps, withoutCookie(request)))
  if (code === 'credentials-missing') {
    if (request.url.startsWith('/c'))
      return sendPage(request, reply, visitor, landingPage(visitor.w, 'wrong'))
    return sendSignIn(deps, request, reply, visitor, { wasAsked: true })
  }
  const page = refusalPage(refusal, request.id, visitor.session !== undefined, visitor.w)
  return sendPage(request, reply, visitor, page)
}

function withoutCookie(request: AnyRequest): AnyRequest {
  return Object.create(request, {
    headers: { value: { ...request.headers, cookie: undefined } },
  }) as AnyRequest
}
