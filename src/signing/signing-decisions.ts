import type { Assurance } from '#assurance'
import { meets } from '#assurance'
import type { Instant } from '#core'
import { addMilliseconds } from '#core'

/** How long an answer to a challenge may take. */
export const challengeLife_ms = 10 * 60_000

/** After a reset, and after an enrolment by way of a mailbox of the employer, this long must somebody be able to object. */
export const cooling_ms = 72 * 3_600_000

export const openChallengesMax = 20
export const credentialsMax = 10

/** How far the clock may stand back behind a challenge that it gave out itself. */
export const clockSlack_ms = 60_000

/** A credential, as far as its worth depends on it. */
export type CredentialStanding = {
  readonly enrolledAt: Instant
  readonly enrolledBy: Assurance
  readonly backupEligible: boolean
  readonly attested: boolean
}

/** What a signature with a credential is worth at a moment, and until when it is worth less than later. */
export type SignatureWorth = { readonly assurance: Assurance; readonly coolingUntil: Instant | null }

/**
 * Says what a signature proves now. A key whose maker vouches for the device and that cannot leave it is
 * `passkey-bound-attested`; any other is `passkey-bound`, because whoever gets into the account that copies it around can
 * use it, and nobody would see that.
 *
 * For 72 hours after the employer's staff reset a person's credentials, and after an enrolment that nothing but a mailbox
 * of the employer stood behind, a signature counts for no more than that enrolment did: until then the person has had no
 * fair chance to notice a key that somebody else enrolled in their name (dutch-law 1.12, on art. 26 eIDAS: resets that are
 * logged, notified and followed by a cooling period). Decision 0122.
 */
export function worthOf(
  credential: CredentialStanding,
  resetCoolsUntil: Instant | null,
  now: Instant,
): SignatureWorth {
  const full: Assurance =
    credential.attested && !credential.backupEligible ? 'passkey-bound-attested' : 'passkey-bound'
  const ends = [
    ...(resetCoolsUntil === null ? [] : [resetCoolsUntil]),
    ...(credential.enrolledBy === 'mailbox-employer'
      ? [addMilliseconds(credential.enrolledAt, cooling_ms)]
      : []),
  ].filter((end) => end > now)
  const [coolingUntil] = ends.toSorted().toReversed()
  if (coolingUntil === undefined) return { assurance: full, coolingUntil: null }
  const lower = meets(credential.enrolledBy, full) ? full : credential.enrolledBy
  return { assurance: lower, coolingUntil }
}

/** A challenge as it was given out. */
export type ChallengeMoment = { readonly issuedAt: Instant; readonly expiresAt: Instant }

/**
 * Whether an answer comes in time. A clock that was set back does not make a challenge live longer: one from the future
 * has expired too.
 */
export function isTimely({ issuedAt, expiresAt }: ChallengeMoment, now: Instant): boolean {
  return now < expiresAt && issuedAt <= addMilliseconds(now, clockSlack_ms)
}

/** The counter that a key showed before, and for which challenge. */
export type SeenCounter = { readonly counter: number; readonly challenge: Buffer }

/**
 * Whether the counter of a key may stand (WebAuthn section 6.1.1). `seen` is undefined for a key that has always said 0, as
 * keys do that are copied on purpose. The same answer, sent again because the first reply was lost, stands as it stood.
 */
export function isCounterRight(seen: SeenCounter | undefined, counter: number, challenge: Buffer): boolean {
  if (seen === undefined || counter > seen.counter) return true
  return counter === seen.counter && challenge.equals(seen.challenge)
}
