import { addMilliseconds, type Instant } from '#core'
import type { Database } from '#database'
import type { Platform } from '#platform'
import { readCertificate, type Certificate } from './certificate.ts'
import type { KnownChains } from './chain-links.ts'
import type { DevelopmentResponder } from './development-responder.ts'
import type { EgressRules } from './egress-rules.ts'
import { createSharedAnswers, type SharedAnswers } from './shared-answers.ts'

type ResponderPlatform = Pick<Platform, 'clock' | 'randomBytes' | 'secrets'>

/** Gives the responders of the development authorities of one kind; called whenever an issuer is not known yet. */
export type ListDevelopmentResponders = (
  platform: ResponderPlatform,
  database: Database,
) => Promise<readonly DevelopmentResponder[]>

export type RevocationConfig = EgressRules & {
  /** Of the rooms that make development authorities: those of seals and of timestamps. */
  readonly developmentResponders: readonly ListDevelopmentResponders[]
  /** For each request by itself, in milliseconds; 10 000 unless told otherwise. */
  readonly timeout_ms?: number | undefined
}

/** Who can be asked about certificates, and the answers that are shared while they are fresh. */
export type RevocationSources = EgressRules & {
  readonly timeout_ms: number
  /** The responder of a development authority of this installation; undefined for every other issuer. */
  readonly developmentResponderOf: (
    issuer: Certificate,
    at: Instant,
  ) => Promise<DevelopmentResponder | undefined>
  readonly shared: SharedAnswers
  readonly chains: KnownChains
}

const timeout_ms = 10_000

/** A responder with less than this left is asked for anew. */
const remainingMin_ms = 86_400_000

/**
 * Opens the sources of this process: the places that certificates name, on the web, and the responders of the development
 * authorities of this installation. Rejects when the responders cannot be read.
 */
export async function openRevocationSources(
  platform: ResponderPlatform,
  database: Database,
  config: RevocationConfig,
): Promise<RevocationSources> {
  const known = new Map<string, { readonly responder: DevelopmentResponder; readonly endsAt: Instant }>()
  const isGood = (issuer: string, at: Instant): boolean =>
    (known.get(issuer)?.endsAt ?? at) > addMilliseconds(at, remainingMin_ms)
  const load = async (at: Instant): Promise<void> => {
    for (const list of config.developmentResponders)
      for (const responder of await list(platform, database)) {
        const issuer = readCertificate(responder.issuer).sha256
        const endsAt = readCertificate(responder.certificate).notAfter
        if (!isGood(issuer, at)) known.set(issuer, { responder, endsAt })
      }
  }
  await load(platform.clock())
  return {
    privateHosts: config.privateHosts,
    timeout_ms: config.timeout_ms ?? timeout_ms,
    shared: createSharedAnswers(),
    chains: new Map(),
    async developmentResponderOf({ sha256 }, at) {
      // Another process of this installation may have made an authority since.
      if (!isGood(sha256, at)) await load(at)
      return known.get(sha256)?.responder
    },
  }
}
