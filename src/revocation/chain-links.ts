import { sha256Hex } from '#core'
import { isIssuedBy, placesOf, readCertificate, type Certificate } from './certificate.ts'

/** A certificate that has to be asked about, and who issued it. */
export type Link = { readonly certificate: Certificate; readonly issuer: Certificate }

/** Chains that were read and found to be ones, so that a thousand seals under one of them cost no signature check. */
export type KnownChains = Map<string, readonly Link[]>

const chainLengthMax = 10
const knownMax = 1_000

/**
 * The links of a chain (DER, the leaf first, the root last), read once and remembered. Throws a RangeError for a chain that
 * is none: empty, longer than ten, not each issued by the next, or with places to ask that cannot be read.
 */
export function linksOf(chain: readonly Buffer[], known: KnownChains): readonly Link[] {
  if (chain.length === 0 || chain.length > chainLengthMax)
    throw new RangeError(`a chain has 1 to ${chainLengthMax} certificates`)
  const name = chain.map(sha256Hex).join(' ')
  const found = known.get(name)
  if (found !== undefined) return found
  const links = readLinks(chain.map((bytes) => readCertificate(Buffer.from(bytes))))
  const [oldest] = known.keys()
  if (oldest !== undefined && known.size >= knownMax) known.delete(oldest)
  known.set(name, links)
  return links
}

function readLinks(certificates: readonly Certificate[]): Link[] {
  return certificates.slice(1).map((issuer, position) => {
    const certificate = certificates[position]!
    if (!isIssuedBy(certificate, issuer))
      throw new RangeError('a certificate of the chain was not issued by the next')
    placesOf(certificate) // throws for places that cannot be read
    return { certificate, issuer }
  })
}
