import type { Certificate } from './certificate.ts'
import type { RevocationStatus } from './ocsp-response.ts'
import type { Evidence } from './revocation-evidence.ts'

/** What the evidence comes to for a chain: every certificate below the root good, one revoked, or not all known. */
export type ChainStanding =
  | { readonly kind: 'good'; readonly revokedLater: string | undefined }
  | { readonly kind: 'revoked'; readonly sentence: string; readonly at: string }
  | { readonly kind: 'unknown'; readonly sentence: string }

export type Question = {
  /** Leaf first, root last. */
  readonly chain: readonly Certificate[]
  /** When it signed. */
  readonly at: string
  /** By when a trusted time proves that the signature was there; undefined if none does. */
  readonly provenBy: string | undefined
  /** Only evidence of revisions before this one counts. */
  readonly beforeRevision?: number
}

/** How far the clocks of authorities may honestly differ. */
export const clockTolerance_ms = 5 * 60 * 1000

/** All revocation evidence of a file, each piece verified. */
export class RevocationRecord {
  readonly #evidence: readonly Evidence[]

  constructor(evidence: readonly Evidence[]) {
    this.#evidence = evidence
  }

  /**
   * What is known of a chain, leaf first and root last, that signed something at a moment. Evidence counts if it was made
   * after that moment, or before it and for a time that holds it, and before the certificate ended. A revocation does no
   * harm if what was signed is proven to have been there by an earlier moment.
   */
  standing({ chain, at, provenBy, beforeRevision }: Question): ChainStanding {
    const evidence = this.#evidence.filter(
      ({ revision }) => beforeRevision === undefined || revision < beforeRevision,
    )
    let revokedLater: string | undefined
    for (const [position, certificate] of chain.slice(0, -1).entries()) {
      const issuer = chain[position + 1] as Certificate
      const revoked = earliestRevocation(evidence, certificate, issuer)
      if (revoked !== undefined) {
        const sentence = `${certificate.subjectText} was revoked at ${revoked.at} (${revoked.reason})`
        if (provenBy === undefined || revoked.at <= provenBy) {
          const proof = provenBy === undefined ? 'no trusted time' : `only ${provenBy}`
          return {
            kind: 'revoked',
            sentence: `${sentence}, and ${proof} proves that it signed before`,
            at: revoked.at,
          }
        }
        revokedLater ??= sentence
      }
      if (!isKnownAt(evidence, certificate, issuer, at)) {
        const { subjectText } = certificate
        return {
          kind: 'unknown',
          sentence: `nothing in the file says whether ${subjectText} was revoked by ${at}`,
        }
      }
    }
    return { kind: 'good', revokedLater }
  }

  /** Whether any evidence is about a certificate of this chain. */
  isAbout(chain: readonly Certificate[]): boolean {
    return chain.slice(0, -1).some((certificate, position) => {
      const issuer = chain[position + 1] as Certificate
      return this.#evidence.some(({ statusOf }) => statusOf(certificate, issuer) !== undefined)
    })
  }

  /** Evidence before a revision that claims to be younger than a moment at which it was there. */
  isYoungerThan(at: string, beforeRevision: number): boolean {
    const latest = shifted(at, clockTolerance_ms)
    return this.#evidence.some(({ revision, thisUpdate }) => revision < beforeRevision && thisUpdate > latest)
  }
}

type Revocation = Extract<RevocationStatus, { kind: 'revoked' }>

function earliestRevocation(
  evidence: readonly Evidence[],
  certificate: Certificate,
  issuer: Certificate,
): Revocation | undefined {
  let earliest: Revocation | undefined
  for (const { statusOf } of evidence) {
    const status = statusOf(certificate, issuer)
    if (status?.kind === 'revoked' && (earliest === undefined || status.at < earliest.at)) earliest = status
  }
  return earliest
}

function isKnownAt(
  evidence: readonly Evidence[],
  certificate: Certificate,
  issuer: Certificate,
  at: string,
): boolean {
  return evidence.some(
    (each) =>
      each.statusOf(certificate, issuer) !== undefined &&
      isFresh(each, certificate, at) &&
      isResponderKnown(evidence, each, issuer, at),
  )
}

/** A responder whose certificate does not say that nobody need ask must be known to be good itself, by somebody else. */
function isResponderKnown(
  evidence: readonly Evidence[],
  { responder }: Evidence,
  issuer: Certificate,
  at: string,
): boolean {
  if (responder === undefined) return true
  return evidence.some(
    (other) =>
      other.responder === undefined &&
      other.statusOf(responder, issuer)?.kind === 'good' &&
      isFresh(other, responder, at),
  )
}

function isFresh({ thisUpdate, nextUpdate }: Evidence, certificate: Certificate, at: string): boolean {
  const made = thisUpdate >= shifted(at, -clockTolerance_ms)
  const holds = nextUpdate !== undefined && at <= nextUpdate
  return thisUpdate <= certificate.validUntil && (made || holds)
}

/** A moment some milliseconds later, in the same form. */
export function shifted(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString()
}
