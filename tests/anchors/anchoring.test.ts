import t from 'tap'
import {
  anchorMoment,
  anchorNow,
  readAnchors,
  readAnchorsFor,
  requestAnchor,
  scheduleAnchoring,
  tsaRootsPem,
} from '#anchors'
import { sha256 } from '#core'
import { getOpenLog, readCheckpoint } from '#evidence'
import { runDueJobs } from '#jobs'
import { validateTimestamp } from '#timestamps'
import { anchoringJob } from '#anchors'
import { anAnchorBench, aStampedBench, day_ms, hour_ms, later, minute_ms } from '../support/anchors-bench.ts'
import { testDatabase } from '../support/database.ts'

const db = await testDatabase(t)

t.test('A1: hourly while there is something new, daily while there is not', async (t) => {
  const bench = await aStampedBench(t, db)
  const counts: number[] = []
  const after = async (milliseconds: number, entries = 0): Promise<void> => {
    if (entries > 0) await bench.log.grow(entries)
    await bench.roundAfter(milliseconds)
    counts.push(bench.tsa.requests.length)
  }
  await after(0)
  await after(10 * minute_ms)
  await after(10 * minute_ms, 3)
  await after(39 * minute_ms)
  await after(1 * minute_ms)
  await after(hour_ms)
  await after(22 * hour_ms)
  await after(1 * hour_ms)
  t.same(counts, [1, 1, 1, 1, 2, 2, 2, 3])
  const anchors = await bench.anchors()
  t.same(anchors.map(({ size }) => size), [1, 4, 4], 'silence is dated by another first token over the same checkpoint') // prettier-ignore
  t.equal(bench.metric('beding_anchor_age_seconds', `{organisation="${bench.log.organisationId}"}`), 0)
})

t.test('A2: a token is over the bytes of the checkpoint as the log signed it', async (t) => {
  const bench = await aStampedBench(t, db)
  await bench.log.grow(5)
  await bench.round()
  const [anchor] = await bench.anchors()
  const { size, note } = (await bench.log.read((trx) => readCheckpoint(trx, bench.log.organisationId)))!
  t.equal(anchor!.note, note)
  t.equal(anchor!.size, size)
  const [token] = anchor!.timestamps
  const valid = validateTimestamp(token!.response, {
    sha256: sha256(Buffer.from(note)),
    roots: bench.tsa.roots,
  })
  t.equal(valid.at, token!.at)
  t.equal(valid.certificateEndsAt, token!.certificateEndsAt)
  t.equal(token!.authority, 'Loopback TSA')
  t.notOk(token!.development)
  t.match(tsaRootsPem([...bench.deps.authorities, ...bench.deps.authorities]), /^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/) // prettier-ignore
  t.equal(tsaRootsPem([]), '')
})

t.test('A3: an anchor is taken at once when somebody asks, also when nothing is new', async (t) => {
  const bench = await aStampedBench(t, db)
  const { organisationId } = bench.log
  await bench.round()
  await bench.roundAfter(minute_ms)
  t.equal(bench.tsa.requests.length, 1)
  await db.database.inOrganisation(organisationId, (trx) =>
    requestAnchor(trx, organisationId, bench.platform.clock()),
  )
  await bench.roundAfter(0)
  t.equal(bench.tsa.requests.length, 2)
  await bench.roundAfter(minute_ms)
  t.equal(bench.tsa.requests.length, 2, 'and once only')
})

t.test('the calendar knows a log from its founding on', async (t) => {
  const bench = await aStampedBench(t, db)
  const { organisationId } = bench.log
  await db.database.inOrganisation(organisationId, (trx) =>
    scheduleAnchoring(trx, organisationId, bench.platform.clock()),
  )
  t.equal(await runDueJobs(bench.deps, [anchoringJob(bench.deps)]), 1)
  t.equal((await bench.anchors()).length, 1)
  const [due] = await db.adminQuery<{ due_at: string }>(
    'select due_at from work_due where organisation_id = $1',
    [organisationId],
  )
  t.equal(new Date(due!.due_at).toISOString(), later(bench.platform.clock(), 10 * minute_ms))
})

