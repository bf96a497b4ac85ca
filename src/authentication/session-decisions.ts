import { meets } from '#assurance'
import type { Instant } from '#core'
import { addMilliseconds } from '#core'
import type { Authentication, AuthenticationMethod } from './authentication.ts'

const minute_ms = 60_000

/** How long a session lasts whatever happens, and how long without being used. */
export const sessionLife_ms = { visit: 2 * 60 * minute_ms, person: 8 * 60 * minute_ms } as const
export const sessionIdle_ms = 30 * minute_ms

/** How long a proof stands for an act. That of a link lasts as long as its visit. */
export const freshness_ms: Readonly<Record<AuthenticationMethod, number>> = {
  link: sessionLife_ms.visit,
  'mailbox-code': 60 * minute_ms,
  totp: 30 * minute_ms,
  oidc: 30 * minute_ms,
}

/**
 * Whether a session still stands at a moment. A clock that is behind the moment of its last use (another process, a
 * correction) does not make it older.
 */
export function isLive(
  session: {
    readonly lastUsedAt: Instant
    readonly expiresAt: Instant
    readonly endedAt: Instant | null
  },
  now: Instant,
): boolean {
  if (session.endedAt !== null || session.expiresAt <= now) return false
  return addMilliseconds(session.lastUsedAt, sessionIdle_ms) > now
}

/**
 * The strongest proof that still stands, the newest of equals; undefined when none does. What has gone stale counts for
 * nothing, also not for less: it would say that something was proven now which was not.
 */
export function bestAuthentication(
  authentications: readonly Authentication[],
  now: Instant,
): Authentication | undefined {
  let best: Authentication | undefined
  for (const each of authentications) {
    if (each.freshUntil <= now) continue
    if (best === undefined || meets(each.assurance, best.assurance)) best = each
  }
  return best
}
