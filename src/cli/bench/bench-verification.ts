import { spawnSync } from 'node:child_process'
import { hash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRenderPool } from '#documents'
import { isAccepted, readTrust, verifyFile, type Level, type Trust } from '#verification'
import type { BenchStage } from './bench-acts.ts'
import { exampleEdition } from './document-samples.ts'
import { aStoredFile, openLongTerm, toLongTerm } from './long-term-steps.ts'
import { sampleDossier, type SampleDossier } from './sample-dossier.ts'
import { aBenchSeal } from './seal-keys.ts'
import { inTurns, median } from './turns.ts'

export type VerificationFigures = {
  readonly acts: number
  readonly fileMegabytes: number
  /** Time of verifying the dossier to that of one SHA-256 over its bytes. */
  readonly timeToHashing: number
  readonly actsPerSecond: number
  /** Verifications of one tlog-proof, its log signature included, in a second and on one core. */
  readonly receiptsPerSecond: number
  /** The most memory that a process used beyond its file, for a tenth of the acts and for all of them. */
  readonly memoryBeyondFile: { readonly tenth_MB: number; readonly all_MB: number }
}

/** Verifications of an edition in a second, with the checks that the command makes, and its length. */
export type EditionFigures = {
  readonly level: Level
  readonly perSecond: number
  readonly kilobytes: number
}

/** Measures the verifier on an edition as it is sealed and as it is after preservation. Throws if it does not accept one. */
export async function benchEdition(
  stage: BenchStage,
  repeats: number,
  count: number,
): Promise<readonly EditionFigures[]> {
  const pool = createRenderPool({ threads: 1 })
  const { bytes: rendered } = await pool.render(exampleEdition()).finally(() => pool.close())
  const seal = await aBenchSeal(stage, 'ecdsa-p256')
  const steps = await openLongTerm(stage)
  const sealed = await aStoredFile(stage, seal, rendered)
  const preserved = await toLongTerm(steps, seal.organisationId, sealed)
  const trust = readTrust([
    { name: 'root.pem', bytes: pemOf([seal.chain.at(-1)!]) },
    { name: 'tsa-roots.pem', bytes: pemOf(await steps.timestampRoots()) },
  ])
  const works = {
    'B-B': { count, piece: () => demandAccepted(sealed.bytes, trust, 'policy.pdf', 'B-B') },
    'B-LTA': { count, piece: () => demandAccepted(preserved, trust, 'policy.pdf', 'B-LTA') },
  }
  const turns = await inTurns(repeats, works)
  const figuresOf = (level: keyof typeof works, { length }: Buffer): EditionFigures => ({
    level,
    perSecond: 1_000 / median(turns[level].map((turn) => turn.wall_ms)),
    kilobytes: length / 1_024,
  })
  return [figuresOf('B-B', sealed.bytes), figuresOf('B-LTA', preserved)]
}

function pemOf(certificates: readonly Buffer[]): Buffer {
  return Buffer.from(certificates.map((der) => new X509Certificate(der).toString()).join(''))
}

/** Measures the verifier on a dossier of many acts. Throws if it does not accept it. */
export function benchDossier(repeats = 3, acts = 10_000): VerificationFigures {
  const sample = sampleDossier(acts)
  const trust = readTrust(sample.trust)
  const whole_ms: number[] = []
  const hashing_ms: number[] = []
  const receipts_ms: number[] = []
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    hashing_ms.push(timed(() => hash('sha256', sample.bytes)))
    whole_ms.push(timed(() => demandAccepted(sample.bytes, trust)))
    receipts_ms.push(timed(() => sample.receipts.forEach((receipt) => demandAccepted(receipt, trust))))
  }
  return {
    acts,
    fileMegabytes: sample.bytes.length / 1e6,
    timeToHashing: median(whole_ms.map((time, turn) => time / hashing_ms[turn]!)),
    actsPerSecond: (1000 * acts) / median(whole_ms),
    receiptsPerSecond: (1000 * acts) / median(receipts_ms),
    memoryBeyondFile: {
      tenth_MB: memoryBeyond(sampleDossier(Math.ceil(acts / 10))),
      all_MB: memoryBeyond(sample),
    },
  }
}

function demandAccepted(bytes: Buffer, trust: Trust, name = 'sample', atLeast?: Level): void {
  const wishes = atLeast === undefined ? {} : { atLeast }
  if (!isAccepted(verifyFile(bytes, name, trust, wishes))) throw new Error('the verifier refuses the sample')
}

/** Milliseconds of one core that the work took, whatever else the machine was doing. */
function timed(work: () => void): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** Runs the command on the file in a process of its own and returns the most memory it had, without the file, in MB. */
function memoryBeyond(sample: SampleDossier): number {
  const folder = mkdtempSync(join(tmpdir(), 'beding-bench-dossier-'))
  try {
    for (const { name, bytes } of sample.trust) writeFileSync(join(folder, name), bytes)
    writeFileSync(join(folder, 'dossier.zip'), sample.bytes)
    const script = join(import.meta.dirname, 'verify-once.ts')
    const { stdout, status, stderr } = spawnSync(process.execPath, [...verifyOptions(), script, folder], { encoding: 'utf8' }) // prettier-ignore
    if (status !== 0) throw new Error(`the verifier failed: ${stderr}`)
    return (Number(stdout) * 1024 - sample.bytes.length) / 1e6
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The options with which `npm run verify` starts node; one keeps the young generation small (decision 0110). */
function verifyOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as { scripts: { verify: string } } // prettier-ignore
  return scripts.verify.split(' ').filter((part) => part.startsWith('--'))
}
