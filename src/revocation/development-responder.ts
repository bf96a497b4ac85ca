import { sign, type KeyObject } from 'node:crypto'
import { addMilliseconds, der, derOid, derTags as tags, generalizedTime, type Instant } from '#core'
import { isIssuedBy, issuerHashes, readCertificate, type Certificate } from './certificate.ts'
import { oids } from './names.ts'
import {
  certificateIdOf,
  encodeCertificateId,
  isSameId,
  nonceExtension,
  readOcspRequest,
  type OcspQuestion,
} from './ocsp-request.ts'

/**
 * Who answers for the certificates of a development authority of this installation: a certificate that the authority
 * issued for OCSP, and its key. Its names say that nobody should trust it (decision 0079).
 */
export type DevelopmentResponder = {
  /** The development authority, DER. */
  readonly issuer: Buffer
  /** The responder's certificate, DER. */
  readonly certificate: Buffer
  /** On P-256. */
  readonly privateKey: KeyObject
}

/** How long an answer counts, in milliseconds: a day. */
const term_ms = 86_400_000

const algorithm = der(tags.sequence, derOid(oids.ecdsaWithSha256))

/**
 * Answers an OCSPRequest (DER) about one of the certificates that the responder's authority issued with an OCSPResponse
 * (DER) that is made now: `good` for one of them, because nothing revokes a development certificate, `unknown` for a number that is
 * not among them, malformedRequest for another form.
 */
export function answerOcspRequest(
  request: Buffer,
  responder: DevelopmentResponder,
  issued: readonly Certificate[],
  now: Instant,
): Buffer {
  const question = questionOf(request)
  if (question === undefined) return der(tags.sequence, der(tags.enumerated, Buffer.of(1)))
  const { id, nonce } = question
  const issuer = readCertificate(responder.issuer)
  const named = (certificate: Certificate): boolean =>
    isIssuedBy(certificate, issuer) && isSameId(certificateIdOf(certificate, issuer, id.hash), id)
  const status = issued.some(named) ? der(0x80) : der(0x82)
  const single = der(
    tags.sequence,
    encodeCertificateId(id),
    status,
    generalizedTime(now),
    der(0xa0, generalizedTime(addMilliseconds(now, term_ms))),
  )
  const body = der(
    tags.sequence,
    der(0xa2, der(tags.octetString, issuerHashes(readCertificate(responder.certificate), 'sha1').key)),
    generalizedTime(now),
    der(tags.sequence, single),
    ...(nonce === undefined ? [] : [der(0xa1, der(tags.sequence, nonceExtension(nonce)))]),
  )
  const signature = der(tags.bitString, Buffer.of(0), sign('sha256', body, responder.privateKey))
  const certificates = der(0xa0, der(tags.sequence, responder.certificate))
  const basic = der(tags.sequence, body, algorithm, signature, certificates)
  return der(
    tags.sequence,
    der(tags.enumerated, Buffer.of(0)),
    der(0xa0, der(tags.sequence, derOid(oids.basicResponse), der(tags.octetString, basic))),
  )
}

function questionOf(request: Buffer): OcspQuestion | undefined {
  try {
    return readOcspRequest(request)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
