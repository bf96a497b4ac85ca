import type { KeyObject } from 'node:crypto'
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { sha256, toBase64 } from '#core'

/** Who cosigns: a name, and a key of its own that signs nothing else. */
export type WitnessSigner = {
  readonly name: string
  readonly seed: Buffer
  readonly keyHash: Buffer
  readonly publicKey: Buffer
  /** `name+hash+base64(0x04 || public key)`: what those who rely on this witness pin. */
  readonly vkey: string
  readonly privateKey: KeyObject
}

/** The signature type of timestamped Ed25519 cosignatures (C2SP tlog-cosignature, "Format"). */
const cosignatureType = Buffer.of(0x04)
const seedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** True for a name that every reader takes: visible ASCII without plus. */
export function isWitnessName(name: string): boolean {
  return /^[!-*,-~]{1,255}$/.test(name)
}

/** The signer of a name and a seed of 32 random bytes (RFC 8032 section 5.1.5). */
export function witnessSigner(name: string, seed: Buffer): WitnessSigner {
  if (!isWitnessName(name) || seed.length !== 32) throw new RangeError('not the name or seed of a witness')
  const privateKey = createPrivateKey({
    key: Buffer.concat([seedPrefix, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)
  const typed = Buffer.concat([cosignatureType, publicKey])
  const keyHash = sha256(Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), typed])).subarray(0, 4)
  return {
    name,
    seed,
    keyHash,
    publicKey,
    privateKey,
    vkey: `${name}+${keyHash.toString('hex')}+${toBase64(typed)}`,
  }
}

/** The signature line, without newline, of this witness over the text of a checkpoint (C2SP tlog-cosignature v1). */
export function cosign(signer: WitnessSigner, text: string, seconds: number): string {
  const message = Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8')
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const bytes = Buffer.concat([signer.keyHash, time, sign(null, message, signer.privateKey)])
  return `\u2014 ${signer.name} ${toBase64(bytes)}`
}
