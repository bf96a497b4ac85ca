import t from 'tap'
import { openDatabase } from '#database'
import { startDatabaseProxy } from '../support/database-proxy.ts'
import type { TestAnswer } from '../support/service.ts'
import { forgetfulService, testService } from '../support/service.ts'
import { assertionFor, begunAct, enrolled } from '../support/signing.ts'
import { aSoftwareAuthenticator } from '../support/software-authenticator.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

t.setTimeout(120_000)

const persons = 12
const first = await testService(t)
const proxy = await startDatabaseProxy(first.targets.app)
const database = openDatabase(proxy.target, { poolSize: 1 })
const service = await forgetfulService(t, { ...first, database })
t.teardown(async () => {
  await database.close()
  await proxy.close()
})

await imported(first, first.own, somePeople(persons))
const version = await published(first, first.own)
const links = [...(await assigned(first, first.own, version, persons)).values()]
const devices = links.map(() => aSoftwareAuthenticator())
for (const [index, link] of links.entries()) {
  const { status } = await enrolled(first, link, devices[index]!)
  if (status !== 201) throw new Error(`not enrolled: ${status}`)
}
await first.runJobs()
first.platform.advanceClock(72 * 3_600_000)

/** How often somebody waited for the database. */
async function waitsFor(work: () => Promise<unknown>): Promise<number> {
  const before = proxy.turns()
  await work()
  return proxy.turns() - before
}

function act(index: number, body: object, assertion?: object): Promise<TestAnswer> {
  return service.send('POST', '/v1/acts', {
    as: links[index]!,
    body: { ...body, ...(assertion && { assertion }) },
  })
}

const open = (index: number) =>
  service.send('POST', '/v1/openings', { as: links[index]!, body: { language: 'nl' } })

t.test('what each step of a ceremony waits for', async (t) => {
  // What a process reads once is read by somebody else before.
  const { body: warm, begun: warmed } = await begunAct(service, links[0]!, 'seen')
  t.equal((await act(0, warm, assertionFor(devices[0]!, warmed.body))).status, 201)

  t.equal(await waitsFor(() => open(1)), 2, 'opening: what there is, and that it was opened')
  t.equal(await waitsFor(() => open(1)), 1, 'opening again: what there is')

  const body = await shown(service, links[1]!, 'seen', 'nl')
  let begun: TestAnswer | undefined
  const challenge = async () =>
    (begun = await service.send('POST', '/v1/act-challenges', { as: links[1]!, body }))
  t.equal(await waitsFor(challenge), 2, 'challenge: the decision about the act, then keys and challenge')
  const assertion = assertionFor(devices[1]!, begun!.body)
  let signed: TestAnswer | undefined
  t.equal(
    await waitsFor(async () => (signed = await act(1, body, assertion))),
    3,
    'signed act: what the answer is about, then the two waits of every act',
  )
  t.equal(signed!.status, 201, JSON.stringify(signed!.body))

  const plain = await shown(service, links[2]!, 'seen', 'nl')
  let recorded: TestAnswer | undefined
  t.equal(await waitsFor(async () => (recorded = await act(2, plain))), 2, 'plain act: lock and look, then write') // prettier-ignore
  t.equal(recorded!.status, 201)
})

t.test('who takes a step at the same time goes along', async (t) => {
  const together = links.map((_, index) => index).slice(3)
  t.ok((await waitsFor(() => Promise.all(together.map(open)))) < together.length, 'openings')
  const begun = new Map<number, Awaited<ReturnType<typeof begunAct>>>()
  const begin = async (index: number) => void begun.set(index, await begunAct(service, links[index]!, 'seen'))
  t.ok((await waitsFor(() => Promise.all(together.map(begin)))) < 2 * together.length, 'openings and challenges') // prettier-ignore
  const answers: TestAnswer[] = []
  const send = async (index: number) => {
    const { body, begun: asked } = begun.get(index)!
    answers.push(await act(index, body, assertionFor(devices[index]!, asked.body)))
  }
  t.ok((await waitsFor(() => Promise.all(together.map(send)))) < 2 * together.length, 'signed acts')
  t.same(
    answers.map(({ status }) => status),
    together.map(() => 201),
    'each gets its own answer',
  )
  t.equal(new Set(answers.map(({ body }) => body.actId)).size, together.length)
})
