import type { Instant } from '#core'
import type { RevocationOutcome } from '#revocation'
import type { EgressFetch } from '#single-sign-on'
import type { SigningDeps } from './signing-deps.ts'

/** What remote signing is composed of besides the rest of the room. */
export type CscDeps = SigningDeps & {
  /** Where people reach this service; the provider sends them back there. */
  readonly publicUrl: () => string
  /** How a provider is asked, within the rules for everything that leaves. */
  readonly providerFetch: EgressFetch
  /** Roots of authorities whose certificates are qualified, DER: the operator's word, and no organisation's. */
  readonly qualifiedRoots: readonly Buffer[]
  /** Asks whether the certificates of a chain, leaf first and root last, were revoked. */
  readonly revocationOf: (chain: readonly Buffer[], at: Instant) => Promise<RevocationOutcome>
}

export const callbackPath = '/signing/csc/callback'

/** The address that has to be registered at the provider. */
export function redirectUriOf({ publicUrl }: Pick<CscDeps, 'publicUrl'>): string {
  return `${publicUrl().replace(/\/+$/, '')}${callbackPath}`
}
