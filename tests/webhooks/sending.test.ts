import { spawn } from 'node:child_process'
import { once } from 'node:events'
import t from 'tap'
import type { OrganisationId } from '#core'
import { webhookJob } from '#webhooks'
import { aReceiver, answering, isSignedWith } from '../support/webhooks-receiver.ts'
import { webhookBench } from '../support/webhooks-service.ts'

const bench = await webhookBench(t)
const { platform, database, anOrganisation, anEndpoint, anEvent, relay, deliveries, send } = bench
const platformStart = platform.clock()
const second_ms = 1_000
const hour_ms = 3_600_000

const endpointPath = (endpointId: string): string => `/v1/webhook-endpoints/${endpointId}`
const stateOf = async (of: OrganisationId, id: string) => (await send(of, 'GET', endpointPath(id))).body

t.test('W2: an event goes once to each endpoint that takes it, signed, as a CloudEvent', async (t) => {
  const [own, other] = [await anOrganisation(), await anOrganisation()]
  const [all, some, none, foreign] = [await aReceiver(t), await aReceiver(t), await aReceiver(t), await aReceiver(t)] // prettier-ignore
  const endpoint = await anEndpoint(own, all.url)
  await anEndpoint(own, some.url, ['ledger.audit-failed', 'ledger.stopped'])
  await anEndpoint(own, none.url, ['retention.proposed'])
  await anEndpoint(other, foreign.url)
  await anEvent(own)
  t.equal(await relay(), 1)
  t.equal(await relay(), 0)
  t.same([all, some, none, foreign].map(({ received }) => received.length), [1, 1, 0, 0]) // prettier-ignore
  const [request] = all.received
  t.equal(request!.body, some.received[0]!.body)
  t.match(JSON.parse(request!.body), { specversion: '1.0', id: request!.id, type: 'ledger.stopped' })
  t.equal(request!.headers['content-type'], 'application/cloudevents+json; charset=utf-8')
  t.equal(request!.headers['webhook-timestamp'], String(Date.parse(platform.clock()) / 1000))
  t.ok(isSignedWith(endpoint.secret, request!))
  t.notOk(isSignedWith(endpoint.secret, some.received[0]!), 'each endpoint has a secret of its own')
  t.match(await deliveries(own, endpoint.endpointId), [
    { eventId: request!.id, state: 'delivered', attempts: 1, lastStatus: 204, nextAttemptAt: null },
  ])
  t.match(platform.metrics.render(), /beding_webhook_deliveries_total\{outcome="delivered"\} 2/)
})

t.test(
  'W3: every attempt has the same id and bytes, and what fails comes back until it is taken',
  async (t) => {
    const own = await anOrganisation()
    const receiver = await aReceiver(t)
    const { endpointId, secret } = await anEndpoint(own, receiver.url)
    const moods = [
      answering(500),
      answering(302, { location: receiver.url }),
      (request: { socket: { destroy(): void } }) => request.socket.destroy(),
      answering(200),
    ]
    receiver.mood = (request, answer, received) => moods[receiver.received.length - 1]!(request as never, answer, received) // prettier-ignore
    await anEvent(own)
    for (let minute = 0; minute < 20; minute += 1) {
      await relay()
      platform.advanceClock(60 * second_ms)
    }
    t.equal(receiver.received.length, 4)
    t.equal(new Set(receiver.received.map(({ id, body }) => `${id} ${body}`)).size, 1)
    t.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size, 4)
    for (const request of receiver.received) t.ok(isSignedWith(secret, request))
    t.match(await deliveries(own, endpointId), [{ state: 'delivered', attempts: 4, lastStatus: 200 }])
    t.match(await stateOf(own, endpointId), { failures: 0, pausedUntil: null })
  },
)

t.test(
  'W5: a receiver that answers too late is tried again, and after twelve attempts it is given up',
  async (t) => {
    const own = await anOrganisation()
    const receiver = await aReceiver(t)
    const { endpointId } = await anEndpoint(own, receiver.url)
    receiver.mood = (_request, answer) => void setTimeout(() => answer.writeHead(200).end(), 60)
    await anEvent(own)
    for (let hour = 0; hour < 120; hour += 1) {
      await relay({ timeout_ms: 20 })
      platform.advanceClock(hour_ms)
    }
    t.equal(receiver.received.length, 12)
    t.equal(new Set(receiver.received.map(({ id, body }) => `${id} ${body}`)).size, 1)
    t.match(await deliveries(own, endpointId), [
      {
        state: 'failed',
        attempts: 12,
        lastStatus: null,
        lastDetail: 'not delivered: there was no answer in time',
      },
    ])
    receiver.mood = answering(204)
    const eventId = receiver.received[0]!.id
    const retried = await send(own, 'POST', `${endpointPath(endpointId)}/deliveries/${eventId}/retries`)
    t.match([retried.status, retried.body], [202, { endpointId, eventId, state: 'queued' }])
    await relay()
    t.equal(receiver.received[12]!.body, receiver.received[0]!.body, 'asked for again, the same bytes go out')
    t.match(await deliveries(own, endpointId), [{ state: 'delivered', attempts: 1 }])
  },
)

t.test(
  'W5: a long queue is not held against a closed door, and what waited for four days is given up',
  async (t) => {
    const own = await anOrganisation()
    const receiver = await aReceiver(t)
    const { endpointId } = await anEndpoint(own, receiver.url)
    receiver.mood = answering(503)
    for (let size = 0; size < 50; size += 1) await anEvent(own, size)
    for (let minute = 0; minute < 60; minute += 1) {
      await relay()
      platform.advanceClock(60 * second_ms)
    }
    t.ok(receiver.received.length < 40, `${receiver.received.length} requests in an hour for 50 events`)
    platform.advanceClock(97 * hour_ms)
    await relay()
    const listed = await deliveries(own, endpointId)
    t.equal(listed.length, 50)
    for (const delivery of listed)
      t.match(delivery, { state: 'failed', lastDetail: /given up after four days$/ })
  },
)

