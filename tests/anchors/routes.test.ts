import t from 'tap'
import { readWitnessPolicy } from '#anchors'
import { sha256 } from '#core'
import { factsOf, readEntry } from '#evidence'
import { validateTimestamp } from '#timestamps'
import { anAnchorBench, aStampedBench, hour_ms } from '../support/anchors-bench.ts'
import { anAnchorClient } from '../support/anchors-server.ts'
import { testDatabase } from '../support/database.ts'
import { aWitness } from '../support/witness-samples.ts'

const db = await testDatabase(t)

t.test('anchors are listed newest first, page by page, and their evidence can be had', async (t) => {
  const bench = await aStampedBench(t, db)
  const client = anAnchorClient(t, bench)
  for (const _ of [1, 2, 3]) {
    await bench.log.grow(1)
    await bench.roundAfter(hour_ms)
  }
  const first = await client('GET', '/v1/ledger/anchors?pageSize=2')
  t.equal(first.status, 200)
  t.same(first.body.items.map((item: { size: number }) => item.size), [4, 3]) // prettier-ignore
  const second = await client('GET', `/v1/ledger/anchors?pageSize=2&cursor=${first.body.nextCursor}`)
  t.match(second.body, { items: [{ size: 2, kind: 'timestamp', development: false, renews: null }], nextCursor: null }) // prettier-ignore
  const { anchorId, note, provenAt } = second.body.items[0]
  const file = await client('GET', `/v1/ledger/anchors/${anchorId}/evidence`)
  t.equal(file.headers['content-type'], 'application/timestamp-reply')
  t.match(String(file.headers['content-disposition']), /checkpoint-2\.tsr/)
  const valid = validateTimestamp(file.bytes, { sha256: sha256(Buffer.from(note)), roots: bench.tsa.roots })
  t.equal(valid.at, provenAt)
})

t.test('nothing of one organisation is shown to another', async (t) => {
  const bench = await aStampedBench(t, db)
  const other = await anAnchorBench(db, [])
  await bench.round()
  const client = anAnchorClient(t, bench)
  const [{ anchorId }] = (await client('GET', '/v1/ledger/anchors')).body.items
  const as = other.log.organisationId
  t.same((await client('GET', '/v1/ledger/anchors', { as })).body.items, [])
  t.match(await client('GET', `/v1/ledger/anchors/${anchorId}/evidence`, { as }), { status: 404, body: { code: 'anchor-not-found' } }) // prettier-ignore
  t.match((await client('GET', '/v1/ledger/brackets/0', { as })).body, { after: null, before: null })
})

t.test('A4: a bracket says who told the time, and is open where nobody did', async (t) => {
  const bench = await aStampedBench(t, db)
  const client = anAnchorClient(t, bench)
  const bracket = async (index: number) => (await client('GET', `/v1/ledger/brackets/${index}`)).body
  t.match(await bracket(0), { entryIndex: 0, after: null, before: null })
  await bench.round()
  await bench.log.grow(2)
  t.match(await bracket(1), { after: { at: '2026-11-21T08:00:00.000Z', size: 1 }, before: null })
  await bench.roundAfter(hour_ms)
  t.match(await bracket(0), { after: null, before: { at: '2026-11-21T08:00:00.000Z', authority: 'Loopback TSA' } }) // prettier-ignore
  t.match(await bracket(2), {
    after: { at: '2026-11-21T08:00:00.000Z', size: 1, development: false },
    before: { at: '2026-11-21T09:00:00.000Z', size: 3, development: false },
  })
  t.match(await client('GET', '/v1/ledger/brackets/3'), { status: 404, body: { code: 'entry-not-found' } })
  t.equal((await client('GET', '/v1/ledger/brackets/-1')).status, 400)
})

