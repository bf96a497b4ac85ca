import type { CertificatePool } from './certificate-pool.ts'
import type { Certificate } from './certificate.ts'
import type { Findings } from './findings.ts'
import { sha256 } from './primitives.ts'
import { demand, reasonOf } from './refusal.ts'
import { demandSignedContent } from './signed-data.ts'
import { demandChainMayStamp, earliestEnd, findChain, isDevelopment, parseTimestamp } from './timestamp.ts'
import type { Timestamp } from './timestamp.ts'
import type { Trust } from './trust.ts'

/** A time-stamp whose every check PASSED. */
export type TrustedTimestamp = {
  readonly at: string
  readonly authority: string
  readonly development: boolean
  /** When the first certificate in its chain ends: until then it must be renewed. */
  readonly endsAt: string
  /** The certificate that signed, those above it, and last the pinned root. */
  readonly chain: readonly Certificate[]
}

/**
 * Checks the time-stamps of an anchor: the first over the exact bytes of the checkpoint, each later one over the exact
 * bytes of the answer before it, made while the certificates of that one were valid (RFC 3161; renewal as in RFC 4998).
 * Returns them, or nothing unless all of them are right: a renewal that is not right says nothing about what it renews.
 */
export function checkTimestamps(
  findings: Findings,
  trust: Trust,
  subject: Uint8Array,
  files: readonly { readonly name: string; readonly bytes: Buffer }[],
): readonly TrustedTimestamp[] {
  const trusted: TrustedTimestamp[] = []
  let imprint = sha256(subject)
  let before: Timestamp | undefined
  for (const { name, bytes } of files) {
    const inside = findings.under(name)
    const timestamp = checkTimestamp(inside, () => parseTimestamp(bytes), imprint)
    const right = timestamp === undefined ? undefined : checkAuthority(inside, trust, timestamp)
    if (timestamp !== undefined && before !== undefined) {
      checkOrder(inside, before, timestamp, trusted.at(-1))
    }
    if (right !== undefined) trusted.push(right)
    before = timestamp
    imprint = sha256(bytes)
  }
  return trusted.length === files.length ? trusted : []
}

/** Reads a time-stamp and checks that it is about these bytes and signed; undefined unless all three PASSED. */
export function checkTimestamp(
  findings: Findings,
  read: () => Timestamp,
  imprint: Buffer,
): Timestamp | undefined {
  const timestamp = findings.attempt(
    'form',
    read,
    ({ at, signed }) => `${at} by ${signed.signer.subjectText}`,
  )
  if (timestamp === undefined) return undefined
  const same = findings.attempt(
    'imprint',
    () => {
      demand(timestamp.imprint.equals(imprint), 'the time-stamp is about other bytes')
      return timestamp
    },
    () => 'the time-stamp is about exactly these bytes',
  )
  const signed = findings.attempt(
    'signature',
    () => {
      demandSignedContent(timestamp.signed)
      return timestamp
    },
    () => 'the key of the certificate made the signature',
  )
  return same === undefined || signed === undefined ? undefined : timestamp
}

/** Checks who signed a time-stamp. In a document the other certificates of the file may stand in its chain as well. */
export function checkAuthority(
  findings: Findings,
  trust: Trust,
  { at, signed }: Timestamp,
  pool?: CertificatePool,
): TrustedTimestamp | undefined {
  const name = 'certificate'
  try {
    const chain =
      pool === undefined
        ? findChain(signed, trust.tsaRoots)
        : findChain({ signer: signed.signer, others: pool.certificates }, trust.tsaRoots, (each, issuer) =>
            pool.isIssuedBy(each, issuer),
          )
    if (chain === undefined) {
      const sentence = 'no pinned root stands above the certificate of the authority'
      demand(trust.tsaRoots.length === 0, sentence)
      findings.indeterminate(name, 'no root of an authority is pinned, so nothing says whose time this is')
      return undefined
    }
    demandChainMayStamp(chain, at)
    const root = chain.at(-1) as Certificate
    findings.passed(name, `under the pinned root ${root.subjectText}`)
    const authority = signed.signer.subjectText
    return { at, authority, development: isDevelopment(chain), endsAt: earliestEnd(chain), chain }
  } catch (error) {
    findings.failed(name, reasonOf(error))
    return undefined
  }
}

/** Checks that a time-stamp was made after the one it renews, and while the certificates of that one were valid. */
export function checkOrder(
  findings: Findings,
  before: Timestamp,
  timestamp: Timestamp,
  trustedBefore: TrustedTimestamp | undefined,
): boolean {
  const passed = findings.attempt(
    'order',
    () => {
      demand(before.at <= timestamp.at, 'the renewal is older than what it renews')
      const end = trustedBefore?.endsAt
      demand(end === undefined || timestamp.at < end, `what it renews ended at ${end}, before the renewal`)
      return timestamp
    },
    () => 'renewed in order and in time',
  )
  return passed !== undefined
}
