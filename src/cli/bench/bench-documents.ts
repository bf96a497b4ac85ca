import type { BenchStage } from './bench-acts.ts'
import { benchRendering, type RenderingFigures } from './bench-rendering.ts'
import { benchSealing, type SealingFigures } from './bench-sealing.ts'
import { runChild } from './child-memory.ts'
import { aBenchSeal } from './seal-keys.ts'

export type DocumentFigures = {
  readonly rendering: RenderingFigures
  readonly sealing: readonly SealingFigures[]
  /** Of a process that renders and seals: megabytes after some documents, and after five times as many. */
  readonly memory: {
    readonly documents: readonly number[]
    readonly megabytes: readonly number[]
    readonly ratio: number
  }
  readonly report: {
    readonly entries: number
    readonly seconds: number
    readonly peakMegabytes: number
    readonly fileMegabytes: number
  }
}

/** Measures rendering, sealing, memory and a long report; `print` gets one line for each figure that has an aim. */
export async function benchDocuments(
  stage: BenchStage,
  quick: boolean,
  print: (line: string) => void,
): Promise<DocumentFigures> {
  const [repeats, renders] = quick ? [3, 10] : [5, 40]
  const p256 = await aBenchSeal(stage, 'ecdsa-p256')
  const rendering = await benchRendering(repeats, renders, p256.signer)
  print(`documents: ${rendering.documentsPerSecond.toFixed(1)}/s in one thread; ${rendering.toBare.toFixed(1)}x the processor time of bare pdfkit (aim 6)`) // prettier-ignore
  print(`two rendering threads to one: ${rendering.twoWorkersToOne.toFixed(2)}x (aim 1.6); delay of the event loop while 300 documents are made, p99: ${rendering.loopDelay_ms.toFixed(0)} ms (aim 50)`) // prettier-ignore
  const sealing: SealingFigures[] = []
  for (const kind of ['ecdsa-p256', 'rsa-3072'] as const) {
    const figures = await benchSealing(stage, kind, repeats, renders)
    sealing.push(figures)
    print(lineOfSealing(figures))
  }
  const memory = benchMemory(stage, p256.organisationId, quick ? [200, 1_000] : [2_000, 10_000])
  print(`memory: ${memory.megabytes.map((each) => each.toFixed(0)).join(' and ')} MB after ${memory.documents.join(' and ')} documents, ${memory.ratio.toFixed(2)}x (aim 1.2)`) // prettier-ignore
  const report = benchReport(quick ? 2_000 : 10_000)
  print(`report of ${report.entries} entries: ${report.seconds.toFixed(1)} s (aim 5), ${report.peakMegabytes.toFixed(0)} MB at most (aim 450), ${report.fileMegabytes.toFixed(1)} MB on disk`) // prettier-ignore
  return { rendering, sealing, memory, report }
}

function lineOfSealing({ kind, toRender, longTermToRender, libpdfToOurs }: SealingFigures): string {
  const beside =
    libpdfToOurs === null
      ? '@libpdf/core is not installed'
      : `@libpdf/core takes ${libpdfToOurs.seal.toFixed(1)}x and ${libpdfToOurs.longTerm.toFixed(1)}x that for the same files`
  return `seal with ${kind}: ${(toRender * 100).toFixed(1)}% of a render (aim 5); from there to B-LTA without waiting for others ${(longTermToRender * 100).toFixed(1)}% (aim 10); ${beside}` // prettier-ignore
}

function benchMemory(
  { home }: BenchStage,
  organisationId: string,
  documents: number[],
): DocumentFigures['memory'] {
  const environment = { ...process.env, BEDING_HOME: home, LOG_LEVEL: 'error' }
  const megabytes = runChild(
    'documents-memory.ts',
    [organisationId, ...documents.map(String)],
    environment,
  ) as number[]
  return { documents, megabytes, ratio: megabytes[1]! / megabytes[0]! }
}

function benchReport(entries: number): DocumentFigures['report'] {
  type Once = { seconds: number; bytes: number; peak_KiB: number }
  const once = runChild('report-once.ts', [String(entries)], process.env) as Once
  return {
    entries,
    seconds: once.seconds,
    peakMegabytes: (once.peak_KiB * 1_024) / 1e6,
    fileMegabytes: once.bytes / 1e6,
  }
}
