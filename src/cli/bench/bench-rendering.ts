import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { RenderPool, SealSigner } from '#documents'
import { createRenderPool, sealBytes } from '#documents'
import { systemClock } from '#platform'
import { bareDocument, exampleEdition } from './document-samples.ts'
import { inTurns, ratioOf, type Turn } from './turns.ts'

export type RenderingFigures = {
  readonly documentsPerSecond: number
  /** Processor time of one full document to that of the same words by pdfkit alone. */
  readonly toBare: number
  /** Documents per second with two threads to one. */
  readonly twoWorkersToOne: number
  /** The 99th percentile of the delay of the event loop while documents are rendered and sealed, five of it resolution. */
  readonly loopDelay_ms: number
}

/** Measures one document after the other in one thread, in turns with pdfkit alone on the same words, and threads. */
export async function benchRendering(
  repeats: number,
  count: number,
  signer: SealSigner,
): Promise<RenderingFigures & { readonly full: readonly Turn[] }> {
  const input = exampleEdition()
  const [one, two] = [createRenderPool({ threads: 1 }), createRenderPool({ threads: 2 })]
  try {
    await Promise.all([one.warm(), two.warm()])
    const { full, bare } = await inTurns(repeats, {
      full: { count, piece: () => one.render(input) },
      bare: { count, piece: () => bareDocument(input) },
    })
    // A turn hands over many at once, so that every thread always has the next one waiting.
    const many = await inTurns(repeats, {
      one: { count: 1, piece: () => renderMany(one, count * 2) },
      two: { count: 1, piece: () => renderMany(two, count * 2) },
    })
    return {
      documentsPerSecond:
        1_000 / full.toSorted((a, b) => a.wall_ms - b.wall_ms)[Math.floor(repeats / 2)]!.wall_ms,
      toBare: ratioOf(full, bare),
      twoWorkersToOne: ratioOf(many.one, many.two, 'wall_ms'),
      loopDelay_ms: await loopDelay(two, 300, signer),
      full,
    }
  } finally {
    await Promise.all([one.close(), two.close()])
  }
}

async function renderMany(pool: RenderPool, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => pool.render(exampleEdition())))
}

/** What a request has to wait for while documents are made: they are rendered in threads, and sealed here. */
async function loopDelay(pool: RenderPool, count: number, signer: SealSigner): Promise<number> {
  const histogram = monitorEventLoopDelay({ resolution: 5 })
  const input = exampleEdition()
  let left = count
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const { bytes } = await pool.render(input)
      await sealBytes(bytes, signer, { at: systemClock(), name: 'Voorbeeld & Zonen B.V.' })
    }
  }
  histogram.enable()
  await Promise.all(Array.from({ length: 8 }, client))
  histogram.disable()
  return histogram.percentile(99) / 1e6
}
