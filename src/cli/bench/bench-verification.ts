import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRenderPool } from '#documents'
import { isAccepted, noTrust, readTrust, verifyFile } from '#verification'
import { exampleEdition } from './document-samples.ts'
import { inTurns, median } from './turns.ts'
import { sampleDossier } from './sample-dossier.ts'
import type { SampleDossier } from './sample-dossier.ts'

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

/** Verifications of an unsealed edition in a second, with the checks that the command makes, and its length. */
export async function benchEdition(
  repeats: number,
  count: number,
): Promise<{ readonly perSecond: number; readonly kilobytes: number }> {
  const pool = createRenderPool({ threads: 1 })
  const { bytes } = await pool.render(exampleEdition()).finally(() => pool.close())
  const { verify } = await inTurns(repeats, {
    verify: { count, piece: () => verifyFile(bytes, 'policy.pdf', noTrust) },
  })
  return { perSecond: 1_000 / median(verify.map((turn) => turn.wall_ms)), kilobytes: bytes.length / 1_024 }
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

function demandAccepted(bytes: Buffer, trust: ReturnType<typeof readTrust>): void {
  if (!isAccepted(verifyFile(bytes, 'sample', trust))) throw new Error('the verifier refuses the sample')
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
