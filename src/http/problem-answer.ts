import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { problem, ProblemError, type ProblemCode } from '#core'
import { classifyDatabaseError } from '#database'
import type { AnyReply, AnyRequest } from './fastify-types.ts'
import { standardHeaders } from './headers.ts'
import type { Log } from './request-log.ts'

const busyRetry_s = 2

/** What the framework and Node refuse themselves, in our words. */
const frameworkCodes: Readonly<Record<string, ProblemCode>> = {
  ECONNRESET: 'body-incomplete',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  FST_ERR_BAD_URL: 'uri-malformed',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body-incomplete',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unsupported',
  FST_ERR_MAX_PARAM_LENGTH: 'uri-too-long',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_INVALID_EOF_STATE: 'body-incomplete',
}

/** The body of a refusal on the wire (RFC 9457). The type is a reference within this site (decision 0025). */
export function problemBody(error: ProblemError, requestId: string): string {
  return JSON.stringify({
    type: `/problems/${error.code}`,
    title: error.title,
    status: error.status,
    detail: error.detail,
    instance: `urn:uuid:${requestId}`,
    code: error.code,
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
  })
}

/** The refusal that an error means. What nobody foresaw is an internal error, with the error as its cause. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  const known = error instanceof Error ? frameworkCode(error) : undefined
  if (known !== undefined) return problem(known, { cause: error })
  const { kind } = classifyDatabaseError(error)
  if (kind === 'definitely-not-committed' || kind === 'unknown-outcome') {
    return problem('service-busy', { retryAfter_s: busyRetry_s, cause: error })
  }
  return problem('internal-error', { cause: error })
}

function frameworkCode(error: Error & { code?: unknown }): ProblemCode | undefined {
  // A reset is about the body only when Node says that the request was aborted; a database can be reset as well.
  if (error.code === 'ECONNRESET' && error.message !== 'aborted') return undefined
  return typeof error.code === 'string' ? frameworkCodes[error.code] : undefined
}

/** Answers with a refusal; logs the chain of causes when the fault is ours. */
export function sendProblem(log: Log, error: unknown, request: AnyRequest, reply: AnyReply): void {
  const refusal = asProblem(error)
  if (refusal.status >= 500) {
    log.error({ requestId: request.id, code: refusal.code, error: refusal.cause }, 'request failed')
  }
  warnWhenUndeclared(log, refusal, request)
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer realm="beding"')
  if (refusal.retryAfter_s !== undefined) reply.header('retry-after', String(refusal.retryAfter_s))
  reply
    .code(refusal.status)
    .removeHeader('etag')
    .removeHeader('location')
    .header('content-language', 'en')
    .header('content-type', 'application/problem+json')
    .send(Buffer.from(problemBody(refusal, request.id)))
}

/** A refusal that the route does not document is a gap in the contract: said in the log, where a test can see it. */
function warnWhenUndeclared(log: Log, refusal: ProblemError, request: AnyRequest): void {
  const declared = request.routeOptions?.config?.problemCodes
  if (declared === undefined || declared.includes(refusal.code)) return
  log.warn(
    { requestId: request.id, route: request.routeOptions.url, code: refusal.code },
    'undeclared problem',
  )
}

/** Answers on the bare socket when Node could not make a request of what came in, then closes the connection. */
export function refuseOnSocket(
  error: Error & { code?: string },
  socket: Socket,
  apiVersion: string,
  id: string,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable || (socket.bytesWritten > 0 && hasAnswered(socket))) {
    socket.destroy()
    return
  }
  const refusal = problem(frameworkCodes[error.code ?? ''] ?? 'request-malformed', { cause: error })
  const body = problemBody(refusal, id)
  const headers = Object.entries({
    ...standardHeaders(apiVersion, id),
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  })
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}\r\n${head}\r\n${body}`)
}

/** True while an answer on this connection has begun and not ended: nothing may be written in between. */
function hasAnswered(socket: Socket): boolean {
  // Node names it so, and has no other way to say which answer a socket is busy with.
  const answering = (socket as unknown as Record<string, unknown>)['_httpMessage'] as
    { headersSent: boolean } | null | undefined
  return answering?.headersSent === true
}
