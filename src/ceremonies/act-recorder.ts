import type { ActId, OrganisationId } from '#core'
import { ProblemError } from '#core'
import {
  appendedEntries,
  LedgerMovedError,
  LedgerStoppedError,
  releaseAppend,
  releaseReceipt,
} from '#evidence'
import { actAnswer } from './act-answer.ts'
import type { KeptOrganisation, PlannedBatch, RunDeps } from './act-run.ts'
import { runBatches, SubjectsMissing } from './act-run.ts'
import { readActAnswer } from './act-view.ts'
import { subjectIdOf } from './act.ts'
import { organisationName } from './organisation-name.ts'
import { findSubject } from './subject-reader.ts'
import type { ActRecorder, ActResult, ActSubmission, BatchQueue } from './act-writer.ts'

/** `aloneUntil`: another writer appends to this log too, so until then no batch is planned ahead. */
type Known = KeptOrganisation & { aloneUntil: number }

const subjectsKeptMax = 200
/** A connection is given back after so many batches, so that others who wait for one get it. */
const followersMax = 63
const aloneFor_ms = 1_000

/**
 * Makes the recorder of acts. A batch is one transaction and one statement that writes entries, acts and keys; its
 * checkpoint is kept outside the database before anything is answered (decision 0066). What cannot change (published
 * versions, bundles, the name of the organisation) is kept in memory; what is not there yet is fetched outside the lock and
 * the batch starts again.
 */
export function createActRecorder(deps: RunDeps): ActRecorder {
  const kept = new Map<OrganisationId, Known>()

  async function knownOf(organisationId: OrganisationId): Promise<Known> {
    const known = kept.get(organisationId) ?? {
      name: await organisationName(deps.database, organisationId),
      subjects: new Map(),
      aloneUntil: 0,
    }
    kept.set(organisationId, known)
    return known
  }

  return {
    async run(organisationId, queue) {
      const known = await knownOf(organisationId)
      const followers = performance.now() < known.aloneUntil ? 0 : followersMax
      const stopped = await runOn(deps, organisationId, queue, known, followers)
      if (stopped instanceof LedgerMovedError) known.aloneUntil = performance.now() + aloneFor_ms
    },
    async record(organisationId, batch) {
      for (;;) {
        const known = await knownOf(organisationId)
        const { queue, results } = queueOf(batch)
        const stopped = await runOn(deps, organisationId, queue, known, 0)
        if (stopped === undefined) return results
        if (stopped instanceof LedgerStoppedError)
          return batch.map(() => ({ kind: 'refused', problem: stopped }))
        if (stopped instanceof LedgerMovedError) throw stopped
        await fetchSubjects(deps, organisationId, stopped, known)
      }
    },
  }
}

/** A queue of one batch, and where its results come to stand. */
function queueOf(batch: readonly ActSubmission[]): { queue: BatchQueue; results: ActResult[] } {
  const results: ActResult[] = []
  const queue: BatchQueue = {
    take: () => batch,
    arrival: () => Promise.resolve(),
    giveBack: () => undefined,
    answer: (_, answers) => void results.push(...answers),
  }
  return { queue, results }
}

/** Why a run ended before everything it had taken was written: no failure, but something to see to first. */
type Stopped = SubjectsMissing | LedgerStoppedError | LedgerMovedError | undefined

async function runOn(
  deps: RunDeps,
  organisationId: OrganisationId,
  queue: BatchQueue,
  kept: KeptOrganisation,
  followers: number,
): Promise<Stopped> {
  const answers: Promise<void>[] = []
  const committed = (planned: PlannedBatch): void => {
    const answered = answerBatch(deps, organisationId, planned, queue)
    answered.catch(() => undefined)
    answers.push(answered)
  }
  try {
    return await deps.database.withClient(async (client) => {
      try {
        const answered = (): Promise<unknown> => Promise.allSettled(answers)
        await runBatches({
          deps,
          client,
          organisationId,
          kept,
          queue,
          committed,
          answered,
          followersMax: followers,
        })
        return undefined
      } catch (error) {
        // A connection that answers no more takes its transaction with it.
        await client.query('rollback').catch(() => undefined)
        if (error instanceof SubjectsMissing || error instanceof LedgerStoppedError || error instanceof LedgerMovedError) return error // prettier-ignore
        throw error
      }
    })
  } finally {
    await Promise.all(answers)
  }
}

async function fetchSubjects(
  deps: RunDeps,
  organisationId: OrganisationId,
  { subjects }: SubjectsMissing,
  known: KeptOrganisation,
): Promise<void> {
  if (known.subjects.size > subjectsKeptMax) known.subjects.clear()
  await deps.database.readInOrganisation(organisationId, async (trx) => {
    for (const each of subjects)
      known.subjects.set(subjectIdOf(each), await findSubject(trx, organisationId, each))
  })
}

/** Answers a batch that is committed, once its checkpoint is kept outside the database. */
async function answerBatch(
  deps: RunDeps,
  organisationId: OrganisationId,
  { batch, verdict, plan }: PlannedBatch,
  queue: BatchQueue,
): Promise<void> {
  const results: ActResult[] = []
  if (plan !== undefined) {
    await releaseAppend(deps.platform, plan)
    deps.platform.metrics.count('beding_acts_total', {}, plan.entries.length)
    const entries = appendedEntries(plan)
    verdict.accepted.forEach(({ position, row }, index) => {
      const { statement } = batch[position]!.command
      const answer = actAnswer(row.act, statement, entries[index]!)
      const proof = { lines: plan.entries[index]!.proofLines, checkpoint: plan.checkpoint.note }
      results[position] = { kind: 'recorded', replayed: false, answer, proof }
    })
  }
  for (const [position, result] of verdict.refused) results[position] = result
  for (const [position, actId] of verdict.replays) {
    results[position] = await replayOf(deps, organisationId, actId)
  }
  for (const [position, first] of verdict.twins) {
    const result = results[first]!
    results[position] = result.kind === 'recorded' ? { ...result, replayed: true } : result
  }
  queue.answer(batch, results)
}

/** The answer again; when its content was erased meanwhile, that is this one's answer and no failure of the batch. */
async function replayOf(deps: RunDeps, organisationId: OrganisationId, actId: ActId): Promise<ActResult> {
  try {
    const answer = await deps.database.readInOrganisation(organisationId, (trx) => readActAnswer(trx, organisationId, actId)) // prettier-ignore
    await releaseReceipt(deps.platform, organisationId, answer.receipt)
    return { kind: 'recorded', replayed: true, answer }
  } catch (error) {
    if (error instanceof ProblemError) return { kind: 'refused', problem: error }
    throw error
  }
}
