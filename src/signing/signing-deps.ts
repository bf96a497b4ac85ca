import { problem } from '#core'
import type { Database } from '#database'
import type { Platform } from '#platform'
import type { PageRelease, RelyingParty } from './signing.ts'

/** What this room is composed of. Everything that touches the outside or a room beside it is handed in. */
export type SigningDeps = {
  readonly platform: Platform
  readonly database: Database
  /** Undefined where browsers allow no passkeys at the address of this service. */
  readonly relyingParty: () => RelyingParty | undefined
  /** Roots of makers of authenticators, DER. */
  readonly attestationRoots: readonly Buffer[]
  /** The release of the page that is served, and its files; null where there is no page. */
  readonly pageRelease: () => PageRelease | null
  /** Looks for background work now: an enrolment waits for its anchor, a person for being told. */
  readonly wakeJobs: () => void
}

/** The relying party, or the problem `signing-unavailable`. */
export function requireRelyingParty(deps: SigningDeps): RelyingParty {
  const relyingParty = deps.relyingParty()
  if (relyingParty === undefined) throw problem('signing-unavailable')
  return relyingParty
}