t.test('A3: for a dossier exactly its own checkpoint is anchored, once', async (t) => {
  const bench = await aStampedBench(t, db)
  const { organisationId } = bench.log
  await bench.log.grow(4)
  await bench.log.grow(3)
  const outcome = await anchorNow(bench.deps, organisationId, 5)
  t.match(outcome, { kind: 'anchored', size: 5, timestamp: { authority: 'Loopback TSA' }, quorum: 'none' })
  t.same(await anchorNow(bench.deps, organisationId, 5), outcome, 'asking again gives the same')
  t.equal(bench.tsa.requests.length, 1)
  const [anchor] = await bench.anchors()
  t.equal(anchor!.size, 5)
  t.equal(anchor!.settledSize, 8, 'and it is known that entries had come meanwhile')
  await t.rejects(
    anchorNow(bench.deps, organisationId, 4),
    RangeError,
    'no checkpoint of that size was signed',
  )
  await bench.round()
  t.equal(bench.tsa.requests.length, 1, 'an anchor for a dossier is an anchor like any other')
})

t.test('a dossier is told when there is no anchor, and the next round takes one', async (t) => {
  const bench = await aStampedBench(t, db)
  await bench.round()
  await bench.log.grow(1)
  bench.tsa.setMood('500')
  const outcome = await anchorNow(bench.deps, bench.log.organisationId, 2)
  t.match(outcome, { kind: 'unanchored', because: 'Loopback TSA: http-status' })
  bench.tsa.setMood('good')
  await bench.roundAfter(minute_ms)
  t.same(
    (await bench.anchors()).map(({ size }) => size),
    [1, 2],
  )
  const nobody = await anAnchorBench(db, [])
  t.match(await anchorNow(nobody.deps, nobody.log.organisationId, 1), {
    kind: 'unanchored',
    because: 'no time-stamping authority is configured',
  })
})

t.test('without authorities and witnesses there is nothing to do and nothing that fails', async (t) => {
  const bench = await anAnchorBench(db, [])
  t.equal(await bench.round(), later(bench.platform.clock(), 10 * minute_ms))
  await bench.roundAfter(2 * day_ms)
  t.same(await bench.events('ledger.anchor-delayed'), [])
  t.same(await bench.anchors(), [])
})

t.test('A5: what was there at a moment stays the same, however close the next anchor follows', async (t) => {
  const bench = await aStampedBench(t, db)
  const { organisationId } = bench.log
  await bench.round()
  const frozen = await db.database.inOrganisation(organisationId, (trx) =>
    anchorMoment(trx, organisationId, bench.log.logId, bench.platform.clock()),
  )
  const read = () =>
    bench.log.read(async (trx) => {
      const { logId, size } = await getOpenLog(trx, organisationId)
      return readAnchors(trx, organisationId, logId, { upToSize: size, obtainedBefore: frozen })
    })
  const before = await read()
  t.equal(before.length, 1)
  // The clock stands still: these come in the same millisecond.
  await bench.log.grow(2)
  await anchorNow(bench.deps, organisationId, 3)
  t.same(await read(), before)
  const anchors = await bench.anchors()
  t.equal(anchors.length, 2)
  const latest = { upToSize: 3, obtainedBefore: later(bench.platform.clock(), day_ms) }
  const readFor = (indexes: readonly number[]) =>
    bench.log.read((trx) => readAnchorsFor(trx, organisationId, bench.log.logId, latest, indexes))
  t.same(await readFor([2]), anchors, 'both sides of an entry, with their evidence')
  t.same(await readFor([]), [anchors[1]], 'the newest alone')
})

t.test('the clocks are compared at each anchor', async (t) => {
  const bench = await aStampedBench(t, db)
  await bench.round()
  t.equal(bench.metric('beding_clock_skew_seconds'), 0)
  t.notMatch(bench.captured.lines.join('\n'), /this clock and that of the authority differ/)
  // A host that is four seconds behind its authority.
  const slow = {
    ...bench.deps,
    platform: { ...bench.deps.platform, clock: () => later(bench.platform.clock(), -4_000) },
  }
  await bench.log.grow(1)
  await anchorNow(slow, bench.log.organisationId, 2)
  t.equal(bench.metric('beding_clock_skew_seconds'), -4)
  t.match(bench.captured.lines.join('\n'), /this clock and that of the authority differ/)
  const rows = await db.adminQuery<{ clock_skew_ms: number }>(
    'select clock_skew_ms::integer from ledger_anchor where organisation_id = $1 order by obtained_at, size',
    [bench.log.organisationId],
  )
  t.same(rows.map((row) => row.clock_skew_ms), [0, -4_000]) // prettier-ignore
})
