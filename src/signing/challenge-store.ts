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

/**
 * Keeps a challenge unless its person has too many that can still be answered, and lets go of what the same person left
 * unanswered a day ago or longer. False when it was not kept.
 */
export async function insertChallenge(
  trx: Transaction,
  organisationId: OrganisationId,
  challenge: Challenge,
  { staleBefore, openMax }: { readonly staleBefore: Instant; readonly openMax: number },
): Promise<boolean> {
  const { rows } = await sql`
    with gone as (
      delete from signing_challenge
      where signing_challenge.organisation_id = ${organisationId}::uuid
        and signing_challenge.person_id = ${challenge.personId}::uuid
        and signing_challenge.expires_at < ${staleBefore}::timestamptz)
    insert into signing_challenge (organisation_id, challenge_id, purpose, method, person_id, session, challenge, manifest,
      state, issued_at, expires_at)
    select ${organisationId}::uuid, ${challenge.challengeId}::uuid, ${challenge.purpose}, ${challenge.method},
      ${challenge.personId}::uuid, ${challenge.session}, ${challenge.challenge}::bytea, ${challenge.manifest},
      ${challenge.state}, ${challenge.issuedAt}::timestamptz, ${challenge.expiresAt}::timestamptz
    where (select count(*) from signing_challenge
           where signing_challenge.organisation_id = ${organisationId}::uuid
             and signing_challenge.person_id = ${challenge.personId}::uuid
             and signing_challenge.expires_at > ${challenge.issuedAt}::timestamptz
             and signing_challenge.used_at is null) < ${openMax}::integer
    returning signing_challenge.challenge_id`.execute(trx)
  return rows.length === 1
}

/** Whether something came of a challenge already: an enrolment or an act. */
export type FoundChallenge = Challenge & { readonly isUsed: boolean }

export type ChallengeRow = {
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

/** What is read of `signing_challenge`. For statements of this room only. */
export const challengeColumns = `
  signing_challenge.challenge_id, signing_challenge.purpose, signing_challenge.method, signing_challenge.person_id,
  signing_challenge.session, signing_challenge.challenge, signing_challenge.manifest, signing_challenge.state,
  signing_challenge.issued_at, signing_challenge.expires_at,
  signing_challenge.used_at is not null or exists (
    select from act where act.organisation_id = signing_challenge.organisation_id
      and act.challenge_sha256 = signing_challenge.challenge) as is_used`

/** The challenge of this id that was given out in this session, which is that of one person; undefined for any other. */
export async function findChallenge(
  trx: Transaction,
  organisationId: OrganisationId,
  wanted: Pick<Challenge, 'challengeId' | 'purpose' | 'method' | 'session'>,
): Promise<FoundChallenge | undefined> {
  const { rows } = await sql<ChallengeRow>`
    select ${sql.raw(challengeColumns)}
    from signing_challenge
    where signing_challenge.organisation_id = ${organisationId}::uuid
      and signing_challenge.challenge_id = ${wanted.challengeId}::uuid
      and signing_challenge.purpose = ${wanted.purpose} and signing_challenge.method = ${wanted.method}
      and signing_challenge.session = ${wanted.session}`.execute(trx)
  return rows[0] === undefined ? undefined : toChallenge(rows[0])
}

export function toChallenge(row: ChallengeRow): FoundChallenge {
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
