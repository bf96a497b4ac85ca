import t from 'tap'
import { addMilliseconds, sha256Hex, toInstant, type Instant } from '#core'
import { obtainRevocation } from '#revocation'
import { refreshMoment } from '../../src/revocation/freshness-decisions.ts'
import { createSharedAnswers, type Asked } from '../../src/revocation/shared-answers.ts'
import { testPlatform } from '../support/platform.ts'
import { startRevocationServer } from '../support/revocation-server.ts'
import { revocationSources } from '../support/revocation-sources.ts'

const now = toInstant('2026-11-21T08:00:00.000Z')
const hour_ms = 3_600_000
const hours = (count: number): Instant => addMilliseconds(now, count * hour_ms)

t.test(
  'R7: an answer is refreshed after three quarters of what is left, and after twelve hours',
  async (t) => {
    const moment = (thisUpdate: Instant, nextUpdate: Instant | null) =>
      refreshMoment({ thisUpdate, nextUpdate }, now)
    t.equal(moment(now, hours(4)), hours(3))
    t.equal(moment(hours(-4), hours(4)), hours(3), 'what was over at its arrival does not count')
    t.equal(moment(now, hours(24 * 7)), hours(12))
    t.equal(moment(now, null), addMilliseconds(now, 300_000), 'without an end it is shared for five minutes')
    t.equal(moment(now, now), now)
  },
)

t.test(
  'R7: three hundred seals at once are one request for each certificate, and so are those after',
  async (t) => {
    const platform = testPlatform(now)
    const server = await startRevocationServer(t, platform.clock)
    const sources = await revocationSources(platform)
    const ask = () => obtainRevocation(platform, sources, server.pki.sealChain, platform.clock())
    const outcomes = await Promise.all(Array.from({ length: 300 }, ask))
    t.equal(server.requests.length, 2)
    for (const outcome of outcomes) t.same(outcome, outcomes[0])
    await obtainRevocation(platform, sources, server.pki.tsaChain, platform.clock())
    t.equal(server.requests.length, 3, 'the authority above both is known already')
    platform.advanceClock(12 * hour_ms - 1)
    await ask()
    t.equal(server.requests.length, 3)
    platform.advanceClock(1)
    t.match(await ask(), { kind: 'good', evidence: [{ thisUpdate: hours(12) }, { thisUpdate: hours(12) }] })
    t.equal(server.requests.length, 5, 'asked again before the end, which is after a day')
  },
)

t.test('R7: an answer that cannot be refreshed is used while it is fresh, and never after', async (t) => {
  const platform = testPlatform(now)
  const server = await startRevocationServer(t, platform.clock, { places: 'ocsp' })
  const chain = server.pki.sealChain.slice(0, 2)
  const sources = await revocationSources(platform)
  const ask = () => obtainRevocation(platform, sources, chain, platform.clock())
  const first = await ask()
  server.setMood('down')
  platform.setClock(hours(24))
  t.match(await ask(), {
    kind: 'good',
    evidence: [{ thisUpdate: now }],
    attempts: [{ failure: 'unreachable' }],
  })
  platform.advanceClock(1)
  t.match(
    await ask(),
    { kind: 'unavailable', attempts: [{ failure: 'unreachable' }] },
    'a millisecond after nextUpdate',
  )
  server.setMood('good')
  t.match(await ask(), { kind: 'good', attempts: [] })
  t.match(first, { kind: 'good', attempts: [] })
  await server.stop()
  t.match(await ask(), { kind: 'good', attempts: [] }, 'and shared again')
})

t.test('R7: a revocation is seen when the answer is asked for again', async (t) => {
  const platform = testPlatform(now)
  const server = await startRevocationServer(t, platform.clock)
  const sources = await revocationSources(platform)
  const ask = () => obtainRevocation(platform, sources, server.pki.sealChain, platform.clock())
  t.match(await ask(), { kind: 'good' })
  server.revoke(server.pki.seal, { at: now })
  platform.advanceClock(12 * hour_ms)
  t.match(await ask(), { kind: 'revoked', certificateSha256: sha256Hex(server.pki.seal.der) })
})

t.test('R7: a failure is shared by those who waited for it and by nobody else', async (t) => {
  const platform = testPlatform(now)
  const server = await startRevocationServer(t, platform.clock, { places: 'ocsp' })
  const sources = await revocationSources(platform)
  const ask = () => obtainRevocation(platform, sources, server.pki.sealChain.slice(0, 2), platform.clock())
  server.setMood('down')
  const failed = await Promise.all([ask(), ask(), ask()])
  for (const outcome of failed) t.equal(outcome.kind, 'unavailable')
  t.equal(server.requests.length, 1)
  server.setMood('good')
  t.match(await ask(), { kind: 'good' })
})

/** An answer of so many bytes that lasts a day. */
function anAnswer(length: number): Asked {
  const evidence = { kind: 'crl', der: Buffer.alloc(length), certificates: [], thisUpdate: now, nextUpdate: hours(24), certificateSha256: '' } as const // prettier-ignore
  return { answer: { status: { kind: 'good' }, evidence }, attempts: [] }
}

t.test('R7: what is shared is bounded in number and bytes; the oldest leave first', async (t) => {
  const shared = createSharedAnswers({ answers: 3, bytes: 1_000 })
  const asked: string[] = []
  const share = (name: string, length: number) =>
    shared.share(name, now, async () => {
      asked.push(name)
      return anAnswer(length)
    })
  for (const name of ['a', 'b', 'c', 'a', 'd', 'b']) await share(name, 10)
  t.same(asked, ['a', 'b', 'c', 'd'], 'a left for d')
  await share('a', 10)
  await share('big', 995)
  t.same(asked.slice(4), ['a', 'big'])
  await share('d', 10)
  t.same(asked.slice(6), ['d'], 'everything left for the big one')
  t.equal(
    (await share('huge', 2_000)).answer?.evidence.der.length,
    2_000,
    'what does not fit is given, not kept',
  )
  await share('huge', 2_000)
  t.same(asked.slice(7), ['huge', 'huge'])
})

t.test('R7: who waited and judges by a later moment is not given what ended meanwhile', async (t) => {
  const shared = createSharedAnswers()
  const { promise: gate, resolve } = Promise.withResolvers<void>()
  let count = 0
  const ask = async (): Promise<Asked> => {
    count += 1
    await gate
    return anAnswer(1)
  }
  const first = shared.share('a', now, ask)
  const late = shared.share('a', hours(25), async () => {
    count += 1
    return { answer: undefined, attempts: [] }
  })
  resolve()
  t.ok((await first).answer)
  t.equal((await late).answer, undefined)
  t.equal(count, 2)
})

t.test('R7: asking that fails altogether leaves nothing behind', async (t) => {
  const shared = createSharedAnswers()
  await t.rejects(
    shared.share('a', now, async () => Promise.reject(new Error('no database'))),
    /no database/,
  )
  t.ok((await shared.share('a', now, async () => anAnswer(1))).answer)
})
