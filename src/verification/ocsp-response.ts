import { bitsOf, parseCertificate, timeOf } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { childrenOf, expectTag, oidOf, readDer, tags } from './der.ts'
import type { Der } from './der.ts'
import { sha1, sha256 } from './primitives.ts'
import { demand, refuse } from './refusal.ts'
import { signatureAlgorithmOf } from './signature-algorithm.ts'
import type { SignatureAlgorithm } from './signature-algorithm.ts'

/** What an authority said of a certificate: nothing against it, or that it was revoked. */
export type RevocationStatus =
  { readonly kind: 'good' } | { readonly kind: 'revoked'; readonly at: string; readonly reason: string }

/** An OCSP response about one certificate (RFC 6960), as read; not yet verified. */
export type OcspResponse = {
  readonly signedBytes: Buffer
  readonly algorithm: SignatureAlgorithm
  readonly signature: Buffer
  readonly responder: { readonly name: Buffer } | { readonly keyHash: Buffer }
  readonly producedAt: string
  readonly subject: CertificateName
  readonly status: RevocationStatus
  readonly thisUpdate: string
  readonly nextUpdate: string | undefined
  readonly certificates: readonly Certificate[]
}

/** A certificate as OCSP names it: by hashes of its issuer's name and key, and its number. */
type CertificateName = {
  readonly hash: (bytes: Uint8Array) => Buffer
  readonly issuerNameHash: Buffer
  readonly issuerKeyHash: Buffer
  readonly serialNumber: Buffer
}

const oids = { basic: '1.3.6.1.5.5.7.48.1.1', sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' }
const enumerated = 0x0a
const certificatesMax = 8

/** Reads an OCSPResponse in DER: successful, basic, about exactly one certificate, good or revoked. */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  const [status, bytes, more] = childrenOf(expectTag(readDer(der), tags.sequence, 'the OCSP response'))
  const { content: code } = expectTag(status, enumerated, 'the status of the OCSP response')
  demand(code.length === 1 && code[0] === 0, 'the OCSP response is not successful')
  demand(more === undefined, 'the OCSP response has parts too many')
  const [typed, another] = childrenOf(expectTag(bytes, 0xa0, 'the content of the OCSP response'))
  const [type, octets, rest] = childrenOf(expectTag(typed, tags.sequence, 'the content of the OCSP response'))
  demand(oidOf(type, 'the type of the OCSP response') === oids.basic, 'the OCSP response is not a basic one')
  demand(another === undefined && rest === undefined, 'the OCSP response has parts too many')
  const { content } = expectTag(octets, tags.octetString, 'the content of the OCSP response')
  return parseBasic(readDer(content))
}

/** Says whether the response is about this certificate of this issuer. */
export function isAbout({ subject }: OcspResponse, certificate: Certificate, issuer: Certificate): boolean {
  return (
    subject.serialNumber.equals(certificate.serialNumber) &&
    subject.hash(issuer.subject).equals(subject.issuerNameHash) &&
    subject.hash(issuer.publicKeyBits).equals(subject.issuerKeyHash)
  )
}

/** Says whether the response names this certificate as that of its responder. */
export function isResponder({ responder }: OcspResponse, candidate: Certificate): boolean {
  return 'name' in responder
    ? candidate.subject.equals(responder.name)
    : sha1(candidate.publicKeyBits).equals(responder.keyHash)
}

function parseBasic(basic: Der): OcspResponse {
  const parts = childrenOf(expectTag(basic, tags.sequence, 'the basic OCSP response'))
  const [body, algorithm, signature, certificates] = parts
  demand(parts.length === 3 || parts.length === 4, 'the basic OCSP response has parts too many or too few')
  const fields = childrenOf(expectTag(body, tags.sequence, 'the body of the OCSP response'))
  const [responder, producedAt, responses, extensions, more] = fields
  demand(more === undefined, 'the body of the OCSP response has parts too many')
  demandKnownExtensions(extensions, 0xa1)
  const [single, other] = childrenOf(expectTag(responses, tags.sequence, 'the answers of the OCSP response'))
  demand(
    single !== undefined && other === undefined,
    'the OCSP response is not about exactly one certificate',
  )
  return {
    signedBytes: (body as Der).whole,
    algorithm: signatureAlgorithmOf(algorithm),
    signature: bitsOf(signature, 'the signature of the OCSP response'),
    responder: parseResponder(responder),
    producedAt: generalizedTimeOf(producedAt),
    ...parseSingle(single),
    certificates: parseCertificates(certificates),
  }
}

function parseResponder(element: Der | undefined): OcspResponse['responder'] {
  const [inner, more] = element === undefined ? [] : childrenOf(element)
  demand(inner !== undefined && more === undefined, 'the responder of the OCSP response is not named')
  if (element?.tag === 0xa1) return { name: expectTag(inner, tags.sequence, 'the responder’s name').whole }
  demand(element?.tag === 0xa2, 'the responder of the OCSP response is not named')
  return { keyHash: expectTag(inner, tags.octetString, 'the responder’s key').content }
}

