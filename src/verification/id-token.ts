import { exactObject } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import { readDer, tags, writeDer } from './der.ts'
import { demandEd25519 } from './ed25519.ts'
import { parseLooseObject } from './loose-json.ts'
import { verifyRsaPss } from './primitives.ts'
import { demand, refuse } from './refusal.ts'
import { demandSignature, publicKeyOf } from './signature-algorithm.ts'
import type { PublicKey } from './signature-algorithm.ts'
import { decodeBase64Url } from './strict-text.ts'

export type Claims = Readonly<Record<string, Json | undefined>>

const sizeMax = 16_384
const keyMembers = ['alg', 'crv', 'e', 'kid', 'kty', 'n', 'use', 'x', 'y']

/**
 * Verifies an ID token (a JWS in compact form, RFC 7515) with a recorded public key (RFC 7517) and returns what it claims.
 * RS256, PS256, ES256 and EdDSA with Ed25519; a header that demands more is refused.
 */
export function verifyIdToken(idToken: string, jwk: Json): Claims {
  const parts = idToken.split('.')
  demand(parts.length === 3, 'the ID token does not have three parts')
  const [headerText, claimsText, signatureText] = parts as [string, string, string]
  const header = parseLooseObject(decodeBase64Url(headerText), 'the header of the ID token', sizeMax)
  demand(!Object.hasOwn(header, 'crit'), 'the header of the ID token demands what is not known here')
  const key = exactObject(jwk, 'the key of the provider', ['kty'], keyMembers)
  const sameId = header['kid'] === undefined || key['kid'] === undefined || header['kid'] === key['kid']
  demand(sameId, 'the ID token names another key')
  const algorithm = header['alg']
  demand(key['alg'] === undefined || key['alg'] === algorithm, 'the key is for another algorithm')
  const message = Buffer.from(`${headerText}.${claimsText}`, 'latin1')
  demandJwsSignature(algorithm, key, message, decodeBase64Url(signatureText))
  return parseLooseObject(decodeBase64Url(claimsText), 'the ID token', sizeMax)
}

function demandJwsSignature(
  algorithm: Json | undefined,
  key: Readonly<Record<string, Json | undefined>>,
  message: Buffer,
  signature: Buffer,
): void {
  const wrong = 'the ID token is not signed by the key of the provider'
  if (algorithm === 'EdDSA') {
    demand(key['kty'] === 'OKP' && key['crv'] === 'Ed25519', wrong)
    return demandEd25519(bytesIn(key, 'x'), message, signature)
  }
  if (algorithm === 'ES256') {
    demand(key['kty'] === 'EC' && key['crv'] === 'P-256', wrong)
    return demandSignature(pointOf(key), { kind: 'ECDSA', hash: 'sha256' }, message, derOf(signature))
  }
  demand(
    algorithm === 'RS256' || algorithm === 'PS256',
    'the ID token is signed in a way that is not known here',
  )
  demand(key['kty'] === 'RSA', wrong)
  const rsa = rsaOf(key)
  if (algorithm === 'RS256') return demandSignature(rsa, { kind: 'RSA', hash: 'sha256' }, message, signature)
  demand(rsa.kind === 'RSA' && signature.length === rsa.modulus.length, wrong)
  demand(verifyRsaPss(rsa.modulus, rsa.exponent, 'sha256', message, signature), wrong)
}

function bytesIn(key: Readonly<Record<string, Json | undefined>>, name: string): Buffer {
  const value = key[name]
  return typeof value === 'string' ? decodeBase64Url(value) : refuse('the key of the provider is incomplete')
}

function pointOf(key: Readonly<Record<string, Json | undefined>>): PublicKey {
  const point = Buffer.concat([Buffer.of(4), bytesIn(key, 'x'), bytesIn(key, 'y')])
  demand(point.length === 65, 'the key of the provider is no point on P-256')
  return { kind: 'ECDSA', curve: 'P-256', point }
}

const rsaAlgorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex')

/** Through the form of certificates, so that the rules for keys are the same. */
function rsaOf(key: Readonly<Record<string, Json | undefined>>): PublicKey {
  const numbers = writeDer(
    tags.sequence,
    Buffer.concat([integer(bytesIn(key, 'n')), integer(bytesIn(key, 'e'))]),
  )
  const bits = writeDer(tags.bitString, Buffer.concat([Buffer.of(0), numbers]))
  return publicKeyOf(readDer(writeDer(tags.sequence, Buffer.concat([rsaAlgorithm, bits]))))
}

/** Two numbers of 32 bytes (RFC 7518 section 3.4) as DER has them. */
function derOf(signature: Buffer): Buffer {
  demand(signature.length === 64, 'the signature of the ID token is not 64 bytes')
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)].map((half) => {
    const start = half.findIndex((byte) => byte !== 0)
    return integer(start < 0 ? Buffer.of(0) : half.subarray(start))
  })
  return writeDer(tags.sequence, Buffer.concat([r as Buffer, s as Buffer]))
}

function integer(number: Buffer): Buffer {
  const first = number[0] ?? refuse('a number is empty')
  return writeDer(tags.integer, first < 0x80 ? number : Buffer.concat([Buffer.of(0), number]))
}
