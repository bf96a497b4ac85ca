import type { Statement } from '#database'
import { byteaArray, instantArray, textArray, uuidArray } from '#database'
import { challengeBounds } from './challenge-actions.ts'
import type { Challenge, ChallengeRow, FoundChallenge } from './challenge-store.ts'
import { challengeColumns, toChallenge } from './challenge-store.ts'
import type { StandingCredential } from './credential.ts'
import type { CredentialRow } from './credential-view.ts'
import { credentialsText, toCredential } from './credential-view.ts'

/** What became of a challenge that was to be kept: whether it was, and the credentials of its person, oldest first. */
export type Kept = { readonly isKept: boolean; readonly credentials: readonly StandingCredential[] }

/**
 * Reads the credentials of persons and keeps a challenge for each who has one that can sign and not too many challenges open:
 * one statement, so that it takes one wait. It lets go of what they left unanswered, as `insertChallenge` does. Who can sign
 * is decided over what it gives; without a credential that can nothing is kept.
 */
export function keepingStatement(organisationId: string, challenges: readonly Challenge[]): Statement {
  const column = <Value>(pick: (challenge: Challenge) => Value): Value[] => challenges.map(pick)
  const bounds = challenges.map(({ issuedAt }) => challengeBounds(issuedAt))
  return {
    text: keepingText,
    values: [
      organisationId,
      uuidArray(column((each) => each.challengeId)),
      uuidArray(column((each) => each.personId)),
      textArray(column((each) => each.session)),
      byteaArray(column((each) => each.challenge)),
      textArray(column((each) => each.manifest)),
      instantArray(column((each) => each.issuedAt)),
      instantArray(column((each) => each.expiresAt)),
      instantArray(bounds.map(({ staleBefore }) => staleBefore)),
      bounds[0]?.openMax ?? 0,
    ],
  }
}

// `asked` and `credential` are used more than once, so that each is made once.
const keepingText = `
with asked as (
  select one.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::text[], $7::timestamptz[], $8::timestamptz[],
                           $9::timestamptz[])
    with ordinality as one (challenge_id, person_id, session, challenge, manifest, issued_at, expires_at, stale_before, position)
), credential as (
  select asked.position, own.* from asked
  cross join lateral (${credentialsText(`
    signing_credential.organisation_id = $1::uuid and signing_credential.person_id = asked.person_id`)}) as own
), gone as (
  delete from signing_challenge using asked
  where signing_challenge.organisation_id = $1::uuid and signing_challenge.person_id = asked.person_id
    and signing_challenge.expires_at < asked.stale_before
), kept as (
  insert into signing_challenge (organisation_id, challenge_id, purpose, method, person_id, session, challenge, manifest,
                                 issued_at, expires_at)
  select $1::uuid, asked.challenge_id, 'act', 'webauthn', asked.person_id, asked.session, asked.challenge, asked.manifest,
         asked.issued_at, asked.expires_at
  from asked
  where exists (select from credential where credential.position = asked.position
                  and credential.revoked_at is null and credential.anchored)
    and (select count(*) from signing_challenge
         where signing_challenge.organisation_id = $1::uuid and signing_challenge.person_id = asked.person_id
           and signing_challenge.expires_at > asked.issued_at and signing_challenge.used_at is null) < $10::integer
  returning signing_challenge.challenge_id
)
select credential.*, exists (select from kept where kept.challenge_id = asked.challenge_id) as is_kept
from asked join credential on credential.position = asked.position
order by credential.position, credential.signing_credential_id`

type KeptRow = CredentialRow & { readonly position: number; readonly is_kept: boolean }

/** The answer of `keepingStatement`, by position; a person without credentials has none. */
export function keptIn(rows: readonly object[]): Map<number, Kept> {
  const byPosition = Map.groupBy(rows as KeptRow[], ({ position }) => position - 1)
  return new Map(
    [...byPosition].map(([position, own]) => [
      position,
      { isKept: own[0]!.is_kept, credentials: own.map(toCredential) },
    ]),
  )
}

/** An answer of a device, by what it names. */
export type Answered = {
  readonly challengeId: string
  readonly session: string
  readonly credentialId: Buffer
}

/** What an answer is about: the challenge, where it was given out in that session, and the credential, where it is of its person. */
export type AnsweredAbout = {
  readonly challenge: FoundChallenge
  readonly credential: StandingCredential | undefined
}

/** Looks up what answers of devices are about, in one statement. */
export function answeredStatement(organisationId: string, answers: readonly Answered[]): Statement {
  return {
    text: answeredText,
    values: [
      organisationId,
      uuidArray(answers.map((each) => each.challengeId)),
      textArray(answers.map((each) => each.session)),
      byteaArray(answers.map((each) => each.credentialId)),
    ],
  }
}

const answeredText = `
select asked.position, challenge.challenge_id as asked_challenge_id, challenge.purpose,
       challenge.method, challenge.session, challenge.challenge as asked_challenge, challenge.manifest, challenge.state,
       challenge.issued_at, challenge.expires_at, challenge.is_used, challenge.person_id as asked_person_id, credential.*
from unnest($2::uuid[], $3::text[], $4::bytea[]) with ordinality as asked (challenge_id, session, credential_id, position)
cross join lateral (
  select ${challengeColumns} from signing_challenge
  where signing_challenge.organisation_id = $1::uuid and signing_challenge.challenge_id = asked.challenge_id
    and signing_challenge.purpose = 'act' and signing_challenge.method = 'webauthn'
    and signing_challenge.session = asked.session limit 1) as challenge
left join lateral (${credentialsText(`
  signing_credential.organisation_id = $1::uuid and signing_credential.credential_id = asked.credential_id
    and signing_credential.person_id = challenge.person_id limit 1`)}) as credential on true`

type AnsweredRow = CredentialRow &
  Omit<ChallengeRow, 'challenge_id' | 'challenge' | 'person_id'> & {
    readonly position: number
    readonly asked_challenge_id: ChallengeRow['challenge_id']
    readonly asked_challenge: ChallengeRow['challenge']
    readonly asked_person_id: ChallengeRow['person_id']
  }

/** The answer of `answeredStatement`, by position; what was never asked in its session has none. */
export function answeredIn(rows: readonly object[]): Map<number, AnsweredAbout> {
  return new Map(
    (rows as AnsweredRow[]).map((row) => [
      row.position - 1,
      {
        challenge: toChallenge({
          ...row,
          challenge_id: row.asked_challenge_id,
          challenge: row.asked_challenge,
          person_id: row.asked_person_id,
        }),
        credential: (row.signing_credential_id as string | null) === null ? undefined : toCredential(row),
      },
    ]),
  )
}
