import t from 'tap'
import { listRoutes } from '#http'
import { eventCatalogue, eventDocumentation, recordEvent } from '#webhooks'
import { ruleBreaks } from '../support/http-openapi-rules.ts'
import { aServer } from '../support/http-server.ts'
import { aReceiver, answering, isSignedWith } from '../support/webhooks-receiver.ts'
import { webhookBench } from '../support/webhooks-service.ts'

const bench = await webhookBench(t)
const { platform, database, adminQuery, anOrganisation, anEndpoint, anEvent, relay, deliveries, send } = bench
const hour_ms = 3_600_000
const path = '/v1/webhook-endpoints'

t.test('an endpoint is made once for a key, and its secret is shown once', async (t) => {
  const own = await anOrganisation()
  const body = { url: 'https://example.org/hook', eventTypes: ['ledger.stopped'] }
  const first = await send(own, 'POST', path, body, 'a-key-of-16-or-more')
  t.match([first.status, first.body], [201, { ...body, state: 'enabled', disabledBecause: null, secret: /^whsec_/, publicKey: /^whpk_/ }]) // prettier-ignore
  const second = await send(own, 'POST', path, body, 'a-key-of-16-or-more')
  t.same([second.status, second.body], [201, { ...first.body, secret: null }])
  const { secret: _secret, ...seen } = first.body
  t.same((await send(own, 'GET', path)).body, { items: [seen], nextCursor: null })
  t.same((await send(own, 'GET', `${path}/${first.body.endpointId}`)).body, seen)
  const rows = await adminQuery<{ found: boolean }>(
    `select bool_or(x like '%' || $1 || '%') as found from (
       select e::text as x from beding.webhook_endpoint e union all select i::text from beding.idempotency i) as rows`,
    [first.body.secret.slice(6)],
  )
  t.same(rows, [{ found: false }], 'the secret is in no row')
})

t.test('E1: hostile addresses are refused when they are given, with what is wrong', async (t) => {
  const own = await anOrganisation()
  const cases: readonly [string, string][] = [
    ['http://example.org/', 'not-https'],
    ['https://user:secret@example.org/', 'credentials-in-url'],
    ['https://169.254.169.254/', 'address-not-public'],
    ['https://[::ffff:10.0.0.1]/', 'address-not-public'],
    ['https://metadata.google.internal/', 'name-not-public'],
    ['https://example.org:22/', 'port-not-allowed'],
    ['nonsense', 'not-a-url'],
  ]
  for (const [url, code] of cases) {
    const answer = await send(own, 'POST', path, { url })
    t.match([answer.status, answer.body.code, answer.body.errors], [422, 'webhook-url-refused', [{ code, pointer: '/url' }]]) // prettier-ignore
    t.notOk(JSON.stringify(answer.body).includes('secret'), 'what was sent is not repeated')
  }
  t.same((await send(own, 'GET', path)).body.items, [])
})

t.test('types that are not there, empty choices and changed addresses are refused', async (t) => {
  const own = await anOrganisation()
  const { endpointId } = await anEndpoint(own, 'https://example.org/hook')
  for (const eventTypes of [[], ['no.such-type'], ['webhook.test'], ['ledger.stopped', 'ledger.stopped']])
    t.equal((await send(own, 'POST', path, { url: 'https://example.org/', eventTypes })).status, 400)
  for (const change of [{}, { url: 'https://example.org/other' }, { state: 'gone' }])
    t.equal((await send(own, 'PATCH', `${path}/${endpointId}`, change)).status, 400)
})

