import {
  childrenOf,
  derTags as tags,
  expectCanonical,
  expectTag,
  generalizedTimeOf,
  oidOf,
  onlyChildOf,
  onlyElement,
  takeTag,
  type DerElement,
  type Instant,
} from '#core'
import { readExtensions, refuseUnknownCritical, type Extensions } from './extensions.ts'
import { oids } from './names.ts'
import { nonceOf, readCertificateId, type CertificateId } from './ocsp-request.ts'
import { demand, reasonWord, type CertificateStatus } from './revocation.ts'
import { readSignedBytes, type SignedBytes } from './signed-bytes.ts'

/** A BasicOCSPResponse taken apart (RFC 6960 section 4.2.1), nothing of it checked but its form. */
export type OcspAnswer = {
  readonly signature: SignedBytes
  readonly responder: ResponderName
  readonly producedAt: Instant
  readonly singles: readonly SingleAnswer[]
  readonly nonce: Buffer | undefined
  /** Certificates in DER, in the order found. */
  readonly certificates: readonly Buffer[]
}

/** By name: the Name as it stands. By key: the SHA-1 of the key's bits. */
export type ResponderName =
  { readonly by: 'name'; readonly name: Buffer } | { readonly by: 'key'; readonly hash: Buffer }

export type SingleAnswer = {
  readonly id: CertificateId
  readonly status: CertificateStatus | { readonly kind: 'unknown' }
  readonly thisUpdate: Instant
  readonly nextUpdate: Instant | null
}

const singlesMax = 64
const certificatesMax = 8
const statuses = new Map([
  [1, 'malformedRequest'],
  [2, 'internalError'],
  [3, 'tryLater'],
  [5, 'sigRequired'],
  [6, 'unauthorized'],
])

/**
 * Takes an OCSPResponse apart. Throws RevocationRefusal `status` when the responder declines, and a RangeError for another
 * form: not DER throughout, not a basic response of version 1, an unknown critical extension.
 */
export function readOcspResponse(bytes: Buffer): OcspAnswer {
  const whole = onlyElement(bytes, tags.sequence, 'the answer')
  expectCanonical(whole)
  const [status, content, more] = childrenOf(whole, tags.sequence, 'the answer')
  const code = enumeratedOf(status, 'the status of the answer')
  demand(code === 0, 'status', `the responder answers ${statuses.get(code) ?? `status ${code}`}`)
  const [type, octets, another] = childrenOf(
    onlyChildOf(content, 0xa0, 'the answer'),
    tags.sequence,
    'the answer',
  )
  if (oidOf(type, 'the type of the answer') !== oids.basicResponse)
    throw new RangeError('the answer is not a basic response')
  if (more !== undefined || another !== undefined) throw new RangeError('the answer has parts too many')
  const basic = onlyElement(
    expectTag(octets, tags.octetString, 'the answer').body,
    tags.sequence,
    'the basic response',
  )
  expectCanonical(basic)
  return readBasicResponse(basic)
}

function readBasicResponse(basic: DerElement): OcspAnswer {
  const [body, algorithm, signature, brought, more] = childrenOf(basic, tags.sequence, 'the basic response')
  if (more !== undefined) throw new RangeError('the basic response has parts too many')
  const fields = childrenOf(body, tags.sequence, 'the response data')
  // Version 1 is the default, and DER leaves defaults out: [0] would be another version.
  const responder = readResponderName(fields.shift())
  const producedAt = generalizedTimeOf(
    expectTag(fields.shift(), tags.generalizedTime, 'the time of the answer'),
  )
  const singles = childrenOf(fields.shift(), tags.sequence, 'the single responses')
  if (singles.length > singlesMax) throw new RangeError('the answer is about too many certificates')
  const extensions = extensionsOf(takeTag(fields, 0xa1), [oids.nonce], 'the answer')
  if (fields.length > 0) throw new RangeError('the response data has parts too many')
  return {
    signature: readSignedBytes(body!, algorithm, signature, 'the answer'),
    responder,
    producedAt,
    singles: singles.map(readSingle),
    nonce: nonceOf(extensions),
    certificates: readCertificates(brought),
  }
}

function readResponderName(element: DerElement | undefined): ResponderName {
  if (element?.tag === 0xa1)
    return { by: 'name', name: onlyElement(element.body, tags.sequence, 'the name of the responder').whole }
  const hash = onlyChildOf(element, 0xa2, 'the name of the responder')
  return { by: 'key', hash: expectTag(hash, tags.octetString, 'the key of the responder').body }
}

function readSingle(element: DerElement): SingleAnswer {
  const fields = childrenOf(element, tags.sequence, 'a single response')
  const id = readCertificateId(fields.shift())
  const status = readStatus(fields.shift())
  const thisUpdate = timeOf(fields.shift(), 'thisUpdate')
  const next = takeTag(fields, 0xa0)
  extensionsOf(takeTag(fields, 0xa1), [], 'a single response')
  if (fields.length > 0) throw new RangeError('a single response has parts too many')
  return {
    id,
    status,
    thisUpdate,
    nextUpdate: next === undefined ? null : timeOf(onlyChildOf(next, 0xa0, 'nextUpdate'), 'nextUpdate'),
  }
}

function readStatus(element: DerElement | undefined): SingleAnswer['status'] {
  if (element?.tag === 0x80 && element.body.length === 0) return { kind: 'good' }
  if (element?.tag === 0x82 && element.body.length === 0) return { kind: 'unknown' }
  const [time, reason, more] = childrenOf(element, 0xa1, 'the status of a certificate')
  if (more !== undefined) throw new RangeError('the status of a certificate has parts too many')
  return {
    kind: 'revoked',
    revokedAt: timeOf(time, 'the time of the revocation'),
    reason:
      reason === undefined
        ? null
        : reasonWord(enumeratedOf(onlyChildOf(reason, 0xa0, 'the reason'), 'the reason')),
  }
}

function readCertificates(element: DerElement | undefined): Buffer[] {
  if (element === undefined) return []
  const what = 'the certificates of the answer'
  const list = childrenOf(onlyChildOf(element, 0xa0, what), tags.sequence, what)
  if (list.length > certificatesMax) throw new RangeError('the answer brings too many certificates')
  return list.map((certificate) => expectTag(certificate, tags.sequence, 'a certificate').whole)
}

function extensionsOf(element: DerElement | undefined, known: readonly string[], what: string): Extensions {
  if (element === undefined) return new Map()
  const extensions = readExtensions(onlyElement(element.body, tags.sequence, what), what)
  refuseUnknownCritical(extensions, known, what)
  return extensions
}

function enumeratedOf(element: DerElement | undefined, what: string): number {
  const { body } = expectTag(element, tags.enumerated, what)
  if (body.length !== 1 || body[0]! >= 0x80) throw new RangeError(`${what} is out of range`)
  return body[0]!
}

function timeOf(element: DerElement | undefined, what: string): Instant {
  return generalizedTimeOf(expectTag(element, tags.generalizedTime, what))
}
