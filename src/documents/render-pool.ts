import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { problem, sha256 } from '#core'
import type { DocumentInput } from './document-inputs.ts'
import { characterProblem, checkDocument, type RenderedDocument } from './document-rendering.ts'
import type { RenderAnswer } from './render-worker.ts'
import { warmUpInput } from './render-warm-up.ts'

export type RenderPoolOptions = {
  /** Threads; one per core unless told otherwise. */
  readonly threads?: number
  /** Documents that may wait while all threads are busy; one more is refused with `rendering-busy`. */
  readonly queueMax?: number
  /** Memory of one thread, in MB: enough for a report of ten thousand lines unless told otherwise. */
  readonly memoryMax_MB?: number
  /** The program of the threads; tests give one that dies. */
  readonly program?: URL
}

/** Makes documents away from the event loop. */
export type RenderPool = {
  /**
   * Makes one document. Throws `character-without-glyph` (422), `rendering-busy` (503, with Retry-After) when the queue
   * is full or the pool is closed, `rendering-failed` (503, with Retry-After) when the thread died over it, and an Error
   * when the layout failed.
   */
  readonly render: (input: DocumentInput) => Promise<RenderedDocument>
  /** Lets every thread make one document, so that no request pays for a cold start (about half a second). */
  readonly warm: () => Promise<void>
  /** Takes no new documents, lets the accepted ones end, then stops the threads. */
  readonly close: () => Promise<void>
}

const retryAfter_s = 2

/**
 * Starts the rendering threads. Each renders one document at a time; its memory is bounded, so that one document can
 * end its thread, which is replaced, but never the service.
 */
export function createRenderPool(options: RenderPoolOptions = {}): RenderPool {
  const threads = options.threads ?? availableParallelism()
  const queueMax = options.queueMax ?? 200
  const piscina = new Piscina<DocumentInput, RenderAnswer>({
    filename: (options.program ?? new URL('./render-worker.ts', import.meta.url)).href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMax_MB ?? 256, maxYoungGenerationSizeMb: 32 },
  })
  // The render that a dying thread had in hand is refused below. Piscina says it here as well, and with nobody listening
  // that would end the process.
  piscina.on('error', () => undefined)
  let accepted = 0
  let closed = false

  const run = async (input: DocumentInput): Promise<RenderedDocument> => {
    if (closed || accepted >= threads + queueMax) throw problem('rendering-busy', { retryAfter_s })
    accepted += 1
    try {
      // A thread answers whatever happens; without an answer it died: out of memory, or gone.
      const answer = await piscina.run(input).catch((cause: unknown) => {
        throw problem('rendering-failed', { retryAfter_s, cause })
      })
      if (answer.kind === 'failed') throw new Error(`a document could not be laid out: ${answer.stack}`)
      if (answer.kind === 'refused') throw characterProblem(answer.errors)
      const { buffer, byteOffset, byteLength } = answer.bytes
      const bytes = Buffer.from(buffer, byteOffset, byteLength)
      return { bytes, sha256: sha256(bytes) }
    } finally {
      accepted -= 1
    }
  }

  return {
    render: async (input) => {
      // Here and not only in the thread: an input that will be refused shall not wait in a queue.
      const refused = checkDocument(input)
      if (refused.length > 0) throw characterProblem(refused)
      return run(input)
    },
    warm: async () => {
      await Promise.all(Array.from({ length: threads }, () => run(warmUpInput)))
    },
    close: () => {
      closed = true
      return piscina.close()
    },
  }
}
