import { sql } from 'kysely'
import type { Assurance } from '#assurance'
import type { EntryId, Instant, OrganisationId, PersonId } from '#core'
import { addMilliseconds } from '#core'
import type { Transaction } from '#database'
import type { AuthenticationMethod } from './authentication.ts'
import { sessionIdle_ms } from './session-decisions.ts'
import type { Session, SessionSummary } from './session.ts'

/** A person's own sessions that stand at a moment, newest first. */
export async function listSessions(
  trx: Transaction,
  session: Session,
  now: Instant,
): Promise<SessionSummary[]> {
  const { rows } = await sql<{
    session_id: string
    kind: Session['kind']
    assurance: Assurance
    created_at: Instant
    last_used_at: Instant
    user_agent: string
  }>`
    select person_session.session_id, person_session.kind, proof.assurance, person_session.created_at,
           person_session.last_used_at, person_session.user_agent
    from person_session
    join lateral (select person_authentication.assurance from person_authentication
                  where person_authentication.organisation_id = person_session.organisation_id
                    and person_authentication.session_id = person_session.session_id
                  order by person_authentication.authenticated_at limit 1) as proof on true
    where person_session.organisation_id = ${session.organisationId}::uuid
      and person_session.person_id = ${session.personId}::uuid
      and person_session.ended_at is null and person_session.expires_at > ${now}::timestamptz
      and person_session.last_used_at > ${addMilliseconds(now, -sessionIdle_ms)}::timestamptz
    order by person_session.created_at desc, person_session.session_id desc`.execute(trx)
  return rows.map((row) => ({
    sessionId: row.session_id,
    kind: row.kind,
    assurance: row.assurance,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    userAgent: row.user_agent,
    isThis: row.session_id === session.sessionId,
  }))
}

/** One proof of a person, for whoever has to show who did something. `record` is null once it was erased. */
export type PastAuthentication = {
  readonly authenticationId: string
  readonly sessionId: string
  readonly method: AuthenticationMethod
  readonly assurance: Assurance
  readonly at: Instant
  readonly entryId: EntryId | null
  readonly record: string | null
}

/** How a person was known within a stretch of time, oldest first. */
export async function listAuthentications(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  between: { readonly from: Instant; readonly to: Instant },
): Promise<PastAuthentication[]> {
  const { rows } = await sql<{
    authentication_id: string
    session_id: string
    method: AuthenticationMethod
    assurance: Assurance
    authenticated_at: Instant
    entry_id: EntryId | null
    record: string | null
  }>`
    select proof.authentication_id, proof.session_id, proof.method, proof.assurance, proof.authenticated_at, proof.entry_id,
           kept.record
    from person_authentication as proof
    left join authentication_record as kept on kept.organisation_id = proof.organisation_id
                                           and kept.authentication_id = proof.authentication_id
    where proof.organisation_id = ${organisationId}::uuid and proof.person_id = ${personId}::uuid
      and proof.authenticated_at >= ${between.from}::timestamptz and proof.authenticated_at < ${between.to}::timestamptz
    order by proof.authenticated_at, proof.authentication_id`.execute(trx)
  return rows.map((row) => ({
    authenticationId: row.authentication_id,
    sessionId: row.session_id,
    method: row.method,
    assurance: row.assurance,
    at: row.authenticated_at,
    entryId: row.entry_id,
    record: row.record,
  }))
}
