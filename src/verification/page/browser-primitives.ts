import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384 } from '@noble/curves/nist.js'
import { sha1 as nobleSha1 } from '@noble/hashes/legacy.js'
import * as sha2 from '@noble/hashes/sha2.js'
import type { CurveName, HashName } from '../primitives.ts'
import type * as Primitives from '../primitives.ts'
import { inflateRaw } from './browser-inflate.ts'

// The twin of `primitives.ts` for browsers: the same names and the same answers, without the platform.

export type { CurveName, HashName }

export const sha1: typeof Primitives.sha1 = (bytes) => bufferOf(nobleSha1(bytes))
export const sha256: typeof Primitives.sha256 = (bytes) => bufferOf(sha2.sha256(bytes))
export const sha384: typeof Primitives.sha384 = (bytes) => bufferOf(sha2.sha384(bytes))
export const sha512: typeof Primitives.sha512 = (bytes) => bufferOf(sha2.sha512(bytes))

/**
 * RFC 8032 without the cofactor: [S]B = R + [k]A, exactly as OpenSSL has it. The library's own `verify` multiplies by the
 * cofactor and so accepts signatures that other verifiers refuse (decision 0020), which is why only its points are used.
 */
export const verifyEd25519: typeof Primitives.verifyEd25519 = (publicKey, message, signature) => {
  try {
    const { Point } = ed25519
    const [encodedR, encodedS] = [signature.slice(0, 32), signature.slice(32)]
    const scalar = littleEndian(encodedS)
    if (signature.length !== 64 || scalar >= Point.Fn.ORDER) return false
    const challenge = littleEndian(sha512(Buffer.concat([encodedR, publicKey, message]))) % Point.Fn.ORDER
    const key = Point.fromBytes(Uint8Array.from(publicKey))
    const expected = Point.fromBytes(encodedR).add(key.multiplyUnsafe(challenge))
    const base = scalar === 0n ? Point.ZERO : Point.BASE.multiply(scalar)
    return base.equals(expected)
  } catch {
    return false
  }
}

export const verifyEcdsa: typeof Primitives.verifyEcdsa = (curve, point, hashName, message, signature) => {
  try {
    const library = curve === 'P-256' ? p256 : p384
    const options = { prehash: false, lowS: false, format: 'der' } as const
    if (point[0] !== 4) return false
    return library.verify(
      Uint8Array.from(signature),
      hash(hashName, message),
      Uint8Array.from(point),
      options,
    )
  } catch {
    return false
  }
}

/** What stands before the hash in a PKCS #1 signature: DigestInfo (RFC 8017 section 9.2, note 1). */
const digestPrefixes: Readonly<Record<HashName, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
}

/** A longer key would only be there to keep the reader's browser busy. */
const modulusBytesMax = 2048
const exponentBytesMax = 8

/** RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2.2): the padded hash is written anew and must be the same. */
export const verifyRsaPkcs1: typeof Primitives.verifyRsaPkcs1 = (
  modulus,
  exponent,
  hashName,
  message,
  signature,
) => {
  const { length } = modulus
  if (signature.length !== length || length > modulusBytesMax || exponent.length > exponentBytesMax)
    return false
  const [n, s, e] = [bigEndian(modulus), bigEndian(signature), bigEndian(exponent)]
  if (s >= n || e < 3n || e % 2n === 0n || n % 2n === 0n) return false
  const digest = Buffer.concat([Buffer.from(digestPrefixes[hashName], 'hex'), hash(hashName, message)])
  const padding = length - digest.length - 3
  if (padding < 8) return false
  const expected = Buffer.concat([Buffer.of(0, 1), Buffer.alloc(padding, 0xff), Buffer.of(0), digest])
  return power(s, e, n) === bigEndian(expected)
}

/** RSASSA-PSS (RFC 8017 sections 8.1.2 and 9.1.2) with MGF1, one hash for all, and a salt as long as it. */
export const verifyRsaPss: typeof Primitives.verifyRsaPss = (
  modulus,
  exponent,
  hashName,
  message,
  signature,
) => {
  const { length } = modulus
  if (signature.length !== length || length > modulusBytesMax || exponent.length > exponentBytesMax)
    return false
  const [n, s, e] = [bigEndian(modulus), bigEndian(signature), bigEndian(exponent)]
  if (s >= n || e < 3n || e % 2n === 0n || n % 2n === 0n) return false
  const bits = n.toString(2).length - 1
  const size = Math.ceil(bits / 8)
  const encoded = Buffer.from(
    power(s, e, n)
      .toString(16)
      .padStart(size * 2, '0'),
    'hex',
  )
  const digest = hash(hashName, message)
  const maskedLength = size - digest.length - 1
  const saltStart = maskedLength - digest.length
  if (encoded.length !== size || saltStart < 1 || encoded[size - 1] !== 0xbc) return false
  const unused = (0xff00 >> (size * 8 - bits)) & 0xff
  const mask = maskOf(hashName, encoded.subarray(maskedLength, -1), maskedLength)
  const block = encoded.subarray(0, maskedLength).map((byte, at) => byte ^ (mask[at] as number))
  if (((encoded[0] as number) & unused) !== 0) return false
  block[0] = (block[0] as number) & ~unused
  if (block.subarray(0, saltStart - 1).some((byte) => byte !== 0) || block[saltStart - 1] !== 1) return false
  const inner = hash(hashName, Buffer.concat([Buffer.alloc(8), digest, block.subarray(saltStart)]))
  return Buffer.from(inner).equals(encoded.subarray(maskedLength, -1))
}

/** MGF1 (RFC 8017 section B.2.1). */
function maskOf(hashName: HashName, seed: Uint8Array, length: number): Buffer {
  const parts: Uint8Array[] = []
  for (let counter = 0, made = 0; made < length; counter++) {
    const part = hash(hashName, Buffer.concat([seed, Buffer.of(0, 0, 0, counter)]))
    parts.push(part)
    made += part.length
  }
  return Buffer.concat(parts)
}

/** One zlib stream (RFC 1950): header, DEFLATE, checksum, and not a byte more. */
export const inflate: typeof Primitives.inflate = (bytes, lengthMax) => {
  const header = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)
  const isZlib =
    (header & 0x0f00) === 0x0800 && header >> 12 <= 7 && header % 31 === 0 && (header & 0x20) === 0
  if (bytes.length < 7 || !isZlib) return undefined
  const unpacked = inflateRaw(bytes.subarray(2, -4), lengthMax)
  if (unpacked === undefined) return undefined
  return bigEndian(bytes.subarray(-4)) === BigInt(adler32(unpacked)) ? bufferOf(unpacked) : undefined
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

export const crc32: typeof Primitives.crc32 = (bytes) => {
  let value = 0xffffffff
  for (const byte of bytes) value = (value >>> 8) ^ (crcTable[(value ^ byte) & 0xff] as number)
  return (value ^ 0xffffffff) >>> 0
}

function hash(name: HashName, message: Uint8Array): Uint8Array {
  if (name === 'sha256') return sha256(message)
  return name === 'sha384' ? sha384(message) : sha512(message)
}

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0]
  for (const byte of bytes) {
    low = (low + byte) % 65_521
    high = (high + low) % 65_521
  }
  return high * 65_536 + low
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base]
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function bigEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x0${bufferOf(bytes).toString('hex')}`)
}

function littleEndian(bytes: Uint8Array): bigint {
  return bigEndian(bytes.toReversed())
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
