import { sql } from 'kysely'
import { canonicalJson } from '#core'
import type { Database } from '#database'
import type { DrawnCheck } from '#legal-checks'
import type { FilledGround } from './obligations-store.ts'
import { benchId } from './prepare-store.ts'

const facts = [
  ['started', '1900-01-01', { day: '2025-03-01' }],
  ['birth-date', '1900-01-01', { day: '1990-02-28' }],
  ['languages', '2025-03-01', { languages: ['nl'] }],
  ['function', '2025-03-01', { description: 'accountmanager', foreseen: false }],
  ['wage', '2025-03-01', { hourlyCents: 4_000, hoursPerDay: 8, foreseen: false }],
  ['wage', '2026-01-01', { hourlyCents: 4_100, hoursPerDay: 8, foreseen: false }],
] as const

/** What is known of each employment: six facts, one wage after the other. */
export async function fillFacts(database: Database, ground: FilledGround, count: number): Promise<void> {
  const { organisationId: org, clientId, entryId } = ground
  await database.inOrganisation(org, async (trx) => {
    for (const [index, [kind, validFrom, value]] of facts.entries()) {
      const factId = sql`md5(${org} || ${`/fact-${index}/`} || i)::uuid`
      await sql`
        insert into employment_fact (organisation_id, fact_id, employment_id, kind, valid_from, recorded_by, recorded_at, entry_id)
        select ${org}::uuid, ${factId}, md5(${org} || '/employment/' || i)::uuid, ${kind}, ${validFrom}::date, ${clientId}::uuid,
               '2025-03-01T09:00:00Z', ${entryId}::uuid
        from generate_series(0, ${count - 1}::int) as i`.execute(trx)
      await sql`
        insert into employment_fact_content (organisation_id, fact_id, value)
        select ${org}::uuid, ${factId}, ${canonicalJson(value)} from generate_series(0, ${count - 1}::int) as i`.execute(
        trx,
      )
    }
  })
}

/** Has every agreement watched, as resting on rules that never were. */
export async function watchAll(
  database: Database,
  { organisationId: org }: FilledGround,
  count: number,
): Promise<void> {
  await database.inOrganisation(org, (trx) =>
    sql`
      insert into agreement_watch (organisation_id, agreement_id, legal_check_id, basis)
      select ${org}::uuid, md5(${org} || '/agreement/' || i)::uuid, ${benchId(org, 'check', 0)}::uuid, 'nl none none'
      from generate_series(0, ${count - 1}::int) as i`.execute(trx),
  )
}

/** As if the rules had been others so far. */
export async function outdate(database: Database, { organisationId }: FilledGround): Promise<void> {
  await database.inOrganisation(
    organisationId,
    (trx) =>
    sql`update agreement_watch set basis = 'nl 2026-01 nl-2026-01' where organisation_id = ${organisationId}::uuid`.execute(trx), // prettier-ignore
  )
}

/** How many re-evaluations there are. */
export async function countOf(database: Database, { organisationId }: FilledGround): Promise<number> {
  const { rows } = await database.readInOrganisation(
    organisationId,
    (trx) =>
    sql<{ n: number }>`select count(*)::int as n from re_evaluation where organisation_id = ${organisationId}::uuid`.execute(trx), // prettier-ignore
  )
  return rows[0]!.n
}

/** One of the evaluations that were kept. */
export async function readSample(database: Database, { organisationId }: FilledGround): Promise<DrawnCheck> {
  const { rows } = await database.readInOrganisation(organisationId, (trx) =>
    sql<Omit<DrawnCheck, 'content'> & { facts: string; findings: string }>`
      select legal_check_id as "legalCheckId", person_id as "personId", jurisdiction, rule_set_version as "ruleSetVersion", regime,
             as_of as "asOf", moments, encode(facts_sha256, 'hex') as "factsSha256",
             encode(findings_sha256, 'hex') as "findingsSha256", made_at as "madeAt", entry_id as "entryId", made_by as "madeBy",
             facts, findings
      from re_evaluation join legal_check using (organisation_id, legal_check_id)
      join legal_check_content using (organisation_id, legal_check_id)
      where legal_check.organisation_id = ${organisationId}::uuid limit 1`.execute(trx),
  )
  const { facts: known, findings, ...check } = rows[0]!
  return { ...check, content: { facts: JSON.parse(known), findings: JSON.parse(findings) } }
}
