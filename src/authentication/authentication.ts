import type { Assurance } from '#assurance'
import type { CanonicalValue, EntryId, Instant, OrganisationId, PersonId } from '#core'
import { canonicalJson, sha256Base64Url, toBase64Url } from '#core'

/** By what somebody showed who they are. */
export type AuthenticationMethod = 'link' | 'mailbox-code' | 'totp' | 'oidc'

/** The levels that a sign-in can give. A signature with a key of the person gives more, and is no sign-in. */
export type SignInAssurance = Extract<
  Assurance,
  'mailbox-employer' | 'mailbox-private' | 'phone-otp' | 'sso' | 'sso-mfa'
>

/** One proof of who somebody is, within a session. */
export type Authentication = {
  readonly authenticationId: string
  readonly method: AuthenticationMethod
  readonly assurance: SignInAssurance
  readonly at: Instant
  /** After this moment it no longer stands for an act: the person shows it again. */
  readonly freshUntil: Instant
  /** Canonical JSON, `beding-authentication/v1`: what an act commits to as its fact `authentication`. */
  readonly record: string
}

/** An authentication as it is written, and the entry that it gets in the ledger; null for a visit. */
export type NewAuthentication = Authentication & { readonly entryId: EntryId | null }

/** The mailbox that was reached: its address as a salted hash, so that a record can be held against a known address. */
export type MailboxMark = {
  readonly kind: 'work' | 'private'
  readonly addressSha256: string
  readonly salt: string
}

/** How and when the means that was used came to be known as this person's; null for what needs no enrolment. */
export type EnrolmentMark = {
  readonly at: Instant
  readonly knownBy: Assurance
  /** Until this moment the means gives no more than the person was known by when it was enrolled. */
  readonly coolingUntil: Instant | null
}

/** What an identity provider said, raw, with the key that verified it (conventions 3.2). */
export type ProviderMark = {
  readonly authTime: Instant | null
  readonly issuer: string
  readonly subjectSha256: string
  readonly providerId: string
  readonly clientId: string
  readonly amr: readonly string[]
  readonly acr: string | null
  readonly nonce: string
  readonly maxAge_s: number | null
  readonly idToken: string
  readonly jwk: CanonicalValue
}

/** An identity provider's word about a person, as the room that asked it hands it over. */
export type ProviderAuthentication = ProviderMark & {
  readonly assurance: 'sso' | 'sso-mfa'
  readonly at: Instant
}

export type RecordParts = {
  readonly authenticationId: string
  readonly organisationId: OrganisationId
  readonly personId: PersonId
  readonly method: AuthenticationMethod
  readonly assurance: SignInAssurance
  readonly at: Instant
  readonly mailbox?: MailboxMark
  readonly enrolment?: EnrolmentMark
  readonly provider?: ProviderMark
}

/**
 * The record of an authentication, `beding-authentication/v1`: one canonical JSON object (RFC 8785) whose members are always
 * all there, null where they say nothing. It holds nothing by which anybody could sign in.
 */
export function authenticationRecord(parts: RecordParts): string {
  const { provider, mailbox, enrolment } = parts
  return canonicalJson({
    v: 'beding-authentication/v1',
    authenticationId: parts.authenticationId,
    organisationId: parts.organisationId,
    personId: parts.personId,
    method: parts.method,
    assurance: parts.assurance,
    at: parts.at,
    mailbox: mailbox ?? null,
    enrolment: enrolment ?? null,
    authTime: provider?.authTime ?? null,
    issuer: provider?.issuer ?? null,
    subjectSha256: provider?.subjectSha256 ?? null,
    providerId: provider?.providerId ?? null,
    clientId: provider?.clientId ?? null,
    amr: provider?.amr ?? null,
    acr: provider?.acr ?? null,
    nonce: provider?.nonce ?? null,
    maxAge_s: provider?.maxAge_s ?? null,
    idToken: provider?.idToken ?? null,
    jwk: provider?.jwk ?? null,
  })
}

/** The mark of a mailbox, under a fresh salt of 128 bits. Addresses are compared in lower case. */
export function mailboxMark(
  kind: MailboxMark['kind'],
  address: string,
  randomBytes: (length: number) => Buffer,
): MailboxMark {
  const salt = toBase64Url(randomBytes(16))
  return { kind, salt, addressSha256: sha256Base64Url(`${salt}.${address.toLowerCase()}`) }
}
