import {
  algorithmOf,
  childrenOf,
  expectCanonical,
  expectTag,
  oidOf,
  onlyChildOf,
  onlyElement,
  readDer,
  smallNumberOf,
  takeTag,
  type DerElement,
} from '#core'
import { demand } from './timestamp.ts'
import { readSigner, type Signer } from './token-signer.ts'
import { hashes, oids, tags } from './token-names.ts'

/** A token taken apart, nothing of it checked but its form. */
export type Token = {
  /** The bytes of the TSTInfo: what the digest among the signed attributes is over. */
  readonly content: Buffer
  /** Certificates in DER, in the order found. */
  readonly certificates: readonly Buffer[]
  readonly signer: Signer
  /** True when it brings revocation lists, which nothing here depends on. */
  readonly hasRevocationLists: boolean
}

const certificatesMax = 8
const statuses = [
  'granted',
  'granted with modifications',
  'rejection',
  'waiting',
  'revocation warning',
  'revocation notification',
]

/**
 * Takes a TimeStampResp (RFC 3161 section 2.4.2) apart. Throws TimestampRefusal `status` when the authority declines,
 * and a RangeError for another form: not a CMS SignedData over a TSTInfo, or not exactly one signer.
 */
export function readTimestampResponse(response: Buffer): Token {
  const whole = onlyElement(response, tags.sequence, 'the response')
  expectCanonical(whole)
  const [status, token, more] = childrenOf(whole, tags.sequence, 'the response')
  const [code, ...explanation] = childrenOf(status, tags.sequence, 'the status')
  const number = smallNumberOf(code, 'the status')
  demand(number <= 1, 'status', `the authority answered ${statuses[number] ?? number}${said(explanation)}`)
  if (more !== undefined) throw new RangeError('the response has parts too many')
  const [type, wrapped, another] = childrenOf(token, tags.sequence, 'the token')
  if (oidOf(type, 'the type of the token') !== oids.signedData || another !== undefined)
    throw new RangeError('the token is not signed data')
  return readSignedData(onlyChildOf(wrapped, 0xa0, 'the content of the token'))
}

function readSignedData(element: DerElement): Token {
  const parts = childrenOf(element, tags.sequence, 'the signed data')
  // RFC 5652 section 5.1: 3, because the content is not plain data.
  if (smallNumberOf(parts.shift(), 'the version of the signed data') !== 3)
    throw new RangeError('the signed data is not of version 3')
  const digests = childrenOf(parts.shift(), tags.set, 'the digest algorithms').map((digest) =>
    algorithmOf(digest, 'a digest algorithm'),
  )
  const [type, content, more] = childrenOf(parts.shift(), tags.sequence, 'the signed content')
  if (oidOf(type, 'the type of the content') !== oids.tstInfo || more !== undefined)
    throw new RangeError('the signed content is not a TSTInfo')
  const info = expectTag(onlyChildOf(content, 0xa0, 'the signed content'), tags.octetString, 'the TSTInfo')
  const certificates = takeTag(parts, 0xa0)
  // Revocation lists carry signatures of their own, and nothing here depends on them.
  const revocationLists = takeTag(parts, 0xa1)
  const signer = readSigner(onlyChildOf(parts.shift(), tags.set, 'the set of signers'))
  if (!digests.some((digest) => hashes.get(digest) === signer.hash))
    throw new RangeError('the digest algorithm of the signer is not announced')
  if (parts.length > 0) throw new RangeError('the signed data has parts too many')
  return {
    content: info.body,
    certificates: certificates === undefined ? [] : readCertificates(certificates),
    signer,
    hasRevocationLists: revocationLists !== undefined,
  }
}

function readCertificates(element: DerElement): Buffer[] {
  const certificates = readDer(element.body)
  if (certificates.length > certificatesMax) throw new RangeError('the token brings too many certificates')
  return certificates.map((certificate) => expectTag(certificate, tags.sequence, 'a certificate').whole)
}

/** What a declining authority says about it, as far as it can be read; only letters, so that a log stays one. */
function said(explanation: readonly DerElement[]): string {
  const texts = explanation
    .filter(({ tag }) => tag === tags.sequence)
    .flatMap(({ body }) => readDer(body))
    .map(({ body }) => body.toString('utf8').replace(/[^\p{L}\p{N} .,:;()'-]/gu, '?'))
  return texts.length === 0 ? '' : `: ${texts.join(' ').slice(0, 200)}`
}
