import type { ClientId, Instant } from '#core'

/** A provider of remote signatures (CSC API v2), as an organisation uses it. */
export type CscProvider = {
  readonly providerId: string
  readonly name: string
  /** What the paths of the API are put behind; without a slash at its end. */
  readonly baseUrl: string
  readonly clientId: string
  readonly createdBy: ClientId
  readonly createdAt: Instant
  /** Null while it is in use. */
  readonly retiredAt: Instant | null
}

/** With the client secret, sealed under the master key. */
export type SealedCscProvider = CscProvider & { readonly sealedSecret: Buffer }

export const cscSecretPurpose = 'csc-client-secret'
