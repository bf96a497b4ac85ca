import type { Instant, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Database, Transaction } from '#database'
import type { Platform } from '#platform'
import type { PageRelease, RelyingParty } from './signing.ts'

/** Something a person has to be told about their keys, over other channels than the one they came by. */
export type SigningNotice = {
  readonly personId: PersonId
  readonly kind: 'signing-credential-enrolled' | 'signing-credential-revoked' | 'signing-reset'
  readonly facts: Readonly<Record<string, string>>
  readonly at: Instant
}

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
  /** Queues a message to every mailbox that is known of the person, in the transaction of what it is about. */
  readonly notify: (trx: Transaction, organisationId: OrganisationId, notice: SigningNotice) => Promise<void>
  /** Looks for background work now: an enrolment waits for its anchor. */
  readonly wakeJobs: () => void
}

/** The relying party, or the problem `signing-unavailable`. */
export function requireRelyingParty(deps: SigningDeps): RelyingParty {
  const relyingParty = deps.relyingParty()
  if (relyingParty === undefined) throw problem('signing-unavailable')
  return relyingParty
}
