import { X509Certificate } from 'node:crypto'
import {
  algorithmOf,
  certificateTimeOf,
  childrenOf,
  expectTag,
  expectTrue,
  oidOf,
  onlyElement,
  smallNumberOf,
  takeTag,
  type DerElement,
  type Instant,
} from '#core'
import { oids, tags } from './token-names.ts'

/** The facts of an X.509 certificate that a chain is judged by (RFC 5280 section 4). */
export type Certificate = {
  readonly der: Buffer
  /** node:crypto's view of the same bytes: names, keys, and who issued whom. */
  readonly x509: X509Certificate
  /** As they stand in it, with tag and length. */
  readonly issuer: Buffer
  readonly serialNumber: Buffer
  readonly signatureAlgorithm: string
  readonly notBefore: Instant
  readonly notAfter: Instant
  readonly extensions: CertificateExtensions
}

export type CertificateExtensions = {
  readonly authority: boolean
  readonly pathLengthMax: number | undefined
  /** Undefined: nothing is said, everything is allowed. */
  readonly keyUsage: KeyUsage | undefined
  readonly purposes: { readonly critical: boolean; readonly oids: readonly string[] } | undefined
}

export type KeyUsage = {
  readonly signs: boolean
  readonly issues: boolean
  /** Has a bit besides digitalSignature and nonRepudiation. */
  readonly more: boolean
}

type Extension = { readonly critical: boolean; readonly value: Buffer }

/** UTF8String, PrintableString, IA5String. */
const plainTexts: readonly number[] = [0x0c, 0x13, 0x16]

const understood: readonly string[] = [
  oids.basicConstraints,
  oids.keyUsage,
  oids.extendedKeyUsage,
  oids.subjectKeyIdentifier,
  oids.authorityKeyIdentifier,
]

// The certificates of an authority come again in every token. What was read of the same bytes is the same; what was
// refused is read again.
const knownMax = 500
const known = new Map<string, Certificate>()
const opened = new Map<string, X509Certificate>()

/** Reads a certificate. Throws a RangeError for another form, a critical extension not known here, or one twice. */
export function readCertificate(bytes: Buffer): Certificate {
  const name = bytes.toString('latin1')
  const found = known.get(name)
  if (found !== undefined) return found
  // A copy, because the bytes are part of a token that need not be kept for it.
  const certificate = parseCertificate(Buffer.from(bytes))
  if (known.size >= knownMax) known.clear()
  known.set(name, certificate)
  return certificate
}

function parseCertificate(bytes: Buffer): Certificate {
  const [body, outerAlgorithm] = childrenOf(
    onlyElement(bytes, tags.sequence, 'a certificate'),
    tags.sequence,
    'a certificate',
  )
  const fields = childrenOf(body, tags.sequence, 'the body of a certificate')
  const [version, serialNumber, algorithm, issuer, validity, subject, , extensions, more] = fields
  if (version?.whole.toString('hex') !== 'a003020102' || more !== undefined)
    throw new RangeError('a certificate is not of version 3')
  if (outerAlgorithm === undefined || algorithm?.whole.equals(outerAlgorithm.whole) !== true)
    throw new RangeError('a certificate names two signature algorithms')
  expectPlainName(subject)
  const [notBefore, notAfter] = childrenOf(validity, tags.sequence, 'the validity of a certificate')
  if (notBefore === undefined || notAfter === undefined) throw new RangeError('a certificate has no end')
  return {
    der: bytes,
    x509: openCertificate(bytes),
    issuer: expectTag(issuer, tags.sequence, 'the issuer of a certificate').whole,
    serialNumber: expectTag(serialNumber, tags.integer, 'the serial number of a certificate').whole,
    signatureAlgorithm: algorithmOf(algorithm, 'the algorithm of a certificate'),
    notBefore: certificateTimeOf(notBefore),
    notAfter: certificateTimeOf(notAfter),
    extensions: readExtensions(expectTag(extensions, 0xa3, 'the extensions of a certificate')),
  }
}

