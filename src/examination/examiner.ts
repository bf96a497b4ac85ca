import { problem } from '#core'
import { ExaminingProcess } from './examining-process.ts'
import type { ProcessLimits, ProcessProgram, StopReason } from './examining-process.ts'

export type ExaminerOptions<Answer> = Partial<ProcessLimits> & {
  readonly program: ProcessProgram
  /** The answer if it has the shape that was agreed on, else undefined. Nothing else of it is believed. */
  readonly accept: (answer: unknown) => Answer | undefined
  /** How many files are examined at the same time. */
  readonly processes?: number
  /** How many may wait; one more is refused with `examination-busy`. */
  readonly queueMax?: number
}

/** What became of one file. `stopped` is about this file; the next one is examined by a new process. */
export type Examination<Answer> =
  | { readonly kind: 'examined'; readonly answer: Answer }
  | { readonly kind: 'stopped'; readonly because: StopReason }

/** Looks at files that strangers made, in processes apart. */
export type Examiner<Answer> = {
  /**
   * Asks about one file. Throws `examination-busy` (503, with Retry-After) when the queue is full or the examiner is
   * closed, and the reason of the signal if it is aborted while it waits.
   */
  readonly examine: (
    question: object,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ) => Promise<Examination<Answer>>
  /** Takes no more files, ends every process at once, and resolves when they are gone. */
  readonly close: () => Promise<void>
  /** The processes there are now, for those who watch for leaks. */
  readonly processCount: () => number
}

const defaults: ProcessLimits = {
  deadline_ms: 10_000,
  heapMax_MiB: 384,
  residentMax_MiB: 768,
  answerMax_bytes: 8 * 1024 * 1024,
}
const retryAfter_s = 5

type Waiting = { readonly go: () => void }

/** An examiner without any process yet: they are started on demand, reused, and replaced when one had to be ended. */
export function createExaminer<Answer>(options: ExaminerOptions<Answer>): Examiner<Answer> {
  const { program, accept, processes = 2, queueMax = 8 } = options
  const limits = { ...defaults, ...definedLimits(options) }
  const all = new Set<ExaminingProcess>()
  const idle: ExaminingProcess[] = []
  const queue: Waiting[] = []
  let busy = 0
  let closed = false

  const takeProcess = (): ExaminingProcess => {
    for (let found = idle.pop(); found !== undefined; found = idle.pop()) if (found.usable) return found
    const started = new ExaminingProcess(program, limits)
    all.add(started)
    void started.ended.then(() => all.delete(started))
    return started
  }

  const run = async (question: object, bytes: Uint8Array): Promise<Examination<Answer>> => {
    const process = takeProcess()
    const raw = await process.ask(question, bytes)
    if (raw.kind === 'stopped') return raw
    const answer = accept(raw.answer)
    if (answer === undefined) {
      process.kill('answer')
      return { kind: 'stopped', because: 'answer' }
    }
    idle.push(process)
    return { kind: 'examined', answer }
  }

  return {
    examine: async (question, bytes, signal) => {
      if (closed || queue.length >= queueMax) throw problem('examination-busy', { retryAfter_s })
      if (busy >= processes) await untilTurn(queue, signal)
      else busy++
      try {
        if (closed) throw problem('examination-busy', { retryAfter_s })
        return await run(question, bytes)
      } finally {
        // The turn is handed on: `busy` falls only when nobody waits.
        const next = queue.shift()
        if (next === undefined) busy--
        else next.go()
      }
    },
    close: async () => {
      closed = true
      for (const process of all) process.kill()
      await Promise.all([...all].map((process) => process.ended))
    },
    processCount: () => all.size,
  }
}

/** Waits until somebody hands on a turn. Whoever gives up leaves the queue. */
function untilTurn(queue: Waiting[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      const place = queue.indexOf(waiting)
      if (place < 0) return
      queue.splice(place, 1)
      reject(signal?.reason as Error)
    }
    const waiting: Waiting = {
      go: () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      },
    }
    if (signal?.aborted === true) return reject(signal.reason as Error)
    queue.push(waiting)
    signal?.addEventListener('abort', leave, { once: true })
  })
}

function definedLimits(options: Partial<ProcessLimits>): Partial<ProcessLimits> {
  const { deadline_ms, heapMax_MiB, residentMax_MiB, answerMax_bytes } = options
  const given = { deadline_ms, heapMax_MiB, residentMax_MiB, answerMax_bytes }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
