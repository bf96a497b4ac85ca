import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openServingDatabase } from '#database'
import { createPlatform, readConfig } from '#platform'
import type { ActFigures } from './bench/bench-acts.ts'
import { benchActs } from './bench/bench-acts.ts'
import { benchDocuments, benchVerification, exampleEdition } from './bench/bench-documents.ts'
import { benchLedger } from './bench/bench-ledger.ts'
import { benchDossier } from './bench/bench-verification.ts'
import { createRenderPool } from '#documents'

/**
 * Measures what the product promises to be fast at, each against its physical limit or its peer in the same run, and
 * prints ratios. Medians of at least three turns; absolute figures are of this machine at this moment only.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'string' } } })
  const quick = values.quick === true
  const home = mkdtempSync(join(tmpdir(), 'beding-bench-'))
  const config = readConfig({ ...process.env, BEDING_HOME: home, LOG_LEVEL: 'error' }, home)
  const platform = createPlatform(config)
  const serving = await openServingDatabase({ config: config.database, home, secrets: platform.secrets, log: platform.log }) // prettier-ignore
  try {
    const stage = { platform, database: serving.database, home }
    const acts = await benchActs(stage, [1, 32, 64, 256], 3, (clients) => actsFor(clients, quick))
    acts.forEach(print)
    const ledger = await benchLedger(stage, [32, 256], 3, quick ? 2_000 : 12_000)
    for (const { clients, appendsPerSecond, toRawInserts, hotToMany } of ledger)
      write(`ledger alone, ${String(clients).padStart(3)} clients: ${appendsPerSecond.toFixed(0)}/s with receipt, ${toRawInserts.toFixed(2)}x inserts of the same rows; one hot organisation ${hotToMany.toFixed(2)}x ten`) // prettier-ignore
    const documents = await benchDocuments(3, quick ? 10 : 40)
    write(`documents: ${documents.documentsPerSecond.toFixed(1)}/s in one thread; ${documents.timeToBare.toFixed(1)}x the time of bare pdfkit`) // prettier-ignore
    const pool = createRenderPool({ threads: 1 })
    const { bytes } = await pool.render(exampleEdition())
    await pool.close()
    const verifications = await benchVerification(bytes, 'policy.pdf', 3, quick ? 20 : 100)
    write(
      `verification of an unsealed edition of ${Math.round(bytes.length / 1024)} KB: ${verifications.toFixed(0)}/s`,
    )
    const dossier = benchDossier(quick ? 1 : 3, quick ? 1_000 : 10_000)
    write(`dossier of ${dossier.acts} acts, ${dossier.fileMegabytes.toFixed(0)} MB: verified in ${dossier.timeToHashing.toFixed(0)}x the time of hashing its bytes; memory beyond the file ${dossier.memoryBeyondFile.tenth_MB.toFixed(0)} MB for a tenth of the acts, ${dossier.memoryBeyondFile.all_MB.toFixed(0)} MB for all`) // prettier-ignore
    write(`receipts verified: ${dossier.receiptsPerSecond.toFixed(0)}/s on one core`)
    if (values.json !== undefined)
      writeFileSync(
        values.json,
        `${JSON.stringify({ acts, ledger, documents, verifications, dossier }, null, 2)}\n`,
      )
  } finally {
    await serving.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

function actsFor(clients: number, quick: boolean): number {
  const full = clients === 1 ? 1_500 : 9_000
  return quick ? Math.round(full / 10) : full
}

function print(figures: ActFigures): void {
  const { clients, acts, toRawReplay, toOneRowRoute, p99ToIdeal, processor } = figures
  write(
    `acts with receipt, ${String(clients).padStart(3)} clients: ${acts.perSecond.toFixed(0)}/s, p50 ${acts.p50_ms.toFixed(1)} ms, ` +
      `p99 ${acts.p99_ms.toFixed(1)} ms; ${toRawReplay.toFixed(2)}x the bare driver's replay, ` +
      `${toOneRowRoute.toFixed(2)}x a route that inserts one row; p99 ${p99ToIdeal.toFixed(2)}x clients/throughput`,
  )
  // Where all processors are busy no ratio can be above that of the sums.
  write(`  processor time of an act ${timeText(processor.act)}; of one row ${timeText(processor.oneRow)}`)
}

function timeText({ service, postgres, load }: ActFigures['processor']['act']): string {
  const sum = service + postgres + load
  return `${sum.toFixed(0)} µs (service ${service.toFixed(0)}, PostgreSQL ${postgres.toFixed(0)}, load ${load.toFixed(0)})`
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}

bench().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
})
