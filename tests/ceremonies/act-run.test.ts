import { createHash } from 'node:crypto'
import t from 'tap'
import type { VersionId } from '#core'
import { sha256 } from '#core'
import { appendEntries, auditLog } from '#evidence'
import { createActRecorder } from '../../src/ceremonies/act-recorder.ts'
import { linkProof } from '../../src/ceremonies/act.ts'
import type { ActRecorder, ActResult, ActSubmission, BatchQueue } from '../../src/ceremonies/act-writer.ts'
import { createActWriter } from '../../src/ceremonies/act-writer.ts'
import { benchToken, fillOrganisation } from '../../src/cli/bench/prepare-store.ts'
import { aDraft } from '../support/evidence-samples.ts'
import { testService } from '../support/service.ts'
import { published } from '../support/story.ts'

t.setTimeout(240_000)

const service = await testService(t)
const { own, platform, database, send } = service
const { organisationId } = own
const version = await published(service, own)
await fillOrganisation(platform, database, organisationId, version.versionId as VersionId, 400)
const link = `${organisationId.replaceAll('-', '')}.${benchToken(organisationId, 0)}`
const { body } = await send('POST', '/v1/openings', { as: link, body: { language: 'nl' } })
const { statement } = body.choices.find((offer: { choice: string }) => offer.choice === 'seen')

function submission(person: number, key = `key-number-${person}-00000000`): ActSubmission {
  return {
    organisationId,
    tokenSha256: sha256(benchToken(organisationId, person)),
    idempotencyKey: key,
    fingerprint: createHash('sha256').update(String(person)).digest(),
    command: { statementId: 'main', choice: 'seen', reason: null, language: 'nl', documentSha256: body.document.sha256, statement, userAgent: 'test', networkClass: 'loopback' }, // prettier-ignore
    proof: linkProof(),
  }
}

/** A queue of batches that were cut beforehand, and what came of each submission. */
function cut(batches: ActSubmission[][], onTake: (count: number) => void = () => undefined) {
  const outcomes = new Map<ActSubmission, ActResult>()
  const sizes: number[] = []
  const givenBack: ActSubmission[] = []
  let taken = 0
  const queue: BatchQueue = {
    take: () => {
      onTake((taken += 1))
      return batches.shift() ?? []
    },
    arrival: () => (batches.length > 0 ? Promise.resolve() : new Promise(() => undefined)),
    giveBack: (back) => {
      givenBack.push(...back)
      batches.unshift([...back])
    },
    answer: (batch, results) => {
      sizes.push(batch.length)
      batch.forEach((each, at) => outcomes.set(each, results[at]!))
    },
  }
  return { queue, outcomes, sizes, givenBack }
}

const range = (from: number, to: number): ActSubmission[] =>
  Array.from({ length: to - from }, (_, offset) => submission(from + offset))

/** A recorder that has the version in memory, because it has recorded some. */
async function knowingRecorder(some: ActSubmission[]): Promise<ActRecorder> {
  const recorder = createActRecorder({ platform, database })
  await recorder.record(organisationId, some)
  return recorder
}

async function findings(): Promise<unknown> {
  const report = await database.readInOrganisation(organisationId, (trx) => auditLog(trx, organisationId))
  return report.findings
}

t.test(
  'batches that follow each other are one log without a gap, each with receipts of its own tree',
  async (t) => {
    const { queue, outcomes, sizes } = cut([range(0, 5), range(5, 20), range(20, 21), range(21, 40)])
    await createActRecorder({ platform, database }).run(organisationId, queue)
    t.strictSame(sizes, [], 'the version is not in memory yet, so nothing was taken further')
    const recorder = await knowingRecorder(range(0, 5))
    const again = cut([range(5, 20), range(20, 21), range(21, 40)])
    await recorder.run(organisationId, again.queue)
    t.strictSame(again.sizes, [15, 1, 19])
    const receipts = [...again.outcomes.values()].map((each) => (each.kind === 'recorded' ? each.answer.receipt : undefined)) // prettier-ignore
    const first = receipts[0]!.entryIndex
    t.strictSame(receipts.map((each) => each!.entryIndex), receipts.map((_, at) => first + at)) // prettier-ignore
    t.strictSame([...new Set(receipts.map((each) => each!.treeSize))], [first + 15, first + 16, first + 35])
    t.strictSame(await findings(), [])
    t.equal(outcomes.size, 0)
  },
)

