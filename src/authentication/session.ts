import type { Assurance } from '#assurance'
import type { AssignmentId, Instant, OrganisationId, PersonId } from '#core'
import { fromBase64Url, hexToUuid, sha256, toBase64Url, uuidToHex } from '#core'
import type { Authentication } from './authentication.ts'

/** The name of the cookie, before the prefix that https asks for. */
export const sessionCookie = 'beding'

type Common = {
  readonly organisationId: OrganisationId
  readonly sessionId: string
  readonly personId: PersonId
  readonly createdAt: Instant
  /** The session ends at this moment, or earlier when it is not used. */
  readonly expiresAt: Instant
  readonly userAgent: string
  /** Oldest first. */
  readonly authentications: readonly Authentication[]
}

/** Somebody at this browser, with what they may see: one ceremony after a link, everything of their own after a sign-in. */
export type Session = Common &
  (
    | { readonly kind: 'visit'; readonly linkTokenSha256: Buffer; readonly assignmentId: AssignmentId }
    | { readonly kind: 'person'; readonly linkTokenSha256: null; readonly assignmentId: null }
  )

export type PersonSession = Extract<Session, { kind: 'person' }>

/** What a cookie says: whose it claims to be, and the hash by which it is looked up. */
export type SessionCredential = { readonly organisationId: OrganisationId; readonly tokenSha256: Buffer }

const tokenLength = 32

/** A new token of 256 random bits. The text goes into the cookie and nowhere else. */
export function makeSessionToken(
  organisationId: OrganisationId,
  randomBytes: (length: number) => Buffer,
): { readonly text: string; readonly tokenSha256: Buffer } {
  const token = toBase64Url(randomBytes(tokenLength))
  return { text: `${uuidToHex(organisationId)}.${token}`, tokenSha256: hashOf(token) }
}

/** Reads the value of a cookie; undefined for anything that is not exactly of its form. */
export function parseSessionToken(text: string): SessionCredential | undefined {
  const match = /^([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/.exec(text)
  if (match === null || fromBase64Url(match[2]!) === undefined) return undefined
  return { organisationId: hexToUuid(match[1]!) as OrganisationId, tokenSha256: hashOf(match[2]!) }
}

/** Another hash than that of a link, so that neither is ever taken for the other. */
function hashOf(token: string): Buffer {
  return sha256(`session.${token}`)
}

/** One of a person's own sessions, as it is listed to them. */
export type SessionSummary = {
  readonly sessionId: string
  readonly kind: Session['kind']
  readonly assurance: Assurance
  readonly createdAt: Instant
  readonly lastUsedAt: Instant
  readonly userAgent: string
  readonly isThis: boolean
}
