import { sql } from 'kysely'
import type { AssignmentId, Instant, OrganisationId, PersonId } from '#core'
import { sha256 } from '#core'
import type { Transaction } from '#database'
import type { Authentication, NewAuthentication } from './authentication.ts'
import type { Session } from './session.ts'

export type NewSession = {
  readonly sessionId: string
  readonly tokenSha256: Buffer
  readonly personId: PersonId
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly userAgent: string
  /** The link of a visit; null for a session of the person. */
  readonly visit: { readonly linkTokenSha256: Buffer; readonly assignmentId: AssignmentId } | null
}

/** Writes a session with the proof that opened it. The token itself never comes here. */
export async function insertSession(
  trx: Transaction,
  organisationId: OrganisationId,
  session: NewSession,
  authentication: NewAuthentication,
): Promise<void> {
  await sql`
    insert into person_session (organisation_id, session_id, token_sha256, person_id, kind, link_token_sha256, assignment_id,
                                user_agent, created_at, last_used_at, expires_at)
    values (${organisationId}::uuid, ${session.sessionId}::uuid, ${session.tokenSha256}, ${session.personId}::uuid,
            ${session.visit === null ? 'person' : 'visit'}, ${session.visit?.linkTokenSha256 ?? null},
            ${session.visit?.assignmentId ?? null}::uuid, ${session.userAgent}, ${session.createdAt}::timestamptz,
            ${session.createdAt}::timestamptz, ${session.expiresAt}::timestamptz)`.execute(trx)
  await insertAuthentication(trx, organisationId, session, authentication)
}

/** Writes one more proof of a session. */
export async function insertAuthentication(
  trx: Transaction,
  organisationId: OrganisationId,
  session: { readonly sessionId: string; readonly personId: PersonId },
  proof: NewAuthentication,
): Promise<void> {
  await sql`
    with written as (
      insert into person_authentication (organisation_id, authentication_id, session_id, person_id, method, assurance,
                                         authenticated_at, fresh_until, record_sha256, entry_id)
      values (${organisationId}::uuid, ${proof.authenticationId}::uuid, ${session.sessionId}::uuid, ${session.personId}::uuid,
              ${proof.method}, ${proof.assurance}, ${proof.at}::timestamptz, ${proof.freshUntil}::timestamptz,
              ${sha256(proof.record)}, ${proof.entryId}::uuid)
      returning organisation_id, authentication_id, person_id)
    insert into authentication_record (organisation_id, authentication_id, person_id, record)
    select written.organisation_id, written.authentication_id, written.person_id, ${proof.record} from written`.execute(
    trx,
  )
}

/** A session as it stands, live or not. */
export type StoredSession = Session & { readonly lastUsedAt: Instant; readonly endedAt: Instant | null }

type SessionRow = {
  session_id: string
  person_id: string
  kind: string
  link_token_sha256: Buffer | null
  assignment_id: string | null
  user_agent: string
  created_at: string
  last_used_at: string
  expires_at: string
  ended_at: string | null
  authentications: Authentication[] | null
}

/** The session behind a token, of a person who was not erased; undefined when there is none here. One query. */
export async function findSession(
  trx: Transaction,
  organisationId: OrganisationId,
  tokenSha256: Buffer,
): Promise<StoredSession | undefined> {
  const { rows } = await sql<SessionRow>`
    select person_session.session_id, person_session.person_id, person_session.kind, person_session.link_token_sha256,
           person_session.assignment_id, person_session.user_agent, person_session.created_at, person_session.last_used_at,
           person_session.expires_at, person_session.ended_at,
           (select json_agg(json_build_object('authenticationId', proof.authentication_id, 'method', proof.method,
                    'assurance', proof.assurance, 'at', to_char(proof.authenticated_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'freshUntil', to_char(proof.fresh_until, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'record', kept.record)
                    order by proof.authenticated_at, proof.authentication_id)
            from person_authentication as proof
            join authentication_record as kept on kept.organisation_id = proof.organisation_id
                                              and kept.authentication_id = proof.authentication_id
            where proof.organisation_id = person_session.organisation_id
              and proof.session_id = person_session.session_id) as authentications
    from person_session
    join person on person.organisation_id = person_session.organisation_id and person.person_id = person_session.person_id
    where person_session.organisation_id = ${organisationId}::uuid and person_session.token_sha256 = ${tokenSha256}
      and person.erased_at is null`.execute(trx)
  const row = rows[0]
  return row === undefined ? undefined : toSession(organisationId, row)
}

function toSession(organisationId: OrganisationId, row: SessionRow): StoredSession {
  const common = {
    organisationId,
    sessionId: row.session_id,
    personId: row.person_id as PersonId,
    createdAt: row.created_at as Instant,
    expiresAt: row.expires_at as Instant,
    userAgent: row.user_agent,
    authentications: row.authentications ?? [],
    lastUsedAt: row.last_used_at as Instant,
    endedAt: row.ended_at as Instant | null,
  }
  if (row.link_token_sha256 === null)
    return { ...common, kind: 'person', linkTokenSha256: null, assignmentId: null }
  return {
    ...common,
    kind: 'visit',
    linkTokenSha256: row.link_token_sha256,
    assignmentId: row.assignment_id as AssignmentId,
  }
}

/** Says that a session was used, unless that was said a moment ago: reading a page is not a write. */
export async function touchSession(
  trx: Transaction,
  organisationId: OrganisationId,
  sessionId: string,
  now: Instant,
): Promise<void> {
  await sql`
    update person_session set last_used_at = greatest(person_session.last_used_at, ${now}::timestamptz)
    where person_session.organisation_id = ${organisationId}::uuid
      and person_session.session_id = ${sessionId}::uuid`.execute(trx)
}

/** Ends a session of a person; true when it was not over before. */
export async function endSession(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  sessionId: string,
  now: Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update person_session set ended_at = ${now}::timestamptz
    where person_session.organisation_id = ${organisationId}::uuid and person_session.session_id = ${sessionId}::uuid
      and person_session.person_id = ${personId}::uuid and person_session.ended_at is null`.execute(trx)
  return (numAffectedRows ?? 0n) > 0n
}
