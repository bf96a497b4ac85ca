import type { ClientId, Instant, PersonId, PolicyId } from '#core'
import type { RoleName } from '#identity'

/** A human who signs in for the organisation, or for its lawyer. Their row among the clients is what others refer to. */
export type StaffAccount = {
  readonly clientId: ClientId
  readonly providerId: string
  readonly subject: string
  /** As of the newest sign-in. */
  readonly name: string
  readonly role: RoleName
  readonly email: string | null
  readonly blockedAt: Instant | null
  readonly firstSignedInAt: Instant
  readonly lastSignedInAt: Instant
}

/** A sign-in that has not ended. Name and role are as of that sign-in. */
export type StaffSession = {
  readonly sessionId: string
  readonly clientId: ClientId
  readonly name: string
  readonly role: RoleName
  readonly providerId: string
  readonly issuer: string
  readonly subject: string
  /** When a second factor was proven; null when none was. */
  readonly secondFactorAt: Instant | null
  readonly openedAt: Instant
  readonly lastSeenAt: Instant
  readonly expiresAt: Instant
  readonly endedAt: Instant | null
  readonly blockedAt: Instant | null
}

export type SessionEnd =
  'signed-out' | 'replaced' | 'ended-by-organisation' | 'role-changed' | 'signed-out-at-provider'

/** What a matter is about. */
export type MatterSubject =
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'policy'; readonly policyId: PolicyId }

export type Matter = {
  readonly matterId: string
  readonly title: string
  readonly subject: MatterSubject
  readonly openedBy: ClientId
  readonly openedAt: Instant
}

/** That a lawyer may read what belongs to a matter, from one moment until before another. */
export type MatterAccess = {
  readonly accessId: string
  readonly matterId: string
  readonly clientId: ClientId
  readonly name: string
  readonly readableFrom: Instant
  readonly readableUntil: Instant
  readonly grantedBy: ClientId
  readonly grantedAt: Instant
  readonly endedAt: Instant | null
}

/** One thing that a lawyer read. */
export type StaffRead = {
  readonly readId: string
  readonly accessId: string
  readonly clientId: ClientId
  readonly sessionId: string
  readonly operation: string
  readonly thing: string
  readonly thingId: string
  readonly readAt: Instant
}

export const staffCookie = 'beding-staff'
