import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keys and sealed bytes that all come from one master key. The master key itself is never handed out. */
export type Secrets = {
  /**
   * `length` bytes (32 unless told otherwise) that belong to this master key and this purpose: HKDF-SHA256
   * (RFC 5869), no salt, the purpose as info. The same for ever; say nothing about other purposes.
   */
  readonly derive: (purpose: string, length?: number) => Buffer
  /** AES-256-GCM (NIST SP 800-38D) under a key of the purpose: 12-byte random nonce, ciphertext, 16-byte tag. */
  readonly seal: (purpose: string, plaintext: Uint8Array) => Buffer
  /** What was sealed for this purpose. Throws UnsealError for other bytes, another purpose or another master key. */
  readonly open: (purpose: string, sealed: Uint8Array) => Buffer
}

export class UnsealError extends Error {
  constructor(purpose: string, options?: ErrorOptions) {
    super(
      `bytes sealed for "${purpose}" cannot be opened: they were changed, or the master key is another`,
      options,
    )
    this.name = 'UnsealError'
  }
}

const nonceLength = 12
const tagLength = 16

/** Secrets of a master key of 32 bytes. Throws a RangeError for another length. */
export function createSecrets(masterKey: Uint8Array): Secrets {
  if (masterKey.length !== 32) throw new RangeError('a master key has 32 bytes')
  const root = Buffer.from(masterKey)
  const derive = (purpose: string, length = 32) =>
    Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `beding/${purpose}`, length))
  return {
    derive,
    seal(purpose, plaintext) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', derive(`seal/${purpose}`), nonce)
      return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
    },
    open(purpose, sealed) {
      if (sealed.length < nonceLength + tagLength) throw new UnsealError(purpose)
      const end = sealed.length - tagLength
      const decipher = createDecipheriv(
        'aes-256-gcm',
        derive(`seal/${purpose}`),
        sealed.subarray(0, nonceLength),
        {
          authTagLength: tagLength,
        },
      )
      decipher.setAuthTag(sealed.subarray(end))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(nonceLength, end)), decipher.final()])
      } catch (cause) {
        throw new UnsealError(purpose, { cause })
      }
    },
  }
}