function parseSingle(element: Der): Pick<OcspResponse, 'subject' | 'status' | 'thisUpdate' | 'nextUpdate'> {
  const fields = childrenOf(expectTag(element, tags.sequence, 'the answer of the OCSP response'))
  const [subject, status, thisUpdate, ...rest] = fields
  const next = rest[0]?.tag === 0xa0 ? rest.shift() : undefined
  const extensions = rest.shift()
  demand(rest.length === 0, 'the answer of the OCSP response has parts too many')
  demandKnownExtensions(extensions, 0xa1)
  const [nextUpdate, more] = next === undefined ? [] : childrenOf(next)
  demand(more === undefined, 'the answer of the OCSP response has two next updates')
  return {
    subject: parseName(subject),
    status: parseStatus(status),
    thisUpdate: generalizedTimeOf(thisUpdate),
    nextUpdate: next === undefined ? undefined : generalizedTimeOf(nextUpdate),
  }
}

function parseName(element: Der | undefined): CertificateName {
  const parts = childrenOf(expectTag(element, tags.sequence, 'the certificate that was asked about'))
  const [algorithm, name, key, serial] = parts
  demand(parts.length === 4, 'the certificate that was asked about is not named by four parts')
  const [oid, parameters, more] = childrenOf(
    expectTag(algorithm, tags.sequence, 'the hash of the OCSP response'),
  )
  demand(
    (parameters?.tag ?? tags.null) === tags.null && more === undefined,
    'the hash of the OCSP response has parameters',
  )
  const hashes = { [oids.sha1]: sha1, [oids.sha256]: sha256 }
  return {
    hash:
      hashes[oidOf(oid, 'the hash of the OCSP response')] ??
      refuse('the hash of the OCSP response is not known here'),
    issuerNameHash: expectTag(name, tags.octetString, 'the issuer’s name').content,
    issuerKeyHash: expectTag(key, tags.octetString, 'the issuer’s key').content,
    serialNumber: expectTag(serial, tags.integer, 'the serial number').whole,
  }
}

function parseStatus(element: Der | undefined): RevocationStatus {
  if (element?.tag === 0x80 && element.content.length === 0) return { kind: 'good' }
  demand(element?.tag === 0xa1, 'the responder does not know the certificate')
  const [at, wrapped, more] = childrenOf(element)
  const [code, another] = wrapped === undefined ? [] : childrenOf(expectTag(wrapped, 0xa0, 'the reason'))
  demand(more === undefined && another === undefined, 'the revocation has parts too many')
  return { kind: 'revoked', at: generalizedTimeOf(at), reason: revocationReason(code) }
}

const reasons = (
  'unspecified,key compromise,authority compromised,affiliation changed,superseded,no longer in operation,' +
  'certificate on hold,,removed from list,privilege withdrawn,attribute authority compromised'
).split(',')

/** The reason of a revocation in words (RFC 5280 section 5.3.1). */
export function revocationReason(code: Der | undefined): string {
  if (code === undefined) return 'no reason given'
  const { content } = expectTag(code, enumerated, 'the reason of a revocation')
  const reason = content.length === 1 ? reasons[content[0] as number] : undefined
  return reason === undefined || reason === '' ? refuse('the reason of a revocation is not known') : reason
}

/** Refuses extensions marked critical: none is understood here. What is not critical may be passed over. */
export function demandKnownExtensions(element: Der | undefined, tag: number): void {
  if (element === undefined) return
  const [list, more] = childrenOf(expectTag(element, tag, 'the extensions'))
  demand(more === undefined, 'there are two lists of extensions')
  for (const extension of childrenOf(expectTag(list, tags.sequence, 'the extensions'))) {
    const parts = childrenOf(expectTag(extension, tags.sequence, 'an extension'))
    oidOf(parts[0], 'the name of an extension')
    demand(parts.length === 2, 'a critical extension is not known here')
    expectTag(parts[1], tags.octetString, 'the value of an extension')
  }
}

function parseCertificates(element: Der | undefined): Certificate[] {
  if (element === undefined) return []
  const [list, more] = childrenOf(expectTag(element, 0xa0, 'the certificates of the OCSP response'))
  const elements = childrenOf(expectTag(list, tags.sequence, 'the certificates of the OCSP response'))
  demand(
    more === undefined && elements.length > 0,
    'the certificates of the OCSP response have the wrong form',
  )
  demand(elements.length <= certificatesMax, 'the OCSP response brings more than 8 certificates')
  return elements.map(({ whole }) => parseCertificate(whole))
}

function generalizedTimeOf(element: Der | undefined): string {
  return timeOf(expectTag(element, tags.generalizedTime, 'a time of the OCSP response'), 'any year')
}
