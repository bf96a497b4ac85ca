import type { AddressInfo } from 'node:net'
import type { Database } from '#database'
import type { HttpServer } from '#http'
import type { Platform } from '#platform'
import type { CscDeps, PageRelease, SigningDeps } from '#signing'
import { relyingPartyOf } from '#signing'
import { egressFetch } from '#single-sign-on'
import type { EgressRules } from '#webhooks'

/** What the operator sets about signing. */
export type SigningOptions = {
  readonly rpId?: string | undefined
  /** Roots of makers of authenticators, DER. */
  readonly attestationRoots: readonly Buffer[]
  /** What signing at a provider needs; without it nobody does. */
  readonly remote?: RemoteSigningOptions
}

export type RemoteSigningOptions = Pick<CscDeps, 'qualifiedRoots' | 'revocationOf'> & {
  /** Where providers may be. */
  readonly egress: EgressRules
}

/** What the room `signing` is composed of in this service. */
export function signingDeps(
  {
    platform,
    database,
    wakeJobs,
    publicUrl,
    signing,
  }: {
    readonly platform: Platform
    readonly database: Database
    readonly wakeJobs: () => void
    readonly publicUrl?: string | undefined
    readonly signing?: SigningOptions | undefined
  },
  server: () => HttpServer,
  pageRelease: () => PageRelease | null,
): SigningDeps {
  return {
    platform,
    database,
    wakeJobs,
    pageRelease,
    attestationRoots: signing?.attestationRoots ?? [],
    relyingParty: () => relyingPartyOf(publicUrl ?? localAddress(server()), signing?.rpId),
  }
}

/** What signing at a provider is composed of, besides the rest of the room. */
export function remoteSigningDeps(
  signing: SigningDeps,
  options: { readonly publicUrl?: string | undefined; readonly signing?: SigningOptions | undefined },
  server: () => HttpServer,
): CscDeps & { readonly providerEgress: EgressRules } {
  const { qualifiedRoots, revocationOf, egress }: RemoteSigningOptions = options.signing?.remote ?? {
    qualifiedRoots: [],
    revocationOf: () => Promise.resolve({ kind: 'unavailable', attempts: [] }),
    egress: { allowLoopback: false },
  }
  return {
    ...signing,
    publicUrl: () => options.publicUrl ?? localAddress(server()),
    providerEgress: egress,
    providerFetch: egressFetch(egress),
    qualifiedRoots,
    revocationOf,
  }
}

/** Where browsers on this machine find the service; the port is known once it listens. */
function localAddress(server: HttpServer): string {
  const address = server.server.address() as AddressInfo | null
  return address === null ? 'http://localhost' : `http://localhost:${address.port}`
}
