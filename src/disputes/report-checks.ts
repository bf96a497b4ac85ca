import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { problem } from '#core'
import type { ReportCheck } from '#documents'

/** A dossier to check and the keys to check it against, as files of a trust directory. */
export type CheckOrder = {
  readonly bytes: Uint8Array
  readonly trust: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

/** A check as the verifier reports it. */
export type NamedCheck = Pick<ReportCheck, 'name' | 'outcome'> & { readonly sentence: string }

const listedMax = 300
const memoryMax_MB = 1024
const retryAfter_s = 5

/** Has the file of a dossier checked in a thread of its own. Throws `rendering-failed` when that thread died over it. */
export async function checkDossierFile(order: CheckOrder): Promise<ReportCheck[]> {
  const worker = new Worker(new URL('./report-check-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: memoryMax_MB },
  })
  try {
    const [checks] = (await once(worker, 'message')) as [NamedCheck[]]
    return summarise(checks)
  } catch (cause) {
    throw problem('rendering-failed', { retryAfter_s, cause })
  } finally {
    await worker.terminate()
  }
}

/**
 * The checks as a report lists them: what did not pass first, each by itself, and of what passed how often. More than 300
 * are cut off with a last line that says how many more there are and what the worst of them is.
 */
export function summarise(checks: readonly NamedCheck[]): ReportCheck[] {
  const order = ['FAILED', 'INDETERMINATE', 'PASSED']
  const sorted = checks.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome))
  const listed = sorted.slice(0, listedMax).map(({ name, outcome, sentence }) => ({
    name,
    outcome,
    // The verifier says `17 of 17` of a check that it did on many parts.
    count: Number(/^(\d+) of \d+$/.exec(sentence)?.[1] ?? 1),
  }))
  const rest = sorted.slice(listedMax)
  return rest.length === 0
    ? listed
    : [...listed, { name: '…', outcome: rest[0]!.outcome, count: rest.length }]
}