t.test(
  'who depends on the batch being written waits for it: the same key, the same assignment',
  async (t) => {
    const recorder = await knowingRecorder(range(50, 51))
    const twice = submission(52)
    const other = submission(53, 'another-key-for-53-0000')
    const { queue, outcomes, givenBack } = cut([range(51, 55), [twice, other, submission(60)]])
    await recorder.run(organisationId, queue)
    t.strictSame(givenBack, [twice, other])
    t.match(outcomes.get(twice), { kind: 'recorded', replayed: true })
    t.match(outcomes.get(other), { kind: 'refused', problem: { code: 'already-acted' } })
    t.equal(outcomes.size, 7)
  },
)

t.test(
  'who comes while the answers of the last batch are still out is taken on, and their look-ups show all of it',
  async (t) => {
    const recorder = await knowingRecorder(range(70, 71))
    const twice = submission(71)
    const other = submission(72, 'another-key-for-72-0000')
    // Nobody waits when the first batch is sent, nor when the second is, and after the third nobody comes at all.
    const { queue, outcomes, sizes, givenBack } = cut([range(71, 74), [], [twice, other, submission(74)], [], range(75, 77)]) // prettier-ignore
    await recorder.run(organisationId, queue)
    t.strictSame(sizes.toSorted(), [2, 3, 3], 'one run did all of it')
    t.strictSame(givenBack, [])
    t.match(outcomes.get(twice), { kind: 'recorded', replayed: true })
    t.match(outcomes.get(other), { kind: 'refused', problem: { code: 'already-acted' } })
    const lines = cut([range(77, 78), [], [submission(77)]])
    await recorder.run(organisationId, lines.queue)
    t.strictSame(lines.sizes, [1, 1], 'a late batch in which nothing is to be written is answered as well')
    t.strictSame(await findings(), [])
    const client = await database.withClient((one) => Promise.resolve(one.getTransactionStatus()))
    t.equal(client, 'I', 'no transaction is left open')
  },
)

t.test(
  'another writer in between: what was planned ahead is not written, and is recorded when done again',
  async (t) => {
    const recorder = await knowingRecorder(range(100, 101))
    let interfered: Promise<unknown> = Promise.resolve()
    // When the second batch is taken the first is sent right after; the entry comes between it and the second.
    const { queue, outcomes } = cut([range(101, 110), range(110, 120), range(120, 130)], (count) => {
      if (count !== 2) return
      interfered = database.inOrganisation(organisationId, (trx) =>
        appendEntries(platform, trx, organisationId, [aDraft({ at: platform.clock() })]),
      )
    })
    await recorder.run(organisationId, queue)
    await interfered
    const left = range(101, 130).filter((each) => ![...outcomes.keys()].some((done) => done.idempotencyKey === each.idempotencyKey)) // prettier-ignore
    t.comment(`${left.length} of 29 were done again`)
    if (left.length > 0) await recorder.record(organisationId, left)
    t.strictSame(await findings(), [])
    const rows = await service.adminQuery<{ count: number }>(
      `select count(*)::int as count from act
     join link on link.assignment_id = act.assignment_id where link.token_sha256 = any($1)`,
      [range(101, 130).map((each) => each.tokenSha256)],
    )
    t.equal(rows[0]!.count, 29, 'each is recorded once')
  },
)

t.test('two writers on one organisation answer everybody once', async (t) => {
  const failures: unknown[] = []
  const writers = [1, 2].map(() => createActWriter(createActRecorder({ platform, database }), (error) => failures.push(error))) // prettier-ignore
  const all = range(200, 400)
  const results = await Promise.all(all.map((each, at) => writers[at % 2]!.submit(each)))
  t.ok(results.every(({ kind }) => kind === 'recorded'))
  t.strictSame(failures, [])
  const indexes = results.map((each) => (each.kind === 'recorded' ? each.answer.receipt.entryIndex : -1))
  t.equal(new Set(indexes).size, 200)
  t.strictSame(await findings(), [])
})
