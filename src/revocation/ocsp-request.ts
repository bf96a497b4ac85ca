import {
  childrenOf,
  der,
  derOid,
  derTags as tags,
  expectTag,
  integerOf,
  oidOf,
  onlyElement,
  takeTag,
  type DerElement,
} from '#core'
import { issuerHashes, type Certificate } from './certificate.ts'
import { readExtensions, type Extensions } from './extensions.ts'
import { idHashes, oids, type IdHash } from './names.ts'

/** How OCSP names a certificate (RFC 6960 section 4.1.1). */
export type CertificateId = {
  readonly hash: IdHash
  readonly nameHash: Buffer
  readonly keyHash: Buffer
  /** The bytes of the INTEGER. */
  readonly serialNumber: Buffer
}

/** The id of a certificate under its issuer. */
export function certificateIdOf(certificate: Certificate, issuer: Certificate, hash: IdHash): CertificateId {
  const { name, key } = issuerHashes(issuer, hash)
  return { hash, nameHash: name, keyHash: key, serialNumber: certificate.serialNumber }
}

/** True when both name the same certificate by the same hash. */
export function isSameId(a: CertificateId, b: CertificateId): boolean {
  return (
    a.hash === b.hash &&
    a.nameHash.equals(b.nameHash) &&
    a.keyHash.equals(b.keyHash) &&
    a.serialNumber.equals(b.serialNumber)
  )
}

/** A CertID as DER. The hash stands there with NULL, as every responder expects it. */
export function encodeCertificateId({ hash, nameHash, keyHash, serialNumber }: CertificateId): Buffer {
  return der(
    tags.sequence,
    der(tags.sequence, derOid(oids[hash]), der(tags.null)),
    der(tags.octetString, nameHash),
    der(tags.octetString, keyHash),
    der(tags.integer, serialNumber),
  )
}

/** Reads a CertID. Throws a RangeError for another form, or a hash that is neither SHA-1 nor SHA-256. */
export function readCertificateId(element: DerElement | undefined): CertificateId {
  const [algorithm, nameHash, keyHash, serialNumber, more] = childrenOf(
    element,
    tags.sequence,
    'a certificate id',
  )
  const [name] = childrenOf(algorithm, tags.sequence, 'the hash of a certificate id')
  const hash = idHashes.get(oidOf(name, 'the hash of a certificate id'))
  if (hash === undefined) throw new RangeError('a certificate id is made with a hash that is not known here')
  if (more !== undefined) throw new RangeError('a certificate id has parts too many')
  return {
    hash,
    nameHash: expectTag(nameHash, tags.octetString, 'the name in a certificate id').body,
    keyHash: expectTag(keyHash, tags.octetString, 'the key in a certificate id').body,
    serialNumber: integerOf(serialNumber, 'the number in a certificate id'),
  }
}

/** An OCSPRequest (RFC 6960 section 4.1.1) in DER about one certificate, unsigned, with a nonce when one is given. */
export function ocspRequest(id: CertificateId, nonce?: Buffer): Buffer {
  const list = der(tags.sequence, der(tags.sequence, encodeCertificateId(id)))
  const extensions = nonce === undefined ? [] : [der(0xa2, der(tags.sequence, nonceExtension(nonce)))]
  return der(tags.sequence, der(tags.sequence, list, ...extensions))
}

/** The nonce as an extension: an OCTET STRING within the OCTET STRING (RFC 9654 section 2.1). */
export function nonceExtension(nonce: Buffer): Buffer {
  return der(tags.sequence, derOid(oids.nonce), der(tags.octetString, der(tags.octetString, nonce)))
}

/** The nonce among the extensions, if there is one. Throws a RangeError for another form. */
export function nonceOf(extensions: Extensions): Buffer | undefined {
  const found = extensions.get(oids.nonce)
  return found && onlyElement(found.value, tags.octetString, 'the nonce').body
}

/** What a responder finds in a request. */
export type OcspQuestion = { readonly id: CertificateId; readonly nonce: Buffer | undefined }

/** Reads an OCSPRequest. Throws a RangeError for another form, a signature, or more or fewer certificates than one. */
export function readOcspRequest(bytes: Buffer): OcspQuestion {
  const [body, signature] = childrenOf(
    onlyElement(bytes, tags.sequence, 'the request'),
    tags.sequence,
    'the request',
  )
  const fields = childrenOf(body, tags.sequence, 'the request')
  takeTag(fields, 0xa1) // who asks: of no use here
  const [request, another] = childrenOf(fields.shift(), tags.sequence, 'the list of requests')
  const list = takeTag(fields, 0xa2)
  if (signature !== undefined || another !== undefined || fields.length > 0)
    throw new RangeError('the request is signed, has another version or is about several certificates')
  const [id] = childrenOf(request, tags.sequence, 'the request')
  const extensions =
    list === undefined ? new Map() : readExtensions(childrenOf(list, 0xa2, 'the request')[0], 'the request')
  return { id: readCertificateId(id), nonce: nonceOf(extensions) }
}
