import { addMilliseconds, type Instant } from '#core'
import {
  issuerHashes,
  mayBeUsedFor,
  readCertificate,
  responderMarks,
  type Certificate,
} from './certificate.ts'
import { clockTolerance_ms, demandFresh } from './freshness-decisions.ts'
import { certificateIdOf, isSameId } from './ocsp-request.ts'
import { readOcspResponse, type OcspAnswer, type SingleAnswer } from './ocsp-response.ts'
import { demand, RevocationRefusal, type CertificateStatus, type RevocationEvidence } from './revocation.ts'
import { demandSignature, signedBytesOf } from './signed-bytes.ts'

/** An answer with more bytes than this is not read. */
export const ocspLengthMax = 65_536

/** What the answer has to be about. */
export type Question = {
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** As sent; undefined: none was sent. */
  readonly nonce?: Buffer | undefined
  /** Our clock. */
  readonly now: Instant
}

/** An answer that counts, and what it says. */
export type Answer = { readonly status: CertificateStatus; readonly evidence: RevocationEvidence }

const digitalSignature = 0

/**
 * Holds an OCSPResponse (DER) against the question (RFC 6960 section 3.2, decision 0078): status, exactly this
 * certificate, a responder that may speak for the issuer, its signature, the nonce if it repeats one, and the time. Throws
 * RevocationRefusal with the reason; `unknown` is one.
 */
export function validateOcsp(bytes: Buffer, question: Question): Answer {
  demand(bytes.length <= ocspLengthMax, 'too-large', `the answer has more than ${ocspLengthMax} bytes`)
  try {
    const answer = readOcspResponse(bytes)
    const single = singleAbout(answer, question)
    const responder = responderOf(answer, question.issuer)
    demandSignature(answer.signature, responder)
    demandNonce(answer, question)
    demand(
      answer.producedAt <= addMilliseconds(question.now, clockTolerance_ms),
      'future',
      `the answer was made at ${answer.producedAt}, our clock says ${question.now}`,
    )
    demandFresh(single, question.now)
    const { status } = single
    if (status.kind === 'unknown')
      throw new RevocationRefusal('unknown', 'the responder does not know the certificate')
    return {
      status,
      evidence: {
        kind: 'ocsp',
        der: bytes,
        certificates: responder === question.issuer ? [] : [responder.der],
        thisUpdate: single.thisUpdate,
        nextUpdate: single.nextUpdate,
        certificateSha256: question.certificate.sha256,
      },
    }
  } catch (error) {
    // Only readers of bytes throw it; what they cannot read is not the form that the standards describe.
    if (error instanceof RangeError) throw new RevocationRefusal('form', error.message)
    throw error
  }
}

function singleAbout({ singles }: OcspAnswer, { certificate, issuer }: Question): SingleAnswer {
  const found = singles.filter(({ id }) => isSameId(id, certificateIdOf(certificate, issuer, id.hash)))
  demand(found.length === 1, 'certificate-id', `${found.length} of the answers are about this certificate`)
  return found[0]!
}

/** The issuer itself, or the one certificate that it issued for this, found by the name that the answer gives. */
function responderOf({ responder, certificates, producedAt }: OcspAnswer, issuer: Certificate): Certificate {
  const isNamed = (candidate: Certificate): boolean =>
    responder.by === 'name'
      ? candidate.subject.equals(responder.name)
      : issuerHashes(candidate, 'sha1').key.equals(responder.hash)
  if (isNamed(issuer)) return issuer
  const delegate = certificates.map(readCertificate).find(isNamed)
  demand(delegate !== undefined, 'responder', 'the answer does not bring the certificate of its responder')
  demandDelegate(delegate, issuer)
  demand(
    delegate.notBefore <= producedAt && producedAt <= delegate.notAfter,
    'responder-expired',
    `the responder is valid from ${delegate.notBefore} until ${delegate.notAfter}, not at ${producedAt}`,
  )
  return delegate
}

/** RFC 6960 section 4.2.2.2: issued directly by the issuer, for this purpose; and never itself in need of an answer. */
function demandDelegate(delegate: Certificate, issuer: Certificate): void {
  demand(delegate.issuer.equals(issuer.subject), 'responder', 'another authority issued the responder')
  demandSignature(signedBytesOf(delegate), issuer, 'responder')
  const { signs, noCheck } = responderMarks(delegate)
  demand(signs, 'responder', 'the certificate of the responder is not for OCSP')
  demand(
    mayBeUsedFor(delegate, digitalSignature),
    'responder',
    'the key of the responder is not for signatures',
  )
  demand(
    noCheck,
    'responder',
    'the certificate of the responder needs an answer about itself (no ocsp-nocheck)',
  )
}

/** A nonce that is repeated must be ours. Many responders repeat none, because they answer in advance (RFC 5019). */
function demandNonce({ nonce }: OcspAnswer, question: Question): void {
  const same = nonce === undefined || question.nonce?.equals(nonce) === true
  demand(same, 'nonce', 'the answer repeats another nonce')
}
