import type { AddressInfo } from 'node:net'
import type { Database } from '#database'
import type { HttpServer } from '#http'
import type { Platform } from '#platform'
import type { PageRelease, SigningDeps } from '#signing'
import { relyingPartyOf } from '#signing'

/** What the operator sets about signing. */
export type SigningOptions = {
  readonly rpId?: string | undefined
  /** Roots of makers of authenticators, DER. */
  readonly attestationRoots: readonly Buffer[]
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

/** Where browsers on this machine find the service; the port is known once it listens. */
function localAddress(server: HttpServer): string {
  const address = server.server.address() as AddressInfo | null
  return address === null ? 'http://localhost' : `http://localhost:${address.port}`
}
