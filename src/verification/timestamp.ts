import type { Certificate } from './certificate.ts'
import { isIssuedBy } from './certificate-chain.ts'
import { childrenOf, expectTag, oidOf, readDer, smallIntegerOf, tags } from './der.ts'
import type { Der } from './der.ts'
import { demand, refuse } from './refusal.ts'
import { hashNameOf } from './signature-algorithm.ts'
import { parseSignedData } from './signed-data.ts'
import type { SignedData } from './signed-data.ts'

/** An answer of a time-stamping authority (RFC 3161), as read; not yet verified. */
export type Timestamp = {
  /** The SHA-256 that the authority saw. */
  readonly imprint: Buffer
  /** The moment it states, in UTC milliseconds; what is finer is cut off. */
  readonly at: string
  readonly serialNumber: string
  readonly signed: SignedData
}

const responseSizeMax = 65_536
const timeStamping = '1.3.6.1.5.5.7.3.8'
const chainLengthMax = 8

/**
 * Reads a TimeStampResp in DER, nothing after it. The authority must have granted the request; the imprint must be SHA-256.
 * The nonce is nobody's business any more: it served the one who asked.
 */
export function parseTimestamp(bytes: Uint8Array): Timestamp {
  demand(bytes.length <= responseSizeMax, 'the answer is larger than 64 KiB')
  const [status, token, more] = childrenOf(expectTag(readDer(bytes), tags.sequence, 'the answer'))
  const [code] = childrenOf(expectTag(status, tags.sequence, 'the status of the answer'))
  demand(smallIntegerOf(code, 'the status of the answer') <= 1, 'the authority did not grant the request')
  demand(token !== undefined && more === undefined, 'the answer does not hold exactly one token')
  return timestampOf(token)
}

/**
 * Reads a token as a PDF holds it, a ContentInfo in DER. In an answer, a checksum covers what the authority's signature
 * does not; here nothing may, so there may be nothing of that kind: no lists, no unsigned attributes, no certificate that
 * cannot be read, and RSA named in its one way (RFC 3370 section 3.2, decision 0083).
 */
export function parseDocumentToken(der: Uint8Array): Timestamp {
  const token = readDer(der)
  const timestamp = timestampOf(token)
  const signedData = childrenOf(childrenOf(childrenOf(token)[1] as Der)[0] as Der)
  demand(signedData.length === 5, 'the token brings revocation lists, which nothing signs')
  const { signed } = timestamp
  const count = childrenOf(signedData[3] as Der).length
  demand(count === signed.others.length + 1, 'the token brings a certificate that cannot be read')
  const signer = childrenOf(childrenOf(signedData[4] as Der)[0] as Der)
  demand(signer.length === 6, 'the token has attributes that nothing signs')
  const named = oidOf(childrenOf(signer[4] as Der)[0], 'the signature algorithm')
  const plain = signed.algorithm.kind === 'ECDSA' || named === '1.2.840.113549.1.1.1'
  demand(plain, 'the token does not name RSA as rsaEncryption')
  return timestamp
}

function timestampOf(token: Der): Timestamp {
  const signed = parseSignedData(token)
  const fields = childrenOf(expectTag(readDer(signed.content), tags.sequence, 'the time-stamp'))
  const [version, policy, imprint, serial, time] = fields
  demand(smallIntegerOf(version, 'the version of the time-stamp') === 1, 'the time-stamp is not of version 1')
  oidOf(policy, 'the policy of the time-stamp')
  const { content } = expectTag(serial, tags.integer, 'the serial number')
  return {
    imprint: imprintOf(imprint),
    at: timeOf(time),
    serialNumber: content.toString('hex'),
    signed,
  }
}

/** Says whether the first certificate was issued by the second. */
export type IssuedBy = (certificate: Certificate, issuer: Certificate) => boolean

