import type { ClientId, Instant, OrganisationId } from '#core'
import type { AnyRequest } from './fastify-types.ts'

/**
 * The names of rights and roles. `identity` owns them and adds them here by declaration merging, because this room
 * checks rights without knowing what they mean (decision 0029).
 */
export interface AccessVocabulary {}

export type Right = AccessVocabulary extends { right: infer Name extends string } ? Name : string
export type Role = AccessVocabulary extends { role: infer Name extends string } ? Name : string

/** Who sent this request, as its key proved. `rights` are those of the role, narrowed by the scopes of the key. */
export type Caller = {
  readonly organisationId: OrganisationId
  readonly clientId: ClientId
  readonly role: Role
  readonly rights: ReadonlySet<Right>
  /** The human behind the request, where a sign-in proved one; absent for programs. */
  readonly staff?: StaffCaller
}

/** A human of the employer, or its lawyer, as the identity provider named them at this sign-in. */
export type StaffCaller = {
  readonly sessionId: string
  readonly name: string
  readonly issuer: string
  readonly subject: string
  /** When a second factor was last proven in this session; null when it never was. */
  readonly secondFactorAt: Instant | null
}

/**
 * Who may call a route: anybody, whoever holds a link, a person with a session of their own, either of these two, or a
 * client whose key gives a right. `{ right: 'any' }` takes every valid key: for what a client may always ask about itself.
 */
export type Access = 'public' | 'link' | 'person' | 'link-or-person' | { readonly right: Right | 'any' }

/** Finds the caller that a key proves; undefined when there is no valid key, whatever the reason. */
export type KeyAuthenticator = (bearer: string | undefined) => Promise<Caller | undefined>

/**
 * Knows people who signed in, where a request has a cookie instead of a key. `admit` is asked before the body is read and
 * `admitRead` once the input was found well-formed; both throw the refusal.
 */
export type StaffAuthority = {
  readonly authenticate: (request: AnyRequest) => Promise<Caller | undefined>
  readonly admit: (request: AnyRequest, caller: Caller) => void
  readonly admitRead: (request: AnyRequest, caller: Caller) => Promise<void>
}

/** The token after `Authorization: Bearer` (RFC 6750 section 2.1), or undefined. */
export function bearerOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^Bearer ([A-Za-z0-9\-._~+/]+=*)$/i.exec(header)?.[1]
}
