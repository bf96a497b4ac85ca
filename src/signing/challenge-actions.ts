import type { Instant } from '#core'
import type { ProblemError } from '#core'
import { addMilliseconds, problem, sha256Hex } from '#core'
import type { Transaction } from '#database'
import type { Challenge, FoundChallenge } from './challenge-store.ts'
import { findChallenge, insertChallenge } from './challenge-store.ts'
import type { ManifestMoment } from './manifest.ts'
import { challengeLife_ms, isTimely, openChallengesMax } from './signing-decisions.ts'
import type { SigningDeps } from './signing-deps.ts'
import { requireRelyingParty } from './signing-deps.ts'
import type { Requester, SigningSession } from './signing.ts'

const stale_ms = 24 * 3_600_000

/** The moment of a challenge that is about to be given out: a fresh nonce, and ten minutes from now. */
export function newMoment(deps: SigningDeps, pageRelease: string | null): ManifestMoment {
  const issuedAt = deps.platform.clock()
  return {
    relyingParty: requireRelyingParty(deps),
    nonce: deps.platform.randomBytes(32),
    issuedAt,
    expiresAt: addMilliseconds(issuedAt, challengeLife_ms),
    pageRelease,
  }
}

/** What stands in a manifest for the session: its hash, because the text of it is nobody else's business. */
export function sessionSha256(requester: Requester): string {
  return sha256Hex(`beding/signing-session/v1\n${requester.organisationId}\n${requester.session}`)
}

/** How many challenges of a person can be open, and from when on one that was left is let go of. */
export function challengeBounds(issuedAt: Instant): {
  readonly staleBefore: Instant
  readonly openMax: number
} {
  return { staleBefore: addMilliseconds(issuedAt, -stale_ms), openMax: openChallengesMax }
}

export function tooManyChallenges(): ProblemError {
  return problem('signing-challenge-limit-reached', { retryAfter_s: 60 })
}

/** Keeps a challenge for this person in this session. Throws `signing-challenge-limit-reached` when too many are open. */
export async function keepChallenge(
  trx: Transaction,
  requester: Requester,
  challenge: Omit<Challenge, 'personId' | 'session'>,
): Promise<void> {
  const { organisationId, personId, session } = requester
  const bounds = challengeBounds(challenge.issuedAt)
  if (!(await insertChallenge(trx, organisationId, { ...challenge, personId, session }, bounds)))
    throw tooManyChallenges()
}

/**
 * The challenge that an answer is for: in this session, for this purpose. Throws `signing-challenge-unknown` for any other,
 * and `signing-challenge-expired` for one that nothing came of in time. One that was used is given too: whoever asks decides
 * whether that is the same request once more.
 */
export async function getChallenge(
  trx: Transaction,
  { organisationId, session }: SigningSession,
  wanted: Pick<Challenge, 'challengeId' | 'purpose' | 'method'>,
  now: Instant,
): Promise<FoundChallenge> {
  return requireTimely(await findChallenge(trx, organisationId, { ...wanted, session }), now)
}

/** The same for one that has been looked for. */
export function requireTimely(found: FoundChallenge | undefined, now: Instant): FoundChallenge {
  if (found === undefined) throw problem('signing-challenge-unknown')
  if (!found.isUsed && !isTimely(found, now)) throw problem('signing-challenge-expired')
  return found
}
