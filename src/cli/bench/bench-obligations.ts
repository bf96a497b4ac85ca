import type { CivilDate } from '#core'
import { toCivilDate } from '#core'
import type { Database } from '#database'
import { answerObligations } from '#obligations'
import type { Platform } from '#platform'
import { actsPerPerson, benchPerson, fillPersons, layGround, readOne } from './obligations-store.ts'
import type { FilledGround } from './obligations-store.ts'
import { median } from './turns.ts'

/** Times of one side of the comparison, in milliseconds. */
export type Latency = { readonly p50_ms: number; readonly p99_ms: number }

/** What the question takes with so many rows, beside one read by primary key in the same turns. */
export type ObligationFigures = {
  readonly persons: number
  readonly acts: number
  readonly question: Latency
  readonly primaryKey: Latency
  readonly p50Ratio: number
  readonly p99Ratio: number
}

export type ObligationStage = {
  readonly platform: Platform
  readonly database: Database
  /** Brings the statistics of the tables up to date, as autovacuum does in time. */
  readonly maintain: () => Promise<void>
}

const repeats = 5
const day = toCivilDate('2026-11-20')

/**
 * Measures "what bound this person on that day", with a tenth of the persons and with all of them. The question goes from the
 * pool of the service to the whole answer as an object: the one query, the judgement on each annex and version, the words. It is
 * held against one row of `person` by its primary key, over the same pool, as the same kind of read-only transaction, in turns,
 * one after the other, on persons drawn at random. HTTP is on neither side.
 */
export async function benchObligations(
  stage: ObligationStage,
  persons: number,
  questions: number,
): Promise<readonly ObligationFigures[]> {
  const ground = await layGround(stage.platform, stage.database, 'Obligations')
  const tenth = Math.ceil(persons / 10)
  await fillPersons(stage.database, ground, 0, tenth)
  await stage.maintain()
  const few = await measure(stage.database, ground, tenth, questions)
  await fillPersons(stage.database, ground, tenth, persons)
  await stage.maintain()
  return [few, await measure(stage.database, ground, persons, questions)]
}

async function measure(
  database: Database,
  ground: FilledGround,
  persons: number,
  questions: number,
): Promise<ObligationFigures> {
  await Promise.all(Array.from({ length: 200 }, (_, at) => ask(database, ground, at % persons, day)))
  await Promise.all(Array.from({ length: 200 }, (_, at) => readOne(database, ground, at % persons)))
  const turns: { readonly question: Latency; readonly primaryKey: Latency }[] = []
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const asked: number[] = []
    const read: number[] = []
    for (let at = 0; at < questions; at += 1) {
      const index = Math.floor(Math.random() * persons)
      read.push(await timed(() => readOne(database, ground, Math.floor(Math.random() * persons))))
      asked.push(await timed(() => ask(database, ground, index, day)))
    }
    turns.push({ question: latencyOf(asked), primaryKey: latencyOf(read) })
  }
  const of = (side: 'question' | 'primaryKey', name: keyof Latency): number =>
    median(turns.map((turn) => turn[side][name]))
  const ratio = (name: keyof Latency): number =>
    median(turns.map(({ question, primaryKey }) => question[name] / primaryKey[name]))
  return {
    persons,
    acts: persons * actsPerPerson,
    question: { p50_ms: of('question', 'p50_ms'), p99_ms: of('question', 'p99_ms') },
    primaryKey: { p50_ms: of('primaryKey', 'p50_ms'), p99_ms: of('primaryKey', 'p99_ms') },
    p50Ratio: ratio('p50_ms'),
    p99Ratio: ratio('p99_ms'),
  }
}

/** The question, and a check that it was answered: an annex that binds and three policies. */
async function ask(database: Database, ground: FilledGround, index: number, on: CivilDate): Promise<void> {
  const { organisationId } = ground
  const personId = benchPerson(ground, index)
  const answer = await database.readInOrganisation(organisationId, (trx) =>
    answerObligations(trx, organisationId, personId, on),
  )
  if (answer.agreements[0]?.annexes[0]?.binds !== true || answer.policies.length !== 3)
    throw new Error('the question was not answered')
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function latencyOf(times: readonly number[]): Latency {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return { p50_ms: at(0.5), p99_ms: at(0.99) }
}
