import { sql, type QueryResult } from 'kysely'
import { newUuid, toInstant, type Instant, type OrganisationId } from '#core'
import { classifyDatabaseError, type Database, type DatabaseFailure, type Transaction } from '#database'

export const now: Instant = toInstant('2026-11-21T08:00:00.000Z')
export const newId = (): OrganisationId => newUuid(now) as OrganisationId

export function insertOrganisation(
  trx: Transaction,
  id: string,
  name = 'Bakkerij',
): Promise<QueryResult<unknown>> {
  return sql`insert into organisation (organisation_id, name, created_at) values (${id}, ${name}, ${now})`.execute(
    trx,
  )
}

export function insertClient(
  trx: Transaction,
  organisation: string,
  client: string,
): Promise<QueryResult<unknown>> {
  return sql`insert into api_client (organisation_id, client_id, name, role, created_at)
    values (${organisation}, ${client}, 'HR', 'hr-author', ${now})`.execute(trx)
}

export async function namesOf(trx: Transaction): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from organisation order by name`.execute(trx)
  return rows.map(({ name }) => name)
}

/** A new organisation in this database. */
export async function anOrganisation(database: Database, name?: string): Promise<OrganisationId> {
  const id = newId()
  await database.inOrganisation(id, (trx) => insertOrganisation(trx, id, name))
  return id
}

type Failed = { readonly error: Error & { readonly code?: string }; readonly failure: DatabaseFailure }

/** The error of work that must fail, and what it is taken for. */
export async function failureOf(work: Promise<unknown>): Promise<Failed> {
  try {
    await work
  } catch (error) {
    return { error: error as Failed['error'], failure: classifyDatabaseError(error) }
  }
  throw new Error('the work should have failed')
}
