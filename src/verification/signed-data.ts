import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { childrenOf, expectTag, oidOf, smallIntegerOf, tags, writeDer } from './der.ts'
import type { Der } from './der.ts'
import type { HashName } from './primitives.ts'
import { sha1 } from './primitives.ts'
import { demand, refuse } from './refusal.ts'
import { demandSignature, digest, hashNameOf, signatureAlgorithmOf } from './signature-algorithm.ts'
import type { SignatureAlgorithm } from './signature-algorithm.ts'

/** The CMS around the content of a time-stamp token (RFC 5652), as read; not yet verified. */
export type SignedData = {
  /** The octets that were signed: here a TSTInfo. */
  readonly content: Buffer
  readonly signer: Certificate
  readonly others: readonly Certificate[]
  readonly digestName: HashName
  readonly messageDigest: Buffer
  /** The signed attributes as they were signed: a SET. */
  readonly signedBytes: Buffer
  readonly algorithm: SignatureAlgorithm
  readonly signature: Buffer
}

const oids = {
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

const certificatesMax = 16

/** Reads a ContentInfo that holds one signer's SignedData over an attached TSTInfo (RFC 3161 section 2.4.2). */
export function parseSignedData(contentInfo: Der): SignedData {
  const [type, wrapped, more] = childrenOf(expectTag(contentInfo, tags.sequence, 'the token'))
  demand(oidOf(type, 'the type of the token') === oids.signedData, 'the token is not a signature')
  const [signedData, another] = childrenOf(expectTag(wrapped, 0xa0, 'the content of the token'))
  demand(more === undefined && another === undefined, 'the token has parts too many')
  const parts = childrenOf(expectTag(signedData, tags.sequence, 'the signature of the token'))
  const [version, digests, encapsulated] = parts
  demand(smallIntegerOf(version, 'the version of the token') === 3, 'the token is not of version 3')
  const certificates = parseCertificates(parts.find((part) => part.tag === 0xa0))
  const signers = childrenOf(expectTag(parts.at(-1), tags.set, 'the signer of the token'))
  demand(parts.length <= 6 && signers.length === 1, 'the token does not have exactly one signer')
  const signed = parseSigner(signers[0] as Der, contentOf(encapsulated), certificates)
  const [used, other] = childrenOf(expectTag(digests, tags.set, 'the digests of the token'))
  const same = other === undefined && hashNameOf(used) === signed.digestName
  demand(same, 'the token announces another digest than its signer uses')
  return signed
}

/** Refuses unless the signed digest is that of the content and the signer's key signed the attributes. */
export function demandSignedContent(signed: SignedData): void {
  const { digestName, content, messageDigest, signer, algorithm, signedBytes, signature } = signed
  demand(digest(digestName, content).equals(messageDigest), 'the token signs another content than it brings')
  demandSignature(signer.publicKey, algorithm, signedBytes, signature)
}

function contentOf(element: Der | undefined): Buffer {
  const [type, wrapped, more] = childrenOf(expectTag(element, tags.sequence, 'the content of the token'))
  demand(oidOf(type, 'the type of the content') === oids.timestampInfo, 'the token is not a time-stamp')
  const [octets, another] = childrenOf(expectTag(wrapped, 0xa0, 'the content of the token'))
  demand(more === undefined && another === undefined, 'the content of the token has parts too many')
  return expectTag(octets, tags.octetString, 'the content of the token').content
}

/** Certificates that cannot be read here are passed over: a chain that needs one of them is not found. */
function parseCertificates(element: Der | undefined): Certificate[] {
  demand(element !== undefined, 'the token brings no certificates')
  const elements = childrenOf(element)
  demand(elements.length <= certificatesMax, 'the token brings more than 16 certificates')
  return elements.flatMap((each) => {
    try {
      return [parseCertificate(each.whole)]
    } catch {
      return []
    }
  })
}

function parseSigner(signer: Der, content: Buffer, certificates: readonly Certificate[]): SignedData {
  const parts = childrenOf(expectTag(signer, tags.sequence, 'the signer of the token'))
  demand(parts.length === 6 || parts.length === 7, 'the signer of the token has parts too many or too few')
  const [version, identifier, digestAlgorithm, attributes, algorithm, signature, unsigned] = parts
  demand(unsigned === undefined || unsigned.tag === 0xa1, 'the signer of the token has a part not known here')
  const leaf = certificates.find((certificate) => isIdentifiedBy(certificate, identifier as Der))
  demand(leaf !== undefined, 'the certificate of the signer is not in the token')
  const expectedVersion = (identifier as Der).tag === tags.sequence ? 1 : 3
  demand(
    smallIntegerOf(version, 'the version of the signer') === expectedVersion,
    'the signer has a wrong version',
  )
  const digestName = hashNameOf(digestAlgorithm)
  const signed = expectTag(attributes, 0xa0, 'the signed attributes')
  return {
    content,
    signer: leaf,
    others: certificates.filter((certificate) => certificate !== leaf),
    digestName,
    messageDigest: parseAttributes(signed, leaf),
    signedBytes: writeDer(tags.set, signed.content),
    algorithm: signatureAlgorithmOf(algorithm, digestName),
    signature: expectTag(signature, tags.octetString, 'the signature value').content,
  }
}

function isIdentifiedBy(certificate: Certificate, identifier: Der): boolean {
  if (identifier.tag === 0x80) return certificate.subjectKeyId?.equals(identifier.content) === true
  const { issuer, serialNumber } = certificate
  return writeDer(tags.sequence, Buffer.concat([issuer, serialNumber])).equals(identifier.whole)
}

/** Content type, digest and signing certificate must be there, each once; others are covered by the signature too. */
function parseAttributes(element: Der, leaf: Certificate): Buffer {
  const values = new Map<string, Der>()
  for (const attribute of childrenOf(element)) {
    const [type, set, more] = childrenOf(expectTag(attribute, tags.sequence, 'a signed attribute'))
    const [value, other] = childrenOf(expectTag(set, tags.set, 'the value of a signed attribute'))
    const oid = oidOf(type, 'the name of a signed attribute')
    demand(!values.has(oid) && more === undefined, 'a signed attribute stands there twice')
    demand(value !== undefined && other === undefined, 'a signed attribute has not one value')
    values.set(oid, value)
  }
  const contentType = oidOf(values.get(oids.contentType), 'the signed content type')
  demand(contentType === oids.timestampInfo, 'the signed content type is not a time-stamp')
  demandSigningCertificate(values, leaf)
  return expectTag(values.get(oids.messageDigest), tags.octetString, 'the signed digest').content
}

/** RFC 2634 section 5.4 with SHA-1, RFC 5035 with another hash: the first certificate named must be the signer's. */
function demandSigningCertificate(values: ReadonlyMap<string, Der>, leaf: Certificate): void {
  const second = values.get(oids.signingCertificateV2)
  const value = second ?? values.get(oids.signingCertificate)
  demand(value !== undefined, 'the signed attributes do not name the certificate of the signer')
  const [list] = childrenOf(expectTag(value, tags.sequence, 'the signing certificate'))
  const [identifier] = childrenOf(expectTag(list, tags.sequence, 'the signing certificate'))
  const parts = childrenOf(expectTag(identifier, tags.sequence, 'the signing certificate'))
  const named = second !== undefined && parts[0]?.tag === tags.sequence
  const hash = expectTag(
    parts[named ? 1 : 0],
    tags.octetString,
    'the hash of the signing certificate',
  ).content
  const expected =
    second === undefined ? sha1(leaf.der) : digest(named ? hashNameOf(parts[0]) : 'sha256', leaf.der)
  demand(hash.equals(expected), 'the token names another certificate than the one that signed it')
  const issuerSerial = parts[named ? 2 : 1]
  if (issuerSerial === undefined) return
  const [issuer, serial] = childrenOf(expectTag(issuerSerial, tags.sequence, 'the issuer of the certificate'))
  const names = childrenOf(issuer ?? refuse('the token names no issuer'))
  const right = names.some(({ tag, content }) => tag === 0xa4 && content.equals(leaf.issuer))
  demand(
    right && serial?.whole.equals(leaf.serialNumber) === true,
    'the token names another issuer or number',
  )
}
