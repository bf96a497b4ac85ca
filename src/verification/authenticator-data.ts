import { readCborAt } from './cbor.ts'
import type { CborMap } from './cbor.ts'
import { parseCoseKey } from './cose-key.ts'
import type { CoseKey } from './cose-key.ts'
import { demand } from './refusal.ts'

/** What an authenticator says of the moment (WebAuthn section 6.1). */
export type AuthenticatorFlags = {
  readonly userPresent: boolean
  readonly userVerified: boolean
  /** Whether the key may be copied to other devices, and whether it has been (section 6.1.3). */
  readonly backupEligible: boolean
  readonly backupState: boolean
}

/** The key that was made, where the data is that of an enrolment (section 6.5.1). */
export type AttestedCredential = {
  /** The model of the authenticator: 16 bytes, written as a UUID. Zeros where it is not told. */
  readonly aaguid: string
  readonly credentialId: Buffer
  readonly key: CoseKey
}

export type AuthenticatorData = {
  readonly rpIdHash: Buffer
  readonly flags: AuthenticatorFlags
  readonly counter: number
  readonly attested: AttestedCredential | undefined
  readonly extensions: CborMap | undefined
}

const sizeMax = 8192
const credentialIdMax = 1023

/**
 * Reads authenticator data: 32 bytes of hash, flags, counter, and what the flags say is there, to the last byte. Refuses a
 * key that is backed up and yet cannot be. Bits that are kept for later versions are not looked at.
 */
export function parseAuthenticatorData(bytes: Buffer): AuthenticatorData {
  demand(bytes.length >= 37 && bytes.length <= sizeMax, 'the authenticator data is cut off or too long')
  const bits = bytes[32] as number
  const has = (bit: number): boolean => ((bits >> bit) & 1) === 1
  const flags = { userPresent: has(0), userVerified: has(2), backupEligible: has(3), backupState: has(4) }
  demand(flags.backupEligible || !flags.backupState, 'a key is called backed up and yet not able to be')
  let end = 37
  let attested: AttestedCredential | undefined
  if (has(6)) ({ attested, end } = readAttested(bytes, end))
  let extensions: CborMap | undefined
  if (has(7)) ({ extensions, end } = readExtensions(bytes, end))
  demand(end === bytes.length, 'bytes follow after the end of the authenticator data')
  return { rpIdHash: bytes.subarray(0, 32), flags, counter: bytes.readUInt32BE(33), attested, extensions }
}

function readAttested(bytes: Buffer, start: number): { attested: AttestedCredential; end: number } {
  demand(bytes.length >= start + 18, 'the authenticator data is cut off')
  const length = bytes.readUInt16BE(start + 16)
  demand(length >= 1 && length <= credentialIdMax, 'the id of a credential is not of 1 to 1023 bytes')
  const keyStart = start + 18 + length
  demand(keyStart <= bytes.length, 'the authenticator data is cut off')
  const { end } = readCborAt(bytes, keyStart)
  const key = parseCoseKey(bytes.subarray(keyStart, end))
  const aaguid = uuidOf(bytes.subarray(start, start + 16))
  return { attested: { aaguid, credentialId: bytes.subarray(start + 18, keyStart), key }, end }
}

function readExtensions(bytes: Buffer, start: number): { extensions: CborMap; end: number } {
  const { value, end } = readCborAt(bytes, start)
  demand(value instanceof Map, 'the extensions of the authenticator data are not a map')
  for (const name of value.keys()) demand(typeof name === 'string', 'an extension has no name')
  return { extensions: value, end }
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
