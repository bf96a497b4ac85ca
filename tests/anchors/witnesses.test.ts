import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import t from 'tap'
import { anchorNow } from '#anchors'
import {
  openHead,
  logSigner,
  parseWitnessKey,
  readCheckpoint,
  verifyCosignature,
  witnessKey,
} from '#evidence'
import { signCheckpoint } from '../../src/evidence/checkpoint.ts'
import { publicKeyBytes, privateKeyOfSeed } from '../../src/evidence/ed25519-key.ts'
import type { AnchorBench } from '../support/anchors-bench.ts'
import { anAnchorBench, aStampedBench, hour_ms, minute_ms } from '../support/anchors-bench.ts'
import { anAnchorClient } from '../support/anchors-server.ts'
import { testDatabase } from '../support/database.ts'
import { evidencePlatform } from '../support/evidence-log.ts'
import { aWitness, requestBody, type ServedWitness } from '../support/witness-samples.ts'

const db = await testDatabase(t)

/** A server that answers every witness request in one way, under a key that it does not have. */
async function aFalseWitness(t: Test, status: number, type: string, body: string) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    request.setEncoding('utf8')
    let text = ''
    request.on('data', (piece: string) => (text += piece))
    request.on('end', () => {
      requests.push(text)
      response.writeHead(status, { 'content-type': type }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const { vkey } = witnessKey('false.example', publicKeyBytes(privateKeyOfSeed(Buffer.alloc(32, 77))))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, requests, witness: { vkey } }
}

type Asked = { readonly url: string; readonly witness: { readonly vkey: string } }

/** Sets a policy with these witnesses, named w1, w2, … */
async function setPolicy(
  t: Test,
  bench: AnchorBench,
  witnesses: readonly Asked[],
  rest: string,
): Promise<void> {
  const client = anAnchorClient(t, bench)
  const lines = witnesses.map(
    ({ url, witness }, position) => `witness w${position + 1} ${witness.vkey} ${url}\n`,
  )
  const policy = `log ${bench.log.verifierKey}\n${lines.join('')}${rest}`
  const { headers } = await client('GET', '/v1/witness-policy')
  const answer = await client('PUT', '/v1/witness-policy', {
    match: String(headers['etag']),
    body: { policy },
  })
  t.equal(answer.status, 200, JSON.stringify(answer.body))
}

/** A checkpoint of another history, by the log's own key: what an insider could sign. */
async function aForgedNote(bench: AnchorBench, size: number): Promise<string> {
  const { organisationId } = bench.log
  return db.database.withClient(async (client) => {
    await client.query(`begin; set local beding.organisation = '${organisationId}'`)
    const head = await openHead(client, organisationId)
    await client.query('rollback')
    return signCheckpoint({ size, root: Buffer.alloc(32, 9) }, logSigner(evidencePlatform, head))
  })
}

function hasCosigned(bench: AnchorBench, { witness }: ServedWitness): number | undefined {
  return witness.lastCosigned(bench.log.origin)?.checkpoint.size
}

t.test('A8: an anchor carries the cosignatures of the policy, in its order, and each holds', async (t) => {
  const bench = await aStampedBench(t, db)
  const [first, second] = [
    await aWitness(t, [bench.log.verifierKey]),
    await aWitness(t, [bench.log.verifierKey]),
  ]
  await setPolicy(t, bench, [first, second], 'group both all w1 w2\nquorum both\n')
  await bench.round()
  await bench.log.grow(6)
  await bench.roundAfter(hour_ms)
  const anchor = (await bench.anchors()).at(-1)!
  const note = (await bench.log.read((trx) => readCheckpoint(trx, bench.log.organisationId)))!.note
  t.equal(anchor.timestamps.length, 1)
  t.equal(anchor.cosigned, `${note}${anchor.cosignatures.map(({ line }) => `${line}\n`).join('')}`)
  for (const [position, { witness }] of [first, second].entries()) {
    const { line } = anchor.cosignatures[position]!
    t.equal(
      verifyCosignature(line, note, parseWitnessKey(witness.vkey)).at,
      anchor.cosignatures[position]!.at,
    )
  }
  t.equal(hasCosigned(bench, first), anchor.size)
  t.equal(bench.metric('beding_witness_attempts_total', '{outcome="cosigned"}'), 4)
  t.match(await anchorNow(bench.deps, bench.log.organisationId, anchor.size), {
    cosignatures: 2,
    quorum: 'met',
  })
})

t.test('A8: a witness that has seen another size is given the proof from there', async (t) => {
  const bench = await aStampedBench(t, db)
  await bench.log.grow(4)
  const witness = await aWitness(t, [bench.log.verifierKey])
  const early = (await bench.log.read((trx) => readCheckpoint(trx, bench.log.organisationId, 5)))!
  t.equal((await witness.post(requestBody(0, [], early.note))).status, 200)
  await bench.log.grow(700)
  await setPolicy(t, bench, [witness], 'quorum w1\n')
  await bench.round()
  const [anchor] = await bench.anchors()
  t.equal(anchor!.cosignatures.length, 1)
  t.equal(hasCosigned(bench, witness), 706)
  t.same(await bench.events('ledger.witness-conflict'), [])
})

t.test('A9: a witness that saw another history is an alarm', async (t) => {
  const bench = await aStampedBench(t, db)
  await bench.log.grow(9)
  const witness = await aWitness(t, [bench.log.verifierKey])
  t.equal((await witness.post(requestBody(0, [], await aForgedNote(bench, 7)))).status, 200)
  await setPolicy(t, bench, [witness], 'quorum w1\n')
  await bench.round()
  const { logId } = bench.log
  t.match(await bench.events('ledger.witness-conflict'), [
    { logId, witness: 'union.example/witness', reason: 'inconsistent', size: 11, witnessSize: null },
  ])
  t.equal(bench.metric('beding_witness_attempts_total', '{outcome="inconsistent"}'), 1)
  t.match(bench.captured.lines.join('\n'), /a witness contradicts this ledger/)
  const [anchor] = await bench.anchors()
  t.equal(anchor!.timestamps.length, 1, 'the token is taken all the same')
  t.equal(anchor!.cosigned, null)
})

t.test('A9: a witness with another tree of the same size is an alarm', async (t) => {
  const bench = await aStampedBench(t, db)
  await bench.log.grow(9)
  const witness = await aWitness(t, [bench.log.verifierKey])
  t.equal((await witness.post(requestBody(0, [], await aForgedNote(bench, 11)))).status, 200)
  await setPolicy(t, bench, [witness], 'quorum w1\n')
  await bench.round()
  t.match(await bench.events('ledger.witness-conflict'), [{ reason: 'inconsistent' }])
})

t.test(
  'A9: so is one that says so with a conflict of equal sizes, as the specification has it',
  async (t) => {
    const bench = await aStampedBench(t, db)
    const witness = await aFalseWitness(t, 409, 'text/x.tlog.size', '2\n')
    await setPolicy(t, bench, [witness], 'quorum none\n')
    await bench.round()
    t.same(witness.requests.map((text) => text.split('\n', 1)[0]), ['old 0', 'old 2']) // prettier-ignore
    t.match(await bench.events('ledger.witness-conflict'), [
      { witness: 'false.example', reason: 'inconsistent' },
    ])
  },
)

t.test('A9: a witness that has seen more than there is here is an alarm', async (t) => {
  const bench = await aStampedBench(t, db)
  const witness = await aWitness(t, [bench.log.verifierKey])
  t.equal((await witness.post(requestBody(0, [], await aForgedNote(bench, 1_000)))).status, 200)
  await setPolicy(t, bench, [witness], 'quorum none\n')
  await bench.round()
  t.match(await bench.events('ledger.witness-conflict'), [{ reason: 'ahead', size: 2, witnessSize: 1_000 }])
})

t.test('a witness that has cosigned a later checkpoint of this log is no alarm', async (t) => {
  const bench = await aStampedBench(t, db)
  const witness = await aWitness(t, [bench.log.verifierKey])
  await setPolicy(t, bench, [witness], 'quorum w1\n')
  await bench.log.grow(5)
  await bench.round()
  t.equal(hasCosigned(bench, witness), 7)
  const outcome = await anchorNow(bench.deps, bench.log.organisationId, 2)
  t.match(outcome, { kind: 'anchored', size: 2, cosignatures: 0, quorum: 'missing' })
  t.same(await bench.events('ledger.witness-conflict'), [])
})

t.test(
  'A8: a quorum that is not met delays the anchor and is tried again, without another token',
  async (t) => {
    const bench = await aStampedBench(t, db)
    const good = await aWitness(t, [bench.log.verifierKey])
    const refusing = await aFalseWitness(t, 403, 'text/plain', 'no\n')
    await setPolicy(t, bench, [good, refusing], 'group both all w1 w2\nquorum both\n')
    await bench.round()
    for (const minutes of [1, 2, 4, 8, 16]) await bench.roundAfter(minutes * minute_ms)
    t.equal(bench.tsa.requests.length, 1)
    t.equal(refusing.requests.length, 6)
    t.equal((await bench.anchors())[0]!.cosignatures.length, 1, 'what there is is kept once')
    t.match(await bench.events('ledger.anchor-delayed'), [{ logId: bench.log.logId, size: 2 }])
    await setPolicy(t, bench, [good, refusing], 'group one any w1 w2\nquorum one\n')
    await bench.roundAfter(0)
    const [state] = await db.adminQuery<{ failures: number; due_since: unknown }>(
      'select failures, due_since from anchor_state where organisation_id = $1',
      [bench.log.organisationId],
    )
    t.same(state, { failures: 0, due_since: null }, 'one of two is enough now')
  },
)

t.test(
  'a witness that lies is not believed, and one without an answer keeps nobody waiting for long',
  async (t) => {
    const bench = await anAnchorBench(db, [])
    const { origin } = bench.log
    const forged = `\u2014 false.example ${Buffer.alloc(76, 1).toString('base64')}\n`
    const lying = await aFalseWitness(t, 200, 'text/plain', forged)
    await setPolicy(t, bench, [lying, { url: 'http://127.0.0.1:9', witness: (await aWitness(t, [])).witness }], 'quorum none\n') // prettier-ignore
    const outcome = await anchorNow(bench.deps, bench.log.organisationId, 2)
    t.match(outcome, { kind: 'unanchored', size: 2 })
    t.same(await bench.anchors(), [])
    t.equal(bench.metric('beding_witness_attempts_total', '{outcome="failed"}'), 2)
    t.ok(lying.requests[0]!.includes(`\n${origin}\n2\n`))
  },
)

t.test('witnesses alone can anchor a log', async (t) => {
  const bench = await anAnchorBench(db, [])
  const witness = await aWitness(t, [bench.log.verifierKey])
  await setPolicy(t, bench, [witness], 'quorum w1\n')
  await bench.round()
  await bench.roundAfter(minute_ms)
  const anchors = await bench.anchors()
  t.match(anchors, [{ size: 2, at: null, timestamps: [], cosignatures: [{ name: 'union.example/witness' }] }])
  t.equal(bench.metric('beding_witness_attempts_total', '{outcome="cosigned"}'), 1)
})
