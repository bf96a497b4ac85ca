import { childrenOf, expectTag, oidOf, readDer, tags } from './der.ts'
import type { Der } from './der.ts'
import { sha256, sha384, sha512, verifyEcdsa, verifyRsaPkcs1 } from './primitives.ts'
import type { CurveName, HashName } from './primitives.ts'
import { demand, refuse } from './refusal.ts'

/** How a signature of a certificate or token was made. */
export type SignatureAlgorithm = { readonly kind: 'ECDSA' | 'RSA'; readonly hash: HashName }

/** A public key out of a SubjectPublicKeyInfo. */
export type PublicKey =
  | { readonly kind: 'ECDSA'; readonly curve: CurveName; readonly point: Buffer }
  | { readonly kind: 'RSA'; readonly modulus: Buffer; readonly exponent: Buffer }

const algorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.10045.4.3.2': { kind: 'ECDSA', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ECDSA', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ECDSA', hash: 'sha512' },
  '1.2.840.113549.1.1.11': { kind: 'RSA', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'RSA', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'RSA', hash: 'sha512' },
}
const rsaEncryption = '1.2.840.113549.1.1.1'
const ecPublicKey = '1.2.840.10045.2.1'

const hashNames: Readonly<Record<string, HashName>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const curves: Readonly<Record<string, { readonly name: CurveName; readonly pointLength: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', pointLength: 65 },
  '1.3.132.0.34': { name: 'P-384', pointLength: 97 },
}
const curveOrders: Readonly<Record<CurveName, bigint>> = {
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  'P-384':
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
}

/** The digest by its name. */
export function digest(name: HashName, bytes: Uint8Array): Buffer {
  return { sha256, sha384, sha512 }[name](bytes)
}

/** SHA-256, SHA-384 or SHA-512 out of an AlgorithmIdentifier, whose parameters are absent or NULL (RFC 5754). */
export function hashNameOf(element: Der | undefined): HashName {
  return (
    hashNames[algorithmOid(element, 'the digest algorithm')] ??
    refuse('a digest algorithm is not SHA-256, SHA-384 or SHA-512')
  )
}

/**
 * The signature algorithm out of an AlgorithmIdentifier. ECDSA has no parameters, RSA has NULL (RFC 5758, RFC 4055). In a
 * CMS, RSA may be named without its hash: `digestUsed` says which it is, and must fit where the hash is named (RFC 5652).
 */
export function signatureAlgorithmOf(element: Der | undefined, digestUsed?: HashName): SignatureAlgorithm {
  const what = 'the signature algorithm'
  const oid = algorithmOid(element, what)
  if (oid === rsaEncryption && digestUsed !== undefined) return { kind: 'RSA', hash: digestUsed }
  const algorithm = algorithms[oid] ?? refuse('a signature is not ECDSA or RSA PKCS #1 v1.5 with SHA-2')
  const parameters = childrenOf(element as Der).length - 1
  demand(algorithm.kind === 'RSA' || parameters === 0, 'an ECDSA algorithm has parameters')
  demand(digestUsed === undefined || digestUsed === algorithm.hash, 'digest and signature use two hashes')
  return algorithm
}

/** Reads a SubjectPublicKeyInfo with an uncompressed point on P-256 or P-384, or an RSA key of 2048 to 8192 bits. */
export function publicKeyOf(element: Der): PublicKey {
  const [algorithm, bits, more] = childrenOf(expectTag(element, tags.sequence, 'a public key'))
  demand(more === undefined, 'a public key has parts too many')
  const { content } = expectTag(bits, tags.bitString, 'a public key')
  demand(content[0] === 0, 'a public key is not a whole number of bytes')
  const [kind, parameters] = childrenOf(expectTag(algorithm, tags.sequence, 'the kind of a public key'))
  const oid = oidOf(kind, 'the kind of a public key')
  if (oid === rsaEncryption) return rsaKeyOf(content.subarray(1))
  demand(oid === ecPublicKey, 'a certificate has a key that is not ECDSA or RSA')
  const curve = curves[oidOf(parameters, 'the curve of a public key')]
  demand(curve !== undefined, 'a certificate has a key that is not ECDSA P-256 or P-384')
  const point = content.subarray(1)
  demand(point.length === curve.pointLength && point[0] === 4, 'a public key is not an uncompressed point')
  return { kind: 'ECDSA', curve: curve.name, point }
}

/** Refuses unless this is the right signature, in its one form, by the key and with the algorithm. */
export function demandSignature(
  key: PublicKey,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
): void {
  const wrong = 'the signature does not match the signed bytes'
  demand(key.kind === algorithm.kind, 'the key is not of the kind that the signature needs')
  if (key.kind === 'RSA') {
    demand(signature.length === key.modulus.length, 'an RSA signature is not as long as its key')
    demand(verifyRsaPkcs1(key.modulus, key.exponent, algorithm.hash, message, signature), wrong)
    return
  }
  const numbers = childrenOf(expectTag(readDer(signature), tags.sequence, 'a signature value'))
  demand(numbers.length === 2, 'a signature value is not two numbers')
  for (const number of numbers) {
    const value = BigInt(`0x${expectTag(number, tags.integer, 'a signature value').content.toString('hex')}`)
    const negative = (number.content[0] as number) >= 0x80
    demand(!negative && value > 0n && value < curveOrders[key.curve], 'a signature value is out of range')
  }
  demand(verifyEcdsa(key.curve, key.point, algorithm.hash, message, signature), wrong)
}

function rsaKeyOf(bytes: Buffer): PublicKey {
  const [modulus, exponent, more] = childrenOf(expectTag(readDer(bytes), tags.sequence, 'an RSA key')).map(
    (number) => unsigned(expectTag(number, tags.integer, 'a number of an RSA key').content),
  )
  demand(
    modulus !== undefined && exponent !== undefined && more === undefined,
    'an RSA key is not two numbers',
  )
  demand(modulus.length >= 256 && modulus.length <= 1024, 'an RSA key is not of 2048 to 8192 bits')
  const odd = ((exponent.at(-1) as number) & 1) === 1
  demand(
    odd && exponent.length <= 4 && !(exponent.length === 1 && exponent[0] === 1),
    'the exponent of an RSA key is not an odd number from 3 to 2^32',
  )
  return { kind: 'RSA', modulus, exponent }
}

function unsigned(content: Buffer): Buffer {
  demand((content[0] as number) < 0x80, 'a number of an RSA key is negative')
  return content[0] === 0 ? content.subarray(1) : content
}

function algorithmOid(element: Der | undefined, what: string): string {
  const [oid, parameters, more] = childrenOf(expectTag(element, tags.sequence, what))
  demand(parameters === undefined || parameters.tag === tags.null, `${what} has parameters not used here`)
  demand(more === undefined, `${what} has parts too many`)
  return oidOf(oid, what)
}
