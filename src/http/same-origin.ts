import { problem } from '#core'
import type { AnyRequest } from './fastify-types.ts'

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Lets a request that changes something, and that a cookie speaks for, through only when a page of ours sent it
 * (OWASP ASVS 5.0 V3.5.1): what the browser says of its origin decides (Fetch Metadata, Sec-Fetch-Site), else the Origin
 * header, which must name the host that was asked. Without either the request is refused, because a browser sends one of
 * them. Throws `origin-refused`. Safe methods pass: they change nothing, and SameSite keeps the cookie at home.
 */
export function requireSameOrigin(request: AnyRequest): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  if (site !== undefined && site !== 'same-origin') throw problem('origin-refused')
  if (origin !== undefined ? origin !== originOf(request) : site === undefined)
    throw problem('origin-refused')
}

/** The origin under which browsers know this service: the one that was set, else the one that was asked. */
export function originOf(request: AnyRequest): string {
  return request.server.publicOrigin ?? `${request.protocol}://${request.host}`
}
