import type { KeyObject } from 'node:crypto'
import { fromBase64, sha256, toBase64 } from '#core'
import { ed25519KeyLength, publicKeyBytes, publicKeyOfBytes } from './ed25519-key.ts'

/** A key that may have signed a note, as whoever checks the note holds it. */
export type NoteVerifier = {
  readonly name: string
  /** Four bytes as 8 lower-case hex digits: an identifier, not a fingerprint. */
  readonly keyHash: string
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Buffer
  readonly key: KeyObject
}

/** A key that signs notes. */
export type NoteSigner = NoteVerifier & { readonly privateKey: KeyObject }

/** The signature type of Ed25519 over the note text (C2SP signed-note, "Signature types"). */
const ed25519Type = 0x01

/** A key name is not empty and has no Unicode space, no plus and no control character (C2SP signed-note, "Format"). */
export function isKeyName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return name !== '' && name.isWellFormed() && !/[\p{White_Space}\u0000-\u001f+]/u.test(name)
}

/** The first four bytes of SHA-256(name || 0x0A || 0x01 || public key), as 8 hex digits (C2SP signed-note). */
export function keyHashOf(name: string, publicKey: Uint8Array): string {
  const input = Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.of(ed25519Type), publicKey])
  return sha256(input).toString('hex', 0, 4)
}

/** The verifier of a name and 32 public bytes. Throws a RangeError for a name that no key can have. */
export function noteVerifier(name: string, publicKey: Buffer): NoteVerifier {
  if (!isKeyName(name)) throw new RangeError('not the name of a note key')
  return { name, keyHash: keyHashOf(name, publicKey), publicKey, key: publicKeyOfBytes(publicKey) }
}

/** The signer of a name and an Ed25519 private key. */
export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  return { ...noteVerifier(name, publicKeyBytes(privateKey)), privateKey }
}

/** `name+hex8+base64(0x01 || public key)`: the verifier key in the form that Go's note package and its kin read. */
export function formatVerifierKey(verifier: NoteVerifier): string {
  const encoded = toBase64(Buffer.concat([Buffer.of(ed25519Type), verifier.publicKey]))
  return `${verifier.name}+${verifier.keyHash}+${encoded}`
}

/** Reads a verifier key. Throws a RangeError unless writing it again gives the same text. */
export function parseVerifierKey(text: string): NoteVerifier {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})$/.exec(text)
  const [, name = '', keyHash = '', encoded = ''] = match ?? []
  const bytes = fromBase64(encoded)
  if (match === null || bytes === undefined || bytes.length !== 1 + ed25519KeyLength) {
    throw new RangeError('not a verifier key of the form name+hash+key')
  }
  if (bytes[0] !== ed25519Type) throw new RangeError('only Ed25519 verifier keys are read here')
  const verifier = noteVerifier(name, bytes.subarray(1))
  if (verifier.keyHash !== keyHash)
    throw new RangeError('the hash of this verifier key is not that of its key')
  return verifier
}