t.test('an endpoint is disabled and enabled, and both may be said twice', async (t) => {
  const own = await anOrganisation()
  const receiver = await aReceiver(t)
  const { endpointId } = await anEndpoint(own, receiver.url)
  await anEvent(own)
  const change = (body: object) => send(own, 'PATCH', `${path}/${endpointId}`, body)
  t.match((await change({ state: 'disabled' })).body, { state: 'disabled', disabledBecause: 'asked' })
  t.match((await change({ state: 'disabled' })).body, { state: 'disabled', disabledBecause: 'asked' })
  await anEvent(own)
  await relay()
  t.equal(receiver.received.length, 0)
  t.match(await deliveries(own, endpointId), [{ state: 'cancelled', attempts: 0 }])
  t.match((await change({ state: 'enabled', eventTypes: ['retention.proposed'] })).body, { state: 'enabled', disabledBecause: null, eventTypes: ['retention.proposed'] }) // prettier-ignore
  await anEvent(own)
  await relay()
  t.equal(receiver.received.length, 0, 'of another type')
  t.match((await change({ eventTypes: null })).body, { eventTypes: null })
  await anEvent(own)
  await relay()
  t.equal(receiver.received.length, 1)
})

t.test('there are at most ten enabled endpoints, also when several are made at once', async (t) => {
  const own = await anOrganisation()
  const made = await Promise.all(
    Array.from({ length: 14 }, (_, index) =>
      send(own, 'POST', path, { url: `https://example.org/${index}` }),
    ),
  )
  t.same(made.map(({ status }) => status).toSorted(), [...Array(10).fill(201), ...Array(4).fill(409)])
  t.equal(made.find(({ status }) => status === 409)!.body.code, 'webhook-endpoint-limit-reached')
  const { endpointId } = made.find(({ status }) => status === 201)!.body
  await send(own, 'PATCH', `${path}/${endpointId}`, { state: 'disabled' })
  t.equal((await send(own, 'POST', path, { url: 'https://example.org/more' })).status, 201)
  const again = await send(own, 'PATCH', `${path}/${endpointId}`, { state: 'enabled' })
  t.match([again.status, again.body.code], [409, 'webhook-endpoint-limit-reached'])
})

t.test('W4: while a secret is replaced both sign, and afterwards the new one alone', async (t) => {
  const own = await anOrganisation()
  const receiver = await aReceiver(t)
  const { endpointId, secret: old } = await anEndpoint(own, receiver.url)
  const rotate = (body: object, key?: string) => send(own, 'POST', `${path}/${endpointId}/secrets`, body, key)
  const first = await rotate({}, 'rotating-key-00001')
  t.match([first.status, first.body.secret], [201, /^whsec_/])
  t.same((await rotate({}, 'rotating-key-00001')).body, { ...first.body, secret: null })
  const signers = async (): Promise<boolean[]> => {
    await anEvent(own)
    await relay()
    return [old, first.body.secret].map((secret) => isSignedWith(secret, receiver.received.at(-1)!))
  }
  t.same(await signers(), [true, true])
  platform.advanceClock(24 * hour_ms - 1)
  t.same(await signers(), [true, true])
  platform.advanceClock(1)
  t.same(await signers(), [false, true])
  const second = await rotate({ keepPreviousHours: 0 })
  t.same(await signers(), [false, false], 'with 0 hours the one before ends at once')
  t.ok(isSignedWith(second.body.secret, receiver.received.at(-1)!))
  t.equal((await rotate({ keepPreviousHours: 169 })).status, 400)
})

t.test('a test event goes to one endpoint whatever it takes, and its fate can be read', async (t) => {
  const own = await anOrganisation()
  const [receiver, other] = [await aReceiver(t), await aReceiver(t)]
  const { endpointId } = await anEndpoint(own, receiver.url, ['retention.proposed'])
  await anEndpoint(own, other.url)
  const asked = await send(own, 'POST', `${path}/${endpointId}/test-events`)
  t.match([asked.status, asked.body.state], [202, 'queued'])
  receiver.mood = answering(418)
  await relay()
  t.match(JSON.parse(receiver.received[0]!.body), { type: 'webhook.test', subject: endpointId, data: { endpointId } }) // prettier-ignore
  t.equal(other.received.length, 0)
  t.match(await deliveries(own, endpointId), [{ eventId: asked.body.eventId, state: 'queued', lastStatus: 418, lastDetail: 'answered 418' }]) // prettier-ignore
})

