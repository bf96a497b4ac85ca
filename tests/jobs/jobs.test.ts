import t from 'tap'
import type { Instant, OrganisationId } from '#core'
import { addMilliseconds } from '#core'
import type { Job } from '#jobs'
import { runDueJobs, scheduleJob, startJobs } from '#jobs'
import { testDatabase } from '../support/database.ts'
import { testPlatform } from '../support/platform.ts'

const { database, adminQuery } = await testDatabase(t)
const platform = testPlatform()
const deps = { platform, database }
const lease_ms = 60_000
let kinds = 0

const anOrganisation = (): OrganisationId => platform.newId() as OrganisationId
const inMilliseconds = (count: number): Instant => addMilliseconds(platform.clock(), count)
const schedule = (id: OrganisationId, kind: string, dueAt: Instant = platform.clock()): Promise<void> =>
  database.inOrganisation(id, (trx) => scheduleJob(trx, id, kind, dueAt))

/** A kind of its own for each test, so that none sees another's rounds. */
function aJob(work: Job['work'], settings: Partial<Job> = {}): Job & { readonly done: OrganisationId[] } {
  const done: OrganisationId[] = []
  kinds += 1
  const kind = `test-${'abcdefghijklmnopqrstuvwxyz'[kinds]}`
  return { kind, lease_ms, done, work: async (id) => (done.push(id), work(id)), ...settings }
}

/** Work that begins, and ends when the test says so. */
function aGate() {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  const { promise: entered, resolve: enter } = Promise.withResolvers<void>()
  return { opened, open, entered, enter }
}

t.test('a round is done when it is due, not before, and not again', async (t) => {
  const id = anOrganisation()
  const job = aJob(async () => null)
  await schedule(id, job.kind, inMilliseconds(5_000))
  await schedule(id, job.kind, inMilliseconds(9_000))
  t.equal(await runDueJobs(deps, [job]), 0)
  platform.advanceClock(5_000)
  t.equal(await runDueJobs(deps, [job]), 1)
  platform.advanceClock(60_000)
  t.equal(await runDueJobs(deps, [job]), 0)
  t.same(job.done, [id])
  t.same(await adminQuery('select 1 from beding.work_due where kind = $1', [job.kind]), [], 'no row is left')
})

t.test('a round that is rolled back was never scheduled', async (t) => {
  const job = aJob(async () => null)
  const id = anOrganisation()
  const failing = database.inOrganisation(id, async (trx) => {
    await scheduleJob(trx, id, job.kind, platform.clock())
    throw new Error('no')
  })
  await t.rejects(failing)
  t.equal(await runDueJobs(deps, [job]), 0)
})

t.test('what a round answers is when the next one comes', async (t) => {
  const job = aJob(async () => (job.done.length < 3 ? inMilliseconds(3_600_000) : null))
  await schedule(anOrganisation(), job.kind)
  for (let hour = 0; hour < 6; hour += 1) {
    await runDueJobs(deps, [job])
    platform.advanceClock(3_600_000)
  }
  t.equal(job.done.length, 3)
})

t.test('J1: two workers at once never do the same round at once, and each round is done', async (t) => {
  const organisations = Array.from({ length: 20 }, anOrganisation)
  const busy = new Set<OrganisationId>()
  let clashes = 0
  const again = new Set(organisations.slice(0, 10))
  const job = aJob(
    async (id) => {
      if (busy.has(id)) clashes += 1
      busy.add(id)
      await new Promise((resolve) => setTimeout(resolve, 5))
      busy.delete(id)
      return again.delete(id) ? platform.clock() : null
    },
    { roundsAtOnce: 3 },
  )
  for (const id of organisations) await schedule(id, job.kind)
  const counts = await Promise.all([1, 2, 3, 4].map(() => runDueJobs(deps, [job])))
  t.equal(clashes, 0)
  t.equal(
    counts.reduce((sum, count) => sum + count),
    30,
  )
  t.same(new Set(job.done), new Set(organisations))
})

t.test('J1: a worker that dies gives its round back when its lease ends, not before', async (t) => {
  const gate = aGate()
  const job = aJob(async () => {
    gate.enter()
    await gate.opened
    return null
  })
  await schedule(anOrganisation(), job.kind)
  const dying = runDueJobs(deps, [job])
  await gate.entered
  const next = aJob(async () => null, { kind: job.kind })
  platform.advanceClock(lease_ms - 1)
  t.equal(await runDueJobs(deps, [next]), 0)
  platform.advanceClock(1)
  t.equal(await runDueJobs(deps, [next]), 1)
  gate.open()
  await dying
  platform.advanceClock(lease_ms)
  t.equal(await runDueJobs(deps, [next]), 0, 'the one that was late changes nothing')
})

t.test('J1: a worker that is late does not end the round of the one who took over', async (t) => {
  const [late, second] = [aGate(), aGate()]
  const id = anOrganisation()
  const job = aJob(async () => {
    const gate = job.done.length === 1 ? late : second
    gate.enter()
    await gate.opened
    return null
  })
  await schedule(id, job.kind)
  const first = runDueJobs(deps, [job])
  await late.entered
  platform.advanceClock(lease_ms)
  const takingOver = runDueJobs(deps, [job])
  await second.entered
  late.open()
  await schedule(id, job.kind)
  await new Promise((resolve) => setTimeout(resolve, 100))
  t.equal(job.done.length, 2, 'nobody begins a third while the second is under way')
  second.open()
  await Promise.all([first, takingOver])
  t.equal(job.done.length, 3, 'and what was scheduled meanwhile comes after it')
})

