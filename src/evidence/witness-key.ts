import { Refusal, demandStrictPoint } from '#verification'
import { fromBase64, sha256, toBase64 } from '#core'
import { ed25519KeyLength } from './ed25519-key.ts'

/** The key of a witness as its operator hands it out: who cosigns, and how that is checked. */
export type WitnessKey = {
  readonly name: string
  /** Four bytes as 8 lower-case hex digits: an identifier, not a fingerprint. */
  readonly keyHash: string
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Buffer
  /** The key as text, `name+hash+key`. */
  readonly vkey: string
}

/** The signature type of timestamped Ed25519 cosignatures (C2SP tlog-cosignature, "Format"). */
const cosignatureType = 0x04

/** The first four bytes of SHA-256(name || 0x0A || 0x04 || public key), as 8 hex digits (C2SP tlog-cosignature). */
function witnessKeyHash(name: string, publicKey: Uint8Array): string {
  const input = Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.of(cosignatureType), publicKey])
  return sha256(input).toString('hex', 0, 4)
}

/**
 * Reads the verifier key of a witness: `name+hash+base64(0x04 || public key)`. Throws a RangeError for another type of
 * key, a key of low order (decision 0020), a hash that is not that of the key, and any second spelling.
 */
export function parseWitnessKey(vkey: string): WitnessKey {
  const match = /^([!-*,-~]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey)
  const [, name = '', keyHash = '', encoded = ''] = match ?? []
  const typed = fromBase64(encoded)
  if (match === null || typed === undefined)
    throw new RangeError('not a verifier key of the form name+hash+key')
  if (typed[0] !== cosignatureType || typed.length !== 1 + ed25519KeyLength) {
    throw new RangeError('not an Ed25519 key for cosignatures (type 0x04)')
  }
  const publicKey = typed.subarray(1)
  try {
    demandStrictPoint(publicKey, 'the public key')
  } catch (error) {
    if (error instanceof Refusal) throw new RangeError(error.message, { cause: error })
    throw error
  }
  if (witnessKeyHash(name, publicKey) !== keyHash) {
    throw new RangeError('the hash of this verifier key is not that of its key')
  }
  return { name, keyHash, publicKey, vkey }
}

/** The key of a witness of that name. Throws a RangeError for a name or key that no witness can have. */
export function witnessKey(name: string, publicKey: Buffer): WitnessKey {
  const encoded = toBase64(Buffer.concat([Buffer.of(cosignatureType), publicKey]))
  return parseWitnessKey(`${name}+${witnessKeyHash(name, publicKey)}+${encoded}`)
}
