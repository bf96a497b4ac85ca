import { sql } from 'kysely'
import type { EntryId, OrganisationId, PersonId } from '#core'
import { canonicalJson, problem, sha256Hex } from '#core'
import type { Transaction } from '#database'
import type { Exit, ExitContent } from './exit.ts'

/** An exit that is about to be written, with who gives the letter, by which mandate, and what the rules said of each agreement. */
export type NewExit = Omit<Exit, 'content' | 'replacedBy' | 'legalCheckIds'> & {
  readonly content: ExitContent
  readonly givenBy: PersonId
  readonly mandateId: string
  readonly checks: readonly { readonly agreementId: string; readonly legalCheckId: string }[]
}

/** Writes an exit. Fact, letter, ceremony, checks and entry must be there already. */
export async function insertExit(
  trx: Transaction,
  organisationId: OrganisationId,
  exit: NewExit,
): Promise<void> {
  const content = canonicalJson(exit.content)
  await sql`
    insert into employment_exit (organisation_id, exit_id, employment_id, person_id, replaces, fact_id, document_id,
      document_sha256, content_sha256, given_by, mandate_id, assignment_id, recorded_by, recorded_at, entry_id)
    values (${organisationId}::uuid, ${exit.exitId}::uuid, ${exit.employmentId}::uuid, ${exit.personId}::uuid,
            ${exit.replaces}::uuid, ${exit.factId}::uuid, ${exit.documentId}::uuid, decode(${exit.documentSha256}, 'hex'),
            decode(${sha256Hex(content)}, 'hex'), ${exit.givenBy}::uuid, ${exit.mandateId}::uuid,
            ${exit.assignmentId}::uuid, ${exit.recordedBy}::uuid, ${exit.recordedAt}::timestamptz,
            ${exit.entryId}::uuid)`.execute(trx)
  await sql`
    insert into employment_exit_content (organisation_id, exit_id, content)
    values (${organisationId}::uuid, ${exit.exitId}::uuid, ${content})`.execute(trx)
  await sql`
    insert into employment_exit_check (organisation_id, exit_id, agreement_id, legal_check_id)
    select ${organisationId}::uuid, ${exit.exitId}::uuid, made.agreement_id, made.legal_check_id
    from unnest(${exit.checks.map((each) => each.agreementId)}::uuid[],
                ${exit.checks.map((each) => each.legalCheckId)}::uuid[]) as made (agreement_id, legal_check_id)`.execute(
    trx,
  )
  await sql`
    insert into employment_exit_list (organisation_id, exit_id, mark, annex_id)
    select ${organisationId}::uuid, ${exit.exitId}::uuid, frozen.mark, frozen.annex_id
    from unnest(${exit.content.lists.map((each) => each.mark)}::text[],
                ${exit.content.lists.map((each) => each.annexId)}::uuid[]) as frozen (mark, annex_id)`.execute(
    trx,
  )
}

type ExitRow = Omit<Exit, 'content'> & { readonly content: string | null }

const columns = sql`
  employment_exit.exit_id as "exitId", employment_exit.employment_id as "employmentId",
  employment_exit.person_id as "personId", employment_exit.replaces,
  (select later.exit_id from employment_exit as later where later.organisation_id = employment_exit.organisation_id
   and later.replaces = employment_exit.exit_id) as "replacedBy",
  employment_exit.fact_id as "factId", employment_exit.document_id as "documentId",
  encode(employment_exit.document_sha256, 'hex') as "documentSha256", employment_exit.assignment_id as "assignmentId",
  array(select employment_exit_check.legal_check_id from employment_exit_check
        where employment_exit_check.organisation_id = employment_exit.organisation_id
          and employment_exit_check.exit_id = employment_exit.exit_id
        order by employment_exit_check.agreement_id) as "legalCheckIds",
  employment_exit.recorded_by as "recordedBy", employment_exit.recorded_at as "recordedAt",
  employment_exit.entry_id as "entryId", employment_exit_content.content`

const tables = sql`employment_exit left join employment_exit_content using (organisation_id, exit_id)`

function exitOf({ content, ...row }: ExitRow): Exit {
  return { ...row, content: content === null ? null : (JSON.parse(content) as ExitContent) }
}

/** The exits of an employment, oldest first: one, and its corrections. */
export async function listExits(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
): Promise<Exit[]> {
  const { rows } = await sql<ExitRow>`
    select ${columns} from ${tables}
    where employment_exit.organisation_id = ${organisationId}::uuid
      and employment_exit.employment_id = ${employmentId}::uuid
    order by employment_exit.recorded_at, employment_exit.exit_id`.execute(trx)
  return rows.map(exitOf)
}

/** The exit, or the problem `exit-not-found`. */
export async function getExit(
  trx: Transaction,
  organisationId: OrganisationId,
  exitId: string,
): Promise<Exit> {
  const { rows } = await sql<ExitRow>`
    select ${columns} from ${tables}
    where employment_exit.organisation_id = ${organisationId}::uuid
      and employment_exit.exit_id = ${exitId}::uuid`.execute(trx)
  if (rows[0] === undefined) throw problem('exit-not-found')
  return exitOf(rows[0])
}

/** What is held about a person: the entry of each exit, and what was stated and followed. Oldest first. */
export async function readExitRecords(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<{ readonly entryId: EntryId; readonly content: string | null }[]> {
  const { rows } = await sql<{ entryId: EntryId; content: string | null }>`
    select employment_exit.entry_id as "entryId", employment_exit_content.content from ${tables}
    where employment_exit.organisation_id = ${organisationId}::uuid and employment_exit.person_id = ${personId}::uuid
    order by employment_exit.recorded_at, employment_exit.exit_id`.execute(trx)
  return rows
}