t.test('an anchor that is asked for is taken in the next round, once for each key', async (t) => {
  const bench = await aStampedBench(t, db)
  const client = anAnchorClient(t, bench)
  await bench.round()
  const key = 'the-same-key-each-time'
  const answer = await client('POST', '/v1/ledger/anchors', { key })
  t.match(answer, { status: 202, body: { size: 1, requestedAt: '2026-11-21T08:00:00.000Z' } })
  await bench.round()
  t.same((await client('POST', '/v1/ledger/anchors', { key })).body, answer.body)
  await bench.round()
  t.equal(bench.tsa.requests.length, 2)
})

t.test('the witness policy is set by whoever saw the one before, and stands in the ledger', async (t) => {
  const bench = await aStampedBench(t, db)
  const { organisationId, verifierKey } = bench.log
  const client = anAnchorClient(t, bench)
  await bench.round()
  const own = `log ${verifierKey}\nquorum none\n`
  const before = await client('GET', '/v1/witness-policy')
  t.match(before, { body: { revision: 0, policy: own, setAt: null }, headers: { etag: '"0"' } })
  const { url, witness } = await aWitness(t, [verifierKey])
  const policy = `# council\nlog ${verifierKey}\nwitness council ${witness.vkey} ${url}\nquorum council\n`
  const put = (body: object, match?: string) =>
    client('PUT', '/v1/witness-policy', { body, ...(match === undefined ? {} : { match }) })
  t.equal((await put({ policy })).status, 428)
  t.match(await put({ policy }, '"7"'), { status: 412 })
  t.match(await put({ policy }, '"0"'), { status: 200, body: { revision: 1, policy }, headers: { etag: '"1"' } }) // prettier-ignore
  const entry = await bench.log.read((trx) => readEntry(trx, organisationId, 1))
  t.equal(entry!.kind, 'witness-policy-set')
  const facts = factsOf(entry!.disclosures.filter((one) => one !== null))
  t.match(facts, { policy, revision: 1, quorum: 'council', witnesses: [witness.vkey] })
  await bench.round()
  t.equal((await bench.anchors()).at(-1)!.cosignatures.length, 1, 'and an anchor is taken under it')
  t.equal(await bench.log.read((trx) => readWitnessPolicy(trx, organisationId)), policy)
  const [set] = await db.adminQuery<{ created_at: Date }>(
    'select created_at from witness_policy where organisation_id = $1',
    [organisationId],
  )
  const earlier = new Date(set!.created_at.getTime() - 1).toISOString() as never
  t.equal(await bench.log.read((trx) => readWitnessPolicy(trx, organisationId, earlier)), own)
})

t.test('of two who set a policy at once one is told that it has changed', async (t) => {
  const bench = await aStampedBench(t, db)
  const client = anAnchorClient(t, bench)
  const policy = `log ${bench.log.verifierKey}\nquorum none\n`
  const answers = await Promise.all(
    [1, 2, 3].map(() => client('PUT', '/v1/witness-policy', { match: '"0"', body: { policy } })),
  )
  t.same(answers.map(({ status }) => status).toSorted(), [200, 412, 412]) // prettier-ignore
})

t.test('a policy that cannot be followed is refused with the reason', async (t) => {
  const bench = await aStampedBench(t, db)
  const other = await anAnchorBench(db, [])
  const client = anAnchorClient(t, bench)
  const { witness } = await aWitness(t, [])
  const log = `log ${bench.log.verifierKey}\n`
  const cases = [
    { policy: 'quorum none\n', code: 'log' },
    { policy: `log ${other.log.verifierKey}\nquorum none\n`, code: 'log' },
    { policy: `${log}log ${other.log.verifierKey}\nquorum none\n`, code: 'log' },
    { policy: `${log}witness w ${witness.vkey}\nquorum w\n`, code: 'url' },
    { policy: `${log}quorum nobody\n`, code: 'line-2' },
    { policy: log, code: 'line-0' },
  ]
  for (const { policy, code } of cases) {
    const answer = await client('PUT', '/v1/witness-policy', { match: '"0"', body: { policy } })
    t.match(answer, { status: 422, body: { code: 'witness-policy-invalid', errors: [{ code }] } }, policy)
  }
  t.equal((await client('GET', '/v1/witness-policy')).body.revision, 0)
})
