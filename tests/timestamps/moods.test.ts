import { randomBytes } from 'node:crypto'
import t from 'tap'
import { addMilliseconds, readDer, sha256, toInstant } from '#core'
import { httpAuthority, obtainTimestamp, type TimestampAuthority } from '#timestamps'
import { startTimestampServer, tsaMoods, type TsaMood } from '../support/timestamps-server.ts'

const now = toInstant('2026-11-21T08:00:00.250Z')
const deps = { clock: () => now, randomBytes }
const hash = sha256('a checkpoint')
const other = sha256('another checkpoint')

const bad = await startTimestampServer(t, deps.clock)
const good = await startTimestampServer(t, deps.clock)
const asked = (server: typeof bad, name: string): TimestampAuthority =>
  httpAuthority({ name, url: server.url, roots: server.roots })
const both = [asked(bad, 'first'), asked(good, 'second')]

/** What each mood gives: why the attempt failed, and whether it counts as a lie. */
const expected: Record<Exclude<TsaMood, 'good'>, [failure: string, rejected: boolean]> = {
  'wrong nonce': ['nonce', true],
  'no nonce': ['nonce', true],
  'wrong imprint': ['imprint', true],
  'wrong purpose': ['usage', true],
  'purpose not critical': ['usage', true],
  'one purpose too many': ['usage', true],
  'expired certificate': ['expired', true],
  'certificate of tomorrow': ['expired', true],
  'untrusted root': ['chain', true],
  'an hour ahead': ['time', true],
  'a day behind': ['time', true],
  'bad signature': ['signature', true],
  rejection: ['status', false],
  slow: ['timeout', false],
  drips: ['timeout', false],
  '500': ['http-status', false],
  redirect: ['http-status', false],
  'a web page': ['form', true],
  huge: ['too-large', true],
  'breaks off': ['unreachable', false],
  replay: ['nonce', true],
  rubbish: ['form', true],
}

t.test(
  'Z1: a good authority is asked once, with a nonce of its own, and what it sent is what is kept',
  async (t) => {
    const { timestamp, attempts } = await obtainTimestamp(deps, both, hash)
    t.same(attempts, [])
    t.match(timestamp, {
      authority: 'first',
      development: false,
      at: '2026-11-21T08:00:00.000Z',
      certificateEndsAt: '2040-01-01T00:00:00.000Z',
      serial: '4d',
    })
    await obtainTimestamp(deps, both, hash)
    t.same(
      bad.requests.map(({ type }) => type),
      ['application/timestamp-query', 'application/timestamp-query'],
    )
    const [first, second] = bad.requests.map(({ body }) => readDer(readDer(body)[0]!.body))
    t.equal(first!.length, 4)
    t.same(first![1]!.whole, second![1]!.whole, 'the same imprint')
    t.notSame(first![2]!.whole, second![2]!.whole, 'another nonce')
    t.same(first![3]!.whole, Buffer.from('0101ff', 'hex'), 'with the certificate')
    t.equal(good.requests.length, 0)
  },
)

t.test(
  'Z2: whatever mood the first authority is in, the second is used and the attempt is told',
  async (t) => {
    t.same(Object.keys(expected).toSorted(), tsaMoods.filter((mood) => mood !== 'good').toSorted())
    t.comment('mood of the first TSA     | failure      | rejected | then')
    for (const [mood, [failure, rejected]] of Object.entries(expected)) {
      bad.setMood(mood as TsaMood)
      const { timestamp, attempts } = await obtainTimestamp(deps, both, hash, { timeout_ms: 400 })
      t.match(attempts, [{ authority: 'first', failure, rejected, detail: /^[^\n]+$/ }], mood)
      t.equal(attempts.length, 1)
      t.equal(timestamp?.authority, 'second', mood)
      const [attempt] = attempts
      t.comment(
        `${mood.padEnd(25)} | ${attempt!.failure.padEnd(12)} | ${String(attempt!.rejected).padEnd(8)} | ` +
          `${timestamp!.authority}, ${timestamp!.at} (${attempt!.detail})`,
      )
    }
  },
)

