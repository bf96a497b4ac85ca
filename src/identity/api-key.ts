import { createHmac, timingSafeEqual } from 'node:crypto'
import { hexToUuid, toBase64Url, uuidToHex, type Instant, type OrganisationId } from '#core'

/** How long a key is valid when nobody says otherwise, and at most. In days. */
export const keyValidity_days = { usual: 365, max: 730 } as const

/** How many keys of one client may be valid at the same moment: enough to replace one without a gap. */
export const validKeysMax = 2

const secretLength = 32
const format = /^beding_([0-9a-f]{32})([0-9a-f]{32})_[A-Za-z0-9_-]{43}$/

/** Where a key is to be looked up. The organisation stands in the key, so that the look-up is inside it (decision 0027). */
export type KeyReference = { readonly organisationId: OrganisationId; readonly keyId: string }

/** A new key as its holder gets it, once: `beding_<organisation and key, 64 hex digits>_<256 random bits, base64url>`. */
export function makeKeyText(reference: KeyReference, randomBytes: (length: number) => Buffer): string {
  const place = uuidToHex(reference.organisationId) + uuidToHex(reference.keyId)
  return `beding_${place}_${toBase64Url(randomBytes(secretLength))}`
}

/** The place a text names, or undefined when it has not the exact form of a key. Says nothing about its being valid. */
export function readKeyText(text: string): KeyReference | undefined {
  const parts = format.exec(text)
  const organisationId = hexToUuid(parts?.[1] ?? '')
  const keyId = hexToUuid(parts?.[2] ?? '')
  if (organisationId === undefined || keyId === undefined) return undefined
  return { organisationId: organisationId as OrganisationId, keyId }
}

/**
 * What is stored of a key: HMAC-SHA-256 of its whole text under the pepper. A fast hash is right here: the secret has
 * 256 random bits, so there is nothing to guess. Without the pepper the table is of no use.
 */
export function keyHmac(pepper: Buffer, text: string): Buffer {
  return createHmac('sha256', pepper).update(text).digest()
}

/** Compares in a time that does not depend on where the bytes differ. */
export function sameHmac(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

/** True while a key works: not revoked, and before the moment it expires. */
export function isValidAt(
  key: { readonly expiresAt: Instant; readonly revokedAt: Instant | null },
  moment: Instant,
): boolean {
  return key.revokedAt === null && moment < key.expiresAt
}
