import { problem } from '#core'
import { bearerOf, type Access, type Caller, type KeyAuthenticator, type StaffAuthority } from './access.ts'
import type { AnyReply, AnyRequest } from './fastify-types.ts'
import type { RouteTable } from './route-table.ts'
import { requireSameOrigin } from './same-origin.ts'

/** Lets a request with a link token through, or throws the refusal. What it found it keeps on the request itself. */
export type LinkAuthenticator = (request: AnyRequest) => Promise<void>

/** The same for a request with the session of a person: its cookie stands for them. */
export type PersonAuthenticator = (request: AnyRequest) => Promise<void>

export type GateOptions = {
  readonly routes: RouteTable
  readonly authenticateKey: KeyAuthenticator
  readonly authenticateLink: LinkAuthenticator | undefined
  readonly authenticatePerson: PersonAuthenticator | undefined
  readonly staff: StaffAuthority | undefined
  readonly isClosing: () => boolean
}

/**
 * Everything that is asked before a body is read, in this order: are we still open, is it a sane request, does the
 * path take this method, is the media type one we read, who is it, may they. Deny by default: a route without a
 * declared access never gets here, see `settleRoute`. Returns true when the request is already answered.
 */
export async function gate(options: GateOptions, request: AnyRequest, reply: AnyReply): Promise<boolean> {
  if (options.isClosing()) {
    reply.header('connection', 'close')
    throw problem('service-closing', { retryAfter_s: 1 })
  }
  if (request.raw.httpVersion === '1.1' && request.headers.host === undefined) {
    throw problem('request-malformed', { detail: 'Send a Host header.' })
  }
  if (request.is404) return answerUnknownPath(options.routes, request, reply)
  checkMediaType(request)
  const access = personAccess(request, request.routeOptions.config.access)
  if (access === 'person' || request.routeOptions.config.fromOwnPage === true) requireSameOrigin(request)
  if (access === 'public') return false
  if (access === 'person') {
    if (options.authenticatePerson === undefined) throw problem('credentials-missing')
    await options.authenticatePerson(request)
    return false
  }
  if (access === 'link') {
    if (options.authenticateLink === undefined) throw problem('credentials-missing')
    await options.authenticateLink(request)
    return false
  }
  const caller = await callerOf(options, request)
  if (caller === undefined) throw problem('credentials-missing')
  request.knownCaller = caller
  if (typeof access !== 'object' || !mayCall(caller, access.right)) throw problem('access-denied')
  if (caller.staff !== undefined) options.staff?.admit(request, caller)
  return false
}

/** Where a link or a session will do, an Authorization header says which of them speaks. */
function personAccess(request: AnyRequest, access: Access | undefined): Access | undefined {
  if (access !== 'link-or-person') return access
  return request.headers.authorization === undefined ? 'person' : 'link'
}

/** A request with an Authorization header speaks by that alone; a cookie beside it is not looked at. */
function callerOf(options: GateOptions, request: AnyRequest): Promise<Caller | undefined> {
  const { authorization } = request.headers
  if (authorization === undefined && options.staff !== undefined) return options.staff.authenticate(request)
  return options.authenticateKey(bearerOf(authorization))
}

function mayCall(caller: Caller, right: string | undefined): boolean {
  return right === 'any' || (right !== undefined && (caller.rights as ReadonlySet<string>).has(right))
}

function answerUnknownPath(routes: RouteTable, request: AnyRequest, reply: AnyReply): boolean {
  const methods = routes.methodsOf(request.url.split('?', 1)[0] ?? '')
  if (methods.length === 0) throw problem('route-not-found')
  reply.header('allow', methods.join(', '))
  if (request.method !== 'OPTIONS') throw problem('method-not-allowed')
  reply.code(204).send()
  return true
}

function checkMediaType(request: AnyRequest): void {
  const { headers } = request
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  if (!hasBody || request.method === 'GET' || request.method === 'HEAD') return
  const accepted = request.routeOptions.config.mediaTypes ?? []
  if (accepted.length === 0) throw problem('input-invalid', { detail: 'This operation takes no body.' })
  const mediaType = (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase()
  if (!accepted.includes(mediaType)) {
    throw problem('media-type-unsupported', { detail: `Send ${accepted.join(' or ')}.` })
  }
}
