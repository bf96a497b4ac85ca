import type { AnyRequest } from './fastify-types.ts'
import { originOf } from './same-origin.ts'

/** What a cookie of ours is set with. All of them are HttpOnly, for the whole host and for no other host. */
export type CookieSettings = {
  /** Without the prefix; see `cookieName`. */
  readonly name: string
  readonly value: string
  /** `Lax` only where the cookie must come along on the way back from another site. */
  readonly sameSite: 'Strict' | 'Lax'
  /** 0 takes the cookie away. */
  readonly maxAge_s: number
}

/**
 * The name under which a cookie travels: with the prefix `__Host-`, which browsers take over https only, for one host
 * and with no domain (RFC 6265bis section 4.1.3.2); without it over plain http, which only a service on this machine
 * speaks.
 */
export function cookieName(request: AnyRequest, name: string): string {
  return isSecure(request) ? `__Host-${name}` : name
}

/** The value of a cookie, or undefined when it was not sent, or more than once. */
export function readCookie(request: AnyRequest, name: string): string | undefined {
  const wanted = cookieName(request, name)
  const values = String(request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${wanted}=`))
    .map((pair) => pair.slice(wanted.length + 1))
  return values.length === 1 && values[0] !== '' ? values[0] : undefined
}

/** The text of a Set-Cookie header. */
export function cookieHeader(request: AnyRequest, cookie: CookieSettings): string {
  const parts = [
    `${cookieName(request, cookie.name)}=${cookie.value}`,
    'Path=/',
    'HttpOnly',
    `SameSite=${cookie.sameSite}`,
    `Max-Age=${cookie.maxAge_s}`,
  ]
  if (isSecure(request)) parts.push('Secure')
  return parts.join('; ')
}

function isSecure(request: AnyRequest): boolean {
  return originOf(request).startsWith('https:')
}
