import t from 'tap'
import type { Database } from '#database'
import { runOnce, strictObject, type HttpServer } from '#http'
import { identityRoutes } from '#identity'
import { testDatabase } from '../support/database.ts'
import { aServer, type TestServer } from '../support/http-server.ts'
import { anIdentityServer, anOrganisation, withKey } from '../support/identity-organisation.ts'
import { testPlatform } from '../support/platform.ts'

const platform = testPlatform()
const { database, adminQuery } = await testDatabase(t)
const organisation = await anOrganisation(platform, database)
const admin = organisation.clients['organisation-admin']
const server = anIdentityServer(platform, database)
t.teardown(() => server.close())

let keysMade = 0
const newKey = (): string => `key-of-this-test-${++keysMade}`

function create(
  idempotencyKey: string | undefined,
  body: object,
  to: TestServer = server,
  bearer = admin.key,
) {
  const key = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }
  return to.inject({
    method: 'POST',
    url: '/v1/api-clients',
    headers: { ...withKey(bearer), ...key },
    payload: body,
  })
}

async function clientsNamed(name: string): Promise<number> {
  const rows = await adminQuery<{ count: number }>(
    'select count(*)::int as count from api_client where name = $1',
    [name],
  )
  return rows[0]!.count
}

t.test('a repetition gets the first answer to the byte, and nothing happens twice', async (t) => {
  const key = newKey()
  const first = await create(key, { name: 'once', role: 'hr-reader' })
  platform.advanceClock(5000)
  const again = await create(key, { name: 'once', role: 'hr-reader' })
  t.equal(first.statusCode, 201)
  t.equal(first.headers['idempotent-replayed'], undefined)
  t.equal(again.statusCode, 201)
  t.equal(again.headers['idempotent-replayed'], 'true')
  t.equal(again.body, first.body)
  t.equal(again.headers.location, first.headers.location)
  t.equal(again.headers['content-type'], first.headers['content-type'])
  t.equal(await clientsNamed('once'), 1)
})

t.test('a key means the same quoted and bare', async (t) => {
  const key = newKey()
  const first = await create(`"${key}"`, { name: 'quoted', role: 'hr-reader' })
  const again = await create(key, { name: 'quoted', role: 'hr-reader' })
  t.equal(again.body, first.body)
  t.equal(await clientsNamed('quoted'), 1)
})

t.test('no key, and keys that are none', async (t) => {
  const missing = await create(undefined, { name: 'none', role: 'hr-reader' })
  t.equal(missing.statusCode, 400)
  t.equal(missing.json().code, 'idempotency-key-missing')
  for (const bad of [
    'short',
    'x'.repeat(256),
    'with a space inside it',
    '"not closed, long enough',
    'a,b,c,d,e,f,g,h,i,j',
    'é'.repeat(20),
  ]) {
    const answer = await create(bad, { name: 'none', role: 'hr-reader' })
    t.equal(answer.statusCode, 400, bad)
    t.equal(answer.json().code, 'idempotency-key-malformed', bad)
  }
  t.equal(await clientsNamed('none'), 0)
})

t.test('the same key with another body, or to another place, is refused', async (t) => {
  const key = newKey()
  await create(key, { name: 'first', role: 'hr-reader' })
  const other = await create(key, { name: 'second', role: 'hr-reader' })
  t.equal(other.statusCode, 422)
  t.equal(other.json().code, 'idempotency-key-reused')
  t.equal(await clientsNamed('second'), 0)
  const bytes = await server.inject({
    method: 'POST',
    url: '/v1/api-clients',
    headers: { ...withKey(admin.key), 'idempotency-key': key, 'content-type': 'application/json' },
    payload: '{"name": "first","role":"hr-reader"}',
  })
  t.equal(bytes.statusCode, 422, 'the fingerprint is of the bytes, not of what they mean')
})

t.test('the keys of another client and of another organisation are theirs', async (t) => {
  const key = newKey()
  const mine = await create(key, { name: 'mine', role: 'hr-reader' })
  const elsewhere = await anOrganisation(platform, database, 'Elders BV')
  const theirs = await create(
    key,
    { name: 'theirs', role: 'hr-reader' },
    server,
    elsewhere.clients['organisation-admin'].key,
  )
  t.equal(theirs.statusCode, 201)
  t.not(theirs.json().clientId, mine.json().clientId)
})

