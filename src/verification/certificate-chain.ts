import type { Certificate } from './certificate.ts'
import { demandSignature } from './signature-algorithm.ts'
import { demand } from './refusal.ts'

/** A seal's certificate, the authorities above it in order, and whether they reach a pinned root. */
export type Chain = {
  /** Leaf first; without the root. */
  readonly certificates: readonly Certificate[]
  readonly root: Certificate | undefined
}

/** Purposes of certificates that seal documents: RFC 9336, Adobe's, Microsoft's, any. Without a list, none is excluded. */
const documentPurposes = [
  '1.3.6.1.5.5.7.3.36',
  '1.2.840.113583.1.1.5',
  '1.3.6.1.4.1.311.10.3.12',
  '2.5.29.37.0',
]

/**
 * Orders the certificates of a seal from the leaf upwards, every one used exactly once, each signed by the next, and
 * finds the pinned root above the last (RFC 5280 section 6, narrowed). `roots` may be empty: then the chain ends open.
 */
export function buildChain(
  leaf: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
): Chain {
  const unused = [...others]
  const certificates = [leaf]
  for (let current = leaf; unused.length > 0;) {
    const position = unused.findIndex((candidate) => isIssuedBy(current, candidate))
    demand(position >= 0, 'the seal brings a certificate that does not belong to its chain')
    const [issuer] = unused.splice(position, 1) as [Certificate]
    demand(
      !issuer.subject.equals(issuer.issuer),
      'the seal brings a root certificate; roots are pinned, not brought',
    )
    certificates.push(issuer)
    current = issuer
  }
  const last = certificates.at(-1) as Certificate
  return { certificates, root: roots.find((root) => isIssuedBy(last, root)) }
}

/** Refuses unless the leaf may seal documents and everything above it may issue certificates, at this depth. */
export function demandChainMaySeal(chain: Chain): void {
  const [leaf, ...authorities] = chain.certificates as [Certificate, ...Certificate[]]
  demand(!leaf.authority, 'the certificate of the seal is that of an authority')
  demand(
    leaf.keyUsage.has('digitalSignature') || leaf.keyUsage.has('nonRepudiation'),
    'the certificate of the seal may not be used to sign',
  )
  demand(!leaf.keyUsage.has('keyCertSign'), 'the certificate of the seal may issue certificates')
  const purposes = leaf.extendedKeyUsage
  const fits = purposes.length === 0 || purposes.some((purpose) => documentPurposes.includes(purpose))
  demand(fits, 'the certificate of the seal is not for documents')
  if (chain.root !== undefined) authorities.push(chain.root)
  for (const [below, authority] of authorities.entries()) {
    demand(authority.authority, `${authority.subjectText} is not an authority`)
    demand(authority.keyUsage.has('keyCertSign'), `${authority.subjectText} may not issue certificates`)
    demand(
      authority.pathLengthMax === undefined || below <= authority.pathLengthMax,
      `${authority.subjectText} may not have so many authorities below it`,
    )
  }
}

/** Refuses unless every certificate of the chain, the root too, was valid at that moment. */
export function demandValidAt(chain: Chain, instant: string): void {
  for (const certificate of [...chain.certificates, ...(chain.root === undefined ? [] : [chain.root])]) {
    demand(
      certificate.validFrom <= instant && instant <= certificate.validUntil,
      `${certificate.subjectText} was valid from ${certificate.validFrom} until ${certificate.validUntil}, not at ${instant}`,
    )
  }
}

/** Says whether the issuer's name, key identifier and key fit the certificate's. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (!certificate.issuer.equals(issuer.subject)) return false
  const { authorityKeyId } = certificate
  if (authorityKeyId !== undefined && issuer.subjectKeyId !== undefined) {
    if (!authorityKeyId.equals(issuer.subjectKeyId)) return false
  }
  try {
    const { signatureAlgorithm, signedBytes, signature } = certificate
    demandSignature(issuer.publicKey, signatureAlgorithm, signedBytes, signature)
    return true
  } catch {
    return false
  }
}
