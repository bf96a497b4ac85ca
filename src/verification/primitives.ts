import { constants, createPublicKey, hash, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { crc32 as nodeCrc32, inflateSync } from 'node:zlib'

/**
 * Everything this room takes from the platform it runs on, besides `Buffer`. A build for another platform replaces this
 * one file by a twin with the same names; whether a value is canonical is decided by the callers, not here.
 */

export type HashName = 'sha256' | 'sha384' | 'sha512'
export type CurveName = 'P-256' | 'P-384'

/** SHA-1, 20 bytes: only to recognise a certificate by the older attribute of RFC 3161, never to trust one. */
export function sha1(bytes: Uint8Array): Buffer {
  return hash('sha1', bytes, 'buffer')
}

/** SHA-256, 32 bytes. */
export function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer')
}

/** SHA-384, 48 bytes. */
export function sha384(bytes: Uint8Array): Buffer {
  return hash('sha384', bytes, 'buffer')
}

/** SHA-512, 64 bytes. */
export function sha512(bytes: Uint8Array): Buffer {
  return hash('sha512', bytes, 'buffer')
}

const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex')

/** A log signs thousands of notes with one key: the key read last is kept. */
let lastEd25519: { readonly raw: Buffer; readonly key: KeyObject } | undefined

/** Says whether the signature (64 bytes) over the message is that of the raw key (32 bytes), RFC 8032. Never throws. */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    if (lastEd25519?.raw.equals(publicKey) !== true) {
      const raw = Buffer.from(publicKey)
      lastEd25519 = { raw, key: publicKeyOf(Buffer.concat([ed25519Prefix, raw])) }
    }
    return verify(null, message, lastEd25519.key, signature)
  } catch {
    return false
  }
}

const curvePrefixes: Readonly<Record<CurveName, Buffer>> = {
  'P-256': Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
  'P-384': Buffer.from('3076301006072a8648ce3d020106052b81040022036200', 'hex'),
}

/**
 * Says whether the signature (DER of two numbers) over the message is that of the key, a point in its uncompressed form
 * (0x04 ‖ x ‖ y). False for a point that is not on the curve. Never throws.
 */
export function verifyEcdsa(
  curve: CurveName,
  point: Uint8Array,
  hashName: HashName,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const key = publicKeyOf(Buffer.concat([curvePrefixes[curve], point]))
    return verify(hashName, message, key, signature)
  } catch {
    return false
  }
}

/**
 * Says whether the signature over the message is that of the RSA key, RSASSA-PKCS1-v1_5 (RFC 8017). Modulus and exponent
 * are unsigned, most significant byte first, without leading zeros. Never throws.
 */
export function verifyRsaPkcs1(
  modulus: Uint8Array,
  exponent: Uint8Array,
  hashName: HashName,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const [n, e] = [modulus, exponent].map((number) => Buffer.from(number).toString('base64url'))
    const key = createPublicKey({ key: { kty: 'RSA', n: n as string, e: e as string }, format: 'jwk' })
    return verify(hashName, message, key, signature)
  } catch {
    return false
  }
}

/**
 * Says whether the signature over the message is that of the RSA key, RSASSA-PSS (RFC 8017 section 8.1) with the same hash
 * for message and mask, and a salt as long as that hash. Never throws.
 */
export function verifyRsaPss(
  modulus: Uint8Array,
  exponent: Uint8Array,
  hashName: HashName,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  // RFC 8017 section 8.1.2 step 1, which OpenSSL leaves out: it takes a signature without its leading zero byte.
  if (signature.length !== modulus.length) return false
  try {
    const [n, e] = [modulus, exponent].map((number) => Buffer.from(number).toString('base64url'))
    const key = createPublicKey({ key: { kty: 'RSA', n: n as string, e: e as string }, format: 'jwk' })
    const padding = constants.RSA_PKCS1_PSS_PADDING
    const saltLength = constants.RSA_PSS_SALTLEN_DIGEST
    return verify(hashName, message, { key, padding, saltLength }, signature)
  } catch {
    return false
  }
}

type Inflated = { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }

/**
 * Unpacks bytes that are exactly one zlib stream (RFC 1950). undefined if they are not, if bytes follow after its end, or
 * if more than `lengthMax` bytes come out.
 */
export function inflate(bytes: Uint8Array, lengthMax: number): Buffer | undefined {
  try {
    // With `info` the answer also tells how many bytes were read, which the types of Node do not know.
    const answer: unknown = inflateSync(bytes, { maxOutputLength: lengthMax, info: true })
    const { buffer, engine } = answer as Inflated
    return engine.bytesWritten === bytes.length ? buffer : undefined
  } catch {
    return undefined
  }
}

/** CRC-32 as ZIP has it (polynomial 0xEDB88320), from 0 to 2^32-1. */
export function crc32(bytes: Uint8Array): number {
  return nodeCrc32(bytes)
}

function publicKeyOf(spki: Buffer): KeyObject {
  return createPublicKey({ key: spki, format: 'der', type: 'spki' })
}
