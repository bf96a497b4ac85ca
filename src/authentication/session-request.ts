import { addMilliseconds, problem } from '#core'
import type { Database } from '#database'
import type { AnyRequest, PersonAuthenticator } from '#http'
import { readCookie } from '#http'
import type { Platform } from '#platform'
import { isLive } from './session-decisions.ts'
import { findSession, touchSession } from './session-store.ts'
import type { PersonSession, Session } from './session.ts'
import { parseSessionToken, sessionCookie } from './session.ts'

export type SessionDeps = { readonly platform: Platform; readonly database: Database }

const sessions = new WeakMap<AnyRequest, Session>()
const touchEvery_ms = 60_000

/** The gate for routes of persons: lets a request through whose cookie names a session that still stands. */
export function createPersonAuthenticator(deps: SessionDeps): PersonAuthenticator {
  return async (request) => {
    if ((await sessionIfAny(deps, request)) === undefined) throw problem('credentials-missing')
  }
}

/**
 * The session that the cookie of a request names, or undefined: none, over, of another organisation, or of somebody who was
 * erased. For pages that answer without a session too. It counts as use of the session.
 */
export async function sessionIfAny(deps: SessionDeps, request: AnyRequest): Promise<Session | undefined> {
  const known = sessions.get(request)
  if (known !== undefined) return known
  const credential = parseSessionToken(readCookie(request, sessionCookie) ?? '')
  if (credential === undefined) return undefined
  const { organisationId, tokenSha256 } = credential
  const stored = await deps.database.readInOrganisation(organisationId, (trx) =>
    findSession(trx, organisationId, tokenSha256),
  )
  const now = deps.platform.clock()
  if (stored === undefined || !isLive(stored, now)) return undefined
  if (addMilliseconds(stored.lastUsedAt, touchEvery_ms) <= now)
    await deps.database.inOrganisation(organisationId, (trx) =>
      touchSession(trx, organisationId, stored.sessionId, now),
    )
  sessions.set(request, stored)
  return stored
}

/** The session of a request on a route for persons. */
export function sessionOf(request: AnyRequest): Session {
  const session = sessions.get(request)
  if (session === undefined) throw new Error('this route is not for persons with a session')
  return session
}

/** The same where a visit is not enough. Throws `sign-in-required`. */
export function personSessionOf(request: AnyRequest): PersonSession {
  const session = sessionOf(request)
  if (session.kind !== 'person') throw problem('sign-in-required')
  return session
}

const userAgentLengthMax = 300

/** What a browser says of itself, bounded and printable. */
export function userAgentOf(request: AnyRequest): string {
  const text = String(request.headers['user-agent'] ?? '')
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, userAgentLengthMax)
}
