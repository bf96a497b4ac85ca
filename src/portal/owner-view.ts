import { sql } from 'kysely'
import type { Session } from '#authentication'
import type { ActId } from '#core'
import type { Transaction } from '#database'
import type { Language } from '#people'

/** Whose session it is, as it stands above and in the pages. */
export type Owner = {
  readonly personName: string
  readonly language: Language
  readonly organisationName: string
}

/** The person of a session, or undefined when nothing that tells who they were is left. */
export async function findOwner(
  trx: Transaction,
  { organisationId, personId }: Pick<Session, 'organisationId' | 'personId'>,
): Promise<Owner | undefined> {
  const { rows } = await sql<{ person_name: string; language: Language; organisation_name: string }>`
    select person.given_name || ' ' || person.family_name as person_name, person.language,
           organisation.name as organisation_name
    from person join organisation on organisation.organisation_id = person.organisation_id
    where person.organisation_id = ${organisationId}::uuid and person.person_id = ${personId}::uuid
      and person.erased_at is null`.execute(trx)
  const row = rows[0]
  return row === undefined
    ? undefined
    : { personName: row.person_name, language: row.language, organisationName: row.organisation_name }
}

/** Whether an act is one of the person of a session, and for a visit one of its ceremony. */
export async function isOwnAct(
  trx: Transaction,
  { organisationId, personId, assignmentId }: Pick<Session, 'organisationId' | 'personId' | 'assignmentId'>,
  actId: ActId,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from act
    where act.organisation_id = ${organisationId}::uuid and act.act_id = ${actId}::uuid
      and act.person_id = ${personId}::uuid
      and (${assignmentId}::uuid is null or act.assignment_id = ${assignmentId}::uuid)`.execute(trx)
  return rows.length === 1
}
