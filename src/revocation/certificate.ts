import { createHash, X509Certificate } from 'node:crypto'
import {
  certificateTimeOf,
  childrenOf,
  derTags,
  expectTag,
  expectTrue,
  integerOf,
  oidOf,
  onlyElement,
  sha256Hex,
  takeTag,
  type DerElement,
  type Instant,
} from '#core'
import { readExtensions, type Extensions } from './extensions.ts'
import { readDistributionPoints } from './distribution-points.ts'
import { oids, type IdHash } from './names.ts'

/** What must be known of a certificate to ask about it, or to believe an answer that it signed (RFC 5280 section 4). */
export type Certificate = {
  readonly der: Buffer
  readonly sha256: string
  readonly x509: X509Certificate
  /** Names as they stand in it, with tag and length. */
  readonly issuer: Buffer
  readonly subject: Buffer
  /** The bytes of the INTEGER. */
  readonly serialNumber: Buffer
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** The contents of the public key's BIT STRING without the number of unused bits: what RFC 6960 hashes. */
  readonly keyBits: Buffer
  readonly extensions: Extensions
}

/** Reads a certificate. Throws a RangeError for what is none of version 3. */
export function readCertificate(bytes: Buffer): Certificate {
  const [body] = childrenOf(
    onlyElement(bytes, derTags.sequence, 'a certificate'),
    derTags.sequence,
    'a certificate',
  )
  const fields = childrenOf(body, derTags.sequence, 'a certificate')
  if (takeTag(fields, 0xa0)?.body.toString('hex') !== '020102')
    throw new RangeError('a certificate is not of version 3')
  const [serialNumber, , issuer, validity, subject, key, ...rest] = fields
  const [notBefore, notAfter] = childrenOf(validity, derTags.sequence, 'the validity of a certificate')
  if (notBefore === undefined || notAfter === undefined) throw new RangeError('a certificate has no end')
  const [, keyBits] = childrenOf(key, derTags.sequence, 'the key of a certificate')
  const extensions = rest.find(({ tag }) => tag === 0xa3)
  return {
    der: bytes,
    sha256: sha256Hex(bytes),
    x509: openCertificate(bytes),
    issuer: expectTag(issuer, derTags.sequence, 'the issuer of a certificate').whole,
    subject: expectTag(subject, derTags.sequence, 'the subject of a certificate').whole,
    serialNumber: integerOf(serialNumber, 'the serial number of a certificate'),
    notBefore: certificateTimeOf(notBefore),
    notAfter: certificateTimeOf(notAfter),
    keyBits: expectTag(keyBits, derTags.bitString, 'the key of a certificate').body.subarray(1),
    extensions:
      extensions === undefined
        ? new Map()
        : readExtensions(childrenOf(extensions, 0xa3, 'a certificate')[0], 'a certificate'),
  }
}

function openCertificate(bytes: Buffer): X509Certificate {
  try {
    return new X509Certificate(bytes)
  } catch {
    throw new RangeError('a certificate cannot be read')
  }
}

/** True when the issuer's name and key stand behind the certificate. Says nothing about time or what it may be used for. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.issuer.equals(issuer.subject) && certificate.x509.verify(issuer.x509.publicKey)
  } catch {
    return false // a key of a kind that this machine does not know signed nothing that counts
  }
}

/** The hashes by which OCSP names an issuer (RFC 6960 section 4.1.1). */
export function issuerHashes(
  issuer: Certificate,
  hash: IdHash,
): { readonly name: Buffer; readonly key: Buffer } {
  const digest = (bytes: Buffer): Buffer => createHash(hash).update(bytes).digest()
  return { name: digest(issuer.subject), key: digest(issuer.keyBits) }
}

/** Whether the key usage, where there is one, has this bit; counted from digitalSignature, 0, over keyCertSign, 5, to cRLSign, 6. */
export function mayBeUsedFor(certificate: Certificate, bit: number): boolean {
  const usage = certificate.extensions.get(oids.keyUsage)
  if (usage === undefined) return true
  const { body } = onlyElement(usage.value, derTags.bitString, 'the key usage')
  return ((body[1] ?? 0) & (0x80 >> bit)) !== 0
}

/** Whether the certificate may issue others. */
export function isAuthority(certificate: Certificate): boolean {
  const constraints = certificate.extensions.get(oids.basicConstraints)
  if (constraints === undefined) return false
  const flag = takeTag(partsOf(constraints.value, 'the basic constraints'), derTags.boolean)
  return flag !== undefined && expectTrue(flag, 'the basic constraints')
}

/** Whether the certificate is meant for answers of OCSP, and says that it needs no answer about itself. */
export function responderMarks(certificate: Certificate): {
  readonly signs: boolean
  readonly noCheck: boolean
} {
  const purposes = certificate.extensions.get(oids.extendedKeyUsage)
  const named =
    purposes === undefined
      ? []
      : partsOf(purposes.value, 'the purposes').map((purpose) => oidOf(purpose, 'a purpose'))
  return { signs: named.includes(oids.ocspSigning), noCheck: certificate.extensions.has(oids.noCheck) }
}

/** Where the certificate says that it can be asked about, in its order, each once. */
export function placesOf(certificate: Certificate): {
  readonly ocsp: readonly string[]
  readonly crl: readonly string[]
} {
  const access = certificate.extensions.get(oids.authorityInformationAccess)
  const points = certificate.extensions.get(oids.distributionPoints)
  const ocsp = access === undefined ? [] : partsOf(access.value, 'the access to the issuer').flatMap(ocspUrl)
  const crl =
    points === undefined
      ? []
      : readDistributionPoints(points.value)
          .filter(({ whole }) => whole)
          .flatMap(({ urls }) => urls)
  return { ocsp: [...new Set(ocsp)], crl: [...new Set(crl)] }
}

function ocspUrl(description: DerElement): string[] {
  const [method, place] = childrenOf(description, derTags.sequence, 'the access to the issuer')
  const isUrl = place?.tag === 0x86 && oidOf(method, 'the access to the issuer') === oids.ocsp
  return isUrl ? [place.body.toString('latin1')] : []
}

function partsOf(value: Buffer, what: string): DerElement[] {
  return childrenOf(onlyElement(value, derTags.sequence, what), derTags.sequence, what)
}
