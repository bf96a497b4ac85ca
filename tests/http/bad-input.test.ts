import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { Type } from 'typebox'
import { oneOf, pageQuery, problemResponses, strictObject, Uuid, type HttpServer } from '#http'
import { sendRaw, type RawAnswer } from '../support/http-raw-request.ts'
import { aCaller, aServer } from '../support/http-server.ts'

const thing = '/v1/things/00000000-0000-7000-8000-000000000001'
const canary = 'Aagje-Canary-van-der-Berg'
let recorded: unknown[] = []

function thingRoutes(server: HttpServer): void {
  server.post(
    '/v1/things/:thingId',
    {
      config: { access: { right: 'person.import' as never } },
      schema: {
        operationId: 'makeThing',
        params: strictObject({ thingId: Uuid }),
        body: strictObject({
          name: Type.String({ maxLength: 40 }),
          kind: oneOf(['a', 'b']),
          count: Type.Integer({ minimum: 1 }),
          when: Type.Optional(Type.String({ format: 'date-time' })),
          either: Type.Optional(Type.Union([strictObject({ x: Type.Integer() }), strictObject({ y: Uuid })])),
        }),
        response: { 201: strictObject({ name: Type.String() }), ...problemResponses() },
      },
    },
    async (request, reply) => {
      recorded.push(request.body)
      return reply.code(201).send({ name: request.body.name })
    },
  )
  server.get(
    '/v1/things',
    {
      config: { access: { right: 'person.import' as never } },
      schema: {
        operationId: 'listThings',
        querystring: pageQuery({ flag: Type.Optional(Type.Boolean()) }),
        response: { 200: Type.Object({}, { additionalProperties: true }), ...problemResponses() },
      },
    },
    async (request) => ({ query: request.query }),
  )
  server.post(
    '/v1/pings',
    { config: { access: 'public' }, schema: { operationId: 'ping', response: { 200: strictObject({}) } } },
    async () => ({}),
  )
}

const server = aServer(thingRoutes, { good: aCaller(['person.import']), poor: aCaller(['person.read']) })
let port = 0

t.before(async () => {
  await server.listen({ port: 0, host: '127.0.0.1' })
  port = (server.server.address() as AddressInfo).port
})
t.beforeEach(() => {
  recorded = []
})
t.teardown(() => server.close())

function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const bytes = Buffer.from(body)
  const all = {
    host: 'x',
    authorization: 'Bearer good',
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    connection: 'close',
    ...headers,
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('') // prettier-ignore
  return raw(Buffer.concat([Buffer.from(`POST ${thing} HTTP/1.1\r\n${head}\r\n`), bytes]))
}

async function raw(bytes: string | Buffer): Promise<RawAnswer> {
  const answers = await sendRaw(port, [bytes])
  return answers[0] ?? { status: 0, headers: {}, body: '' }
}

/** What every refusal has in common, whichever surface it comes from. */
function refused(t: Test, answer: RawAnswer, status: number, code: string): Record<string, unknown> {
  t.equal(answer.status, status, `status ${status}`)
  t.equal(answer.headers['content-type'], 'application/problem+json')
  t.equal(answer.headers['cache-control'], 'no-store')
  t.equal(answer.headers['api-version'], '1.2.3')
  t.match(answer.headers['strict-transport-security'], /max-age/)
  const body = JSON.parse(answer.body || '{}') as Record<string, unknown>
  t.equal(body['code'], code, `code ${code}`)
  t.equal(body['type'], `/problems/${code}`)
  t.equal(body['status'], status)
  t.equal(body['instance'], `urn:uuid:${answer.headers['request-id']}`)
  t.type(body['title'], 'string')
  t.type(body['detail'], 'string')
  t.notMatch(answer.body, canary, 'what was sent is not repeated')
  t.same(recorded, [], 'the handler was not reached')
  return body
}

t.test('a body that fits is taken as it is', async (t) => {
  const answer = await post('{"name":"n","kind":"a","count":1}')
  t.equal(answer.status, 201)
  t.same(recorded, [{ name: 'n', kind: 'a', count: 1 }])
})

t.test('every fault of a body is named in one answer, and none is repaired', async (t) => {
  const answer = await post(`{"name":"${'x'.repeat(41)}","kind":"${canary}","count":"1","extra":true}`)
  const body = refused(t, answer, 400, 'input-invalid')
  const errors = body['errors'] as { code: string; pointer: string }[]
  t.same(errors.map(({ code, pointer }) => `${pointer} ${code}`).toSorted(), [
    '/count wrong-type',
    '/extra unknown-member',
    '/kind not-an-allowed-value',
    '/name too-long',
  ])
})

t.test('a member name that is itself content is not repeated', async (t) => {
  const answer = await post(`{"name":"n","kind":"a","count":1,"${canary} ${canary}":1}`)
  refused(t, answer, 400, 'input-invalid')
})

