import type { AddressInfo } from 'node:net'
import t from 'tap'
import { Type } from 'typebox'
import {
  acceptText,
  etagOf,
  listRoutes,
  requireMatch,
  sendDownload,
  strictObject,
  type HttpServer,
} from '#http'
import { problem, problems, sha256 } from '#core'
import { sendRaw } from '../support/http-raw-request.ts'
import { aCaller, aServer } from '../support/http-server.ts'

const bytes = Buffer.from('%PDF- not really')
const open = { access: 'public' } as const
let release: () => void = () => undefined

function routes(server: HttpServer): void {
  server.get(
    '/v1/slow',
    { config: open, schema: { response: { 200: strictObject({ done: Type.Boolean() }) } } },
    async () => {
      await new Promise<void>((resolve) => (release = resolve))
      return { done: true }
    },
  )
  server.get('/v1/broken', { config: open, schema: { response: { 200: strictObject({}) } } }, async () => {
    throw new Error('the wheel came off', { cause: new Error('a nut was loose') })
  })
  server.get(
    '/v1/undocumented',
    { config: open, schema: { response: { 200: strictObject({}) } } },
    async () => {
      throw problem('person-not-found')
    },
  )
  server.get('/v1/document', { config: open }, async (request, reply) =>
    sendDownload(request, reply, {
      bytes,
      sha256: sha256(bytes),
      mediaType: 'application/pdf',
      fileName: 'gedragscode é (1).pdf',
    }),
  )
  server.put('/v1/draft', { config: { ...open, conditional: true } }, async (request, reply) => {
    requireMatch(request, etagOf(3))
    return reply.code(204).send()
  })
  server.get('/v1/mine', { config: open }, async (request) => ({ who: request.caller.clientId }))
  server.register(async (scope: HttpServer) => {
    acceptText(scope, 'text/csv', 100)
    const body = { content: { 'text/csv': { schema: Type.String({ maxLength: 100 }) } } }
    scope.post('/v1/lines', { config: open, schema: { body } }, async (request) => ({ text: request.body }))
  })
}

const server = aServer(routes, { good: aCaller(['person.read']) })
t.teardown(() => server.close())

t.test('whatever the answer is, the same headers protect it', async (t) => {
  const urls = ['/v1/openapi.json', '/documentation', '/documentation/static/swagger-ui.css', '/problems', '/nowhere', '/v1/broken', '/%zz'] // prettier-ignore
  for (const url of urls) {
    const { headers } = await server.inject(url)
    t.equal(headers['x-content-type-options'], 'nosniff', url)
    t.equal(headers['x-frame-options'], 'DENY', url)
    t.equal(headers['referrer-policy'], 'no-referrer', url)
    t.match(headers['strict-transport-security'], /max-age=31536000/, url)
    t.match(headers['content-security-policy'], /default-src 'none'.*frame-ancestors 'none'/, url)
    t.match(headers['request-id'], /^[0-9a-f-]{36}$/, url)
    t.equal(headers['api-version'], '1.2.3', url)
  }
})

t.test('an error nobody foresaw tells the client nothing and the log everything', async (t) => {
  const answer = await server.inject('/v1/broken')
  t.equal(answer.statusCode, 500)
  t.equal(answer.json().code, 'internal-error')
  t.notMatch(answer.body, /wheel|nut/)
  const id = String(answer.headers['request-id'])
  const line = server.captured.lines.find((each) => each.includes('request failed') && each.includes(id))
  t.match(line, 'the wheel came off', 'under the id the client was given')
  t.match(line, 'a nut was loose', 'with its cause')
})

t.test('a refusal that a route does not document is pointed out in the log', async (t) => {
  t.equal((await server.inject('/v1/undocumented')).statusCode, 404)
  t.match(
    server.captured.lines.map((line) => JSON.parse(line) as object).find((line) => 'msg' in line && line.msg === 'undeclared problem'), // prettier-ignore
    { level: 'warn', route: '/v1/undocumented', code: 'person-not-found' },
  )
})

