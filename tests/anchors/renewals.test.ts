import t from 'tap'
import type { AnchorSettings } from '#anchors'
import { anchoringJob } from '#anchors'
import type { Instant } from '#core'
import { sha256 } from '#core'
import {
  createDevelopmentKeys,
  developmentAuthority,
  validateTimestamp,
  type TimestampAuthority,
} from '#timestamps'
import { anAnchorBench, day_ms, later, minute_ms, type AnchorBench } from '../support/anchors-bench.ts'
import { testDatabase } from '../support/database.ts'
import { testPlatform, type TestPlatform } from '../support/platform.ts'

const db = await testDatabase(t)
const year_ms = 365 * day_ms

/** An authority that tells the time of that platform, until its certificate ends. */
function anAuthority(platform: TestPlatform, endsAt: Instant, shift_ms = 0): TimestampAuthority {
  const clock = (): Instant => later(platform.clock(), shift_ms)
  const deps = { clock, randomBytes: platform.randomBytes }
  return developmentAuthority(deps, createDevelopmentKeys(deps, endsAt))
}

/** One round on a day, with whoever is configured then. */
async function roundOn(
  bench: AnchorBench,
  day: Instant,
  authorities: readonly TimestampAuthority[],
  settings: Partial<AnchorSettings> = {},
): Promise<Instant | null> {
  bench.platform.setClock(day)
  return anchoringJob({ ...bench.deps, authorities, settings }).work(bench.log.organisationId)
}

/** How many tokens each chain has, in the order in which the chains began. */
async function chainLengths(bench: AnchorBench): Promise<number[]> {
  const anchors = await bench.anchors()
  return anchors.toSorted((a, b) => (a.at! < b.at! ? -1 : 1)).map(({ timestamps }) => timestamps.length)
}

t.test('A7: as years pass, each token is renewed before its certificates end', async (t) => {
  const platform = testPlatform()
  const start = platform.clock()
  const ends = [2, 6, 12].map((years) => later(start, years * year_ms))
  const first = anAuthority(platform, ends[0]!)
  const bench = await anAnchorBench(db, [first], {}, platform)
  await bench.round()
  await roundOn(bench, later(ends[0]!, -90 * day_ms - 1), [first])
  t.same(await chainLengths(bench), [1, 1], 'a moment too early, and a fresh token after the long silence')
  const second = anAuthority(platform, ends[1]!)
  await roundOn(bench, later(ends[0]!, -90 * day_ms), [second])
  t.same(await chainLengths(bench), [2, 1], 'the younger one has half of its short life left')
  await roundOn(bench, later(ends[0]!, -44 * day_ms), [second])
  t.same((await chainLengths(bench)).slice(0, 2), [2, 2])
  const third = anAuthority(platform, ends[2]!)
  await roundOn(bench, later(ends[1]!, -89 * day_ms), [third])
  t.same((await chainLengths(bench)).slice(0, 2), [3, 3])
  const chain = (await bench.anchors()).toSorted((a, b) => (a.at! < b.at! ? -1 : 1))[0]!
  const roots = [first, second, third].flatMap((authority) => authority.roots)
  let imprint = sha256(Buffer.from(chain.note, 'utf8'))
  let previousEnd: Instant | undefined
  for (const token of chain.timestamps) {
    const valid = validateTimestamp(token.response, { sha256: imprint, roots })
    t.equal(valid.at, token.at, 'each token is over the bytes of the answer before it')
    t.ok(previousEnd === undefined || valid.at < previousEnd, 'and from before its end')
    previousEnd = valid.certificateEndsAt
    imprint = sha256(token.response)
  }
  t.equal(bench.metric('beding_anchor_renewals_total', '{outcome="renewed"}')! >= 4, true)
  t.equal(bench.metric('beding_anchors_lapsed', `{organisation="${bench.log.organisationId}"}`), 0)
  t.same((await bench.anchors()).map(({ size }) => size), (await bench.anchors()).map(() => 1), 'a renewal is no anchor of its own') // prettier-ignore
})