t.test('a union that does not fit gives one error', async (t) => {
  const answer = await post('{"name":"n","kind":"a","count":1,"either":{"x":"1"}}')
  const errors = refused(t, answer, 400, 'input-invalid')['errors'] as { code: string; pointer: string }[]
  t.ok(errors.some(({ pointer, code }) => pointer === '/either' && code === 'no-shape-fits'))
})

for (const [moment, good] of [
  ['2026-11-21T08:00:00Z', true],
  ['2026-11-21T08:00:00.123+01:00', true],
  ['2026-11-21t08:00:00z', false],
  ['2026-11-21T08:00:00-00:00', false],
  ['2026-02-30T08:00:00Z', false],
  ['2026-11-21T24:00:00Z', false],
  ['2026-11-21T08:00:00', false],
] as const) {
  t.test(`the moment ${moment} is ${good ? 'taken' : 'refused'}`, async (t) => {
    const answer = await post(`{"name":"n","kind":"a","count":1,"when":"${moment}"}`)
    if (good) t.equal(answer.status, 201)
    else refused(t, answer, 400, 'input-invalid')
  })
}

const malformed: readonly (readonly [string, string | Buffer, string])[] = [
  ['a member named twice', `{"name":"n","name":"${canary}","kind":"a","count":1}`, 'duplicate-key'],
  ['bytes that are not UTF-8', Buffer.from('7b226e616d65223a22ff227d', 'hex'), 'not-utf-8'],
  ['text that is not JSON', `{"name":${canary}`, 'syntax'],
  ['nesting beyond the limit', '['.repeat(100) + ']'.repeat(100), 'too-deep'],
  ['half a character', '{"name":"\\ud800","kind":"a","count":1}', 'lone-surrogate'],
  ['a byte order mark', Buffer.from('efbbbf7b7d', 'hex'), 'syntax'],
  ['a member named __proto__', '{"__proto__":{"name":"n"},"name":"n","kind":"a","count":1}', 'syntax'],
]
for (const [what, body, reason] of malformed) {
  t.test(`${what} is refused as ${reason}`, async (t) => {
    const answer = await post(body)
    const errors = refused(t, answer, 400, 'body-malformed')['errors'] as { code: string; pointer: string }[]
    t.equal(errors[0]?.code, reason)
    if (reason === 'duplicate-key') t.equal(errors[0]?.pointer, '/name')
  })
}

t.test('no body where one is needed', async (t) => {
  refused(t, await post(''), 400, 'input-invalid')
})

t.test('a body where none is taken', async (t) => {
  const answer = await raw(
    'POST /v1/pings HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}',
  )
  refused(t, answer, 400, 'input-invalid')
})

t.test('a body above the limit is refused before it is read', async (t) => {
  const head = `POST ${thing} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\n`
  const answer = await raw(`${head}content-length: 1048577\r\n\r\n{`)
  refused(t, answer, 413, 'body-too-large')
})

t.test('a body above the limit in chunks is refused as well', async (t) => {
  const head = `POST ${thing} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\n`
  const chunk = `80000\r\n${' '.repeat(0x80000)}\r\n`
  const answer = await raw(`${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`)
  refused(t, answer, 413, 'body-too-large')
})

t.test('one text of nearly 1 MiB does not break the parser', async (t) => {
  refused(t, await post(`"${'é'.repeat(500_000)}"`), 400, 'input-invalid')
})

t.test('a body that is cut off leaves nothing behind', async (t) => {
  const head = `POST ${thing} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\n`
  const answers = await sendRaw(port, [`${head}content-length: 50\r\n\r\n`, '{"name":"n","kind":"a"'], {
    end: true,
  })
  t.equal(answers.length, 1, 'one answer')
  refused(t, answers[0]!, 400, 'body-incomplete')
})

t.test('a body in chunks that is cut off leaves nothing behind', async (t) => {
  const head = `POST ${thing} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\n`
  const chunk = '21\r\n{"name":"n","kind":"a","count":1}\r\n'
  const answers = await sendRaw(port, [`${head}transfer-encoding: chunked\r\n\r\n${chunk}`], { end: true })
  t.equal(answers.length, 1, 'one answer')
  refused(t, answers[0]!, 400, 'body-incomplete')
})

for (const mediaType of [
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/json; charset=latin1',
  '',
]) {
  t.test(`the media type "${mediaType}" is not taken`, async (t) => {
    refused(t, await post('{"name":"n","kind":"a","count":1}', { 'content-type': mediaType }), 415, 'media-type-unsupported') // prettier-ignore
  })
}

t.test('an address that cannot be decoded', async (t) => {
  refused(t, await raw('GET /%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'), 400, 'uri-malformed')
})

