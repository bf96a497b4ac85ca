import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { insertReEvaluations, reEvaluateOutdated } from '#changes'
import { canonicalJson } from '#core'
import { insertLegalChecks } from '#legal-checks'
import type { ObligationStage } from './bench-obligations.ts'
import type { FilledGround } from './obligations-store.ts'
import { fillPersons, layGround } from './obligations-store.ts'
import { benchId } from './prepare-store.ts'
import { countOf, fillFacts, outdate, readSample, watchAll } from './re-evaluation-store.ts'

/** Re-evaluation of agreements with one annex each, after a change of rules. */
export type ReEvaluationFigures = {
  readonly agreements: number
  readonly perSecond: number
  /** Its time against that of writing the same rows with nothing read, evaluated or appended to the ledger. */
  readonly toBareInsert: number
  /** What the process holds after the run more than before it, both after a collection. */
  readonly growth_MB: number
}

const batchSize = 100

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
  const heldBefore_MB = held_MB()
  const began = performance.now()
  const failed = await reEvaluateOutdated(stage, ground.organisationId)
  const took_ms = performance.now() - began
  const growth_MB = held_MB() - heldBefore_MB
  const done = (await countOf(database, ground)) - before
  if (failed > 0 || done !== agreements)
    throw new Error(`${done} of ${agreements} evaluated, ${failed} failed`)
  return {
    agreements,
    perSecond: (agreements / took_ms) * 1_000,
    toBareInsert: took_ms / (await insertBare(stage, ground, agreements)),
    growth_MB,
  }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What the process holds once everything that nobody needs was collected. */
function held_MB(): number {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
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
