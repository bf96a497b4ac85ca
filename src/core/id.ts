import { randomBytes } from 'node:crypto'
import type { Instant } from './instant.ts'
import { millisecondsOf } from './instant.ts'

declare const idBrand: unique symbol
type Id<Name extends string> = string & { readonly [idBrand]: Name }

export type OrganisationId = Id<'organisation'>
export type PersonId = Id<'person'>
export type PolicyId = Id<'policy'>
export type VersionId = Id<'version'>
export type AssignmentId = Id<'assignment'>
export type DeliveryId = Id<'delivery'>
export type ActId = Id<'act'>
export type BundleId = Id<'bundle'>
export type DocumentId = Id<'document'>
export type ClientId = Id<'client'>
export type EntryId = Id<'entry'>
export type DossierId = Id<'dossier'>
export type LogId = Id<'log'>

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for a UUID in the one form we write: lower case with hyphens (RFC 9562 section 4). */
export function isUuid(text: string): boolean {
  return pattern.test(text)
}

/**
 * A new UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then 74 random bits. Made in the application, so
 * that an id is known before its row is written, and sorted by time, so that indexes grow at one end.
 */
export function newUuid(now: Instant, random: (length: number) => Buffer = randomBytes): string {
  const bytes = random(16)
  bytes.writeUIntBE(millisecondsOf(now), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The 32 hex digits of a UUID, as links and keys carry it. */
export function uuidToHex(uuid: string): string {
  return uuid.replaceAll('-', '')
}

/** The UUID of 32 lower-case hex digits, or undefined when the text is anything else. */
export function hexToUuid(hex: string): string | undefined {
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