t.test('a part of the address that is too long', async (t) => {
  const answer = await raw(
    `POST /v1/things/${'a'.repeat(300)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
  )
  refused(t, answer, 414, 'uri-too-long')
})

t.test('an identifier that is none', async (t) => {
  const answer = await post('{"name":"n","kind":"a","count":1}')
  t.equal(answer.status, 201)
  recorded = []
  const bad = await raw(
    `POST /v1/things/${canary} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\nconnection: close\r\n\r\n`,
  )
  const errors = refused(t, bad, 400, 'input-invalid')['errors'] as { parameter: string }[]
  t.equal(errors[0]?.parameter, 'thingId')
})

const malformedHttp: readonly (readonly [string, string, number, string])[] = [
  ['a request line that is none', `${canary}\r\n\r\n`, 400, 'request-malformed'],
  ['no Host', 'GET /v1/me HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'request-malformed'],
  ['two lengths', 'POST /v1/pings HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}', 400, 'request-malformed'], // prettier-ignore
  ['a length and chunks', 'POST /v1/pings HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', 400, 'request-malformed'], // prettier-ignore
  [
    'headers without end',
    `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers-too-large',
  ],
]
for (const [what, text, status, code] of malformedHttp) {
  t.test(`malformed HTTP, ${what}, is a problem as well`, async (t) => {
    refused(t, await raw(text), status, code)
  })
}

t.test('a request that never ends is given up', async (t) => {
  const hasty = aServer(thingRoutes, { good: aCaller(['person.import']) }, { requestTimeout_ms: 300 })
  await hasty.listen({ port: 0, host: '127.0.0.1' })
  t.teardown(() => hasty.close())
  const head = `POST ${thing} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\n`
  const answers = await sendRaw(
    (hasty.server.address() as AddressInfo).port,
    [`${head}content-length: 50\r\n\r\n{`],
    {
      wait_ms: 3000,
    },
  )
  refused(t, answers[0]!, 408, 'request-timeout')
})

t.test('a method that a known path does not take is 405 with Allow, and OPTIONS says the same', async (t) => {
  const wrong = await raw(`PUT ${thing} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
  refused(t, wrong, 405, 'method-not-allowed')
  t.equal(wrong.headers['allow'], 'OPTIONS, POST')
  const options = await raw('OPTIONS /v1/things HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  t.equal(options.status, 204)
  t.equal(options.headers['allow'], 'GET, HEAD, OPTIONS')
  const odd = await raw('PROPFIND /v1/things HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  refused(t, odd, 405, 'method-not-allowed')
})

t.test('a path nobody has is 404, whatever else is wrong with the request', async (t) => {
  const answer = await raw(
    `POST /v1/${canary}?token=${canary} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: x/y\r\ncontent-length: 1\r\n\r\n{`,
  )
  refused(t, answer, 404, 'route-not-found')
})

t.test('no key, a wrong key and a key without the right', async (t) => {
  const none = await post('{}', { authorization: '' })
  refused(t, none, 401, 'credentials-missing')
  t.equal(none.headers['www-authenticate'], 'Bearer realm="beding"')
  refused(t, await post('{}', { authorization: 'Bearer wrong' }), 401, 'credentials-missing')
  refused(t, await post('{}', { authorization: 'Basic Z29vZDpnb29k' }), 401, 'credentials-missing')
  refused(t, await post('{}', { authorization: 'Bearer poor' }), 403, 'access-denied')
})

for (const query of [
  'x=1',
  'pageSize=0',
  'pageSize=201',
  'pageSize=1.5',
  'pageSize=',
  'pageSize=1&pageSize=2',
  'flag=maybe',
]) {
  t.test(`the query ?${query} is refused`, async (t) => {
    const answer = await raw(
      `GET /v1/things?${query} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\nconnection: close\r\n\r\n`,
    )
    const errors = refused(t, answer, 400, 'input-invalid')['errors'] as { parameter: string }[]
    t.equal(errors[0]?.parameter, query.split('=')[0])
  })
}

t.test('a query is read as the types it stands for', async (t) => {
  const answer = await raw(
    'GET /v1/things?flag=true HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\nconnection: close\r\n\r\n',
  )
  t.same(JSON.parse(answer.body), { query: { flag: true, pageSize: 50 } })
})

t.test('the log has a line for each request and nothing that was sent', async (t) => {
  await post(`{"name":"${canary}","kind":"a","count":1}`)
  await raw(`GET /v1/things?flag=${canary} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${canary}\r\nconnection: close\r\n\r\n`) // prettier-ignore
  const log = server.captured.lines.join('\n')
  t.notMatch(log, canary)
  t.notMatch(log, 'Bearer')
  t.notMatch(log, 'flag=')
  const line = JSON.parse(server.captured.lines.at(-1)!) as Record<string, unknown>
  t.match(line, { method: 'GET', route: '/v1/things', status: 401, msg: 'request' })
  t.notMatch(log, 'undeclared problem', 'every refusal seen here is in the contract')
})
