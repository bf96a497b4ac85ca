import { sql } from 'kysely'
import { insertReEvaluations, reEvaluateOutdated } from '#changes'
import { canonicalJson } from '#core'
import type { Database } from '#database'
import type { DrawnCheck } from '#legal-checks'
import { insertLegalChecks } from '#legal-checks'
import type { ObligationStage } from './bench-obligations.ts'
import type { FilledGround } from './fill-obligations.ts'
import { fillPersons, layGround } from './fill-obligations.ts'
import { benchId } from './prepare-store.ts'
import { median } from './turns.ts'

/** Re-evaluation of agreements with one annex each, after a change of rules. */
export type ReEvaluationFigures = {
  readonly agreements: number
  readonly perSecond: number
  /** Its time against that of writing the same rows with nothing read, evaluated or appended to the ledger. */
  readonly toBareInsert: number
  /** From the second tenth of the run to its last. */
  readonly growth_MB: number
}

const batchSize = 100
const sampleEvery_ms = 20

/**
 * Evaluates every agreement once, says that this rested on older rules, and measures evaluating all of them again by the work of
 * the night: facts read from agreements, annexes and employments, rules run, one append to the ledger and set-based inserts for
 * each batch. Then the same number of the same rows is written bare. Throws when not each agreement was evaluated exactly once.
 */
export async function benchReEvaluation(
  stage: ObligationStage,
  agreements: number,
): Promise<ReEvaluationFigures> {
  const { platform, database } = stage
  const ground = await layGround(platform, database, 'Re-evaluation')
  await fillPersons(database, ground, 0, agreements, annexContent())
  await fillFacts(database, ground, agreements)
  await watchAll(database, ground, agreements)
  await stage.maintain()
  await reEvaluateOutdated(stage, ground.organisationId)
  await outdate(database, ground)
  await stage.maintain()
  const before = await countOf(database, ground)
  const samples: number[] = []
  const sampling = setInterval(() => samples.push(process.memoryUsage().rss / 1e6), sampleEvery_ms)
  const began = performance.now()
  const failed = await reEvaluateOutdated(stage, ground.organisationId)
  const took_ms = performance.now() - began
  clearInterval(sampling)
  const done = (await countOf(database, ground)) - before
  if (failed > 0 || done !== agreements)
    throw new Error(`${done} of ${agreements} evaluated, ${failed} failed`)
  const tenth = Math.max(1, Math.floor(samples.length / 10))
  return {
    agreements,
    perSecond: (agreements / took_ms) * 1_000,
    toBareInsert: took_ms / (await insertBare(stage, ground, agreements)),
    growth_MB: median(samples.slice(-tenth)) - median(samples.slice(tenth, 2 * tenth)),
  }
}

/** What every annex of the ground was composed of: a relatiebeding and a boetebeding that hold together. */
function annexContent(): string {
  const shared = { templateId: '', versionNumber: 1, contentSha256: '', counsel: 'reviewed', values: {}, heading: '', motivation: null, relationList: null, exemptions: [] } // prettier-ignore
  const paragraphs = [
    'De werknemer onderhoudt geen zakelijke contacten met de genoemde relaties. '.repeat(20),
  ]
  const relation = { definition: 'de genoemde klanten', named: 14, answers: ['suppliers', 'prospects', 'initiative', 'online-contact'] } // prettier-ignore
  const relatiebeding = { id: 'A.1', kind: 'relatiebeding', language: 'nl', months: 12, area: 'Benelux', areaReason: 'verkoopgebied', relation, motivation: null } // prettier-ignore
  const penalty = { coveredRules: ['A.1'], amountCents: 1_000_000, perDayCents: 100_000, fixedInWageCurrency: true, destination: '', benefitsEmployer: true, derogations: { lid3: 'explicit', lid4: 'explicit', lid5: 'explicit' }, cumulatesWithDamages: 'no' } // prettier-ignore
  return canonicalJson({
    kind: 'clauses',
    mark: 'A',
    title: 'Bijlage A',
    language: 'nl',
    effectiveFrom: '2025-03-01',
    effectiveUntil: null,
    clauses: [
      {
        ...shared,
        clauseId: 'A.1',
        position: 1,
        kind: 'relatiebeding',
        paragraphs,
        facts: relatiebeding,
        penalty: null,
      },
      { ...shared, clauseId: 'A.2', position: 2, kind: 'boetebeding', paragraphs, facts: { id: 'A.2', kind: 'boetebeding', language: 'nl' }, penalty }, // prettier-ignore
    ],
    policies: [],
    relations: [],
  })
}

const facts = [
  ['started', '1900-01-01', { day: '2025-03-01' }],
  ['birth-date', '1900-01-01', { day: '1990-02-28' }],
  ['languages', '2025-03-01', { languages: ['nl'] }],
  ['function', '2025-03-01', { description: 'accountmanager', foreseen: false }],
  ['wage', '2025-03-01', { hourlyCents: 4_000, hoursPerDay: 8, foreseen: false }],
  ['wage', '2026-01-01', { hourlyCents: 4_100, hoursPerDay: 8, foreseen: false }],
] as const

async function fillFacts(database: Database, ground: FilledGround, count: number): Promise<void> {
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

async function watchAll(
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
async function outdate(database: Database, { organisationId }: FilledGround): Promise<void> {
  await database.inOrganisation(
    organisationId,
    (trx) =>
    sql`update agreement_watch set basis = 'nl 2026-01 nl-2026-01' where organisation_id = ${organisationId}::uuid`.execute(trx), // prettier-ignore
  )
}

async function countOf(database: Database, { organisationId }: FilledGround): Promise<number> {
  const { rows } = await database.readInOrganisation(
    organisationId,
    (trx) =>
    sql<{ n: number }>`select count(*)::int as n from re_evaluation where organisation_id = ${organisationId}::uuid`.execute(trx), // prettier-ignore
  )
  return rows[0]!.n
}

/** Writes as many evaluations as were made, of the size of one of them, and says how long that took, in milliseconds. */
async function insertBare(
  { platform, database }: ObligationStage,
  ground: FilledGround,
  count: number,
): Promise<number> {
  const { organisationId, entryId } = ground
  const sample = await readSample(database, ground)
  const began = performance.now()
  for (let from = 0; from < count; from += batchSize) {
    const checks = Array.from({ length: Math.min(batchSize, count - from) }, () => ({ ...sample, legalCheckId: platform.newId(), entryId })) // prettier-ignore
    await database.inOrganisation(organisationId, async (trx) => {
      await insertLegalChecks(trx, organisationId, checks)
      await insertReEvaluations(trx, organisationId, checks.map(({ legalCheckId }) => ({ legalCheckId, agreementId: benchId(organisationId, 'agreement', 0), previousCheckId: null, causes: [], differs: false }))) // prettier-ignore
    })
  }
  return performance.now() - began
}

async function readSample(database: Database, { organisationId }: FilledGround): Promise<DrawnCheck> {
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
