import {
  algorithmOf,
  childrenOf,
  der,
  expectSorted,
  expectTag,
  integerOf,
  oidOf,
  onlyChildOf,
  smallNumberOf,
  type DerElement,
} from '#core'
import { hashes, oids, rsaEncryption, signatureAlgorithms, tags, type HashName } from './token-names.ts'

/** The one SignerInfo of a token (RFC 5652 section 5.3). */
export type Signer = {
  /** Issuer and serial number of its certificate, as they stand in the certificate. */
  readonly issuer: Buffer
  readonly serialNumber: Buffer
  readonly hash: HashName
  readonly key: 'rsa' | 'ec'
  /** The signed attributes as they were signed: the very bytes, under the tag of a SET. */
  /** The object identifier by which the signature names its algorithm. */
  readonly signatureName: string
  readonly signedBytes: Buffer
  readonly attributes: SignedAttributes
  readonly signature: Buffer
}

export type SignedAttributes = {
  readonly messageDigest: Buffer
  /**
   * The certificates that the signature names, in each form of the attribute that is there; the first of each list must
   * be the signer's (RFC 5035 section 4). At least one list, none of them empty.
   */
  readonly certificateLists: readonly (readonly CertificateId[])[]
}

/** An ESSCertID or ESSCertIDv2. */
export type CertificateId = {
  readonly hash: HashName | 'sha1'
  readonly digest: Buffer
  /** Issuer and serial number in one, when given. */
  readonly issuerSerial: Buffer | undefined
}

/** Reads a SignerInfo. Throws a RangeError for another form; nothing stands in it that is not signed. */
export function readSigner(element: DerElement): Signer {
  const [version, sid, digest, attributes, algorithm, signature, more] = childrenOf(
    element,
    tags.sequence,
    'the signer',
  )
  if (smallNumberOf(version, 'the version of the signer') !== 1)
    throw new RangeError('the signer is not named by issuer and serial number')
  if (more !== undefined) throw new RangeError('the signer has attributes that are not signed')
  const [issuer, serialNumber, another] = childrenOf(sid, tags.sequence, 'the name of the signer')
  if (another !== undefined) throw new RangeError('the name of the signer has parts too many')
  const hash = hashes.get(algorithmOf(digest, 'the digest algorithm'))
  if (hash === undefined) throw new RangeError('the digest algorithm is not of the SHA-2 family')
  integerOf(serialNumber, 'the serial number of the signer')
  const signed = expectTag(attributes, 0xa0, 'the signed attributes')
  const signatureName = algorithmOf(algorithm, 'the signature algorithm')
  return {
    issuer: expectTag(issuer, tags.sequence, 'the issuer of the signer').whole,
    serialNumber: serialNumber!.whole,
    hash,
    key: keyOf(signatureName, hash),
    signatureName,
    // In the token the tag is [0]; the signature is over the SET OF itself (RFC 5652 section 5.4).
    signedBytes: der(tags.set, signed.body),
    attributes: readAttributes(signed),
    signature: expectTag(signature, tags.octetString, 'the signature value').body,
  }
}

function keyOf(name: string, hash: HashName): 'rsa' | 'ec' {
  if (name === rsaEncryption) return 'rsa'
  const algorithm = signatureAlgorithms.get(name)
  if (algorithm?.hash !== hash) throw new RangeError('the signature algorithm is not one that counts')
  return algorithm.key
}

function readAttributes(element: DerElement): SignedAttributes {
  const attributes = childrenOf(element, 0xa0, 'the signed attributes')
  expectSorted(attributes, 'the signed attributes')
  const values = new Map<string, DerElement>()
  for (const attribute of attributes) {
    const [type, set, more] = childrenOf(attribute, tags.sequence, 'a signed attribute')
    const name = oidOf(type, 'the name of a signed attribute')
    if (values.has(name) || more !== undefined)
      throw new RangeError('a signed attribute stands twice or has parts too many')
    values.set(name, onlyChildOf(set, tags.set, 'a signed attribute'))
  }
  if (oidOf(values.get(oids.contentType), 'the signed content type') !== oids.tstInfo)
    throw new RangeError('the signed content type is not that of a TSTInfo')
  const first = values.get(oids.signingCertificate)
  const second = values.get(oids.signingCertificateV2)
  if (first === undefined && second === undefined)
    throw new RangeError('the signature does not name its certificate')
  return {
    messageDigest: expectTag(values.get(oids.messageDigest), tags.octetString, 'the signed digest').body,
    certificateLists: [
      ...(second === undefined ? [] : [readCertificateIds(second, 2)]),
      ...(first === undefined ? [] : [readCertificateIds(first, 1)]),
    ],
  }
}

/** SigningCertificate (RFC 2634 section 5.4, SHA-1) or SigningCertificateV2 (RFC 5035 section 3, SHA-256 by default). */
function readCertificateIds(value: DerElement, version: 1 | 2): CertificateId[] {
  const [list] = childrenOf(value, tags.sequence, 'the signing certificate')
  const ids = childrenOf(list, tags.sequence, 'the signing certificate').map((id): CertificateId => {
    const parts = childrenOf(id, tags.sequence, 'the signing certificate')
    const named = version === 2 && parts[0]?.tag === tags.sequence ? parts.shift() : undefined
    const hash = named === undefined ? 'sha256' : hashes.get(algorithmOf(named, 'the hash of a certificate'))
    if (hash === undefined) throw new RangeError('the hash of a certificate is not of the SHA-2 family')
    const [digest, issuerSerial, more] = parts
    if (more !== undefined) throw new RangeError('the signing certificate has parts too many')
    return {
      hash: version === 1 ? 'sha1' : hash,
      digest: expectTag(digest, tags.octetString, 'the hash of a certificate').body,
      issuerSerial:
        issuerSerial && expectTag(issuerSerial, tags.sequence, 'the issuer of a certificate').whole,
    }
  })
  if (ids.length === 0) throw new RangeError('the signature names no certificate')
  return ids
}
