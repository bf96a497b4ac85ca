import type pg from 'pg'
import type { OrganisationId } from '#core'
import type { Database } from '#database'
import { corked } from '#database'
import type { AppendPlan, LedgerHead } from '#evidence'
import { headAfter, LedgerMovedError, logSigner, openHead, planAppend } from '#evidence'
import type { Platform } from '#platform'
import type { CredentialStandingNow } from '#signing'
import { standingCredentials } from '#signing'
import type { BatchKnowledge, BatchVerdict } from './act-batch.ts'
import { decideBatch, touchedBy } from './act-batch.ts'
import { writeStatement } from './act-batch-statements.ts'
import { beginText, clientIdsOf, readAnswered, readContexts } from './act-reads.ts'
import type { ActSubject } from './act-subject.ts'
import type { LinkContext, SubjectId } from './act.ts'
import { subjectIdOf } from './act.ts'
import type { ActSubmission, BatchQueue } from './act-writer.ts'

export type RunDeps = { readonly platform: Platform; readonly database: Database }

/** What is kept in memory of an organisation because it cannot change. */
export type KeptOrganisation = { readonly name: string; readonly subjects: Map<SubjectId, ActSubject | null> }

/** Versions or bundles that the batch needs and that are not in memory yet. */
export class SubjectsMissing extends Error {
  readonly subjects: readonly Pick<LinkContext, 'versionId' | 'bundleId'>[]
  constructor(subjects: readonly Pick<LinkContext, 'versionId' | 'bundleId'>[]) {
    super('what an act is about is not in memory')
    this.subjects = subjects
  }
}

/** A batch with all that was decided about it. Without a plan nothing of it is to be written. */
export type PlannedBatch = {
  readonly batch: readonly ActSubmission[]
  readonly verdict: BatchVerdict
  readonly plan: AppendPlan | undefined
}

type Reads = Pick<BatchKnowledge, 'contexts' | 'answered' | 'credentials'>
const nothingRead: Reads = { contexts: new Map(), answered: new Map(), credentials: new Map() }

export type Run = {
  readonly deps: Pick<RunDeps, 'platform'>
  readonly client: pg.ClientBase
  readonly organisationId: OrganisationId
  readonly kept: KeptOrganisation
  readonly queue: BatchQueue
  /** Told of a batch once it is committed, or once it is certain that there is nothing to commit. */
  readonly committed: (planned: PlannedBatch) => void
  /** Resolves when all that it has been told of is answered, or could not be. */
  readonly answered: () => Promise<unknown>
  /** How many batches may follow the first one. */
  readonly followersMax: number
}

/** One is being written, one is planned, and the clients of one are on their way back. */
export const batchesAtOnce = 3

/**
 * Records batch after batch on one connection, and plans each while the one before it is being written (decision 0109).
 *
 * The first locks the head and reads under the lock. What the next one needs is read before the first is written, so it
 * does not show the first one's acts: whoever depends on one of those is given back and waits for a later batch. The
 * next one is then planned on the head that the first will leave, and the statement that writes it does so only if the
 * head is exactly there. All that a decision rests on goes through the head: acts, withdrawals, erasures and the end of
 * a log; so nothing of it can have changed in between without being found out. Throws a LedgerMovedError then, and what
 * was taken and not committed has to be done again. Everything sent has been answered when this returns or throws.
 */
export async function runBatches(run: Run): Promise<void> {
  const writes: Promise<void>[] = []
  try {
    await writeInTurn(run, writes)
  } finally {
    await Promise.allSettled(writes)
  }
}

async function writeInTurn(run: Run, writes: Promise<void>[]): Promise<void> {
  let planned = await planFirst(run)
  let begun = true
  let failed = false
  while (planned.plan !== undefined) {
    const next = writes.length < run.followersMax ? headAfter(planned.plan) : undefined
    const waiting = next === undefined ? [] : run.queue.take(batchesAtOnce)
    const sent = send(run, planned, planned.plan, waiting, begun)
    const written = whenWritten(run, planned, sent)
    written.catch(() => (failed = true))
    writes.push(written)
    begun = false
    if (next === undefined) break
    const following = waiting.length > 0 ? setApart(run, waiting, await sent.reads, planned) : await readLate(run, writes) // prettier-ignore
    begun = following.begun
    if (following.batch.length === 0 || failed) break
    planned = planBatch(run, following.batch, next, following.reads)
  }
  if (begun) await run.client.query('commit')
  await Promise.all(writes)
  if (planned.plan === undefined) run.committed(planned)
}

/** The batch after the one that was sent, what was read for it, and whether it stands in a transaction of its own already. */
type Following = { readonly batch: readonly ActSubmission[]; readonly reads: Reads; readonly begun: boolean }

/**
 * Nobody waited when the last batch was sent. Whoever comes before its answers are out is taken on over the same
 * connection, so that nobody waits for answers to others; their look-ups follow the COMMIT and show all of it. Empty when
 * everybody was answered first.
 */
