import { der, derInteger, derOid } from '#core'
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
