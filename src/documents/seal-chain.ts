import { X509Certificate } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { BasicConstraints, Certificate, KeyUsage, KeyUsageFlags } from '@peculiar/asn1-x509'
import { instantFromDate, type Instant } from '#core'
import { sealKeyKindOf } from './seal-algorithm.ts'

/** The certificates of a seal key, from the one that seals up to the root, which somebody has to trust. */
export type SealChain = {
  /** DER, leaf first, root last. */
  readonly certificates: readonly Buffer[]
  /** The term in which all of them are valid; both ends belong to it. */
  readonly notBefore: Instant
  readonly notAfter: Instant
}

/** A chain that may not seal. The sentence is for the operator. */
export class SealChainRefusal extends Error {
  override readonly name = 'SealChainRefusal'
}

type Link = { readonly x509: X509Certificate; readonly parsed: Certificate; readonly name: string }

/** ECDSA and RSA PKCS #1 v1.5, each with SHA-256, -384 and -512. */
const signatureOids: ReadonlySet<string> = new Set(
  ['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4'].concat([
    '1.2.840.113549.1.1.11',
    '1.2.840.113549.1.1.12',
    '1.2.840.113549.1.1.13',
  ]),
)

const oids = { basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15', extendedKeyUsage: '2.5.29.37' }
/** What may be critical: the three above, certificate policies, and both key identifiers. */
const understood: ReadonlySet<string> = new Set([
  ...Object.values(oids),
  '2.5.29.32',
  '2.5.29.14',
  '2.5.29.35',
])

/** RFC 9336, what Adobe and Microsoft use instead, and any purpose. */
const documentPurposes = ['1.3.6.1.5.5.7.3.36', '1.2.840.113583.1.1.5', '1.3.6.1.4.1.311.10.3.12', '2.5.29.37.0'] // prettier-ignore

/**
 * Reads a chain, leaf first and root last, and judges everything about it but the moment (RFC 5280 section 6, narrowed):
 * the leaf may sign documents and has a key that may seal; each certificate is signed by the next with SHA-2; issuers are
 * authorities that may issue, at this depth; the last is issued by itself. Throws a SealChainRefusal.
 */
export function readSealChain(certificates: readonly Buffer[]): SealChain {
  const links = certificates.map(linkOf)
  const [leaf, ...issuers] = links
  if (leaf === undefined) throw new SealChainRefusal('there is no certificate')
  requireLeaf(leaf)
  for (const [below, issuer] of issuers.entries()) {
    requireIssuer(issuer, below)
    requireIssued(links[below]!, issuer)
  }
  const last = links.at(-1)!
  if (!isIssuedBy(last, last) || issuers.length === 0)
    throw new SealChainRefusal(`the chain is not complete: the root above ${last.name} is missing`)
  const starts = links.map((link) => instantFromDate(link.x509.validFromDate))
  const ends = links.map((link) => instantFromDate(link.x509.validToDate))
  return { certificates, notBefore: starts.toSorted().at(-1)!, notAfter: ends.toSorted()[0]! }
}

/** Why nothing may be sealed with this chain at that moment; undefined when it may. */
export function outsideTermOf(
  chain: Pick<SealChain, 'notBefore' | 'notAfter'>,
  at: Instant,
): string | undefined {
  if (at < chain.notBefore) return `a certificate of the seal is not valid before ${chain.notBefore}`
  if (at > chain.notAfter) return `a certificate of the seal was valid until ${chain.notAfter}`
  return undefined
}

function linkOf(der: Buffer): Link {
  try {
    const x509 = new X509Certificate(der)
    return { x509, parsed: AsnConvert.parse(der, Certificate), name: x509.subject.replaceAll('\n', ', ') }
  } catch (cause) {
    throw new SealChainRefusal('a certificate cannot be read', { cause })
  }
}

function requireLeaf(leaf: Link): void {
  const { x509, name } = leaf
  const refuse = (what: string): never => {
    throw new SealChainRefusal(`${name} ${what}`)
  }
  requireUnderstood(leaf)
  if (sealKeyKindOf(x509.publicKey) === undefined)
    refuse('has a key that may not seal: P-256, or RSA of 3072 or 4096 bits, is needed')
  if (x509.ca) refuse('is an authority; the first certificate has to be the one of the seal')
  const usage = keyUsageOf(leaf)
  if (usage === undefined || (usage & (KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation)) === 0)
    refuse('may not sign: its key usage has neither digitalSignature nor nonRepudiation')
  const purposes = x509.keyUsage as readonly string[] | undefined
  if (purposes !== undefined && !purposes.some((purpose) => documentPurposes.includes(purpose)))
    refuse('is not for documents: its extended key usage does not name document signing')
}

function requireIssuer(issuer: Link, below: number): void {
  const { x509, parsed, name } = issuer
  requireUnderstood(issuer)
  const refuse = (what: string): never => {
    throw new SealChainRefusal(`${name} ${what}`)
  }
  // OpenSSL looks at both: the basic constraints, and keyCertSign where there is a key usage.
  if (!x509.ca) refuse('is not an authority that may issue certificates')
  const constraints = extensionOf(parsed, oids.basicConstraints)
  const depth = constraints && AsnConvert.parse(constraints, BasicConstraints).pathLenConstraint
  if (depth !== undefined && below > depth) refuse('may not have so many authorities below it')
}

function requireIssued(certificate: Link, issuer: Link): void {
  if (!signatureOids.has(certificate.parsed.signatureAlgorithm.algorithm))
    throw new SealChainRefusal(`${certificate.name} is signed with an algorithm that does not count`)
  if (!isIssuedBy(certificate, issuer))
    throw new SealChainRefusal(
      `${certificate.name} is not issued by the certificate after it, ${issuer.name}`,
    )
}

function isIssuedBy({ x509 }: Link, issuer: Link): boolean {
  try {
    return x509.checkIssued(issuer.x509) && x509.verify(issuer.x509.publicKey)
  } catch {
    return false // a key of a kind that is not known here signed nothing that counts
  }
}

function requireUnderstood({ parsed, name }: Link): void {
  const unknown = parsed.tbsCertificate.extensions?.find(
    (extension) => extension.critical && !understood.has(extension.extnID),
  )
  if (unknown !== undefined)
    throw new SealChainRefusal(`${name} has a critical extension that is not known here: ${unknown.extnID}`)
}

function keyUsageOf({ parsed }: Link): number | undefined {
  const value = extensionOf(parsed, oids.keyUsage)
  return value && AsnConvert.parse(value, KeyUsage).toNumber()
}

function extensionOf(certificate: Certificate, oid: string): ArrayBuffer | undefined {
  const found = certificate.tbsCertificate.extensions?.find((extension) => extension.extnID === oid)
  return found?.extnValue.buffer
}
