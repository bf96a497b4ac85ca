import type { Instant } from '#core'
import { isIssuedBy, type Certificate } from './certificate.ts'
import { demand, TimestampRefusal } from './timestamp.ts'
import { oids, signatureAlgorithms } from './token-names.ts'

/** The signer's certificate first, the trust anchor last. */
export type Chain = readonly Certificate[]

const rsaBits = { min: 2_048, max: 8_192 }
const curves = ['prime256v1', 'secp384r1']

/**
 * The chain from the signer's certificate over the ones that the token brings to a trust anchor, valid at that moment
 * and fit for timestamps (RFC 3161 section 2.3, RFC 5280 section 6). Throws TimestampRefusal: `usage` for a signer that
 * may not say what time it is, `chain` when nothing leads to an anchor, `expired` when something did at another moment.
 */
export function chainToAnchor(
  signer: Certificate,
  brought: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Instant,
): Chain {
  demandSignerUsage(signer)
  let first: TimestampRefusal | undefined
  for (const chain of possibleChains(signer, brought, anchors)) {
    const refusal = judge(chain, at)
    if (refusal === undefined) return chain
    first ??= refusal
  }
  throw first ?? new TimestampRefusal('chain', 'no chain leads to a configured root')
}

/** EKU exactly timeStamping, and critical (RFC 3161 section 2.3); key usage, if any, for signatures only. */
function demandSignerUsage({ extensions }: Certificate): void {
  const { purposes, keyUsage, authority } = extensions
  demand(purposes !== undefined, 'usage', 'the certificate of the signer names no purpose')
  demand(
    purposes.oids.length === 1 && purposes.oids[0] === oids.timeStamping,
    'usage',
    'the certificate of the signer is not for timestamps alone',
  )
  demand(purposes.critical, 'usage', 'the purpose of the signer is not marked critical')
  demand(!authority, 'usage', 'the certificate of the signer is that of an authority')
  demand(
    keyUsage === undefined || (keyUsage.signs && !keyUsage.more),
    'usage',
    'the key of the signer is not for signatures alone',
  )
}

/**
 * Every chain in which each certificate is issued by the next, shortest first. A brought certificate is looked at once,
 * so that a token full of certificates that issue each other costs no more than its length squared.
 */
function* possibleChains(
  signer: Certificate,
  brought: readonly Certificate[],
  anchors: readonly Certificate[],
): Generator<Chain> {
  const unused = new Set(brought.filter((certificate) => certificate !== signer))
  const open: Chain[] = [[signer]]
  for (const chain of open) {
    const last = chain.at(-1)!
    for (const anchor of anchors) if (isIssuedBy(last.x509, anchor.x509)) yield [...chain, anchor]
    for (const candidate of unused)
      if (isIssuedBy(last.x509, candidate.x509)) {
        unused.delete(candidate)
        open.push([...chain, candidate])
      }
  }
}

function judge(chain: Chain, at: Instant): TimestampRefusal | undefined {
  try {
    for (const [position, certificate] of chain.entries()) {
      demandStrength(certificate, position === chain.length - 1)
      if (position > 0) demandMayIssue(certificate, position - 1)
    }
    for (const { x509, notBefore, notAfter } of chain)
      demand(
        notBefore <= at && at <= notAfter,
        'expired',
        `${nameOf(x509.subject)} is valid from ${notBefore} until ${notAfter}, not at ${at}`,
      )
    return undefined
  } catch (error) {
    if (error instanceof TimestampRefusal) return error
    throw error
  }
}

/** An anchor is trusted as it is; how it was signed does not matter, what it signs with does. */
function demandStrength({ x509, signatureAlgorithm }: Certificate, anchor: boolean): void {
  demand(
    anchor || signatureAlgorithms.has(signatureAlgorithm),
    'chain',
    `${nameOf(x509.subject)} is signed with an algorithm that does not count`,
  )
  const { asymmetricKeyType, asymmetricKeyDetails } = x509.publicKey
  const strong =
    asymmetricKeyType === 'rsa'
      ? isBetween(asymmetricKeyDetails?.modulusLength ?? 0, rsaBits)
      : asymmetricKeyType === 'ec' && curves.includes(asymmetricKeyDetails?.namedCurve ?? '')
  demand(strong, 'chain', `${nameOf(x509.subject)} has a key that does not count`)
}

function demandMayIssue({ x509, extensions }: Certificate, authoritiesBelow: number): void {
  const { authority, pathLengthMax, keyUsage, purposes } = extensions
  const name = nameOf(x509.subject)
  demand(authority && keyUsage?.issues === true, 'chain', `${name} may not issue certificates`)
  demand(
    pathLengthMax === undefined || authoritiesBelow <= pathLengthMax,
    'chain',
    `${name} may not have so many authorities below it`,
  )
  demand(
    purposes === undefined || [oids.timeStamping, oids.anyPurpose].some((oid) => purposes.oids.includes(oid)),
    'usage',
    `${name} may not issue certificates for timestamps`,
  )
}

function isBetween(value: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return min <= value && value <= max
}

/** A subject on one line. */
function nameOf(subject: string): string {
  return subject.replace(/\s+/g, ' ').slice(0, 200)
}