t.test('a handler that asks for the caller where nobody is known fails', async (t) => {
  t.equal((await server.inject('/v1/mine')).statusCode, 500)
})

t.test('the pages of the documentation load nothing from elsewhere', async (t) => {
  const page = await server.inject('/documentation')
  t.equal(page.statusCode, 200)
  const parts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!)
  t.ok(parts.length >= 5)
  for (const part of parts) {
    t.ok(part.startsWith('/documentation/static/'), part)
    t.equal((await server.inject(part)).statusCode, 200, part)
  }
  t.notMatch(page.headers['content-security-policy'], /https?:|unsafe-eval|script-src[^;]*unsafe-inline/)
})

t.test('the document may be read from any origin, nothing else', async (t) => {
  t.equal((await server.inject('/v1/openapi.json')).headers['access-control-allow-origin'], '*')
  t.equal((await server.inject('/problems')).headers['access-control-allow-origin'], undefined)
})

t.test('every problem has its page', async (t) => {
  const list = await server.inject('/problems')
  for (const code of Object.keys(problems)) {
    t.match(list.body, `/problems/${code}`)
    t.equal((await server.inject(`/problems/${code}`)).statusCode, 200)
  }
  t.equal((await server.inject('/problems/constructor')).statusCode, 404)
})

t.test('a download is the bytes, with their digest, and is not sent twice to who has it', async (t) => {
  const answer = await server.inject('/v1/document')
  t.ok(answer.rawPayload.equals(bytes))
  t.equal(answer.headers['repr-digest'], `sha-256=:${sha256(bytes).toString('base64')}:`)
  t.equal(answer.headers['content-type'], 'application/pdf')
  t.match(answer.headers['content-security-policy'], 'sandbox')
  t.equal(
    answer.headers['content-disposition'],
    `attachment; filename="gedragscode_e_1_.pdf"; filename*=UTF-8''gedragscode%20%C3%A9%20%281%29.pdf`,
  )
  const held = await server.inject({ url: '/v1/document', headers: { 'if-none-match': answer.headers.etag } })
  t.equal(held.statusCode, 304)
  t.equal(held.body, '')
  const head = await server.inject({ method: 'HEAD', url: '/v1/document' })
  t.equal(head.statusCode, 200)
  t.equal(head.headers['repr-digest'], answer.headers['repr-digest'])
})

t.test('a change needs the state that was seen', async (t) => {
  const put = (match?: string) =>
    server.inject({
      method: 'PUT',
      url: '/v1/draft',
      headers: match === undefined ? {} : { 'if-match': match },
    })
  t.equal((await put()).json().code, 'if-match-missing')
  t.equal((await put()).statusCode, 428)
  t.equal((await put('*')).statusCode, 428, 'a star names no state')
  t.equal((await put('"2"')).statusCode, 412)
  t.equal((await put('W/"3"')).statusCode, 412, 'a weak tag is no promise')
  t.equal((await put('3')).statusCode, 412)
  t.equal((await put('"2", "3"')).statusCode, 204)
})

t.test('a text of another media type is taken where a scope says so', async (t) => {
  const post = (type: string, payload: string | Buffer) =>
    server.inject({ method: 'POST', url: '/v1/lines', headers: { 'content-type': type }, payload })
  t.same((await post('text/csv', 'a;b')).json(), { text: 'a;b' })
  t.same((await post('text/csv; charset=UTF-8', 'a;b')).statusCode, 200)
  t.equal((await post('text/csv', Buffer.from('ff', 'hex'))).json().code, 'body-malformed')
  t.equal((await post('text/csv', 'x'.repeat(101))).statusCode, 413)
  t.equal((await post('application/json', '"a"')).statusCode, 415)
})

