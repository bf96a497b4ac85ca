import { sql } from 'kysely'
import type { Static } from 'typebox'
import { listAttestations } from '#assurance'
import type { Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import type { ExportedAccess } from './export-access-schemas.ts'

type Exported = Static<typeof ExportedAccess>

/**
 * What is held of how a person shows who they are and was told about it, and what the employer attested about them. No
 * secret is in it: tokens and codes are not kept, and the secret of an authenticator app stays sealed.
 */
export async function exportAccess(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<Exported> {
  const of = { trx, organisationId, personId }
  return {
    sessions: await sessionRows(of),
    authentications: await authenticationRows(of),
    mailboxes: await mailboxRows(of),
    authenticators: await authenticatorRows(of),
    codes: await codeRows(of),
    notices: await noticeRows(of),
    attestations: (await listAttestations(trx, organisationId, { personId })).map(
      ({ attestationId, kind, happenedOn, what, evidenceSha256, attestedAt }) => ({ attestationId, kind, happenedOn, what, evidenceSha256, attestedAt }), // prettier-ignore
    ),
  }
}

type Of = {
  readonly trx: Transaction
  readonly organisationId: OrganisationId
  readonly personId: PersonId
}

async function sessionRows({ trx, organisationId, personId }: Of): Promise<Exported['sessions']> {
  const { rows } = await sql<{
    session_id: string
    kind: string
    user_agent: string
    created_at: Instant
    last_used_at: Instant
    ended_at: Instant | null
  }>`
    select person_session.session_id, person_session.kind, person_session.user_agent, person_session.created_at,
           person_session.last_used_at, person_session.ended_at
    from person_session
    where person_session.organisation_id = ${organisationId}::uuid and person_session.person_id = ${personId}::uuid
    order by person_session.created_at, person_session.session_id`.execute(trx)
  return rows.map((row) => ({ sessionId: row.session_id, kind: row.kind, userAgent: row.user_agent, createdAt: row.created_at, lastUsedAt: row.last_used_at, endedAt: row.ended_at })) // prettier-ignore
}

async function authenticationRows({
  trx,
  organisationId,
  personId,
}: Of): Promise<Exported['authentications']> {
  const { rows } = await sql<{
    session_id: string
    method: string
    assurance: string
    authenticated_at: Instant
    record: string | null
  }>`
    select proof.session_id, proof.method, proof.assurance, proof.authenticated_at, kept.record
    from person_authentication as proof
    left join authentication_record as kept on kept.organisation_id = proof.organisation_id
                                           and kept.authentication_id = proof.authentication_id
    where proof.organisation_id = ${organisationId}::uuid and proof.person_id = ${personId}::uuid
    order by proof.authenticated_at, proof.authentication_id`.execute(trx)
  return rows.map((row) => ({ sessionId: row.session_id, method: row.method, assurance: row.assurance, at: row.authenticated_at, record: row.record })) // prettier-ignore
}

async function mailboxRows({ trx, organisationId, personId }: Of): Promise<Exported['mailboxes']> {
  const { rows } = await sql<{ state: 'confirmed' | 'proposed' | 'set-aside'; address: string; at: Instant }>`
    select 'confirmed' as state, private_mailbox.address, private_mailbox.confirmed_at as at from private_mailbox
    where private_mailbox.organisation_id = ${organisationId}::uuid and private_mailbox.person_id = ${personId}::uuid
    union all
    select case when private_mailbox_proposal.settled_at is null then 'proposed' else 'set-aside' end,
           private_mailbox_proposal.address, private_mailbox_proposal.proposed_at
    from private_mailbox_proposal
    where private_mailbox_proposal.organisation_id = ${organisationId}::uuid
      and private_mailbox_proposal.person_id = ${personId}::uuid
    order by at`.execute(trx)
  return rows.map(({ state, address, at }) => ({ state, address, at }))
}

async function authenticatorRows({ trx, organisationId, personId }: Of): Promise<Exported['authenticators']> {
  const { rows } = await sql<{ state: string; made_at: Instant; confirmed_at: Instant | null }>`
    select totp_authenticator.state, totp_authenticator.made_at, totp_authenticator.confirmed_at from totp_authenticator
    where totp_authenticator.organisation_id = ${organisationId}::uuid
      and totp_authenticator.person_id = ${personId}::uuid
    order by totp_authenticator.made_at`.execute(trx)
  return rows.map((row) => ({ state: row.state, madeAt: row.made_at, confirmedAt: row.confirmed_at }))
}

async function codeRows({ trx, organisationId, personId }: Of): Promise<Exported['codes']> {
  const { rows } = await sql<{ purpose: string; address: string; requested_at: Instant }>`
    select mailbox_code.purpose, mailbox_code.address, mailbox_code.requested_at from mailbox_code
    where mailbox_code.organisation_id = ${organisationId}::uuid and mailbox_code.person_id = ${personId}::uuid
    order by mailbox_code.requested_at`.execute(trx)
  return rows.map((row) => ({ purpose: row.purpose, address: row.address, requestedAt: row.requested_at }))
}

async function noticeRows({ trx, organisationId, personId }: Of): Promise<Exported['notices']> {
  const { rows } = await sql<{
    kind: string
    mailbox: string
    address: string
    state: string
    detail: string
    created_at: Instant
  }>`
    select notice.kind, notice.mailbox, notice.address, notice.state, notice.detail, notice.created_at from notice
    where notice.organisation_id = ${organisationId}::uuid and notice.person_id = ${personId}::uuid
    order by notice.created_at, notice.notice_id`.execute(trx)
  return rows.map(({ kind, mailbox, address, state, detail, created_at: createdAt }) => ({ kind, mailbox, address, state, detail, createdAt })) // prettier-ignore
}
