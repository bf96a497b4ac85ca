import { sql } from 'kysely'
import type { CivilDate, Instant, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { ImportOutcome, Language, Person, PersonStatement } from './person.ts'

type PersonTable = {
  organisation_id: string
  person_id: string
  external_id: string
  given_name: string
  family_name: string
  work_email: string
  language: string
  department: string | null
  job_title: string | null
  employed_until: CivilDate | null
  erased_at: string | null
  created_at: string
  updated_at: string
}

declare module '../database/tables.ts' {
  interface Tables {
    person: PersonTable
  }
}

const personColumns = [
  'person.person_id',
  'person.external_id',
  'person.given_name',
  'person.family_name',
  'person.work_email',
  'person.language',
  'person.department',
  'person.job_title',
  'person.employed_until',
  'person.created_at',
  'person.updated_at',
] as const

/**
 * Takes over what an HR system says about people: unknown external ids become persons, known ones are brought up to
 * date, equal ones are left alone. One statement; nobody is removed. `newIds` gives an id for each position.
 */
export async function upsertPersons(
  trx: Transaction,
  organisationId: OrganisationId,
  persons: readonly PersonStatement[],
  newIds: readonly string[],
  now: Instant,
): Promise<ImportOutcome> {
  const column = (field: keyof PersonStatement): (string | null)[] =>
    persons.map((person) => person[field] ?? null)
  const { rows } = await sql<{ person_id: string }>`
    insert into person (organisation_id, person_id, external_id, given_name, family_name, work_email, language,
                        department, job_title, employed_until, created_at, updated_at)
    select ${organisationId}, u.*, ${now}, ${now}
    from unnest(${newIds}::uuid[], ${column('externalId')}::text[], ${column('givenName')}::text[],
                ${column('familyName')}::text[], ${column('workEmail')}::text[], ${column('language')}::text[],
                ${column('department')}::text[], ${column('jobTitle')}::text[], ${column('employedUntil')}::date[]) as u
    on conflict on constraint person_external_id_once do update
      set given_name = excluded.given_name, family_name = excluded.family_name, work_email = excluded.work_email,
          language = excluded.language, department = excluded.department, job_title = excluded.job_title,
          employed_until = excluded.employed_until, updated_at = excluded.updated_at
      where (person.given_name, person.family_name, person.work_email, person.language, person.department,
             person.job_title, person.employed_until)
        is distinct from
        (excluded.given_name, excluded.family_name, excluded.work_email, excluded.language, excluded.department,
         excluded.job_title, excluded.employed_until)
    returning person_id`.execute(trx)
  const fresh = new Set(newIds)
  const created = rows.filter((row) => fresh.has(row.person_id)).length
  return { created, updated: rows.length - created, unchanged: persons.length - rows.length }
}

/** The person, or the problem `person-not-found`; so is one of another organisation, and one who was erased. */
export async function getPerson(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<Person> {
  const row = await trx
    .selectFrom('person')
    .select(personColumns)
    .where('person.organisation_id', '=', organisationId)
    .where('person.person_id', '=', personId)
    .where('person.erased_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw problem('person-not-found')
  return toPerson(row)
}

export type PersonPage = { readonly department?: string; readonly after?: string; readonly limit: number }

/** A page of persons who were not erased, in order of id, at most `limit` of them, after the one named. */
export async function listPersons(
  trx: Transaction,
  organisationId: OrganisationId,
  page: PersonPage,
): Promise<Person[]> {
  let query = trx
    .selectFrom('person')
    .select(personColumns)
    .where('person.organisation_id', '=', organisationId)
    .where('person.erased_at', 'is', null)
  if (page.department !== undefined) query = query.where('person.department', '=', page.department)
  if (page.after !== undefined) query = query.where('person.person_id', '>', page.after)
  const rows = await query.orderBy('person.person_id').limit(page.limit).execute()
  return rows.map(toPerson)
}

function toPerson(row: Omit<PersonTable, 'organisation_id' | 'erased_at'>): Person {
  return {
    personId: row.person_id as PersonId,
    externalId: row.external_id,
    givenName: row.given_name,
    familyName: row.family_name,
    workEmail: row.work_email,
    language: row.language as Language,
    department: row.department,
    jobTitle: row.job_title,
    employedUntil: row.employed_until,
    createdAt: row.created_at as Instant,
    updatedAt: row.updated_at as Instant,
  }
}