const broken: Readonly<Record<string, readonly [RegExp, (server: HttpServer) => void]>> = {
  'no access': [/does not say who may call it/, (s) => s.get('/v1/x', {}, async () => null)],
  'a path without a description': [
    /does not describe its path/,
    (s) => s.get('/v1/x/:id', { config: open }, async () => null),
  ],
  'an open body': [
    /takes unknown members/,
    (s) => s.post('/v1/x', { config: open, schema: { body: Type.Object({}) } }, async () => null),
  ],
  'an open object deep inside a body': [
    /\/a\/-\/b takes unknown members/,
    (s) => {
      const body = strictObject({ a: Type.Array(strictObject({ b: Type.Object({}) }), { maxItems: 1 }) })
      s.post('/v1/x', { config: open, schema: { body } }, async () => null)
    },
  ],
  'a text without a bound': [
    /\/a has no maxLength/,
    (s) =>
      s.post(
        '/v1/x',
        { config: open, schema: { body: strictObject({ a: Type.String() }) } },
        async () => null,
      ),
  ],
  'a list without a bound': [
    /\/a has no maxItems/,
    (s) =>
      s.post(
        '/v1/x',
        { config: open, schema: { body: strictObject({ a: Type.Array(Type.Null()) }) } },
        async () => null,
      ),
  ],
  'an open query': [
    /takes unknown members/,
    (s) => s.get('/v1/x', { config: open, schema: { querystring: Type.Object({}) } }, async () => null),
  ],
}
for (const [what, [complaint, add]] of Object.entries(broken)) {
  t.test(`a route with ${what} keeps the server from starting`, async (t) => {
    const faulty = aServer(add)
    await t.rejects(async () => {
      await faulty.ready()
    }, complaint)
  })
}

t.test('the routes can be listed with who may call them', async (t) => {
  await server.ready()
  t.match(listRoutes(server).find(({ url, method }) => url === '/v1/draft' && method === 'PUT'), { access: 'public', conditional: true }) // prettier-ignore
})

t.test('closing lets what is under way finish and refuses what is new as a problem', async (t) => {
  const closing = aServer(routes)
  await closing.listen({ port: 0, host: '127.0.0.1' })
  const { port } = closing.server.address() as AddressInfo
  const request = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`
  let begin: (text: string) => void = () => undefined
  const second = new Promise<string>((resolve) => (begin = resolve))
  // The connection is busy, so closing does not end it; the second request comes over it while we close.
  const answering = sendRaw(port, [request('/v1/slow'), second], { wait_ms: 3000 })
  await new Promise((resolve) => setTimeout(resolve, 150))
  const closed = closing.close()
  await new Promise((resolve) => setTimeout(resolve, 50))
  begin(request('/problems'))
  await new Promise((resolve) => setTimeout(resolve, 150))
  release()
  const [first, late] = await answering
  t.equal(first?.status, 200, 'what was under way is answered')
  t.equal(late?.status, 503, 'what came later is not begun')
  t.equal(late?.headers['content-type'], 'application/problem+json')
  t.equal((JSON.parse(late?.body ?? '{}') as { code: string }).code, 'service-closing')
  t.ok(Number(late?.headers['retry-after']) > 0)
  await closed
})

t.test('a forwarded address is believed from a trusted proxy and from nobody else', async (t) => {
  const address = (server: HttpServer): void => {
    server.get('/v1/address', { config: open }, async (request, reply) => reply.send({ ip: request.ip }))
  }
  const headers = { 'x-forwarded-for': '203.0.113.9' }
  for (const [trustedProxies, expected] of [
    [[], '127.0.0.1'],
    [['10.0.0.0/8'], '127.0.0.1'],
    [['127.0.0.0/8'], '203.0.113.9'],
  ] as const) {
    const server = aServer(address, {}, { trustedProxies: [...trustedProxies] })
    t.teardown(() => server.close())
    const answer = await server.inject({ url: '/v1/address', headers })
    t.equal(answer.json<{ ip: string }>().ip, expected)
  }
})
