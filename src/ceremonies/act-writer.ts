import type { OrganisationId, ProblemError } from '#core'
import { problem } from '#core'
import type { ProofParts } from '#evidence'
import type { ActAnswer } from './act-answer.ts'
import type { ActCommand, ActProof } from './act.ts'

/** A request to record an act, as it waits for its batch. */
export type ActSubmission = {
  readonly organisationId: OrganisationId
  readonly tokenSha256: Buffer
  readonly idempotencyKey: string
  /** SHA-256 over method, path and raw body. */
  readonly fingerprint: Buffer
  readonly command: ActCommand
  readonly proof: ActProof
}

/** What became of one submission of a batch. */
export type ActResult =
  | {
      readonly kind: 'recorded'
      readonly answer: ActAnswer
      readonly replayed: boolean
      readonly proof?: ProofParts
    }
  | { readonly kind: 'refused'; readonly problem: ProblemError }

/** Where a run of batches takes from and answers to. */
export type BatchQueue = {
  /** One part of those who wait and those who were taken and not answered, cut into so many; empty when nobody waits. */
  take(parts: number): readonly ActSubmission[]
  /** Resolves once somebody waits, and what arrived at the same time waits too. */
  arrival(): Promise<void>
  /** Puts some that were taken back in front. */
  giveBack(submissions: readonly ActSubmission[]): void
  /** The outcomes of a batch, in its order. */
  answer(batch: readonly ActSubmission[], results: readonly ActResult[]): void
}

export type ActRecorder = {
  /** Records a batch in one transaction: all of its accepted acts or none. Outcomes in the order of the batch. */
  record(organisationId: OrganisationId, batch: readonly ActSubmission[]): Promise<readonly ActResult[]>
  /**
   * Records batches from a queue as long as somebody waits, one transaction each. What was taken and not answered when
   * it ends, or throws, may have been recorded or not: `record` finds that out.
   */
  run(organisationId: OrganisationId, queue: BatchQueue): Promise<void>
}

export type ActWriter = {
  /** Resolves once the act is committed, or it is certain that it is not. */
  submit(submission: ActSubmission): Promise<ActResult>
  /** Resolves when everything submitted so far has been answered. */
  drain(): Promise<void>
}

type Waiting = ActSubmission & {
  readonly resolve: (result: ActResult) => void
  readonly reject: (error: unknown) => void
}

/** Those of one organisation who wait, in the order in which they came, and what is to happen when another one comes. */
type Line = { readonly waiting: Waiting[]; onArrival: () => void }

/** What has arrived already is read from its sockets first, so that it need not wait for a batch of one to come back. */
const othersToArrive = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const batchSizeMax = 256
/** Fewer are not worth a transaction of their own. */
const partSizeMin = 8
const queueLengthMax = 4_096
const attemptsMax = 4
const retryPause_ms = 50

/**
 * Group commit: at most one run of an organisation is under way, and whoever arrives meanwhile goes into one of its next
 * batches. There is no timer; a lone request is a batch of one and waits for nobody (decision 0043). `onFailure` is told
 * of every attempt that failed.
 */
export function createActWriter(recorder: ActRecorder, onFailure: (error: unknown) => void): ActWriter {
  const lines = new Map<OrganisationId, Line>()
  const running = new Set<Promise<void>>()

  async function work(organisationId: OrganisationId, line: Line): Promise<void> {
    while (line.waiting.length > 0) {
      await othersToArrive()
      const taken = new Set<Waiting>()
      await recorder.run(organisationId, queueOn(line, taken)).catch(onFailure)
      if (taken.size > 0) await settle(recorder, onFailure, organisationId, [...taken])
    }
    lines.delete(organisationId)
  }

  return {
    submit(submission) {
      return new Promise((resolve, reject) => {
        const line = lines.get(submission.organisationId)
        const waiting = { ...submission, resolve, reject }
        if (line !== undefined) {
          if (line.waiting.length >= queueLengthMax) reject(problem('service-busy', { retryAfter_s: 2 }))
          else {
            line.waiting.push(waiting)
            line.onArrival()
          }
          return
        }
        const fresh = { waiting: [waiting], onArrival: () => undefined }
        lines.set(submission.organisationId, fresh)
        const done = work(submission.organisationId, fresh).finally(() => running.delete(done))
        running.add(done)
      })
    },
    async drain() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

function queueOn(line: Line, taken: Set<Waiting>): BatchQueue {
  const { waiting: queue } = line
  return {
    take(parts) {
      const share = Math.ceil((queue.length + taken.size) / parts)
      const batch = queue.splice(0, Math.min(Math.max(share, partSizeMin), batchSizeMax))
      for (const waiting of batch) taken.add(waiting)
      return batch
    },
    async arrival() {
      if (queue.length === 0) await new Promise<void>((resolve) => (line.onArrival = resolve))
      await othersToArrive()
    },
    giveBack(submissions) {
      for (const waiting of submissions as Waiting[]) taken.delete(waiting)
      queue.unshift(...(submissions as Waiting[]))
    },
    answer(batch, results) {
      ;(batch as Waiting[]).forEach((waiting, index) => {
        taken.delete(waiting)
        waiting.resolve(results[index]!)
      })
    },
  }
}

/**
 * Answers every submission of a batch. A batch that fails is tried again, which is safe whatever became of it: acts
 * that were committed after all are found by their idempotency key. After that each is tried alone, so that one that
 * always fails does not take its neighbours with it.
 */
async function settle(
  recorder: ActRecorder,
  onFailure: (error: unknown) => void,
  organisationId: OrganisationId,
  batch: readonly Waiting[],
): Promise<void> {
  const results = await attempt(recorder, onFailure, organisationId, batch)
  if (results !== undefined) {
    batch.forEach((waiting, index) => waiting.resolve(results[index]!))
    return
  }
  if (batch.length > 1) {
    await Promise.all(batch.map((waiting) => settle(recorder, onFailure, organisationId, [waiting])))
    return
  }
  batch[0]!.reject(problem('service-busy', { retryAfter_s: 5 }))
}

async function attempt(
  recorder: ActRecorder,
  onFailure: (error: unknown) => void,
  organisationId: OrganisationId,
  batch: readonly Waiting[],
): Promise<readonly ActResult[] | undefined> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    try {
      return await recorder.record(organisationId, batch)
    } catch (error) {
      // Whether it was committed is found out by trying again under the same keys.
      onFailure(error)
      await new Promise((resolve) => setTimeout(resolve, retryPause_ms * 2 ** attempt))
    }
  }
  return undefined
}
