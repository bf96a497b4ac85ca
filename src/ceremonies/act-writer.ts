import type { OrganisationId, ProblemError } from '#core'
import { problem } from '#core'
import type { ActAnswer } from './act-answer.ts'
import type { ActCommand } from './act.ts'

/** A request to record an act, as it waits for its batch. */
export type ActSubmission = {
  readonly organisationId: OrganisationId
  readonly tokenSha256: Buffer
  readonly idempotencyKey: string
  /** SHA-256 over method, path and raw body. */
  readonly fingerprint: Buffer
  readonly command: ActCommand
}

/** What became of one submission of a batch. */
export type ActResult =
  | { readonly kind: 'recorded'; readonly answer: ActAnswer; readonly replayed: boolean }
  | { readonly kind: 'refused'; readonly problem: ProblemError }

/** Records a batch in one transaction: all of its accepted acts or none. Outcomes in the order of the batch. */
export type RecordBatch = (
  organisationId: OrganisationId,
  batch: readonly ActSubmission[],
) => Promise<readonly ActResult[]>

export type ActWriter = {
  /** Resolves once the act is committed, or it is certain that it is not. */
  submit(submission: ActSubmission): Promise<ActResult>
  /** Resolves when everything submitted so far has been answered. */
  drain(): Promise<void>
}

type Waiting = {
  readonly submission: ActSubmission
  readonly resolve: (result: ActResult) => void
  readonly reject: (error: unknown) => void
}

const batchSizeMax = 256
const queueLengthMax = 4_096
const attemptsMax = 4
const retryPause_ms = 50

/**
 * Group commit: at most one batch of an organisation is in flight, and whoever arrives meanwhile goes into the next.
 * There is no timer; a lone request is a batch of one and waits for nobody (decision 0043). `onFailure` is told of every
 * attempt that failed.
 */
export function createActWriter(record: RecordBatch, onFailure: (error: unknown) => void): ActWriter {
  const queues = new Map<OrganisationId, Waiting[]>()
  const running = new Set<Promise<void>>()

  async function work(organisationId: OrganisationId, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      // What has arrived already is read first, so that it need not wait for a batch of one to come back.
      await new Promise((resolve) => setImmediate(resolve))
      const batch = queue.splice(0, batchSizeMax)
      await settle(record, onFailure, organisationId, batch)
    }
    queues.delete(organisationId)
  }

  return {
    submit(submission) {
      return new Promise((resolve, reject) => {
        const queue = queues.get(submission.organisationId)
        const waiting = { submission, resolve, reject }
        if (queue !== undefined) {
          if (queue.length >= queueLengthMax) reject(problem('service-busy', { retryAfter_s: 2 }))
          else queue.push(waiting)
          return
        }
        const fresh = [waiting]
        queues.set(submission.organisationId, fresh)
        const done = work(submission.organisationId, fresh).finally(() => running.delete(done))
        running.add(done)
      })
    },
    async drain() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/**
 * Answers every submission of a batch. A batch that fails is tried again, which is safe whatever became of it: acts
 * that were committed after all are found by their idempotency key. After that each is tried alone, so that one that
 * always fails does not take its neighbours with it.
 */
async function settle(
  record: RecordBatch,
  onFailure: (error: unknown) => void,
  organisationId: OrganisationId,
  batch: readonly Waiting[],
): Promise<void> {
  const results = await attempt(record, onFailure, organisationId, batch)
  if (results !== undefined) {
    batch.forEach((waiting, index) => waiting.resolve(results[index]!))
    return
  }
  if (batch.length > 1) {
    await Promise.all(batch.map((waiting) => settle(record, onFailure, organisationId, [waiting])))
    return
  }
  batch[0]!.reject(problem('service-busy', { retryAfter_s: 5 }))
}

async function attempt(
  record: RecordBatch,
  onFailure: (error: unknown) => void,
  organisationId: OrganisationId,
  batch: readonly Waiting[],
): Promise<readonly ActResult[] | undefined> {
  const submissions = batch.map((waiting) => waiting.submission)
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    try {
      return await record(organisationId, submissions)
    } catch (error) {
      // Whether it was committed is found out by trying again under the same keys.
      onFailure(error)
      await new Promise((resolve) => setTimeout(resolve, retryPause_ms * 2 ** attempt))
    }
  }
  return undefined
}