/** The signer's certificate, those above it, and last the pinned root; undefined if none of the roots stands above. */
export function findChain(
  { signer, others }: Pick<SignedData, 'signer' | 'others'>,
  roots: readonly Certificate[],
  issuedBy: IssuedBy = isIssuedBy,
): readonly Certificate[] | undefined {
  return climb([signer], new Set(others), roots, issuedBy)
}

/** Looks at each certificate once, so that certificates that issue each other cost no more than others (V4). */
function climb(
  path: readonly Certificate[],
  others: Set<Certificate>,
  roots: readonly Certificate[],
  issuedBy: IssuedBy,
): readonly Certificate[] | undefined {
  const last = path.at(-1) as Certificate
  const root = roots.find((candidate) => issuedBy(last, candidate))
  if (root !== undefined) return [...path, root]
  if (path.length >= chainLengthMax) return undefined
  // A certificate signed by two others has two ways up; the first that reaches a root is as good as any.
  for (const issuer of others) {
    if (!issuedBy(last, issuer)) continue
    others.delete(issuer)
    const found = climb([...path, issuer], others, roots, issuedBy)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Refuses unless the first certificate may make time-stamps and nothing else (RFC 3161 section 2.3: exactly one purpose,
 * critical), those above it may issue certificates at this depth, and all were valid at that moment.
 */
export function demandChainMayStamp(chain: readonly Certificate[], at: string): void {
  const [leaf, ...authorities] = chain as readonly [Certificate, ...Certificate[]]
  const purposes = leaf.extendedKeyUsage
  demand(
    purposes.length === 1 && purposes[0] === timeStamping && leaf.extendedKeyUsageCritical,
    'the certificate is not for time-stamps only, marked critical',
  )
  demand(!leaf.authority, 'the certificate that signed is that of an authority')
  const { keyUsage } = leaf
  const maySign = keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation')
  demand(keyUsage.size === 0 || maySign, 'the certificate may not be used to sign')
  for (const [below, authority] of authorities.entries()) {
    const name = authority.subjectText
    demand(authority.authority && authority.keyUsage.has('keyCertSign'), `${name} may not issue certificates`)
    const { pathLengthMax } = authority
    demand(
      pathLengthMax === undefined || below <= pathLengthMax,
      `${name} may not have so many authorities below it`,
    )
  }
  for (const { subjectText, validFrom, validUntil } of chain) {
    demand(
      validFrom <= at && at <= validUntil,
      `${subjectText} was valid from ${validFrom} until ${validUntil}, not at ${at}`,
    )
  }
}

/** The moment from which the first of these certificates is no longer valid. */
export function earliestEnd(chain: readonly Certificate[]): string {
  return chain.map(({ validUntil }) => validUntil).toSorted()[0] as string
}

/** Says whether the authority is one for development, by the names in its chain. */
export function isDevelopment(chain: readonly Certificate[]): boolean {
  return chain.some(({ subjectCommonName }) => /development/i.test(subjectCommonName))
}

function imprintOf(element: Der | undefined): Buffer {
  const [algorithm, hash, more] = childrenOf(expectTag(element, tags.sequence, 'the imprint'))
  demand(hashNameOf(algorithm) === 'sha256' && more === undefined, 'the imprint is not made with SHA-256')
  const { content } = expectTag(hash, tags.octetString, 'the imprint')
  demand(content.length === 32, 'the imprint is not a SHA-256 hash')
  return content
}

/** RFC 3161 section 2.4.2: seconds must be there, a fraction has no zeros at its end, the zone is Zulu. */
function timeOf(element: Der | undefined): string {
  const text = expectTag(element, tags.generalizedTime, 'the time').content.toString('latin1')
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,8}[1-9]))?Z$/.exec(text)
  if (parts === null) return refuse('the time of the time-stamp has the wrong form')
  const [, year, month, day, hour, minute, second, fraction = ''] = parts
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0')
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`
  const moment = Date.parse(instant)
  const exists = !Number.isNaN(moment) && new Date(moment).toISOString() === instant
  return exists ? instant : refuse('the time of the time-stamp does not exist')
}
