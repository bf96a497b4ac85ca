import type { KeyObject } from 'node:crypto'
import { createPrivateKey, createPublicKey } from 'node:crypto'

/** Bytes in an Ed25519 public key, and in the seed of a private key (RFC 8032 section 5.1.5). */
export const ed25519KeyLength = 32

// The DER of RFC 8410 up to the 32 bytes that differ: SubjectPublicKeyInfo and PrivateKeyInfo of Ed25519.
const publicKeyPrefix = Buffer.from('302a300506032b6570032100', 'hex')
const privateKeyPrefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The private key of a seed of 32 random bytes (RFC 8032 section 5.1.5). */
export function privateKeyOfSeed(seed: Uint8Array): KeyObject {
  if (seed.length !== ed25519KeyLength) throw new RangeError('the seed of an Ed25519 key has 32 bytes')
  return createPrivateKey({ key: Buffer.concat([privateKeyPrefix, seed]), format: 'der', type: 'pkcs8' })
}

/** The 32 bytes of the public key that belongs to a private or public Ed25519 key (RFC 8032 section 5.1.5). */
export function publicKeyBytes(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  const der = publicKey.export({ format: 'der', type: 'spki' })
  if (
    der.length !== publicKeyPrefix.length + ed25519KeyLength ||
    !der.subarray(0, 12).equals(publicKeyPrefix)
  ) {
    throw new TypeError('not an Ed25519 key')
  }
  return der.subarray(publicKeyPrefix.length)
}

/** The key object of 32 public bytes. */
export function publicKeyOfBytes(bytes: Uint8Array): KeyObject {
  if (bytes.length !== ed25519KeyLength) throw new RangeError('an Ed25519 public key has 32 bytes')
  return createPublicKey({ key: Buffer.concat([publicKeyPrefix, bytes]), format: 'der', type: 'spki' })
}

/** The public key as SubjectPublicKeyInfo in PEM, as `openssl pkeyutl` reads it. */
export function publicKeyPem(bytes: Uint8Array): string {
  return String(publicKeyOfBytes(bytes).export({ format: 'pem', type: 'spki' }))
}
