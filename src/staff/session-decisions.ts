import { addMilliseconds, laterOf, type Instant } from '#core'
import type { RightName, RoleName } from '#identity'
import type { StaffSession } from './staff.ts'

/** Without a request for this long a session is over. */
export const idleMax_ms = 15 * 60_000
/** And after this long in any case (OWASP ASVS 5.0 V7.3). */
export const sessionMax_ms = 8 * 3_600_000
/** A request moves the end of idleness only when the one before was this long ago, so that reading does not mean writing. */
export const seenAgain_ms = 60_000
/** How fresh a second factor must be for what cannot be taken back. */
export const stepUpMax_ms = 5 * 60_000

/** What goes out of the organisation, or binds it: publishing, withdrawing, and everything that exports. */
const stepUpRights: ReadonlySet<string> = new Set<RightName>([
  'policy.publish',
  'policy.withdraw',
  'dossier.create',
  'dossier.read',
  'person.export',
])

type Life = Pick<StaffSession, 'lastSeenAt' | 'expiresAt' | 'endedAt' | 'blockedAt'>

/** Whether a session still speaks for its human: not ended, blocked, idle or too old. */
export function isAlive(session: Life, moment: Instant): boolean {
  if (session.endedAt !== null || session.blockedAt !== null) return false
  return moment < session.expiresAt && moment < addMilliseconds(session.lastSeenAt, idleMax_ms)
}

/** The moment to write as last seen; undefined when it is not worth a write. A clock that went back moves nothing. */
export function seenAt(session: Pick<Life, 'lastSeenAt'>, moment: Instant): Instant | undefined {
  if (moment < addMilliseconds(session.lastSeenAt, seenAgain_ms)) return undefined
  return laterOf(session.lastSeenAt, moment)
}

/** Whether a right needs a second factor again, for a human whose last one was at this moment. */
export function needsStepUp(right: string, secondFactorAt: Instant | null, moment: Instant): boolean {
  if (!stepUpRights.has(right)) return false
  return secondFactorAt === null || addMilliseconds(secondFactorAt, stepUpMax_ms) <= moment
}

/** What the claims of an account say about its role. */
export type RoleOutcome =
  | { readonly kind: 'role'; readonly role: RoleName }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous'; readonly roles: readonly RoleName[] }

/**
 * The role that the claims of an account give: exactly one, or none. A value that the organisation did not map gives
 * nothing, and two roles give none either: nobody both writes and approves (decision 0137). The administrator's role too is
 * given only where the mapping says so.
 */
export function roleFromClaims(
  claims: Readonly<Record<string, unknown>>,
  provider: {
    readonly roleClaim: string | null
    readonly roleMapping: readonly { value: string; role: RoleName }[]
  },
): RoleOutcome {
  if (provider.roleClaim === null || !Object.hasOwn(claims, provider.roleClaim)) return { kind: 'none' }
  const values = [claims[provider.roleClaim]].flat()
  const given = provider.roleMapping.filter(({ value }) => values.includes(value)).map(({ role }) => role)
  const [role, ...more] = [...new Set(given)]
  if (role === undefined) return { kind: 'none' }
  return more.length === 0 ? { kind: 'role', role } : { kind: 'ambiguous', roles: [role, ...more] }
}
