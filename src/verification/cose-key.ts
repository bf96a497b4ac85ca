import { cborBytes, exactCborMap, readCbor } from './cbor.ts'
import type { CborMap } from './cbor.ts'
import { readDer, tags, writeDer } from './der.ts'
import { demandEd25519, demandStrictPoint } from './ed25519.ts'
import { demandSignature, publicKeyOf } from './signature-algorithm.ts'
import { demand, refuse } from './refusal.ts'

/** The algorithms of signing keys by their COSE numbers (RFC 9053, RFC 8812): ES256, EdDSA with Ed25519, RS256. */
export const coseAlgorithms = [-7, -8, -257] as const
export type CoseAlgorithm = (typeof coseAlgorithms)[number]

/** The public key of a credential, as its authenticator wrote it and as every other tool reads it. */
export type CoseKey = {
  readonly algorithm: CoseAlgorithm
  /** The COSE_Key, byte for byte. */
  readonly cose: Buffer
  /** The same key as a SubjectPublicKeyInfo in DER. */
  readonly spki: Buffer
}

/**
 * Reads a COSE_Key as WebAuthn has it (section 6.5.1.1): exactly the members its kind of key needs, in canonical CBOR, an
 * uncompressed point on P-256, an Ed25519 point, or an RSA key of 2048 to 8192 bits without leading zeros.
 */
export function parseCoseKey(cose: Buffer): CoseKey {
  const map = readCbor(cose)
  demand(map instanceof Map, 'a public key is not a map')
  const algorithm = coseAlgorithms.find((known) => known === map.get(3))
  demand(algorithm !== undefined, 'the algorithm of a key is not ES256, EdDSA or RS256')
  const spki = algorithm === -7 ? p256Spki(map) : algorithm === -8 ? ed25519Spki(map) : rsaSpki(map)
  return { algorithm, cose, spki }
}

/** Refuses unless the signature over the message is that of the key, in its one form (WebAuthn section 6.5.5). */
export function demandCoseSignature(key: CoseKey, message: Uint8Array, signature: Buffer): void {
  if (key.algorithm === -8) return demandEd25519(key.spki.subarray(-32), message, signature)
  const kind = key.algorithm === -7 ? 'ECDSA' : 'RSA'
  demandSignature(publicKeyOf(readDer(key.spki)), { kind, hash: 'sha256' }, message, signature)
}

const p256Prefix = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex')
const rsaAlgorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex')

/** FIPS 186-4 section D.1.2.3. */
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn

function p256Spki(map: CborMap): Buffer {
  const key = exactCborMap(map, 'an ES256 key', [1, 3, -1, -2, -3])
  demand(key.get(1) === 2 && key.get(-1) === 1, 'an ES256 key is not on the curve P-256')
  const x = cborBytes(key.get(-2), 'a coordinate of a key', 32)
  const y = cborBytes(key.get(-3), 'a coordinate of a key', 32)
  const [abscissa, ordinate] = [bigEndian(x), bigEndian(y)]
  const onCurve = (ordinate * ordinate - (abscissa ** 3n - 3n * abscissa + b)) % p === 0n
  demand(abscissa < p && ordinate < p && onCurve, 'a public key is no point of its curve')
  return Buffer.concat([p256Prefix, Buffer.of(4), x, y])
}

function ed25519Spki(map: CborMap): Buffer {
  const key = exactCborMap(map, 'an EdDSA key', [1, 3, -1, -2])
  demand(key.get(1) === 1 && key.get(-1) === 6, 'an EdDSA key is not on the curve Ed25519')
  const x = cborBytes(key.get(-2), 'an EdDSA key', 32)
  demandStrictPoint(x, 'a public key')
  return Buffer.concat([ed25519Prefix, x])
}

function rsaSpki(map: CborMap): Buffer {
  const key = exactCborMap(map, 'an RS256 key', [1, 3, -1, -2])
  demand(key.get(1) === 3, 'an RS256 key is not an RSA key')
  const numbers = [key.get(-1), key.get(-2)].map((number) => unsigned(cborBytes(number, 'a number of a key')))
  const bits = writeDer(tags.sequence, Buffer.concat(numbers))
  const content = Buffer.concat([rsaAlgorithm, writeDer(tags.bitString, Buffer.concat([Buffer.of(0), bits]))])
  const spki = writeDer(tags.sequence, content)
  // Read again, for the rules that hold for every RSA key here.
  publicKeyOf(readDer(spki))
  return spki
}

function unsigned(number: Buffer): Buffer {
  const first = number[0] ?? refuse('a number of a key is empty')
  demand(first !== 0, 'a number of a key has leading zeros')
  return writeDer(tags.integer, first < 0x80 ? number : Buffer.concat([Buffer.of(0), number]))
}

function bigEndian(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`)
}
