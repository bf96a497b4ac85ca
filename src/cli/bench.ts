import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { asMigrator, connectionTarget, openServingDatabase, startEmbedded } from '#database'
import type { Config } from '#platform'
import { createPlatform, readConfig } from '#platform'
import type { ActFigures, BenchStage } from './bench/bench-acts.ts'
import { benchActs } from './bench/bench-acts.ts'
import { benchDocuments } from './bench/bench-documents.ts'
import { benchLedger } from './bench/bench-ledger.ts'
import { benchObligations } from './bench/bench-obligations.ts'
import { benchReEvaluation } from './bench/bench-re-evaluation.ts'
import { benchPasskeys } from './bench/bench-passkeys.ts'
import { benchDossier, benchEdition } from './bench/bench-verification.ts'

/** The parts of the bench, in order; each gives what `--json` keeps of it. */
const parts = {
  acts,
  passkeys,
  ledger,
  documents,
  verification,
  obligations,
  're-evaluation': reEvaluation,
} as const
type Part = keyof typeof parts

/**
 * Measures what the product promises to be fast at, each against its physical limit or its peer in the same run, and
 * prints ratios. Medians of at least three turns; absolute figures are of this machine at this moment only.
 */
async function bench(): Promise<void> {
  const options = {
    quick: { type: 'boolean' },
    json: { type: 'string' },
    only: { type: 'string' },
    persons: { type: 'string' },
  } as const
  const { values } = parseArgs({ options })
  const size = { quick: values.quick === true, persons: personsOf(values.persons) }
  const chosen = chosenParts(values.only)
  const home = mkdtempSync(join(tmpdir(), 'beding-bench-'))
  const config = readConfig({ ...process.env, BEDING_HOME: home, LOG_LEVEL: 'error' }, home)
  const platform = createPlatform(config)
  const serving = await openServingDatabase({ config: config.database, home, secrets: platform.secrets, log: platform.log }) // prettier-ignore
  try {
    const stage = { platform, database: serving.database, home, maintain: () => maintain(config, home) }
    const figures: Partial<Record<Part, unknown>> = {}
    for (const part of chosen) figures[part] = await parts[part](stage, size)
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
  } finally {
    await serving.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

function chosenParts(only: string | undefined): readonly Part[] {
  const all = Object.keys(parts) as Part[]
  if (only === undefined) return all
  const chosen = all.filter((part) => part === only)
  if (chosen.length === 0) throw new Error(`--only is one of ${all.join(', ')}`)
  return chosen
}

type Stage = BenchStage & { readonly maintain: () => Promise<void> }

/** How much is measured: a tenth for a quick look, and how many persons there are where that is asked about. */
type Size = { readonly quick: boolean; readonly persons: number | undefined }

async function acts(stage: BenchStage, { quick }: Size): Promise<readonly ActFigures[]> {
  const figures = await benchActs(stage, [1, 32, 64, 256], 5, (clients) => actsFor(clients, quick))
  figures.forEach(printActs)
  return figures
}

function actsFor(clients: number, quick: boolean): number {
  const full = clients === 1 ? 1_000 : 4_500
  return quick ? Math.round(full / 10) : full
}

function printActs(figures: ActFigures): void {
  const { clients, acts, toRawReplay, toOneRowRoute, p99ToIdeal, oneRowP99ToIdeal, processor } = figures
  write(
    `acts with receipt, ${String(clients).padStart(3)} clients: ${acts.perSecond.toFixed(0)}/s, p50 ${acts.p50_ms.toFixed(1)} ms, ` +
      `p99 ${acts.p99_ms.toFixed(1)} ms; ${toRawReplay.toFixed(2)}x the bare driver's replay, ` +
      `${toOneRowRoute.toFixed(2)}x a route that inserts one row; p99 ${p99ToIdeal.toFixed(2)}x clients/throughput (one row ${oneRowP99ToIdeal.toFixed(2)}x)`,
  )
  // Where all processors are busy no ratio can be above that of the sums.
  write(`  processor time of an act ${timeText(processor.act)}; of one row ${timeText(processor.oneRow)}`)
}

function timeText({ service, postgres, load }: ActFigures['processor']['act']): string {
  const sum = service + postgres + load
  return `${sum.toFixed(0)} µs (service ${service.toFixed(0)}, PostgreSQL ${postgres.toFixed(0)}, load ${load.toFixed(0)})`
}

async function passkeys(stage: BenchStage, { quick }: Size): Promise<unknown> {
  const figures = await benchPasskeys(stage, 64, 3, quick ? 300 : 1_500)
  const { clients, plain, signed, p50Ratio, p99Ratio, processor } = figures
  write(
    `ceremonies signed with a passkey, ${clients} clients, opening to receipt: ${signed.perSecond.toFixed(0)}/s, p50 ${signed.p50_ms.toFixed(1)} ms, ` +
      `p99 ${signed.p99_ms.toFixed(1)} ms; p50 ${p50Ratio.toFixed(2)}x and p99 ${p99Ratio.toFixed(2)}x a ceremony with a plain act ` +
      `(${plain.perSecond.toFixed(0)}/s)`,
  )
  write(`  processor time of a signed ceremony ${timeText(processor.signed)}; of a plain one ${timeText(processor.plain)}`) // prettier-ignore
  return figures
}

async function ledger(stage: BenchStage, { quick }: Size): Promise<unknown> {
  const figures = await benchLedger(stage, [32, 256], 3, quick ? 2_000 : 12_000)
  for (const { clients, appendsPerSecond, toRawInserts, hotToMany } of figures)
    write(`ledger alone, ${String(clients).padStart(3)} clients: ${appendsPerSecond.toFixed(0)}/s with receipt, ${toRawInserts.toFixed(2)}x inserts of the same rows; one hot organisation ${hotToMany.toFixed(2)}x ten`) // prettier-ignore
  return figures
}

async function documents(stage: BenchStage, { quick }: Size): Promise<unknown> {
  return benchDocuments(stage, quick, write)
}

async function verification(stage: BenchStage, { quick }: Size): Promise<unknown> {
  const editions = await benchEdition(stage, 3, quick ? 20 : 100)
  for (const { level, kilobytes, perSecond } of editions)
    write(`verification of an edition at ${level}, ${kilobytes.toFixed(0)} KB: ${perSecond.toFixed(0)}/s, accepted each time`) // prettier-ignore
  const dossier = benchDossier(quick ? 1 : 3, quick ? 1_000 : 10_000)
  write(`dossier of ${dossier.acts} acts, ${dossier.fileMegabytes.toFixed(0)} MB: verified in ${dossier.timeToHashing.toFixed(0)}x the time of hashing its bytes; memory beyond the file ${dossier.memoryBeyondFile.tenth_MB.toFixed(0)} MB for a tenth of the acts, ${dossier.memoryBeyondFile.all_MB.toFixed(0)} MB for all`) // prettier-ignore
  write(`receipts verified: ${dossier.receiptsPerSecond.toFixed(0)}/s on one core`)
  return { editions, dossier }
}

async function obligations(stage: Stage, { quick, persons }: Size): Promise<unknown> {
  const count = persons ?? (quick ? 2_000 : 100_000)
  const figures = await benchObligations(stage, count, quick ? 500 : 2_000)
  for (const each of figures) {
    const { question, primaryKey } = each
    write(
      `what bound a person on a day, ${each.persons} persons and ${each.acts} acts: p50 ${question.p50_ms.toFixed(2)} ms, p99 ${question.p99_ms.toFixed(2)} ms; ` +
        `one row by primary key p50 ${primaryKey.p50_ms.toFixed(2)} ms, p99 ${primaryKey.p99_ms.toFixed(2)} ms; ratio p50 ${each.p50Ratio.toFixed(2)}x, p99 ${each.p99Ratio.toFixed(2)}x`,
    )
  }
  const [few, all] = figures
  const growth = all!.question.p99_ms / few!.question.p99_ms
  write(`  with all of the rows p99 is ${growth.toFixed(2)}x what it is with a tenth of them`)
  return { figures, growth }
}

async function reEvaluation(stage: Stage, { quick, persons }: Size): Promise<unknown> {
  const figures = await benchReEvaluation(stage, persons ?? (quick ? 500 : 10_000))
  write(
    `re-evaluation of ${figures.agreements} annexes after a change of rules: ${figures.perSecond.toFixed(0)}/s, ` +
      `${figures.toBareInsert.toFixed(2)}x a bare insert of the same rows; the memory that is held grew by ${figures.growth_MB.toFixed(0)} MB ` +
      `over the run`,
  )
  return figures
}

/** Statistics and visibility as autovacuum leaves them; only who owns the tables may do this. */
async function maintain({ database }: Config, home: string): Promise<void> {
  if (database.kind === 'embedded') {
    // The server is running for this process already; it is stopped with the serving database.
    const { target } = await startEmbedded({ home })
    await asMigrator(target, (client) => client.query('vacuum analyze'))
  } else if (database.migrationUrl !== undefined)
    await asMigrator(connectionTarget(database.migrationUrl), (client) => client.query('vacuum analyze'))
}

function personsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{1,6}$/.test(text)) throw new Error('--persons is a number from 10 to 9,999,999')
  return Number(text)
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}

bench().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
})
