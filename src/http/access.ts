import type { ClientId, OrganisationId } from '#core'

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
}

/**
 * Who may call a route: anybody, whoever holds a link, or a client whose key gives a right. `{ right: 'any' }` takes
 * every valid key: for what a client may always ask about itself.
 */
export type Access = 'public' | 'link' | { readonly right: Right | 'any' }

/** Finds the caller that a key proves; undefined when there is no valid key, whatever the reason. */
export type KeyAuthenticator = (bearer: string | undefined) => Promise<Caller | undefined>

/** The token after `Authorization: Bearer` (RFC 6750 section 2.1), or undefined. */
export function bearerOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^Bearer ([A-Za-z0-9\-._~+/]+=*)$/i.exec(header)?.[1]
}