t.test(
  'J3: a round that fails is put off, longer each time, and scheduling does not shorten that',
  async (t) => {
    const id = anOrganisation()
    const start = Date.parse(platform.clock())
    const moments: number[] = []
    const job = aJob(async () => {
      moments.push(Date.parse(platform.clock()) - start)
      if (moments.length < 5) throw new Error('it fails')
      return null
    })
    await schedule(id, job.kind)
    for (let second = 0; second < 90; second += 1) {
      await runDueJobs(deps, [job])
      await schedule(id, job.kind, inMilliseconds(7_200_000))
      if (moments.length < 5) await schedule(id, job.kind)
      platform.advanceClock(1_000)
    }
    t.same(moments.map((moment) => moment / 1000).slice(0, 5), [0, 5, 15, 35, 75])
    t.match(platform.metrics.render(), new RegExp(`beding_job_failures_total\\{kind="${job.kind}"\\} 4`))
  },
)

t.test('J3: no wait is longer than an hour, and a success ends it', async (t) => {
  const job = aJob(async () => {
    if (job.done.length <= 30) throw new Error('it fails')
    return job.done.length === 31 ? inMilliseconds(1) : Promise.reject(new Error('again'))
  })
  await schedule(anOrganisation(), job.kind)
  for (let hour = 0; hour < 35; hour += 1) {
    await runDueJobs(deps, [job])
    platform.advanceClock(3_600_000)
  }
  t.ok(job.done.length > 31, `${job.done.length} rounds`)
  const [row] = await adminQuery<{ failures: number }>('select failures from beding.work_due where kind = $1', [job.kind]) // prettier-ignore
  t.ok(row!.failures < 10, 'counting began anew')
})

t.test(
  'J4: whoever schedules while a round is under way gets another after it, at the moment asked for',
  async (t) => {
    const cases: readonly [string, number, number | null, number][] = [
      ['at once, where the round answers null', 0, null, 0],
      ['later than its lease, where it answers null', 2 * lease_ms, null, 2 * lease_ms],
      ['before what the round answers', 2 * lease_ms, 9 * lease_ms, 2 * lease_ms],
      ['after what the round answers', 9 * lease_ms, 2 * lease_ms, 2 * lease_ms],
    ]
    for (const [title, asked_ms, answered_ms, expected_ms] of cases) {
      const id = anOrganisation()
      const job = aJob(async () => {
        if (job.done.length > 1) return null
        await schedule(id, job.kind, inMilliseconds(asked_ms))
        return answered_ms === null ? null : inMilliseconds(answered_ms)
      })
      await schedule(id, job.kind)
      t.equal(await runDueJobs(deps, [job]), expected_ms === 0 ? 2 : 1, title)
      platform.advanceClock(expected_ms - 1)
      t.equal(await runDueJobs(deps, [job]), 0, `${title}: not sooner`)
      platform.advanceClock(1)
      t.equal(await runDueJobs(deps, [job]), expected_ms === 0 ? 0 : 1, title)
    }
  },
)

t.test('J4: what was scheduled while a round was under way outlives the worker of that round', async (t) => {
  const id = anOrganisation()
  const gate = aGate()
  const job = aJob(async () => {
    if (job.done.length > 1) return null
    await schedule(id, job.kind, inMilliseconds(10 * lease_ms))
    gate.enter()
    await gate.opened
    return null
  })
  await schedule(id, job.kind)
  const dying = runDueJobs(deps, [job])
  await gate.entered
  platform.advanceClock(lease_ms)
  t.equal(await runDueJobs(deps, [job]), 1, 'the round that was never finished')
  platform.advanceClock(9 * lease_ms)
  t.equal(await runDueJobs(deps, [job]), 1, 'the one that was scheduled')
  gate.open()
  await dying
})

t.test(
  'J5: a round that takes its time keeps neither another kind nor, where allowed, another organisation waiting',
  async (t) => {
    const gate = aGate()
    const slowOne = anOrganisation()
    const slow = aJob(
      async (id) => {
        if (id === slowOne) await gate.opened
        return null
      },
      { roundsAtOnce: 2 },
    )
    const quick = aJob(async () => null)
    const runner = startJobs(deps, [slow, quick])
    t.teardown(async () => {
      gate.open()
      await runner.stop()
    })
    await schedule(slowOne, slow.kind)
    runner.wake()
    const until = async (condition: () => boolean): Promise<void> => {
      while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await until(() => slow.done.length === 1)
    await schedule(anOrganisation(), quick.kind)
    await schedule(anOrganisation(), slow.kind)
    await until(() => quick.done.length === 1 && slow.done.length === 2)
    t.pass('both were done while the slow one was under way')
  },
)

t.test('stopping lets the round under way end and starts no other, however many are due', async (t) => {
  const gate = aGate()
  const job = aJob(async () => {
    gate.enter()
    await gate.opened
    return null
  })
  const organisations = Array.from({ length: 3 }, anOrganisation)
  for (const id of organisations) await schedule(id, job.kind)
  const runner = startJobs(deps, [job])
  await gate.entered
  const stopped = runner.stop()
  gate.open()
  await stopped
  t.equal(job.done.length, 1)
  t.equal((await adminQuery('select 1 from beding.work_due where kind = $1', [job.kind])).length, 2)
})
