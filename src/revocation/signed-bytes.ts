import { verify } from 'node:crypto'
import {
  algorithmOf,
  childrenOf,
  derTags,
  expectTag,
  onlyElement,
  signatureAlgorithms,
  type DerElement,
} from '#core'
import type { Certificate } from './certificate.ts'
import { demand, type RevocationRefusalReason } from './revocation.ts'

/** Bytes with a signature over them, as OCSP answers and lists have them alike. */
export type SignedBytes = {
  readonly signed: Buffer
  readonly algorithm: string
  readonly signature: Buffer
}

const rsaBits = { min: 2_048, max: 8_192 }
const curves = ['prime256v1', 'secp384r1']

/** Puts together what was signed, how, and the signature. Throws a RangeError for another form. */
export function readSignedBytes(
  signed: DerElement,
  algorithm: DerElement | undefined,
  signature: DerElement | undefined,
  what: string,
): SignedBytes {
  const { body } = expectTag(signature, derTags.bitString, `the signature of ${what}`)
  if (body[0] !== 0) throw new RangeError(`the signature of ${what} is not whole bytes`)
  return {
    signed: signed.whole,
    algorithm: algorithmOf(algorithm, `the signature algorithm of ${what}`),
    signature: body.subarray(1),
  }
}

/** A certificate as its issuer signed it. Throws a RangeError for an algorithm with parameters. */
export function signedBytesOf({ der }: Certificate): SignedBytes {
  const what = 'a certificate'
  const [body, algorithm, signature] = childrenOf(
    onlyElement(der, derTags.sequence, what),
    derTags.sequence,
    what,
  )
  return readSignedBytes(expectTag(body, derTags.sequence, what), algorithm, signature, what)
}

/**
 * Refuses, with `signature` unless told otherwise, unless this certificate's key signed the bytes, with an algorithm and a key that count: RSA of
 * PKCS 1 version 1.5 from 2048 bits or ECDSA on P-256 or P-384, with the SHA-2 family.
 */
export function demandSignature(
  { signed, algorithm, signature }: SignedBytes,
  { x509 }: Certificate,
  reason: RevocationRefusalReason = 'signature',
): void {
  const known = signatureAlgorithms.get(algorithm)
  demand(known !== undefined, reason, `the signature algorithm ${algorithm} does not count`)
  const key = x509.publicKey
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  const strong =
    known.key === 'rsa'
      ? rsaBits.min <= modulusLength && modulusLength <= rsaBits.max
      : curves.includes(namedCurve)
  demand(
    key.asymmetricKeyType === known.key && strong,
    reason,
    'the key does not count, or is not of the kind that the signature names',
  )
  demand(verify(known.hash, signed, key, signature), reason, 'the signature does not fit')
}
