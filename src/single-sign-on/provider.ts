import type { ClientId, Instant } from '#core'
import type { Role } from '#http'

/** How this service proves to a provider that it is the client. */
export const clientAuthentications = ['client-secret-basic', 'client-secret-post', 'private-key-jwt'] as const
export type ClientAuthentication = (typeof clientAuthentications)[number]

/** Signatures of ID tokens that are taken. No `none`, and nothing symmetric: a secret that both know proves nothing later. */
export const tokenAlgorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'] as const
export type TokenAlgorithm = (typeof tokenAlgorithms)[number]

/** What of a person the claim of a provider is held against. */
export const personMatches = ['work-email', 'external-id'] as const
export type PersonMatch = (typeof personMatches)[number]

/** A value of the role claim, and the role that it gives. */
export type RoleRule = { readonly value: string; readonly role: Role }

/** What an organisation decides about a provider and may change. */
export type ProviderSettings = {
  readonly name: string
  readonly clientId: string
  readonly algorithms: readonly TokenAlgorithm[]
  readonly scopes: readonly string[]
  readonly forPersons: boolean
  readonly forStaff: boolean
  /** The claim that names a person, and what it is held against. */
  readonly personClaim: string
  readonly personMatches: PersonMatch
  /** The claim that must be true before an e-mail address counts. */
  readonly verifiedClaim: string
  readonly roleClaim: string | null
  readonly roleMapping: readonly RoleRule[]
  /** Values of `amr` (RFC 8176) and `acr` of which one means that a second factor was used. */
  readonly secondFactorAmr: readonly string[]
  readonly secondFactorAcr: readonly string[]
  /** How long ago the person may have proven themselves to the provider, at most. Always asked for, always checked. */
  readonly maxAgeSeconds: number
  readonly state: 'enabled' | 'disabled'
}

/** An identity provider (OpenID Connect Core 1.0) of one organisation. */
export type Provider = ProviderSettings & {
  readonly providerId: string
  readonly issuer: string
  readonly clientAuthentication: ClientAuthentication
  /** The public half of the key with which this service signs its assertions; null with a client secret. */
  readonly publicJwk: string | null
  readonly createdBy: ClientId
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** A provider with what it knows us by, still sealed. */
export type SealedProvider = Provider & { readonly sealedSecret: Buffer }

export const secretPurpose = 'sign-on-client-secret'
export const enabledProvidersMax = 10
/** How far the clocks of a provider and of this service may be apart (conventions 3.1). */
export const clockTolerance_s = 60
