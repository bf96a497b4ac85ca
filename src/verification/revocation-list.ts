import { bitsOf, timeOf } from './certificate.ts'
import { childrenOf, expectTag, oidOf, readDer, smallIntegerOf, tags } from './der.ts'
import type { Der } from './der.ts'
import { demandKnownExtensions, revocationReason } from './ocsp-response.ts'
import type { RevocationStatus } from './ocsp-response.ts'
import { demand } from './refusal.ts'
import { signatureAlgorithmOf } from './signature-algorithm.ts'
import type { SignatureAlgorithm } from './signature-algorithm.ts'

/** A complete list of what an authority revoked (CRL version 2, RFC 5280 section 5), as read; not yet verified. */
export type RevocationList = {
  readonly signedBytes: Buffer
  readonly algorithm: SignatureAlgorithm
  readonly signature: Buffer
  /** The issuer's name in DER. */
  readonly issuer: Buffer
  readonly thisUpdate: string
  readonly nextUpdate: string | undefined
  /** By serial number, hex of its DER. */
  readonly revoked: ReadonlyMap<string, RevocationStatus>
}

const reasonCode = '2.5.29.21'

/**
 * Reads a CertificateList in DER. Refuses critical extensions: with them a list is a part or a change of another, or about
 * the certificates of others.
 */
export function parseRevocationList(der: Uint8Array): RevocationList {
  const outer = childrenOf(expectTag(readDer(der), tags.sequence, 'the revocation list'))
  const [body, algorithm, signature] = outer
  demand(outer.length === 3, 'the revocation list does not have three parts')
  const [version, inner, issuer, thisUpdate, ...rest] = childrenOf(
    expectTag(body, tags.sequence, 'the body of the revocation list'),
  )
  demand(smallIntegerOf(version, 'the version of the list') === 1, 'the revocation list is not of version 2')
  demand(
    inner !== undefined && algorithm !== undefined && inner.whole.equals(algorithm.whole),
    'the revocation list names two signature algorithms',
  )
  const dated = rest[0]?.tag === tags.utcTime || rest[0]?.tag === tags.generalizedTime
  const nextUpdate = dated ? rest.shift() : undefined
  const entries = rest[0]?.tag === tags.sequence ? rest.shift() : undefined
  demandKnownExtensions(rest.shift(), 0xa0)
  demand(rest.length === 0, 'the body of the revocation list has parts too many')
  return {
    signedBytes: (body as Der).whole,
    algorithm: signatureAlgorithmOf(algorithm),
    signature: bitsOf(signature, 'the signature of the revocation list'),
    issuer: expectTag(issuer, tags.sequence, 'the issuer of the revocation list').whole,
    thisUpdate: listTimeOf(thisUpdate),
    nextUpdate: nextUpdate === undefined ? undefined : listTimeOf(nextUpdate),
    revoked: parseEntries(entries),
  }
}

/** What the list says of a serial number, given as its DER: what it does not name was not revoked. */
export function statusIn(list: RevocationList, serialNumber: Buffer): RevocationStatus {
  return list.revoked.get(serialNumber.toString('hex')) ?? { kind: 'good' }
}

function parseEntries(element: Der | undefined): Map<string, RevocationStatus> {
  const revoked = new Map<string, RevocationStatus>()
  for (const entry of element === undefined ? [] : childrenOf(element)) {
    const [serial, at, extensions, more] = childrenOf(expectTag(entry, tags.sequence, 'an entry of the list'))
    demand(more === undefined, 'an entry of the revocation list has parts too many')
    const number = expectTag(serial, tags.integer, 'the serial number').whole.toString('hex')
    demand(!revoked.has(number), 'the revocation list has a number twice')
    revoked.set(number, { kind: 'revoked', at: listTimeOf(at), reason: reasonOf(extensions) })
  }
  return revoked
}

function reasonOf(element: Der | undefined): string {
  if (element === undefined) return revocationReason(undefined)
  let reason: Der | undefined
  for (const extension of childrenOf(expectTag(element, tags.sequence, 'the extensions of an entry'))) {
    const parts = childrenOf(expectTag(extension, tags.sequence, 'an extension'))
    demand(parts.length === 2, 'a critical extension of an entry is not known here')
    if (oidOf(parts[0], 'the name of an extension') !== reasonCode) continue
    reason = readDer(expectTag(parts[1], tags.octetString, 'the value of an extension').content)
  }
  return revocationReason(reason)
}

function listTimeOf(element: Der | undefined): string {
  demand(element !== undefined, 'a time of the revocation list is missing')
  return timeOf(element, 'any year')
}
