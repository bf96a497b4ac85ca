import type { Instant } from '#core'

/** One answer about one certificate, with every check passed, in the bytes that can be embedded. */
export type RevocationEvidence = {
  readonly kind: 'ocsp' | 'crl'
  /** A whole OCSPResponse (RFC 6960) or CertificateList (RFC 5280), DER, byte for byte as it came. */
  readonly der: Buffer
  /** Certificates to embed besides the chain, DER: the delegated responder's. Empty when the issuer signed. */
  readonly certificates: readonly Buffer[]
  readonly thisUpdate: Instant
  /** Null: an OCSP answer that names none. */
  readonly nextUpdate: Instant | null
  /** The certificate that it is about, 64 hexadecimal digits. */
  readonly certificateSha256: string
}

export type RevocationOutcome =
  /** One piece of evidence for every certificate below the root, in the order of the chain. */
  | {
      readonly kind: 'good'
      readonly evidence: readonly RevocationEvidence[]
      /** What failed before something else answered. */
      readonly attempts: readonly RevocationAttempt[]
    }
  /** The first certificate of the chain that is revoked, whatever became of the others. */
  | {
      readonly kind: 'revoked'
      readonly certificateSha256: string
      readonly revokedAt: Instant
      /** In the words of RFC 5280 section 5.3.1; null when no reason is given. */
      readonly reason: string | null
      readonly evidence: RevocationEvidence
      readonly attempts: readonly RevocationAttempt[]
    }
  /** For at least one certificate there is no answer that counts. */
  | { readonly kind: 'unavailable'; readonly attempts: readonly RevocationAttempt[] }

/** One request that gave no answer that counts, or the one reason why nobody could be asked. */
export type RevocationAttempt = {
  readonly source: RevocationSource
  /** Without login; empty when nobody could be asked. */
  readonly url: string
  readonly failure: RevocationFailure
  /** One sentence for the operator; no secret, no personal data. */
  readonly detail: string
  readonly certificateSha256: string
}

/** `none`: nothing was asked. */
export type RevocationSource = 'ocsp' | 'crl' | 'development' | 'none'

/** Why an answer is refused. `README.md` says what each word covers. */
export type RevocationRefusalReason =
  | 'too-large'
  | 'form'
  | 'status'
  | 'certificate-id'
  | 'nonce'
  | 'signature'
  | 'responder'
  | 'responder-expired'
  | 'issuer'
  | 'scope'
  | 'future'
  | 'stale'
  | 'unknown'

/** Why no answer came. */
export type RevocationAbsence = 'url' | 'unreachable' | 'timeout' | 'http-status' | 'redirect'

/** `no-source`: the certificate names no place to ask. `expired`: it ended, and answers about it say nothing any more. */
export type RevocationFailure =
  RevocationRefusalReason | RevocationAbsence | 'no-source' | 'expired' | 'fault'

/** An answer was read and is refused, or none came. */
export class RevocationRefusal extends Error {
  readonly reason: RevocationRefusalReason | RevocationAbsence

  constructor(reason: RevocationRefusal['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RevocationRefusal'
    this.reason = reason
  }
}

/** Refuses with this reason unless the condition holds. */
export function demand(
  condition: boolean,
  reason: RevocationRefusalReason,
  message: string,
): asserts condition {
  if (!condition) throw new RevocationRefusal(reason, message)
}

/** What an answer that counts says of a certificate. */
export type CertificateStatus =
  | { readonly kind: 'good' }
  | { readonly kind: 'revoked'; readonly revokedAt: Instant; readonly reason: string | null }

/** CRLReason (RFC 5280 section 5.3.1); 7 is not used. */
const reasons = new Map([
  [0, 'unspecified'],
  [1, 'keyCompromise'],
  [2, 'cACompromise'],
  [3, 'affiliationChanged'],
  [4, 'superseded'],
  [5, 'cessationOfOperation'],
  [6, 'certificateHold'],
  [8, 'removeFromCRL'],
  [9, 'privilegeWithdrawn'],
  [10, 'aACompromise'],
])

/** The word for a CRLReason. Throws a RangeError for a number that is none. */
export function reasonWord(code: number): string {
  const word = reasons.get(code)
  if (word === undefined) throw new RangeError('the reason of a revocation is not one of RFC 5280')
  return word
}
