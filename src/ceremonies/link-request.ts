import { problem } from '#core'
import type { AnyRequest } from '#http'
import { bearerOf } from '#http'
import type { LinkCredential } from './link.ts'
import { parseLink } from './link.ts'

const credentials = new WeakMap<AnyRequest, LinkCredential>()

/**
 * Lets a request through that carries the text of a link. Whether such a link exists is found out by the query that
 * reads what stands behind it, inside the organisation that the link names.
 */
export async function authenticateLink(request: AnyRequest): Promise<void> {
  const credential = parseLink(bearerOf(request.headers.authorization) ?? '')
  if (credential === undefined) throw problem('credentials-missing')
  credentials.set(request, credential)
}

/** The link of a request that came through `authenticateLink`. */
export function linkOf(request: AnyRequest): LinkCredential {
  const credential = credentials.get(request)
  if (credential === undefined) throw new Error('this route does not take links')
  return credential
}

/** The link of a request on a route that takes a session too; undefined when it came with one. */
export function linkIfAny(request: AnyRequest): LinkCredential | undefined {
  return credentials.get(request)
}

const userAgentLengthMax = 300

/** What the request says of the device. Bounded, and cut where it is longer, because it is only what a client claims. */
export function userAgentOf(request: AnyRequest): string {
  const text = String(request.headers['user-agent'] ?? '')
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, userAgentLengthMax)
}
