import { verifyEd25519 } from './primitives.ts'
import { demand } from './refusal.ts'

/** 2^255 - 19, the field of the curve; and the order of its large subgroup (RFC 8032 section 5.1). */
const fieldPrime = 2n ** 255n - 19n
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n

/**
 * The y coordinates of the eight points whose order divides 8. The test of this file derives them from the curve. A key
 * or a nonce among them lets one signature verify under some rules and not under others, so both are refused (0020).
 */
const orderEight = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n
const lowOrderCoordinates = new Set([0n, 1n, fieldPrime - 1n, orderEight, fieldPrime - orderEight])

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** Refuses a point that is written in a second way (y not below the prime) or has a small order. */
export function demandStrictPoint(point: Uint8Array, what: string): void {
  demand(point.length === 32, `${what} is not 32 bytes`)
  const y = littleEndian(point) & (2n ** 255n - 1n)
  demand(y < fieldPrime, `${what} is not encoded canonically`)
  demand(!lowOrderCoordinates.has(y), `${what} is a point of low order`)
}

/**
 * Verifies an Ed25519 signature (RFC 8032) by the strict rule of decision 0020: key and R canonical and not of low
 * order, S below the group order. Refuses with a sentence; returns only if the signature is right.
 */
export function demandEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): void {
  demandStrictPoint(publicKey, 'the public key')
  demand(signature.length === 64, 'the signature is not 64 bytes')
  demandStrictPoint(signature.subarray(0, 32), 'the first half of the signature')
  demand(
    littleEndian(signature.subarray(32)) < groupOrder,
    'the second half of the signature is not canonical',
  )
  demand(verifyEd25519(publicKey, message, signature), 'the signature does not match the signed bytes')
}

/** The 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410), which has exactly one form. */
export function ed25519KeyOf(spki: Uint8Array): Buffer {
  const prefix = Buffer.from(spki.subarray(0, spkiPrefix.length))
  demand(spki.length === 44 && prefix.equals(spkiPrefix), 'this is not an Ed25519 public key')
  const publicKey = Buffer.from(spki.subarray(spkiPrefix.length))
  demandStrictPoint(publicKey, 'the public key')
  return publicKey
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`)
}
