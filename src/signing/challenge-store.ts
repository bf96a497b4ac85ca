import { sql } from 'kysely'
import type { Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import type { SigningMethodName } from './signing.ts'

export type ChallengePurpose = 'enrolment' | 'act'

/** A challenge as it was given out. */
export type Challenge = {
  readonly challengeId: string
  readonly purpose: ChallengePurpose
  readonly method: SigningMethodName
  readonly personId: PersonId
  readonly session: string
  readonly challenge: Buffer
  readonly manifest: string
  readonly state: string | null
  readonly issuedAt: Instant
  readonly expiresAt: Instant
}

/** Keeps a challenge, and lets go of what the same person left unanswered a day ago or longer. */
export async function insertChallenge(
  trx: Transaction,
  organisationId: OrganisationId,
  challenge: Challenge,
  staleBefore: Instant,
): Promise<void> {
  await sql`
    delete from signing_challenge
    where signing_challenge.organisation_id = ${organisationId}::uuid
      and signing_challenge.person_id = ${challenge.personId}::uuid
      and signing_challenge.expires_at < ${staleBefore}::timestamptz`.execute(trx)
  await sql`
    insert into signing_challenge (organisation_id, challenge_id, purpose, method, person_id, session, challenge, manifest,
      state, issued_at, expires_at)
    values (${organisationId}::uuid, ${challenge.challengeId}::uuid, ${challenge.purpose}, ${challenge.method},
      ${challenge.personId}::uuid, ${challenge.session}, ${challenge.challenge}::bytea, ${challenge.manifest},
      ${challenge.state}, ${challenge.issuedAt}::timestamptz, ${challenge.expiresAt}::timestamptz)`.execute(
    trx,
  )
}

/** How many challenges of a person can still be answered. */
export async function countOpenChallenges(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  now: Instant,
): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::integer as open from signing_challenge
    where signing_challenge.organisation_id = ${organisationId}::uuid and signing_challenge.person_id = ${personId}::uuid
      and signing_challenge.expires_at > ${now}::timestamptz and signing_challenge.used_at is null`.execute(
    trx,
  )
  return rows[0]!.open
}

/** Whether something came of a challenge already: an enrolment or an act. */
export type FoundChallenge = Challenge & { readonly isUsed: boolean }

type ChallengeRow = {
  readonly challenge_id: string
  readonly purpose: ChallengePurpose
  readonly method: SigningMethodName
  readonly person_id: PersonId
  readonly session: string
  readonly challenge: Buffer
  readonly manifest: string
  readonly state: string | null
  readonly issued_at: Instant
  readonly expires_at: Instant
  readonly is_used: boolean
}

/** The challenge of this id that was given to exactly this person in this session; undefined for any other. */
export async function findChallenge(
  trx: Transaction,
  organisationId: OrganisationId,
  wanted: Pick<Challenge, 'challengeId' | 'purpose' | 'method' | 'personId' | 'session'>,
): Promise<FoundChallenge | undefined> {
  const { rows } = await sql<ChallengeRow>`
    select signing_challenge.challenge_id, signing_challenge.purpose, signing_challenge.method,
           signing_challenge.person_id, signing_challenge.session, signing_challenge.challenge,
           signing_challenge.manifest, signing_challenge.state, signing_challenge.issued_at,
           signing_challenge.expires_at,
           signing_challenge.used_at is not null or exists (
             select from act where act.organisation_id = signing_challenge.organisation_id
               and act.challenge_sha256 = signing_challenge.challenge) as is_used
    from signing_challenge
    where signing_challenge.organisation_id = ${organisationId}::uuid
      and signing_challenge.challenge_id = ${wanted.challengeId}::uuid
      and signing_challenge.purpose = ${wanted.purpose} and signing_challenge.method = ${wanted.method}
      and signing_challenge.person_id = ${wanted.personId}::uuid
      and signing_challenge.session = ${wanted.session}`.execute(trx)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    challengeId: row.challenge_id,
    purpose: row.purpose,
    method: row.method,
    personId: row.person_id,
    session: row.session,
    challenge: row.challenge,
    manifest: row.manifest,
    state: row.state,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    isUsed: row.is_used,
  }
}

/** Uses a challenge up. False when somebody was first; then the transaction has to end without anything kept. */
export async function useChallenge(
  trx: Transaction,
  organisationId: OrganisationId,
  challengeId: string,
  now: Instant,
): Promise<boolean> {
  const { rows } = await sql`
    update signing_challenge set used_at = ${now}::timestamptz
    where signing_challenge.organisation_id = ${organisationId}::uuid
      and signing_challenge.challenge_id = ${challengeId}::uuid and signing_challenge.used_at is null
    returning signing_challenge.challenge_id`.execute(trx)
  return rows.length === 1
}

/** Writes down what a method has to remember of a challenge from now on. */
export async function saveChallengeState(
  trx: Transaction,
  organisationId: OrganisationId,
  challengeId: string,
  state: string,
): Promise<void> {
  await sql`
    update signing_challenge set state = ${state}
    where signing_challenge.organisation_id = ${organisationId}::uuid
      and signing_challenge.challenge_id = ${challengeId}::uuid`.execute(trx)
}
