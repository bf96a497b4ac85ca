import { demandSealKey, parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { demandSignature, signatureAlgorithmOf } from './signature-algorithm.ts'
import type { SignatureAlgorithm } from './signature-algorithm.ts'
import { childrenOf, demandSorted, expectTag, oidOf, readDer, smallIntegerOf, tags, writeDer } from './der.ts'
import type { Der } from './der.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'

/** The CMS of a seal as read (RFC 5652, PAdES B-B), every part in the one form this verifier knows. */
export type CmsSeal = {
  readonly leaf: Certificate
  readonly otherCertificates: readonly Certificate[]
  readonly messageDigest: Buffer
  /** The signed attributes as they were signed: a SET. */
  readonly signedBytes: Buffer
  readonly algorithm: SignatureAlgorithm
  readonly signature: Buffer
}

const oids = {
  signedContent: '1.2.840.113549.1.7.2',
  content: '1.2.840.113549.1.7.1',
  sha256: '2.16.840.1.101.3.4.2.1',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  algorithmProtection: '1.2.840.113549.1.9.52',
} as const

const certificatesMax = 8

/**
 * Reads the CMS of a seal. There is no room for variation: one signer, SHA-256, ECDSA P-256 or RSA, no attached content,
 * no revocation lists, no unsigned attributes, exactly four signed attributes. So every byte is either demanded here, or
 * stands under a signature, or is the signature (decision 0021).
 */
export function parseCmsSeal(der: Uint8Array): CmsSeal {
  const [type, wrapped, more] = childrenOf(expectTag(readDer(der), tags.sequence, 'the CMS'))
  demand(oidOf(type, 'the type of the CMS') === oids.signedContent, 'the CMS is not a signature')
  demand(more === undefined, 'the CMS has parts too many')
  const [signed, another] = childrenOf(expectTag(wrapped, 0xa0, 'the content of the CMS'))
  demand(another === undefined, 'the CMS has parts too many')
  const parts = childrenOf(expectTag(signed, tags.sequence, 'the signature of the CMS'))
  demand(
    parts.length === 5,
    'the CMS does not have exactly version, digest, content, certificates and signer',
  )
  const [version, digests, content, certificates, signers] = parts as [Der, Der, Der, Der, Der]
  demand(smallIntegerOf(version, 'the version of the CMS') === 1, 'the CMS is not of version 1')
  const [digest, otherDigest] = childrenOf(expectTag(digests, tags.set, 'the digests of the CMS'))
  demandSha256(digest)
  const [contentType, attached] = childrenOf(expectTag(content, tags.sequence, 'the content of the CMS'))
  demand(
    oidOf(contentType, 'the type of the content') === oids.content,
    'the CMS signs something else than data',
  )
  demand(otherDigest === undefined && attached === undefined, 'the CMS has parts too many')
  const [signer, otherSigner] = childrenOf(expectTag(signers, tags.set, 'the signer of the CMS'))
  demand(otherSigner === undefined, 'the CMS has more than one signer')
  return parseSigner(
    expectTag(signer, tags.sequence, 'the signer of the CMS'),
    parseCertificates(certificates),
  )
}

/** Refuses unless the seal is over bytes with this SHA-256. */
export function demandSealDigest(seal: CmsSeal, digest: Buffer): void {
  demand(seal.messageDigest.equals(digest), 'the bytes under the seal are not the ones that were sealed')
}

/** Refuses unless the certificate's key made the signature over the attributes. */
export function demandSealSignature(seal: CmsSeal): void {
  demandSignature(seal.leaf.publicKey, seal.algorithm, seal.signedBytes, seal.signature)
}

function parseCertificates(element: Der): Certificate[] {
  const elements = childrenOf(expectTag(element, 0xa0, 'the certificates of the CMS'))
  demand(
    elements.length >= 1 && elements.length <= certificatesMax,
    'the CMS has no or too many certificates',
  )
  demandSorted(elements)
  return elements.map((certificate) => parseCertificate(certificate.whole))
}

function parseSigner(signer: Der, certificates: readonly Certificate[]): CmsSeal {
  const parts = childrenOf(signer)
  demand(parts.length === 6, 'the signer of the CMS has parts too many or too few')
  const [version, identifier, digest, attributes, algorithm, signature] = parts as [
    Der,
    Der,
    Der,
    Der,
    Der,
    Der,
  ]
  demand(smallIntegerOf(version, 'the version of the signer') === 1, 'the signer is not of version 1')
  demandSha256(digest)
  const leaf = certificates.find((certificate) => identifierOf(certificate).equals(identifier.whole))
  demand(leaf !== undefined, 'the certificate of the signer is not in the CMS')
  demandSealKey(leaf)
  const signed = parseAttributes(expectTag(attributes, 0xa0, 'the signed attributes'), leaf)
  demand(
    signed.protection.equals(protectionOf(digest, algorithm)),
    'the protected algorithms are not the ones used',
  )
  return {
    leaf,
    otherCertificates: certificates.filter((certificate) => certificate !== leaf),
    messageDigest: signed.messageDigest,
    signedBytes: writeDer(tags.set, attributes.content),
    algorithm: signatureAlgorithmOf(algorithm, 'sha256'),
    signature: expectTag(signature, tags.octetString, 'the signature value').content,
  }
}

type SignedAttributes = { readonly messageDigest: Buffer; readonly protection: Buffer }

function parseAttributes(element: Der, leaf: Certificate): SignedAttributes {
  const attributes = childrenOf(element)
  demandSorted(attributes)
  const values = new Map<string, Der>()
  for (const attribute of attributes) {
    const [type, set, more] = childrenOf(expectTag(attribute, tags.sequence, 'a signed attribute'))
    const [value, other] = childrenOf(expectTag(set, tags.set, 'the value of a signed attribute'))
    demand(
      value !== undefined && other === undefined && more === undefined,
      'a signed attribute has not one value',
    )
    values.set(oidOf(type, 'the name of a signed attribute'), value)
  }
  const expected = [oids.contentType, oids.messageDigest, oids.signingCertificateV2, oids.algorithmProtection]
  demand(
    attributes.length === 4 && expected.every((oid) => values.has(oid)),
    'the signed attributes are not exactly content type, digest, certificate and algorithms',
  )
  demand(
    oidOf(values.get(oids.contentType), 'the content type') === oids.content,
    'the signed content type is wrong',
  )
  const digest = expectTag(values.get(oids.messageDigest), tags.octetString, 'the signed digest').content
  demand(digest.length === 32, 'the signed digest is not a SHA-256 hash')
  demandSigningCertificate(values.get(oids.signingCertificateV2), leaf)
  const protection = expectTag(
    values.get(oids.algorithmProtection),
    tags.sequence,
    'the protected algorithms',
  )
  return { messageDigest: digest, protection: protection.whole }
}

/** ESS signing-certificate-v2 (RFC 5035): one hash, SHA-256 by default and therefore unnamed, of the leaf. */
function demandSigningCertificate(element: Der | undefined, leaf: Certificate): void {
  const [list, policies] = childrenOf(expectTag(element, tags.sequence, 'the signing certificate'))
  const [identifier, another] = childrenOf(expectTag(list, tags.sequence, 'the signing certificate'))
  demand(policies === undefined && another === undefined, 'the signing certificate is not exactly one')
  const [hash, issuerSerial, more] = childrenOf(
    expectTag(identifier, tags.sequence, 'the signing certificate'),
  )
  demand(
    expectTag(hash, tags.octetString, 'the hash of the signing certificate').content.equals(sha256(leaf.der)),
    'the seal names another certificate than the one it brings',
  )
  demand(more === undefined, 'the signing certificate has parts too many')
  if (issuerSerial === undefined) return
  const directoryName = writeDer(0xa4, leaf.issuer)
  const expected = Buffer.concat([writeDer(tags.sequence, directoryName), leaf.serialNumber])
  demand(
    issuerSerial.whole.equals(writeDer(tags.sequence, expected)),
    'the seal names another issuer or number',
  )
}

function demandSha256(algorithm: Der | undefined): void {
  const parts = childrenOf(expectTag(algorithm, tags.sequence, 'the digest algorithm'))
  const named = oidOf(parts[0], 'the digest algorithm')
  demand(
    parts.length === 1 && named === oids.sha256,
    'the digest algorithm is not SHA-256 without parameters',
  )
}

function identifierOf(certificate: Certificate): Buffer {
  return writeDer(tags.sequence, Buffer.concat([certificate.issuer, certificate.serialNumber]))
}

/** CMSAlgorithmProtection (RFC 6211): the digest, and the signature algorithm under the implicit tag 1. */
function protectionOf(digest: Der, algorithm: Der): Buffer {
  return writeDer(tags.sequence, Buffer.concat([digest.whole, writeDer(0xa1, algorithm.content)]))
}