t.test('Z2: an answer about another hash is refused however genuine it is', async (t) => {
  bad.setMood('replay')
  const { timestamp, attempts } = await obtainTimestamp(deps, [both[0]!], other)
  t.equal(timestamp, undefined)
  t.match(attempts, [{ failure: 'imprint', rejected: true }])
})

t.test('Z2: of a huge answer little more than the limit is taken in', async (t) => {
  bad.setMood('huge')
  await obtainTimestamp(deps, [both[0]!], hash)
  for (let waited = 0; bad.sent() === 0 && waited < 5_000; waited += 10)
    await new Promise((resolve) => setTimeout(resolve, 10))
  t.ok(bad.sent() > 65_536 && bad.sent() < 16 * 1_048_576, `${bad.sent()} bytes left the server`)
})

t.test('Z3: an authority that is down delays nothing and is not called a liar', async (t) => {
  const down = await startTimestampServer(t, deps.clock)
  await down.stop()
  const started = performance.now()
  const { timestamp, attempts } = await obtainTimestamp(deps, [asked(down, 'down'), both[1]!], hash)
  t.match(attempts, [{ authority: 'down', failure: 'unreachable', rejected: false, detail: /ECONNREFUSED/ }])
  t.equal(timestamp?.authority, 'second')
  t.ok(performance.now() - started < 2_000)
})

t.test('Z3: the time limit holds, also for an authority that takes no notice of it', async (t) => {
  bad.setMood('slow')
  const deaf = { ...both[0]!, name: 'deaf', exchange: () => new Promise<Buffer>(() => undefined) }
  const started = performance.now()
  const { timestamp, attempts } = await obtainTimestamp(deps, [both[0]!, deaf], hash, { timeout_ms: 100 })
  const took = performance.now() - started
  t.equal(timestamp, undefined)
  t.match(attempts, [
    { authority: 'first', failure: 'timeout', rejected: false },
    { authority: 'deaf', failure: 'timeout', rejected: false },
  ])
  t.ok(took >= 190 && took < 3_000, `${took} ms`)
})

t.test('Z3: code of an authority that fails in its own way is an attempt like another', async (t) => {
  const broken = { ...both[0]!, name: 'broken', exchange: () => Promise.reject(new TypeError('oops')) }
  const unreadableRoot = { ...both[1]!, name: 'no root', roots: [Buffer.from('not a certificate')] }
  const { timestamp, attempts } = await obtainTimestamp(deps, [broken, unreadableRoot, both[1]!], hash)
  t.match(attempts, [
    { authority: 'broken', failure: 'fault', rejected: false, detail: 'oops' },
    { authority: 'no root', failure: 'fault', rejected: false },
  ])
  t.equal(timestamp?.authority, 'second')
})

t.test('whoever asked can give up, and only then does asking reject', async (t) => {
  bad.setMood('slow')
  const giving = new AbortController()
  setTimeout(() => giving.abort(new Error('the process stops')), 50)
  await t.rejects(obtainTimestamp(deps, both, hash, { signal: giving.signal }), /the process stops/)
  await t.rejects(obtainTimestamp(deps, both, hash, { signal: giving.signal }), /the process stops/)
  t.same(await obtainTimestamp(deps, [], hash), { timestamp: undefined, attempts: [] })
  await t.rejects(obtainTimestamp(deps, both, Buffer.alloc(20)), RangeError)
})

t.test('genTime is held against the clock of the moment the answer came', async (t) => {
  bad.setMood('good')
  const shifted = (by_ms: number) => ({ randomBytes, clock: () => addMilliseconds(now, by_ms) })
  const [authority] = both
  t.ok((await obtainTimestamp(shifted(299_000), [authority!], hash)).timestamp)
  t.match((await obtainTimestamp(shifted(300_000), [authority!], hash)).attempts, [{ failure: 'time' }])
  t.match((await obtainTimestamp(shifted(-301_000), [authority!], hash)).attempts, [{ failure: 'time' }])
  const options = { clockTolerance_ms: 400_000 }
  t.ok((await obtainTimestamp(shifted(-301_000), [authority!], hash, options)).timestamp)
})

t.test('an address that is not on the web is refused', async (t) => {
  for (const url of ['ftp://tsa.example', 'file:///etc/passwd', 'tsa.example'])
    t.throws(() => httpAuthority({ name: 'a', url, roots: [] }), TypeError)
})
