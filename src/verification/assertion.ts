import { parseAuthenticatorData } from './authenticator-data.ts'
import type { AuthenticatorData, AuthenticatorFlags } from './authenticator-data.ts'
import { checkClientData } from './client-data.ts'
import { demandCoseSignature, parseCoseKey } from './cose-key.ts'
import { challengeOf } from './passkey-challenge.ts'
import type { ChallengeLabel } from './passkey-challenge.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'

/** Where a ceremony took place and what it was about; all of it is known before the answer comes. */
export type CeremonyWishes = {
  readonly label: ChallengeLabel
  /** The canonical manifest, byte for byte. */
  readonly manifest: Buffer
  readonly rpId: string
  readonly allowedOrigins: readonly string[]
}

export type AssertionInput = CeremonyWishes & {
  readonly clientDataJson: Buffer
  readonly authenticatorData: Buffer
  readonly signature: Buffer
  /** The COSE_Key of the enrolled credential, byte for byte. */
  readonly publicKeyCose: Buffer
}

/** What a right assertion says. */
export type Assertion = {
  readonly flags: AuthenticatorFlags
  readonly counter: number
  readonly origin: string
}

/**
 * Checks that the key signed exactly this manifest (WebAuthn section 7.2 steps 9 to 20): type, challenge, origin and relying
 * party are right, somebody was there and was verified by the device, and the signature is that of the key. Throws a
 * `Refusal` with a sentence. Single use, revocation and the order of counters are for who keeps records: see
 * `demandCounterRose`.
 */
export function checkAssertion(input: AssertionInput): Assertion {
  const key = parseCoseKey(input.publicKeyCose)
  const challenge = challengeOf(input.label, input.manifest)
  const wishes = { type: 'webauthn.get', challenge, allowedOrigins: input.allowedOrigins } as const
  const { origin } = checkClientData(input.clientDataJson, wishes)
  const data = parseAuthenticatorData(input.authenticatorData)
  demandPresence(data, input.rpId)
  demand(data.attested === undefined, 'an assertion brings a key')
  const message = Buffer.concat([input.authenticatorData, sha256(input.clientDataJson)])
  demandCoseSignature(key, message, input.signature)
  return { flags: data.flags, counter: data.counter, origin }
}

/** Refuses unless the data is for this relying party, somebody was present, and the device verified who. */
export function demandPresence({ rpIdHash, flags }: AuthenticatorData, rpId: string): void {
  demand(rpIdHash.equals(sha256(Buffer.from(rpId, 'utf8'))), 'the key is for another relying party')
  demand(flags.userPresent, 'the device does not say that somebody was present')
  demand(flags.userVerified, 'the device did not verify who was present')
}

/**
 * Refuses a counter that did not rise (section 6.1.1): a copy of the key may exist. Keys that are copied on purpose do not
 * count, and say 0 each time.
 */
export function demandCounterRose(before: number, now: number): void {
  demand((before === 0 && now === 0) || now > before, 'the counter of the key did not rise')
}
