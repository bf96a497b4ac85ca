import { demandEd25519 } from './ed25519.ts'
import { demand } from './refusal.ts'
import { decodeBase64, parseWholeNumber } from './strict-text.ts'
import type { LogKey } from './log-key.ts'

/** A C2SP tlog-checkpoint with one signature line and no extension lines, as read; not yet verified. */
export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly keyHash: Buffer
  readonly signature: Buffer
  /** The bytes that were signed: the three lines with their newlines. */
  readonly signedText: string
  /** The whole note. */
  readonly note: string
}

const noteForm =
  /^([!-*,-~]{1,255})\n([0-9]{1,16})\n([A-Za-z0-9+/]{43}=)\n\n\u2014 ([!-*,-~]{1,255}) ([A-Za-z0-9+/=]{92})\n$/

/** Reads a checkpoint note. Refuses every other form, also those that C2SP signed-note would allow. */
export function parseCheckpoint(note: string): Checkpoint {
  const parts = noteForm.exec(note)
  demand(parts !== null, 'the checkpoint does not have the form of origin, size, root and one signature')
  const [, origin = '', size = '', root = '', signer = '', signature = ''] = parts
  demand(signer === origin, 'the name of the signing key is not the origin of the log')
  const signatureBytes = decodeBase64(signature)
  demand(signatureBytes.length === 68, 'the signature line does not hold 4 + 64 bytes')
  return {
    origin,
    size: parseWholeNumber(size),
    root: decodeBase64(root),
    keyHash: signatureBytes.subarray(0, 4),
    signature: signatureBytes.subarray(4),
    signedText: `${origin}\n${size}\n${root}\n`,
    note,
  }
}

/** The pinned keys that bear the checkpoint's origin as their name. */
export function keysForOrigin(keys: readonly LogKey[], origin: string): LogKey[] {
  return keys.filter((key) => key.name === origin)
}

/** Refuses unless one of the keys signed the checkpoint. Returns that key. */
export function demandSignedByOneOf(checkpoint: Checkpoint, keys: readonly LogKey[]): LogKey {
  const key = keys.find((candidate) => candidate.keyHash.equals(checkpoint.keyHash))
  demand(key !== undefined, `the checkpoint was signed by another key than the one pinned for its origin`)
  demandEd25519(key.publicKey, Buffer.from(checkpoint.signedText, 'utf8'), checkpoint.signature)
  return key
}
