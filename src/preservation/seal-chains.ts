import { X509Certificate } from 'node:crypto'
import { instantFromDate, type Instant, type OrganisationId } from '#core'
import type { Database } from '#database'
import { chainOfSeal } from '#documents'

/** The certificates of a seal, DER, its own first and the root last, with what never changes about them. */
export type CheckedChain = {
  readonly chain: readonly Buffer[]
  /** Whether each certificate was issued and signed by the next, and the last by itself. */
  readonly holds: boolean
  /** When each is valid, in order; both ends belong to it. */
  readonly terms: readonly { readonly from: Instant; readonly until: Instant }[]
}

const organisationsMax = 1_000
const checked = new WeakMap<Database, Map<OrganisationId, CheckedChain[]>>()

/**
 * The chain of the key that made a seal (CMS, DER), read and checked once in this process: a seal brings its certificate
 * along, and the chain of a key that has sealed never changes. Rejects as `chainOfSeal` does for a seal of nobody here.
 */
export async function checkedChainOf(
  database: Database,
  organisationId: OrganisationId,
  cms: Buffer,
): Promise<CheckedChain> {
  const organisations = checked.get(database) ?? new Map<OrganisationId, CheckedChain[]>()
  checked.set(database, organisations)
  const known = organisations.get(organisationId) ?? []
  const found = known.find(({ chain }) => cms.includes(chain[0]!))
  if (found !== undefined) return found
  const chain = await database.readInOrganisation(organisationId, (trx) => chainOfSeal(trx, organisationId, cms)) // prettier-ignore
  const fresh = check(chain)
  if (organisations.size >= organisationsMax) organisations.clear()
  organisations.set(organisationId, [...known, fresh])
  return fresh
}

function check(chain: readonly Buffer[]): CheckedChain {
  const certificates = chain.map((der) => new X509Certificate(der))
  const holds = certificates.every((certificate, position) => {
    const issuer = certificates[position + 1] ?? certificate
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  })
  const terms = certificates.map(({ validFromDate, validToDate }) => ({
    from: instantFromDate(validFromDate),
    until: instantFromDate(validToDate),
  }))
  return { chain, holds, terms }
}
