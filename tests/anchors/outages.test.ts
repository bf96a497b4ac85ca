import t from 'tap'
import { anchorNow, anchoringJob } from '#anchors'
import { getOpenLog } from '#evidence'
import { httpAuthority } from '#timestamps'
import {
  anAnchorBench,
  aStampedBench,
  day_ms,
  hour_ms,
  minute_ms,
  type AnchorBench,
} from '../support/anchors-bench.ts'
import { testDatabase } from '../support/database.ts'
import { testPlatform } from '../support/platform.ts'
import { startTimestampServer, type TsaMood } from '../support/timestamps-server.ts'

const db = await testDatabase(t)

/** Rounds whenever one is due, until the clock has moved that far; the moments they came at are the service's own. */
async function roundsFor(bench: AnchorBench, milliseconds: number): Promise<number> {
  const end = Date.parse(bench.platform.clock()) + milliseconds
  let rounds = 0
  let next = Date.parse(bench.platform.clock())
  while (next <= end) {
    bench.platform.advanceClock(next - Date.parse(bench.platform.clock()))
    next = Date.parse((await bench.round())!)
    rounds += 1
  }
  return rounds
}

t.test(
  'A6: an authority that fails delays the anchor, is told once for each outage, and the anchor comes',
  async (t) => {
    const bench = await aStampedBench(t, db)
    const { organisationId, logId } = bench.log
    await bench.round()
    await bench.log.grow(3)
    bench.tsa.setMood('500')
    await roundsFor(bench, 5 * hour_ms)
    const delayed = await bench.events('ledger.anchor-delayed')
    t.equal(delayed.length, 1)
    t.match(delayed[0], { logId, size: 4, dueSince: '2026-11-21T09:00:00.000Z' })
    t.same(await bench.events('ledger.anchor-rejected'), [], 'a server that does not serve is not accused')
    t.ok(bench.metric('beding_anchor_attempts_total', '{outcome="http-status"}')! > 5)
    t.ok(bench.metric('beding_anchor_age_seconds', `{organisation="${organisationId}"}`)! >= 4.5 * 3_600)
    t.match(bench.captured.lines.join('\n'), /a checkpoint waits for its anchor/)
    bench.tsa.setMood('good')
    await roundsFor(bench, hour_ms)
    t.match(await bench.anchors(), [{ size: 1 }, { size: 4 }], 'the anchor came later')
    bench.tsa.setMood('500')
    await bench.log.grow(1)
    await roundsFor(bench, 3 * hour_ms)
    t.equal((await bench.events('ledger.anchor-delayed')).length, 2, 'another outage is told again')
  },
)

t.test('an outage shorter than the grace is told to nobody', async (t) => {
  const bench = await aStampedBench(t, db)
  await bench.round()
  await bench.log.grow(1)
  bench.tsa.setMood('500')
  await roundsFor(bench, hour_ms + 25 * minute_ms)
  bench.tsa.setMood('good')
  await roundsFor(bench, hour_ms)
  t.equal((await bench.anchors()).length, 2)
  t.same(await bench.events('ledger.anchor-delayed'), [])
})

t.test('A6: what an authority in each mood does to an anchor', async (t) => {
  const bench = await aStampedBench(t, db, { firstRetry_ms: minute_ms, lastRetry_ms: minute_ms })
  await bench.round()
  const lying: readonly TsaMood[] = ['wrong nonce', 'wrong imprint', 'wrong purpose', 'expired certificate', 'untrusted root', 'bad signature', 'an hour ahead', 'replay', 'huge', 'rubbish'] // prettier-ignore
  const failing: readonly TsaMood[] = ['500', 'redirect', 'rejection', 'breaks off']
  const table: unknown[][] = []
  for (const mood of [...lying, ...failing]) {
    await bench.log.grow(1)
    bench.tsa.setMood(mood)
    const { size } = await bench.log.read((trx) => getOpenLog(trx, bench.log.organisationId))
    const outcome = await anchorNow(bench.deps, bench.log.organisationId, size)
    const events = (await bench.events('ledger.anchor-rejected')).filter((event) => event.size === size)
    t.equal(outcome.kind, 'unanchored', mood)
    t.equal(events.length, lying.includes(mood) ? 1 : 0, `${mood}: told when, and only when, it lied`)
    table.push([mood, outcome.kind === 'unanchored' ? outcome.because : '', events[0]?.reason ?? ''])
  }
  t.comment(table.map((row) => row.join(' | ')).join('\n'))
  bench.tsa.setMood('good')
  await bench.roundAfter(minute_ms)
  const anchors = await bench.anchors()
  t.equal(anchors.length, 2, 'nothing that was refused was kept')
  t.equal(anchors.at(-1)!.size, 1 + lying.length + failing.length)
})

t.test('when one authority lies the next one in the list is asked', async (t) => {
  const platform = testPlatform()
  const [first, second] = [
    await startTimestampServer(t, platform.clock),
    await startTimestampServer(t, platform.clock),
  ]
  first.setMood('wrong imprint')
  const authorities = [
    httpAuthority({ name: 'First', url: first.url, roots: first.roots }),
    httpAuthority({ name: 'Second', url: second.url, roots: second.roots }),
  ]
  const bench = await anAnchorBench(db, authorities, {}, platform)
  await bench.round()
  t.match(await bench.anchors(), [{ timestamps: [{ authority: 'Second' }] }])
  t.match(await bench.events('ledger.anchor-rejected'), [{ authority: 'First', reason: 'imprint', size: 1 }])
})

t.test('a round may be done again, and by two at once', async (t) => {
  const bench = await aStampedBench(t, db)
  await bench.log.grow(2)
  await bench.round()
  await bench.round()
  const job = anchoringJob(bench.deps)
  await Promise.all([job.work(bench.log.organisationId), job.work(bench.log.organisationId)])
  bench.platform.advanceClock(day_ms)
  await Promise.all([job.work(bench.log.organisationId), job.work(bench.log.organisationId)])
  const anchors = await bench.anchors()
  t.equal(anchors.length, 3, 'two at once take two tokens, which harms nobody')
  t.equal(new Set(anchors.map(({ anchorId }) => anchorId)).size, 3)
})
