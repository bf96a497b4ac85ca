import { createHmac, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import type { Instant } from '#core'
import { millisecondsOf, toBase64 } from '#core'
import type { Secrets } from '#platform'

/** Which keys sign what is sent to an endpoint. They are derived from the master key and stand in no row. */
export type SigningKeys = {
  /** Shared secrets, the newest first; two while one replaces the other. */
  readonly secrets: readonly Buffer[]
  readonly privateKey: KeyObject
}

export type SignedHeaders = {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/** The shared secret of an id: 32 bytes, unique to it (Standard Webhooks 1.0.0 asks for 24 to 64). */
export function secretOf(secrets: Secrets, secretId: string): Buffer {
  return secrets.derive(`webhook-secret/${secretId}`)
}

/** As receivers' libraries read it: `whsec_` and base64. */
export function secretText(secret: Uint8Array): string {
  return `whsec_${toBase64(secret)}`
}

/**
 * The Ed25519 key of an endpoint. Whoever holds the shared secret can make a `v1` signature, the receiver too; only this
 * service can make a `v1a`, so a kept event shows who sent it.
 */
export function privateKeyOf(secrets: Secrets, endpointId: string): KeyObject {
  const seed = secrets.derive(`webhook-key/${endpointId}`)
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
}

// PrivateKeyInfo of Ed25519 up to the seed (RFC 8410 section 7).
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The public half as receivers' libraries read it: `whpk_` and base64 of the 32 bytes. */
export function publicKeyText(key: KeyObject): string {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return `whpk_${toBase64(spki.subarray(-32))}`
}

/**
 * The three headers of Standard Webhooks 1.0.0 over `id.timestamp.body`: one `v1` (HMAC-SHA256) for each shared secret,
 * then `v1a` (Ed25519). The timestamp is that of the attempt, in whole Unix seconds; the id is that of the event.
 */
export function signedHeaders(keys: SigningKeys, id: string, at: Instant, body: string): SignedHeaders {
  const timestamp = String(Math.floor(millisecondsOf(at) / 1000))
  const content = Buffer.from(`${id}.${timestamp}.${body}`)
  const shared = keys.secrets.map(
    (secret) => `v1,${createHmac('sha256', secret).update(content).digest('base64')}`,
  )
  const own = `v1a,${sign(null, content, keys.privateKey).toString('base64')}`
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': [...shared, own].join(' '),
  }
}