/** A certificate as node:crypto sees it. Throws a RangeError when it sees none. */
export function openCertificate(bytes: Buffer): X509Certificate {
  const name = bytes.toString('latin1')
  const found = opened.get(name)
  if (found !== undefined) return found
  try {
    const certificate = new X509Certificate(bytes)
    if (opened.size >= knownMax) opened.clear()
    opened.set(name, certificate)
    return certificate
  } catch {
    throw new RangeError('a certificate cannot be read')
  }
}

// Of certificates that are still known above, which is so for those that come again.
const issued = new WeakMap<X509Certificate, WeakMap<X509Certificate, boolean>>()

/** Whether the name and the key of the issuer fit the certificate. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  const answers = issued.get(certificate) ?? new WeakMap<X509Certificate, boolean>()
  issued.set(certificate, answers)
  const answer = answers.get(issuer) ?? verifyIssued(certificate, issuer)
  answers.set(issuer, answer)
  return answer
}

function verifyIssued(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false // a key of a kind that this machine does not know signed nothing that counts
  }
}

/** A name of texts in UTF-8 or ASCII, which every reader shows alike (RFC 5280 section 4.1.2.4). */
function expectPlainName(name: DerElement | undefined): void {
  for (const part of childrenOf(name, tags.sequence, 'a subject'))
    for (const attribute of childrenOf(part, tags.set, 'a part of a subject')) {
      const [type, value] = childrenOf(attribute, tags.sequence, 'a part of a subject')
      oidOf(type, 'a part of a subject')
      if (value === undefined || !plainTexts.includes(value.tag))
        throw new RangeError('a subject is not plain text')
    }
}

function readExtensions(element: DerElement): CertificateExtensions {
  const found = listExtensions(element)
  const purposes = found.get(oids.extendedKeyUsage)
  return {
    ...readConstraints(found.get(oids.basicConstraints)),
    keyUsage: readKeyUsage(found.get(oids.keyUsage)),
    purposes: purposes && {
      critical: purposes.critical,
      oids: partsOf(purposes.value, 'the purposes of a certificate').map((purpose) =>
        oidOf(purpose, 'a purpose of a certificate'),
      ),
    },
  }
}

function listExtensions(element: DerElement): Map<string, Extension> {
  const [list] = childrenOf(element, 0xa3, 'the extensions of a certificate')
  const found = new Map<string, Extension>()
  for (const extension of childrenOf(list, tags.sequence, 'the extensions of a certificate')) {
    const parts = childrenOf(extension, tags.sequence, 'an extension of a certificate')
    const name = oidOf(parts.shift(), 'the name of an extension')
    const flag = takeTag(parts, tags.boolean)
    const critical = flag !== undefined && expectTrue(flag, 'the flag of an extension')
    if (found.has(name)) throw new RangeError('a certificate has an extension twice')
    if (critical && !understood.includes(name))
      throw new RangeError(`a certificate has a critical extension not known here (${name})`)
    found.set(name, {
      critical,
      value: expectTag(parts[0], tags.octetString, 'the value of an extension').body,
    })
  }
  return found
}

function readConstraints(
  extension: Extension | undefined,
): Pick<CertificateExtensions, 'authority' | 'pathLengthMax'> {
  const parts = extension === undefined ? [] : partsOf(extension.value, 'the basic constraints')
  const flag = takeTag(parts, tags.boolean)
  const authority = flag !== undefined && expectTrue(flag, 'the basic constraints')
  const length = takeTag(parts, tags.integer)
  return { authority, pathLengthMax: length && smallNumberOf(length, 'the path length') }
}

function readKeyUsage(extension: Extension | undefined): KeyUsage | undefined {
  if (extension === undefined) return undefined
  const { body } = onlyElement(extension.value, tags.bitString, 'the key usage')
  const bits = body[1] ?? 0
  // Bits from the top: digitalSignature, nonRepudiation, three of encryption, keyCertSign, cRLSign, …
  return {
    signs: (bits & 0xc0) !== 0,
    issues: (bits & 0x04) !== 0,
    more: (bits & 0x3f) !== 0 || body.length > 2,
  }
}

function partsOf(value: Buffer, what: string): DerElement[] {
  return childrenOf(onlyElement(value, tags.sequence, what), tags.sequence, what)
}
