import { createPrivateKey } from 'node:crypto'
import { createLogger } from '#platform'
import type { LiveSecrets } from './live-secrets.ts'
import { testPlatform, type TestPlatform } from './platform.ts'

/**
 * A platform that logs everything into `lines`, and adds to `secrets` whatever is sealed with it: private keys of every kind, and whatever
 * else a room keeps only in sealed form.
 */
export function watchedPlatform(secrets: LiveSecrets, lines: Buffer[]): TestPlatform {
  const platform = testPlatform()
  let sealed = 0
  return {
    ...platform,
    log: createLogger('trace', { write: (line: string) => void lines.push(Buffer.from(line)) }),
    secrets: {
      ...platform.secrets,
      seal(purpose, plaintext) {
        sealed += 1
        const bytes = Buffer.from(plaintext)
        secrets.add(`sealed for ${purpose} (${sealed})`, privatePartOf(bytes) ?? bytes)
        return platform.secrets.seal(purpose, plaintext)
      },
    },
  }
}

/** The number that only the holder of a key knows; the rest of its encoding is public. */
function privatePartOf(bytes: Buffer): Buffer | undefined {
  for (const key of [
    { key: bytes, format: 'der', type: 'pkcs8' },
    { key: bytes, format: 'pem' },
  ] as const) {
    try {
      const { d } = createPrivateKey(key as never).export({ format: 'jwk' })
      // Of a long number the beginning, so that it is also found where a text is broken into lines.
      if (d !== undefined) return Buffer.from(d, 'base64url').subarray(0, 32)
    } catch {
      // Not a key in this form.
    }
  }
  return undefined
}
