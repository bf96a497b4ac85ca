import { createHash, verify } from 'node:crypto'
import { addMilliseconds, der, derInteger, sha256, type Instant } from '#core'
import { openCertificate, readCertificate, type Certificate } from './certificate.ts'
import { chainToAnchor, type Chain } from './certificate-chain.ts'
import { demand, TimestampRefusal } from './timestamp.ts'
import { readTokenInfo, type TokenInfo } from './token-info.ts'
import { oids, tags } from './token-names.ts'
import { readTimestampResponse, type Token } from './token-response.ts'
import type { CertificateId, Signer } from './token-signer.ts'

/** A response has no more bytes than this. */
export const responseLengthMax = 65_536

/** How far genTime may lie from our clock when a token is obtained, in milliseconds: five minutes. */
export const clockTolerance_ms = 300_000

export type Expectation = {
  /** 32 bytes: what the token must be about. */
  readonly sha256: Buffer
  /** As sent. Undefined: not known any more, and not checked. */
  readonly nonce?: Buffer | undefined
  /** Trust anchors, DER. */
  readonly roots: readonly Buffer[]
  /** Our clock when the token was obtained. Undefined: not checked, as for a token that has been kept. */
  readonly now?: Instant | undefined
  /** Instead of five minutes. */
  readonly clockTolerance_ms?: number | undefined
}

/** What a valid token says. */
export type ValidTimestamp = {
  readonly at: Instant
  readonly certificateEndsAt: Instant
  readonly serial: string
  /** The hash of the imprint, that of the signature, and the kind of the signature; each once. */
  readonly algorithms: readonly string[]
  readonly policy: string
  /** True when a certificate of the chain says in its name that it is for development. */
  readonly development: boolean
  /** The certificates from the signer's up to the root, DER: what somebody needs who checks it later. */
  readonly chain: readonly Buffer[]
}

/**
 * Holds a TimeStampResp (DER) against what was asked: RFC 3161 section 2.2 and 2.4.2, RFC 5652, RFC 5816, and the chain
 * up to a root, at genTime (decision 0051). Says nothing about revocation. Throws TimestampRefusal with the reason; a
 * RangeError only for a root that is no certificate.
 */
export function validateTimestamp(response: Buffer, expected: Expectation): ValidTimestamp {
  demand(
    response.length <= responseLengthMax,
    'too-large',
    `the answer has more than ${responseLengthMax} bytes`,
  )
  const anchors = expected.roots.map(readCertificate)
  try {
    const token = readTimestampResponse(response)
    const info = readTokenInfo(token.content)
    demandAnswer(info, expected)
    const certificates = token.certificates.flatMap(usableCertificate)
    const signer = signerAmong(certificates, token.signer)
    demandSignature(token, signer)
    const chain = chainToAnchor(signer, certificates, anchors, info.at)
    demandNamedCertificates(token.signer, chain)
    return {
      at: info.at,
      certificateEndsAt: chain.map(({ notAfter }) => notAfter).reduce((a, b) => (a < b ? a : b)),
      serial: info.serial,
      algorithms: [...new Set(['sha256', token.signer.hash, token.signer.key])],
      policy: info.policy,
      development: chain.some(isForDevelopment),
      chain: chain.map((certificate) => certificate.der),
    }
  } catch (error) {
    // Only readers of bytes throw it; what they cannot read is not the form that the standards describe.
    if (error instanceof RangeError) throw new TimestampRefusal('form', error.message)
    throw error
  }
}

/** The name of an authority that nobody should trust says so (decision 0050). */
function isForDevelopment({ x509 }: Certificate): boolean {
  return /^CN=.*development/im.test(x509.subject)
}

function demandAnswer(info: TokenInfo, expected: Expectation): void {
  const { imprint, nonce, at } = info
  demand(
    imprint.algorithm === oids.sha256 && imprint.value.equals(expected.sha256),
    'imprint',
    'the token is about another hash',
  )
  if (expected.nonce !== undefined)
    demand(
      nonce !== undefined && der(tags.integer, nonce).equals(derInteger(expected.nonce)),
      'nonce',
      nonce === undefined ? 'the token repeats no nonce' : 'the token repeats another nonce',
    )
  if (expected.now === undefined) return
  const tolerance = expected.clockTolerance_ms ?? clockTolerance_ms
  demand(
    addMilliseconds(expected.now, -tolerance) <= at && at <= addMilliseconds(expected.now, tolerance),
    'time',
    `the token says ${at}, our clock ${expected.now}`,
  )
}

/**
 * Authorities bring old certificates of others along. One that is not as we want it stands in no chain and does no harm;
 * but one that openssl cannot open keeps it from the whole token.
 */
function usableCertificate(bytes: Buffer): Certificate[] {
  openCertificate(bytes)
  try {
    return [readCertificate(bytes)]
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}

function signerAmong(certificates: readonly Certificate[], signer: Signer): Certificate {
  const found = certificates.find(
    ({ issuer, serialNumber }) => issuer.equals(signer.issuer) && serialNumber.equals(signer.serialNumber),
  )
  demand(
    found !== undefined,
    'certificate',
    'the token does not bring the certificate of its signer, or it is not usable',
  )
  for (const [first] of signer.attributes.certificateLists)
    demand(isNamed(found, first!), 'certificate', 'the signature names another certificate than its signer')
  return found
}

function demandSignature({ content, signer }: Token, { x509 }: Certificate): void {
  const digest = createHash(signer.hash).update(content).digest()
  demand(
    signer.attributes.messageDigest.equals(digest),
    'signature',
    'the signed digest is not that of the content',
  )
  const { publicKey } = x509
  demand(
    publicKey.asymmetricKeyType === signer.key &&
      verify(signer.hash, signer.signedBytes, publicKey, signer.signature),
    'signature',
    'the signature does not match the signed attributes',
  )
}

/** Certificates that the signature names besides its own are the ones above it (RFC 5035 section 4), not others. */
function demandNamedCertificates({ attributes }: Signer, chain: Chain): void {
  for (const id of attributes.certificateLists.flatMap(([, ...others]) => others))
    demand(
      chain.some((certificate) => isNamed(certificate, id)),
      'certificate',
      'the signature names a certificate outside the chain',
    )
}

function isNamed(certificate: Certificate, { hash, digest, issuerSerial }: CertificateId): boolean {
  const own = hash === 'sha256' ? sha256(certificate.der) : createHash(hash).update(certificate.der).digest()
  return (
    own.equals(digest) && (issuerSerial === undefined || issuerSerial.equals(issuerSerialOf(certificate)))
  )
}

/** IssuerSerial with the issuer as the one directory name (RFC 5035 section 4). */
function issuerSerialOf({ issuer, serialNumber }: Certificate): Buffer {
  return der(tags.sequence, der(tags.sequence, der(0xa4, issuer)), serialNumber)
}
