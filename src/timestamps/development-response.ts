import { sign, type KeyObject } from 'node:crypto'
import { der, derInteger, derOid, sha256, type Instant } from '#core'
import { readCertificate } from './certificate.ts'
import { tokenTime } from './der-time.ts'
import { readTimestampRequest, type TimestampQuestion } from './timestamp-request.ts'
import { oids, tags } from './token-names.ts'

/** What the development TSA signs with. */
export type TimestampSigner = { readonly certificate: Buffer; readonly privateKey: KeyObject }

/** A UUID as an identifier (X.667 section 7), drawn for this one purpose: the policy of not being trusted. */
const policy = '2.25.164317213498716229301985377208473016121'

const hash = der(tags.sequence, derOid(oids.sha256))
const algorithm = der(tags.sequence, derOid(oids.ecdsaWithSha256))
/** One second: clocks of machines are not better known than that. */
const accuracy = der(tags.sequence, derInteger(Buffer.of(1)))

/** PKIFailureInfo (RFC 3161 section 2.4.2), the bits that are used here. */
const failures = { badAlg: 0, badDataFormat: 5, unacceptedPolicy: 15 } as const

/**
 * Answers a TimeStampReq (DER) with a TimeStampResp (DER): granted for SHA-256, otherwise a rejection that says why.
 * `serialNumber` is of at most 20 bytes and never used twice.
 */
export function answerTimestampRequest(
  request: Buffer,
  signer: TimestampSigner,
  at: Instant,
  serialNumber: Buffer,
): Buffer {
  let question: TimestampQuestion
  try {
    question = readTimestampRequest(request)
  } catch (error) {
    if (error instanceof RangeError) return rejection('badDataFormat')
    throw error
  }
  if (question.hash !== oids.sha256 || question.value.length !== 32) return rejection('badAlg')
  if (question.policy !== undefined && question.policy !== policy) return rejection('unacceptedPolicy')
  const info = der(
    tags.sequence,
    derInteger(Buffer.of(1)),
    derOid(policy),
    question.imprint,
    derInteger(serialNumber),
    tokenTime(at),
    accuracy,
    ...(question.nonce === undefined ? [] : [question.nonce]),
  )
  const granted = der(tags.sequence, derInteger(Buffer.of(0)))
  return der(tags.sequence, granted, signToken(info, signer, question.certificateWanted))
}

function rejection(failure: keyof typeof failures): Buffer {
  const bit = failures[failure]
  const bits = Buffer.alloc(Math.floor(bit / 8) + 1)
  bits[Math.floor(bit / 8)] = 0x80 >> (bit % 8)
  const info = der(tags.bitString, Buffer.of(7 - (bit % 8)), bits)
  return der(tags.sequence, der(tags.sequence, derInteger(Buffer.of(2)), info))
}

/** A CMS SignedData (RFC 5652) over a TSTInfo, with the three signed attributes that RFC 3161 and 5816 want. */
function signToken(info: Buffer, { certificate, privateKey }: TimestampSigner, attach: boolean): Buffer {
  const attribute = (type: string, value: Buffer): Buffer =>
    der(tags.sequence, derOid(type), der(tags.set, value))
  // RFC 5035 section 4: SHA-256 is the default hash and therefore left out.
  const certificateId = der(tags.sequence, der(tags.octetString, sha256(certificate)))
  const attributes = [
    attribute(oids.contentType, derOid(oids.tstInfo)),
    attribute(oids.messageDigest, der(tags.octetString, sha256(info))),
    attribute(oids.signingCertificateV2, der(tags.sequence, der(tags.sequence, certificateId))),
  ].toSorted((a, b) => Buffer.compare(a, b))
  const { issuer, serialNumber } = readCertificate(certificate)
  const signerInfo = der(
    tags.sequence,
    derInteger(Buffer.of(1)),
    der(tags.sequence, issuer, serialNumber),
    hash,
    der(0xa0, ...attributes),
    algorithm,
    // Over the SET OF with its own tag; in the token the tag is [0] (RFC 5652 section 5.4).
    der(tags.octetString, sign('sha256', der(tags.set, ...attributes), privateKey)),
  )
  const signedData = der(
    tags.sequence,
    derInteger(Buffer.of(3)),
    der(tags.set, hash),
    der(tags.sequence, derOid(oids.tstInfo), der(0xa0, der(tags.octetString, info))),
    ...(attach ? [der(0xa0, certificate)] : []),
    der(tags.set, signerInfo),
  )
  return der(tags.sequence, derOid(oids.signedData), der(0xa0, signedData))
}