t.test('deliveries come in pages, newest first, and can be asked for by state', async (t) => {
  const own = await anOrganisation()
  const receiver = await aReceiver(t)
  const { endpointId } = await anEndpoint(own, receiver.url)
  for (let size = 0; size < 7; size += 1) {
    await anEvent(own, size)
    platform.advanceClock(1)
  }
  receiver.mood = (_request, answer) =>
    void answer.writeHead(receiver.received.length === 1 ? 204 : 500).end()
  await relay()
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await send(own, 'GET', `${path}/${endpointId}/deliveries?pageSize=3${cursor && `&cursor=${cursor}`}`) // prettier-ignore
    seen.push(...page.body.items.map(({ eventId }: { eventId: string }) => eventId))
    cursor = page.body.nextCursor
  }
  t.equal(seen.length, 7)
  t.same(seen, seen.toSorted().toReversed())
  const delivered = await send(own, 'GET', `${path}/${endpointId}/deliveries?state=delivered`)
  t.equal(delivered.body.items.length, 1)
})

t.test('what is elsewhere is not there', async (t) => {
  const [own, other] = [await anOrganisation(), await anOrganisation()]
  const receiver = await aReceiver(t)
  const { endpointId } = await anEndpoint(own, receiver.url)
  const asked = await send(own, 'POST', `${path}/${endpointId}/test-events`)
  const one = `${path}/${endpointId}`
  const requests: readonly [string, string, object?][] = [
    ['GET', one],
    ['PATCH', one, { state: 'disabled' }],
    ['POST', `${one}/secrets`, {}],
    ['POST', `${one}/test-events`],
    ['GET', `${one}/deliveries`],
    ['POST', `${one}/deliveries/${asked.body.eventId}/retries`],
  ]
  for (const [method, url, body] of requests) {
    const answer = await send(other, method, url, body)
    t.match([answer.status, answer.body.code], [404, 'webhook-endpoint-not-found'], `${method} ${url}`)
  }
  t.same((await send(other, 'GET', path)).body.items, [])
  const unknown = await send(own, 'POST', `${one}/deliveries/${endpointId}/retries`)
  t.match([unknown.status, unknown.body.code], [404, 'webhook-delivery-not-found'])
})

t.test('W1: of what was recorded nothing can be changed, by nobody', async (t) => {
  const own = await anOrganisation()
  await anEvent(own)
  for (const statement of ['update beding.webhook_event set body = body', 'delete from beding.webhook_event'])
    await t.rejects(adminQuery(statement), { code: 'BE001' })
  const draft = { type: 'ledger.stopped', data: { text: 'x'.repeat(30_000) } } as const
  await t.rejects(
    database.inOrganisation(own, (trx) => recordEvent(platform, trx, own, draft)),
    RangeError,
  )
})

t.test('the OpenAPI document says what a receiver gets, and breaks no rule by it', async (t) => {
  const server = aServer(() => undefined, {}, { webhooks: eventDocumentation })
  t.teardown(() => server.close())
  await server.ready()
  const document = server.swagger() as unknown as { webhooks: Record<string, object> }
  t.same(Object.keys(document.webhooks), Object.keys(eventCatalogue))
  t.same(
    ruleBreaks(document).filter((text) => text.includes('webhook')),
    [],
  )
})

t.test('the catalogue is what the interface lists', async (t) => {
  const own = await anOrganisation()
  const { body } = await send(own, 'GET', '/v1/webhook-event-types')
  t.same(body.items, Object.entries(eventCatalogue).map(([type, texts]) => ({ type, ...texts }))) // prettier-ignore
  for (const { type } of body.items) t.match(type, /^[a-z]+\.[a-z]+(-[a-z]+)*$/)
  t.ok(listRoutes(bench.server).filter(({ url }) => url.startsWith('/v1/webhook')).every(({ access }) => typeof access === 'object')) // prettier-ignore
})
