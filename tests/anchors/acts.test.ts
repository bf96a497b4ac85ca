import t from 'tap'
import { anchoringJob } from '#anchors'
import type { TimestampAuthority } from '#timestamps'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

t.test('A6: acts are recorded while an authority keeps everybody waiting', async (t) => {
  const service = await testService(t)
  const people = await imported(service, service.own, somePeople(12))
  const version = await published(service, service.own)
  const links = [...(await assigned(service, service.own, version, people.length)).values()]
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  const hanging: TimestampAuthority = {
    name: 'Hanging TSA',
    development: false,
    roots: [],
    exchange: async () => {
      ask()
      await released
      return Buffer.of(0)
    },
  }
  const deps = { platform: service.platform, database: service.database, authorities: [hanging] }
  const measure = async (some: readonly string[]): Promise<number[]> => {
    const times: number[] = []
    for (const link of some) {
      const body = await shown(service, link, 'seen')
      const start = performance.now()
      const answer = await service.send('POST', '/v1/acts', { as: link, body })
      times.push(performance.now() - start)
      t.equal(answer.status, 201)
    }
    return times.toSorted((a, b) => a - b)
  }
  const before = await measure(links.slice(0, 6))
  const round = anchoringJob(deps).work(service.own.organisationId)
  await asked
  const during = await measure(links.slice(6))
  const [sessions] = await service.adminQuery<{ open: number }>(
    "select count(*)::integer as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
  )
  t.equal(sessions!.open, 0, 'nothing is held while somebody else is waited for')
  release()
  await round
  const median = (times: readonly number[]): string => times[Math.floor(times.length / 2)]!.toFixed(1)
  t.comment(`an act took ${median(before)} ms before, ${median(during)} ms while the authority hung`)
  t.ok(during.at(-1)! < 1_000, 'no act waited for the authority')
})
