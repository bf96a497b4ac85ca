import { demandStrictPoint } from './ed25519.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'
import { decodeBase64 } from './strict-text.ts'

/** A log's public key as pinned: a C2SP verifier key of type Ed25519. */
export type LogKey = {
  readonly name: string
  readonly keyHash: Buffer
  readonly publicKey: Buffer
  /** What the pinned file's name says of its owner: empty for `log.vkey`. */
  readonly owner: string
}

/** Reads `name+hex8+base64(0x01 ‖ public key)` (C2SP signed-note). One newline may follow. */
export function parseLogKey(text: string, owner = ''): LogKey {
  const parts = /^([!-*,-~]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})\n?$/.exec(text)
  demand(parts !== null, 'this is not a verifier key of the form name+hash+key')
  const [, name = '', keyHash = '', encoded = ''] = parts
  const typed = decodeBase64(encoded)
  demand(typed.length === 33 && typed[0] === 1, 'the verifier key is not an Ed25519 key')
  const publicKey = typed.subarray(1)
  demandStrictPoint(publicKey, 'the public key')
  const expected = sha256(Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), typed])).toString('hex', 0, 4)
  demand(keyHash === expected, 'the hash in the verifier key is not that of its name and key')
  return { name, keyHash: Buffer.from(keyHash, 'hex'), publicKey, owner }
}