async function readLate(run: Run, writes: readonly Promise<void>[]): Promise<Following> {
  const { client, organisationId, queue } = run
  await Promise.race([queue.arrival(), Promise.allSettled(writes).then(run.answered)])
  const batch = queue.take(batchesAtOnce)
  if (batch.length === 0) return { batch, reads: nothingRead, begun: false }
  const [, reads] = await corked(client, () =>
    Promise.all([client.query(beginText(client, organisationId)), readAll(run, batch)]),
  )
  return { batch, reads, begun: true }
}

async function planFirst(run: Run): Promise<PlannedBatch> {
  const { client, organisationId, queue, followersMax } = run
  const batch = queue.take(followersMax === 0 ? 1 : batchesAtOnce)
  const [, head, reads] = await corked(client, () =>
    Promise.all([
      client.query(beginText(client, organisationId)),
      openHead(client, organisationId),
      readAll(run, batch),
    ]),
  )
  return planBatch(run, batch, head, reads)
}

/** Decides a batch and plans what is written of it, on the head as it will be when that comes to be written. */
function planBatch(run: Run, batch: readonly ActSubmission[], head: LedgerHead, reads: Reads): PlannedBatch {
  const { deps, organisationId, kept } = run
  const { platform } = deps
  const { contexts, answered, credentials } = reads
  const missing = [...contexts.values()].filter((each) => !kept.subjects.has(subjectIdOf(each)))
  if (missing.length > 0) throw new SubjectsMissing(missing)
  const verdict = decideBatch(batch, {
    organisation: { organisationId, name: kept.name },
    clientIds: clientIdsOf(batch),
    contexts,
    answered,
    credentials,
    subjects: kept.subjects,
    now: platform.clock(),
    newId: platform.newId,
    nextIndex: head.range.size,
  })
  const { accepted } = verdict
  if (accepted.length === 0) return { batch, verdict, plan: undefined }
  const drafts = accepted.map((each) => each.draft)
  const plan = planAppend(head, drafts, logSigner(platform, head), platform.randomBytes)
  return { batch, verdict, plan }
}

type Sent = { readonly reads: Promise<Reads>; readonly written: Promise<void> }

/** One packet: what the next batch needs to know, then the statement that writes this one, and COMMIT. */
function send(
  run: Run,
  planned: PlannedBatch,
  plan: AppendPlan,
  following: readonly ActSubmission[],
  begun: boolean,
): Sent {
  const { client, organisationId } = run
  const { text, values } = writeStatement(plan, planned.verdict.accepted.map((each) => each.row)) // prettier-ignore
  return corked(client, () => {
    const begin = begun ? undefined : client.query(beginText(client, organisationId))
    const reads = readAll(run, following)
    const write = client.query<{ written: number }>(text, [...values])
    const commit = client.query('commit')
    const written = Promise.all([begin, write, commit, reads]).then(([, answer, ended]) => {
      if (answer.rows[0]?.written !== 1) throw new LedgerMovedError(organisationId, plan.before.range.size)
      // COMMIT of a transaction that failed answers ROLLBACK without an error.
      if (ended.command !== 'COMMIT') throw new Error('the batch was not committed')
    })
    return { reads, written }
  })
}

async function whenWritten(run: Run, planned: PlannedBatch, { written }: Sent): Promise<void> {
  await written
  run.committed(planned)
}

/** The look-ups of a batch, in the transaction under way; the third only where something in it was signed. */
async function readAll({ client, organisationId }: Run, batch: readonly ActSubmission[]): Promise<Reads> {
  if (batch.length === 0) return nothingRead
  const signedWith = batch.flatMap(({ proof }) => proof.signingCredentialId ?? [])
  const [contexts, answered, credentials] = await Promise.all([
    readContexts(client, organisationId, batch),
    readAnswered(client, organisationId, batch, clientIdsOf(batch)),
    signedWith.length === 0
      ? new Map<string, CredentialStandingNow>()
      : standingCredentials(client, organisationId, signedWith),
  ])
  return { contexts, answered, credentials }
}

/** Takes out of a batch whoever depends on an act of the one before it, and gives them back. */
function setApart(
  { queue }: Run,
  following: readonly ActSubmission[],
  reads: Reads,
  { verdict }: PlannedBatch,
): Following {
  const touches = touchedBy(verdict.accepted)
  const clientIds = clientIdsOf(following)
  const dependent = following.filter((each, at) => touches(clientIds[at]!, each, reads.contexts.get(at)))
  if (dependent.length === 0) return { batch: following, reads, begun: false }
  queue.giveBack(dependent)
  const back = new Set(dependent)
  const batch = following.filter((each) => !back.has(each))
  const places = batch.map((each) => following.indexOf(each))
  return {
    batch,
    begun: false,
    reads: {
      contexts: moved(reads.contexts, places),
      answered: moved(reads.answered, places),
      credentials: reads.credentials,
    },
  }
}

/** The same values at the places that are left. */
function moved<Value>(values: ReadonlyMap<number, Value>, places: readonly number[]): Map<number, Value> {
  return new Map(places.flatMap((from, to) => (values.has(from) ? [[to, values.get(from)!]] : [])))
}
