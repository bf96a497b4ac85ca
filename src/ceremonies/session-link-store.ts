import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Session } from '#authentication'
import type { AssignmentId, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Platform } from '#platform'
import type { LinkCredential } from './link.ts'

/** Whose link this is and for what; undefined when there is none here, or its person was erased. */
export async function findLinkHolder(
  trx: Transaction,
  organisationId: OrganisationId,
  tokenSha256: Buffer,
): Promise<{ readonly personId: PersonId; readonly assignmentId: AssignmentId } | undefined> {
  const { rows } = await sql<{ person_id: PersonId; assignment_id: AssignmentId }>`
    select assignment.person_id, assignment.assignment_id
    from link
    join assignment on assignment.organisation_id = link.organisation_id and assignment.assignment_id = link.assignment_id
    join person on person.organisation_id = assignment.organisation_id and person.person_id = assignment.person_id
    where link.organisation_id = ${organisationId}::uuid and link.token_sha256 = ${tokenSha256}
      and link.delivery_id is not null and person.erased_at is null`.execute(trx)
  const row = rows[0]
  return row === undefined ? undefined : { personId: row.person_id, assignmentId: row.assignment_id }
}

/**
 * What a session shows for one of its person's ceremonies, where acts are looked up by link. A visit shows the link that it
 * came from. For a session of the person a row of its own is made, the same one at every call: its hash is an HMAC of
 * session and ceremony, so there is no token that could be sent, stored or found. Throws `assignment-not-found` for
 * whatever is not this session's to see.
 */
export async function sessionLink(
  platform: Pick<Platform, 'clock' | 'secrets'>,
  trx: Transaction,
  session: Session,
  assignmentId: AssignmentId,
): Promise<LinkCredential> {
  const { organisationId } = session
  if (session.kind === 'visit') {
    if (session.assignmentId !== assignmentId) throw problem('assignment-not-found')
    return { organisationId, tokenSha256: session.linkTokenSha256 }
  }
  const tokenSha256 = createHmac('sha256', platform.secrets.derive('session-link'))
    .update(`${session.sessionId} ${assignmentId}`)
    .digest()
  const { rows } = await sql`
    with own as (
      select assignment.assignment_id from assignment
      where assignment.organisation_id = ${organisationId}::uuid and assignment.assignment_id = ${assignmentId}::uuid
        and assignment.person_id = ${session.personId}::uuid),
    made as (
      insert into link (organisation_id, token_sha256, assignment_id, delivery_id, issued_at, expires_at)
      select ${organisationId}::uuid, ${tokenSha256}, own.assignment_id, null, ${platform.clock()}::timestamptz,
             ${session.expiresAt}::timestamptz
      from own
      on conflict on constraint link_pk do nothing)
    select own.assignment_id from own`.execute(trx)
  if (rows.length === 0) throw problem('assignment-not-found')
  return { organisationId, tokenSha256 }
}