t.test('of eight at once one does the work and the others get its answer', async (t) => {
  for (let round = 0; round < 5; round++) {
    const key = newKey()
    const name = `racing ${round}`
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => create(key, { name, role: 'hr-reader' })),
    )
    t.same(
      answers.map((answer) => answer.statusCode),
      Array(8).fill(201),
    )
    t.equal(new Set(answers.map((answer) => answer.body)).size, 1)
    t.equal(answers.filter((answer) => answer.headers['idempotent-replayed'] === undefined).length, 1)
    t.equal(await clientsNamed(name), 1)
  }
})

t.test('of two at once with different bodies one is refused', async (t) => {
  const key = newKey()
  const answers = await Promise.all(['left', 'right'].map((name) => create(key, { name, role: 'hr-reader' })))
  t.same(answers.map((answer) => answer.statusCode).toSorted(), [201, 422])
  t.equal((await clientsNamed('left')) + (await clientsNamed('right')), 1)
})

t.test('a refusal is not kept: the same key works once the reason is gone', async (t) => {
  const { clientId } = (await create(newKey(), { name: 'crowded', role: 'hr-reader' })).json()
  const issue = (key: string) =>
    server.inject({
      method: 'POST',
      url: `/v1/api-clients/${clientId}/keys`,
      headers: { ...withKey(admin.key), 'idempotency-key': key },
      payload: {},
    })
  const first = await issue(newKey())
  await issue(newKey())
  const key = newKey()
  const refused = await issue(key)
  t.equal(refused.statusCode, 409)
  t.equal(refused.json().code, 'key-limit-reached')
  const revoked = await server.inject({
    method: 'DELETE',
    url: `/v1/api-clients/${clientId}/keys/${first.json().keyId}`,
    headers: withKey(admin.key),
  })
  t.equal(revoked.statusCode, 204)
  t.equal((await issue(key)).statusCode, 201)
})

/** A server of which only the database differs. */
function serverOn(other: Database): TestServer {
  const { identity } = server
  const made = aServer(
    (scope) => identityRoutes(scope, { ...identity, database: other }),
    {},
    {
      authenticateKey: identity.keyring.authenticate,
    },
  )
  return made
}

t.test('a commit whose answer was lost is told as success when the row is there', async (t) => {
  const lossy = serverOn({
    ...database,
    inOrganisation: async (id, work) => {
      await database.inOrganisation(id, work)
      throw new Error('Connection terminated unexpectedly')
    },
  })
  t.teardown(() => lossy.close())
  const answer = await create(newKey(), { name: 'heard late', role: 'hr-reader' }, lossy)
  t.equal(answer.statusCode, 201)
  t.equal(answer.headers['idempotent-replayed'], 'true')
  t.equal(await clientsNamed('heard late'), 1)
})

t.test('a lost answer without a row is 503 with Retry-After, and the same key then works', async (t) => {
  const lossy = serverOn({
    ...database,
    inOrganisation: async (id, work) => {
      await database
        .inOrganisation(id, async (trx) => {
          await work(trx)
          throw new Error('undone')
        })
        .catch(() => undefined)
      throw new Error('Connection terminated unexpectedly')
    },
  })
  t.teardown(() => lossy.close())
  const key = newKey()
  const answer = await create(key, { name: 'not heard', role: 'hr-reader' }, lossy)
  t.equal(answer.statusCode, 503)
  t.equal(answer.json().code, 'service-busy')
  t.ok(Number(answer.headers['retry-after']) > 0)
  t.equal(await clientsNamed('not heard'), 0)
  t.equal((await create(key, { name: 'not heard', role: 'hr-reader' })).statusCode, 201)
})

t.test('a failure of ours is not kept, and takes the effect with it', async (t) => {
  let failing = true
  const routes = (scope: HttpServer): void => {
    scope.post(
      '/v1/efforts',
      {
        config: { access: { right: 'organisation.manage-clients' }, idempotent: true },
        schema: { operationId: 'makeEffort', response: { 201: strictObject({}) } },
      },
      async (request, reply) =>
        runOnce(server.identity, request, reply, async () => {
          if (failing) throw new Error('a fault nobody foresaw')
          return { status: 201, body: {} }
        }),
    )
  }
  const faulty = aServer(routes, {}, { authenticateKey: server.identity.keyring.authenticate })
  t.teardown(() => faulty.close())
  const key = newKey()
  const send = () =>
    faulty.inject({
      method: 'POST',
      url: '/v1/efforts',
      headers: { ...withKey(admin.key), 'idempotency-key': key },
    })
  const first = await send()
  t.equal(first.statusCode, 500)
  t.equal(first.json().code, 'internal-error')
  t.notMatch(first.body, 'foresaw')
  t.match(faulty.captured.lines.join('\n'), 'a fault nobody foresaw')
  failing = false
  t.equal((await send()).statusCode, 201)
})