t.test('W5: 410 disables the endpoint and cancels what was queued', async (t) => {
  const own = await anOrganisation()
  const receiver = await aReceiver(t)
  const { endpointId } = await anEndpoint(own, receiver.url)
  receiver.mood = answering(500)
  for (let size = 0; size < 3; size += 1) await anEvent(own, size)
  await relay()
  receiver.mood = answering(410)
  platform.advanceClock(10 * second_ms)
  await relay()
  t.match(await stateOf(own, endpointId), { state: 'disabled', disabledBecause: 'gone' })
  const states = (await deliveries(own, endpointId)).map(({ state }: { state: string }) => state)
  t.same(states.toSorted(), ['cancelled', 'cancelled', 'failed'])
  const before = receiver.received.length
  await anEvent(own)
  platform.advanceClock(hour_ms)
  await relay()
  t.equal(receiver.received.length, before)
  const test = await send(own, 'POST', `${endpointPath(endpointId)}/test-events`)
  t.match([test.status, test.body.code], [409, 'webhook-endpoint-disabled'])
})

t.test('W5: 429 with Retry-After is heard, for everything to that endpoint', async (t) => {
  const own = await anOrganisation()
  const receiver = await aReceiver(t)
  await anEndpoint(own, receiver.url)
  receiver.mood = answering(429, { 'retry-after': '600' })
  await anEvent(own)
  await relay()
  await anEvent(own)
  platform.advanceClock(599 * second_ms)
  await relay()
  t.equal(receiver.received.length, 1)
  receiver.mood = answering(204)
  platform.advanceClock(125 * second_ms)
  await relay()
  t.equal(receiver.received.length, 3)
})

t.test('W6: two workers at once send each delivery once, and not too many at a time', async (t) => {
  const own = await anOrganisation()
  const receiver = await aReceiver(t)
  await anEndpoint(own, receiver.url)
  receiver.mood = (_request, answer) => void setTimeout(() => answer.writeHead(204).end(), 5)
  for (let size = 0; size < 40; size += 1) await anEvent(own, size)
  await Promise.all([relay(), relay(), relay()])
  t.equal(receiver.received.length, 40)
  t.equal(new Set(receiver.received.map(({ id }) => id)).size, 40)
  t.ok(receiver.busiest <= 4, `${receiver.busiest} at once`)
  for (let size = 0; size < 20; size += 1) await anEvent(own, size)
  const job = webhookJob({ platform, database, egress: { allowLoopback: true } })
  await Promise.all([job.work(own), job.work(own), job.work(own)])
  t.equal(receiver.received.length, 60, 'also where a lease was lost and two have the same round')
})

t.test('W6: a receiver that takes its time keeps no other organisation waiting', async (t) => {
  const [slowOne, quickOne] = [await anOrganisation(), await anOrganisation()]
  const [slow, quick] = [await aReceiver(t), await aReceiver(t)]
  await anEndpoint(slowOne, slow.url)
  await anEndpoint(quickOne, quick.url)
  await anEndpoint(slowOne, quick.url)
  let done = false
  slow.mood = (_request, answer) => void setTimeout(() => ((done = true), answer.writeHead(204).end()), 1_000)
  let early = 0
  quick.mood = (_request, answer) => {
    if (!done) early += 1
    answer.writeHead(204).end()
  }
  await anEvent(slowOne)
  await anEvent(quickOne)
  await relay()
  t.equal(early, 2, 'its own other endpoint neither')
  t.equal(slow.received.length, 1)
})

t.test('W3: a worker killed between the answer and the mark repeats the same id and bytes', async (t) => {
  const own = await anOrganisation()
  const receiver = await aReceiver(t)
  const { endpointId } = await anEndpoint(own, receiver.url)
  platform.setClock(platformStart)
  await anEvent(own)
  const child = spawn(process.execPath, [new URL('../support/webhooks-child.ts', import.meta.url).pathname, bench.urls.app], { stdio: 'inherit' }) // prettier-ignore
  const killed = new Promise<void>((resolve) => {
    // Read whole, then the worker dies before it hears the answer.
    receiver.mood = () => {
      child.kill('SIGKILL')
      resolve()
    }
  })
  await Promise.all([killed, once(child, 'exit')])
  receiver.mood = answering(204)
  t.match(await deliveries(own, endpointId), [{ state: 'queued', attempts: 1 }])
  await relay()
  t.equal(receiver.received.length, 1, 'its lease has not ended')
  platform.advanceClock(61 * second_ms)
  await relay()
  t.equal(receiver.received.length, 2)
  const [first, second] = receiver.received
  t.same([second!.id, second!.body], [first!.id, first!.body])
  t.match(await deliveries(own, endpointId), [{ state: 'delivered', attempts: 2 }])
})

t.test('E1: an address that has become forbidden is not sent to', async (t) => {
  const own = await anOrganisation()
  const receiver = await aReceiver(t)
  const { endpointId } = await anEndpoint(own, receiver.url)
  await anEvent(own)
  await relay({ allowLoopback: false })
  t.equal(receiver.received.length, 0)
  t.match(await deliveries(own, endpointId), [{ state: 'queued', lastDetail: 'not sent: not-https' }])
})
