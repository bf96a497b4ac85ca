import type { Instant } from '#core'
import { addMilliseconds, problem, sha256Hex } from '#core'
import type { Transaction } from '#database'
import type { Challenge, FoundChallenge } from './challenge-store.ts'
import { countOpenChallenges, findChallenge, insertChallenge } from './challenge-store.ts'
import type { ManifestMoment } from './manifest.ts'
import { challengeLife_ms, isTimely, openChallengesMax } from './signing-decisions.ts'
import type { SigningDeps } from './signing-deps.ts'
import { requireRelyingParty } from './signing-deps.ts'
import type { Requester } from './signing.ts'

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

/** Keeps a challenge for this person in this session. Throws `signing-challenge-limit-reached` when too many are open. */
export async function keepChallenge(
  trx: Transaction,
  requester: Requester,
  challenge: Omit<Challenge, 'personId' | 'session'>,
): Promise<void> {
  const { organisationId, personId, session } = requester
  const now = challenge.issuedAt
  const open = await countOpenChallenges(trx, organisationId, personId, now)
  if (open >= openChallengesMax) throw problem('signing-challenge-limit-reached', { retryAfter_s: 60 })
  const stale = addMilliseconds(now, -stale_ms)
  await insertChallenge(trx, organisationId, { ...challenge, personId, session }, stale)
}

/**
 * The challenge that an answer is for: of this person, in this session, for this purpose. Throws
 * `signing-challenge-unknown` for any other, and `signing-challenge-expired` for one that nothing came of in time. One that
 * was used is given too: whoever asks decides whether that is the same request once more.
 */
export async function getChallenge(
  trx: Transaction,
  requester: Requester,
  wanted: Pick<Challenge, 'challengeId' | 'purpose' | 'method'>,
  now: Instant,
): Promise<FoundChallenge> {
  const { organisationId, personId, session } = requester
  const found = await findChallenge(trx, organisationId, { ...wanted, personId, session })
  if (found === undefined) throw problem('signing-challenge-unknown')
  if (!found.isUsed && !isTimely(found, now)) throw problem('signing-challenge-expired')
  return found
}