t.test('A7: an authority whose own certificate is about to end is not asked over and over', async (t) => {
  const platform = testPlatform()
  const start = platform.clock()
  const authority = anAuthority(platform, later(start, 64 * day_ms))
  const bench = await anAnchorBench(db, [authority], { idle_ms: 1_000 * day_ms }, platform)
  for (let hour = 0; hour < 60 * 24; hour += 12) {
    await roundOn(bench, later(start, (hour * day_ms) / 24), [authority], { idle_ms: 1_000 * day_ms })
  }
  t.same(await chainLengths(bench), [4], 'after 32, 48 and 56 days')
})

t.test('A7: what was missed is said, and no token is added that nobody would believe', async (t) => {
  const platform = testPlatform()
  const start = platform.clock()
  const end = later(start, 365 * day_ms)
  const idle = { idle_ms: 1_000 * day_ms }
  const bench = await anAnchorBench(db, [anAuthority(platform, end)], idle, platform)
  await bench.round()
  const down: TimestampAuthority = {
    name: 'Down',
    development: false,
    roots: [],
    exchange: () => Promise.reject(new Error('out of order')),
  }
  const next = await roundOn(bench, later(end, -minute_ms), [down], idle)
  t.equal(next, later(end, 9 * minute_ms), 'asked again at the next look')
  // Its clock is two minutes ahead of ours: the token is from after the end.
  const ahead = anAuthority(platform, later(end, 9 * year_ms), 2 * minute_ms)
  await roundOn(bench, later(end, -minute_ms), [ahead], idle)
  t.equal(bench.metric('beding_anchor_renewals_total', '{outcome="late"}'), 1)
  await roundOn(bench, end, [anAuthority(platform, later(end, 9 * year_ms))], idle)
  t.same(await chainLengths(bench), [1])
  t.equal(bench.metric('beding_anchors_lapsed', `{organisation="${bench.log.organisationId}"}`), 1)
  t.match(bench.captured.lines.join('\n'), /were not renewed before their certificates ended/)
})

t.test('A7: the dated end of an algorithm renews what rests on it, once', async (t) => {
  const platform = testPlatform()
  const start = platform.clock()
  const idle = { idle_ms: 10_000 * day_ms }
  const authority = anAuthority(platform, later(start, 9 * year_ms))
  const bench = await anAnchorBench(db, [authority], idle, platform)
  await bench.round()
  const algorithmEnds = [{ algorithm: 'ec', endsAt: later(start, year_ms) }]
  const settings = { ...idle, algorithmEnds }
  await roundOn(bench, later(start, year_ms - 91 * day_ms), [authority], settings)
  t.same(await chainLengths(bench), [1])
  await roundOn(bench, later(start, year_ms - 90 * day_ms), [authority], settings)
  t.same(await chainLengths(bench), [2])
  await roundOn(bench, later(start, year_ms - 89 * day_ms), [authority], settings)
  t.same(await chainLengths(bench), [2], 'the authority has nothing newer')
})

t.test('many renewals are done in rounds that end', async (t) => {
  const platform = testPlatform()
  const start = platform.clock()
  const end = later(start, 365 * day_ms)
  const first = anAuthority(platform, end)
  const bench = await anAnchorBench(db, [first], {}, platform)
  for (let day = 0; day < 5; day += 1) await roundOn(bench, later(start, day * day_ms), [first])
  t.same(await chainLengths(bench), [1, 1, 1, 1, 1])
  const second = anAuthority(platform, later(start, 9 * year_ms))
  const settings = { renewalsPerRound: 2, idle_ms: 1_000 * day_ms }
  const day = later(end, -30 * day_ms)
  t.equal(await roundOn(bench, day, [second], settings), later(day, minute_ms), 'the rest soon')
  t.same(await chainLengths(bench), [2, 2, 1, 1, 1], 'the oldest first')
  await roundOn(bench, day, [second], settings)
  t.equal(await roundOn(bench, day, [second], settings), later(day, 10 * minute_ms), 'nothing is left')
  t.same(await chainLengths(bench), [2, 2, 2, 2, 2])
})
