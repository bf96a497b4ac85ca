import {
  algorithmOf,
  childrenOf,
  der,
  derInteger,
  derOid,
  expectTag,
  expectTrue,
  integerOf,
  oidOf,
  onlyElement,
  smallNumberOf,
  takeTag,
} from '#core'
import { oids, tags } from './token-names.ts'

const versionOne = derInteger(Buffer.of(1))

/**
 * A TimeStampReq (RFC 3161 section 2.4.1) in DER for this SHA-256: version 1, the nonce as a positive number, and the
 * wish for the certificate, without which nobody can check the token later. No policy is asked for.
 */
export function timestampRequest(sha256: Buffer, nonce: Buffer): Buffer {
  const imprint = der(
    tags.sequence,
    der(tags.sequence, derOid(oids.sha256), der(tags.null)),
    der(tags.octetString, sha256),
  )
  const certificateWanted = der(tags.boolean, Buffer.of(0xff))
  return der(tags.sequence, versionOne, imprint, derInteger(nonce), certificateWanted)
}

/** What an authority finds in a request. */
export type TimestampQuestion = {
  /** The MessageImprint as it stands, to be repeated. */
  readonly imprint: Buffer
  readonly hash: string
  readonly value: Buffer
  readonly policy: string | undefined
  /** The INTEGER as it stands, to be repeated. */
  readonly nonce: Buffer | undefined
  readonly certificateWanted: boolean
}

/** Reads a TimeStampReq. Throws a RangeError for another form, another version, or extensions. */
export function readTimestampRequest(request: Buffer): TimestampQuestion {
  const whole = onlyElement(request, tags.sequence, 'the request')
  const fields = childrenOf(whole, tags.sequence, 'the request')
  if (smallNumberOf(fields.shift(), 'the version of the request') !== 1)
    throw new RangeError('the request is not of version 1')
  const imprint = expectTag(fields.shift(), tags.sequence, 'the message imprint')
  const [algorithm, value, more] = childrenOf(imprint, tags.sequence, 'the message imprint')
  if (more !== undefined) throw new RangeError('the message imprint has parts too many')
  const policy = takeTag(fields, tags.oid)
  const nonce = takeTag(fields, tags.integer)
  if (nonce !== undefined) integerOf(nonce, 'the nonce')
  const flag = takeTag(fields, tags.boolean)
  if (fields.length > 0) throw new RangeError('the request has extensions or parts too many')
  return {
    imprint: imprint.whole,
    hash: algorithmOf(algorithm, 'the algorithm of the imprint'),
    value: expectTag(value, tags.octetString, 'the value of the imprint').body,
    policy: policy && oidOf(policy, 'the policy'),
    nonce: nonce?.whole,
    certificateWanted: flag !== undefined && expectTrue(flag, 'the wish for the certificate'),
  }
}
