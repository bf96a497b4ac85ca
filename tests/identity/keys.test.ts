import t from 'tap'
import type { Database } from '#database'
import { auditLog } from '#evidence'
import { createKeyring, effectiveRights, rightNames, roleNames, roleRights } from '#identity'
import { testDatabase } from '../support/database.ts'
import { aKey, anIdentityServer, anOrganisation, withKey } from '../support/identity-organisation.ts'
import { testPlatform } from '../support/platform.ts'

const platform = testPlatform()
const { database, adminQuery } = await testDatabase(t)
const organisation = await anOrganisation(platform, database)
const { organisationId } = organisation
const other = await anOrganisation(platform, database, 'Elders BV')
const admin = organisation.clients['organisation-admin']
const server = anIdentityServer(platform, database, { believeFor_ms: 60_000 })
t.teardown(() => server.close())

let keysMade = 0
function send(method: 'GET' | 'POST' | 'DELETE', url: string, key = admin.key, payload?: object) {
  const headers = {
    ...withKey(key),
    ...(method === 'POST' ? { 'idempotency-key': `key-of-identity-test-${++keysMade}` } : {}),
  }
  return server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
}
const me = async (key: string): Promise<number> => (await send('GET', '/v1/me', key)).statusCode

async function clientsOf(id: string): Promise<number> {
  const rows = await adminQuery('select 1 from api_client where organisation_id = $1', [id])
  return rows.length
}

t.test('a key tells who it is', async (t) => {
  const answer = await send('GET', '/v1/me', organisation.clients.lawyer.key)
  t.equal(answer.statusCode, 200)
  t.same(answer.json(), {
    organisationId,
    clientId: organisation.clients.lawyer.clientId,
    role: 'lawyer',
    rights: [...roleRights.lawyer].toSorted(),
    staff: null,
  })
})

t.test('whatever is wrong with a key, the answer is the same', async (t) => {
  const good = admin.key
  const [, place = '', secret = ''] = good.split('_', 3)
  const theirs = other.clients['organisation-admin'].key.split('_', 3)
  const wrong = {
    'no key': '',
    'another secret': `beding_${place}_${'A'.repeat(43)}`,
    'a secret cut short': good.slice(0, -1),
    'a secret with something behind it': `${good}A`,
    'upper case': good.toUpperCase(),
    'an unknown key': `beding_${place.slice(0, 32)}${'0'.repeat(32)}_${secret}`,
    'an unknown organisation': `beding_${'0'.repeat(32)}${place.slice(32)}_${secret}`,
    'a key id of another organisation': `beding_${place.slice(0, 32)}${theirs[1]!.slice(32)}_${theirs.slice(2).join('_')}`,
    'another product': good.replace('beding', 'beping'),
    'an SQL fragment': `beding_' or 1=1 --_${secret}`,
  }
  for (const [what, key] of Object.entries(wrong)) {
    const answer = await send('GET', '/v1/me', key)
    t.equal(answer.statusCode, 401, what)
    t.equal(answer.json().code, 'credentials-missing', what)
  }
})

t.test('a key is shown once, and stored nowhere', async (t) => {
  const { clientId } = organisation.clients.auditor
  const request = {
    method: 'POST' as const,
    url: `/v1/api-clients/${clientId}/keys`,
    headers: { ...withKey(admin.key), 'idempotency-key': 'shown-once-shown-once' },
    payload: { scopes: ['ledger.read'], validDays: 30 },
  }
  const first = await server.inject(request)
  t.equal(first.statusCode, 201)
  const { key, keyId, ...rest } = first.json() as {
    key: string
    keyId: string
    scopes: string[]
    expiresAt: string
  }
  t.match(key, /^beding_[0-9a-f]{64}_[\w-]{43}$/)
  t.same(rest.scopes, ['ledger.read'])
  t.equal(rest.expiresAt, '2026-12-21T08:00:00.000Z')
  t.same((await send('GET', '/v1/me', key)).json().rights, ['ledger.read'])
  const again = await server.inject(request)
  t.equal(again.statusCode, 201)
  t.same(again.json(), { ...first.json(), key: null })
  const read = await send('GET', `/v1/api-clients/${clientId}`)
  t.ok((read.json().keys as { keyId: string }[]).some((each) => each.keyId === keyId))
  const secret = key.slice(-43)
  t.notMatch(read.body, secret)
  const tables = await adminQuery<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'beding' and table_type = 'BASE TABLE'",
  )
  for (const { name } of tables) {
    const rows = await adminQuery<{ row: string }>(`select ${name}::text as row from ${name}`)
    t.notOk(
      rows.some(({ row }) => row.includes(secret)),
      `${name} does not hold the secret`,
    )
  }
  t.notMatch(server.captured.lines.join('\n'), secret)
})

t.test('a key works until the moment it expires', async (t) => {
  const { clientId } = organisation.clients['hr-author']
  const { text } = await aKey(platform, database, organisationId, { clientId, validDays: 1 })
  const start = platform.clock()
  platform.advanceClock(24 * 60 * 60 * 1000 - 1)
  t.equal(await me(text), 200)
  platform.advanceClock(1)
  t.equal(await me(text), 401)
  platform.setClock(start)
})

t.test('a revoked key stops at once here, and revoking again changes nothing', async (t) => {
  const { clientId } = organisation.clients['hr-approver']
  const { keyId, text } = await aKey(platform, database, organisationId, { clientId })
  t.equal(await me(text), 200)
  const url = `/v1/api-clients/${clientId}/keys/${keyId}`
  t.equal((await send('DELETE', url)).statusCode, 204)
  t.equal(await me(text), 401)
  t.equal((await send('DELETE', url)).statusCode, 204)
  t.equal(await me(organisation.clients['hr-approver'].key), 200, 'the other key of the client works')
})

t.test('another process notices a revocation when its memory of the key runs out', async (t) => {
  const { clientId } = organisation.clients['hr-approver']
  const { keyId, text } = await aKey(platform, database, organisationId, { clientId })
  const elsewhere = createKeyring({ platform, database }, { believeFor_ms: 150 })
  t.ok(await elsewhere.authenticate(text))
  await send('DELETE', `/v1/api-clients/${clientId}/keys/${keyId}`)
  await new Promise((resolve) => setTimeout(resolve, 200))
  t.equal(await elsewhere.authenticate(text), undefined)
})

t.test('a look-up that was under way during a revocation is not believed afterwards', async (t) => {
  const { clientId } = organisation.clients['hr-approver']
  const { keyId, text } = await aKey(platform, database, organisationId, { clientId })
  let proceed: () => void = () => undefined
  const held = new Promise<void>((resolve) => (proceed = resolve))
  let first = true
  const slow: Database = {
    ...database,
    readInOrganisation: async (id, work) => {
      const result = await database.readInOrganisation(id, work)
      if (first) {
        first = false
        await held
      }
      return result
    },
  }
  const keyring = createKeyring({ platform, database: slow }, { believeFor_ms: 60_000 })
  const early = keyring.authenticate(text)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await send('DELETE', `/v1/api-clients/${clientId}/keys/${keyId}`)
  keyring.forget({ organisationId, keyId })
  proceed()
  await early
  t.equal(await keyring.authenticate(text), undefined)
})

t.test('a disabled client is nobody', async (t) => {
  const { clientId, key } = other.clients['hr-reader']
  await adminQuery('update api_client set disabled_at = now() where client_id = $1', [clientId])
  t.equal(await me(key), 401)
})

t.test('guessing is remembered within bounds and does not push a working key out', async (t) => {
  let queries = 0
  const counting: Database = {
    ...database,
    readInOrganisation: (id, work) => {
      queries++
      return database.readInOrganisation(id, work)
    },
  }
  const keyring = createKeyring({ platform, database: counting }, { believeFor_ms: 60_000, sizeMax: 5 })
  const guess = (n: number) =>
    `beding_${admin.key.slice(7, 39)}${String(n).padStart(32, '0')}_${'A'.repeat(43)}`
  t.ok(await keyring.authenticate(admin.key))
  for (let n = 0; n < 20; n++) t.equal(await keyring.authenticate(guess(n)), undefined)
  t.equal(queries, 21)
  await keyring.authenticate(guess(19))
  await keyring.authenticate(admin.key)
  t.equal(queries, 21, 'the last guess and the working key are remembered')
  await keyring.authenticate(guess(0))
  t.equal(queries, 22, 'the oldest guess is not')
})

t.test('a database that is away is 503, not 401, and is not remembered', async (t) => {
  let away = true
  const flaky: Database = {
    ...database,
    readInOrganisation: async (id, work) => {
      if (away) throw new Error('Connection terminated unexpectedly')
      return database.readInOrganisation(id, work)
    },
  }
  const broken = anIdentityServer(platform, flaky)
  t.teardown(() => broken.close())
  const ask = () => broken.inject({ url: '/v1/me', headers: withKey(admin.key) })
  t.equal((await ask()).statusCode, 503)
  away = false
  t.equal((await ask()).statusCode, 200)
})

t.test('a key can do no more than its client, and a client has two valid keys at most', async (t) => {
  const { clientId } = organisation.clients['hr-reader']
  const url = `/v1/api-clients/${clientId}/keys`
  const tooMuch = await send('POST', url, admin.key, { scopes: ['policy.read', 'policy.publish'] })
  t.equal(tooMuch.statusCode, 422)
  t.equal(tooMuch.json().code, 'scope-not-in-role')
  for (let round = 0; round < 5; round++) {
    const made = await send('POST', '/v1/api-clients', admin.key, { name: 'racing', role: 'hr-reader' })
    const keys = `/v1/api-clients/${(made.json() as { clientId: string }).clientId}/keys`
    const atOnce = await Promise.all(Array.from({ length: 6 }, () => send('POST', keys, admin.key, {})))
    const statuses = atOnce.map((answer) => answer.statusCode).toSorted((a, b) => a - b)
    t.same(statuses, [201, 201, 409, 409, 409, 409])
  }
})

t.test('clients of another organisation do not exist', async (t) => {
  const { clientId } = other.clients.lawyer
  for (const answer of [
    await send('GET', `/v1/api-clients/${clientId}`),
    await send('POST', `/v1/api-clients/${clientId}/keys`, admin.key, {}),
    await send('DELETE', `/v1/api-clients/${clientId}/keys/${clientId}`),
  ]) {
    t.equal(answer.statusCode, 404)
    t.equal(answer.json().code, 'client-not-found')
  }
})

t.test('a list is read page by page, and a cursor fits only the list it was made for', async (t) => {
  const seen: string[] = []
  let url: string | undefined = '/v1/api-clients?pageSize=3'
  let firstCursor = ''
  while (url !== undefined) {
    const answer = await send('GET', url)
    t.equal(answer.statusCode, 200)
    const { items, nextCursor } = answer.json() as {
      items: { clientId: string }[]
      nextCursor: string | null
    }
    seen.push(...items.map((item) => item.clientId))
    firstCursor ||= nextCursor ?? ''
    const link = /^<(.+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1]
    t.equal(link === undefined, nextCursor === null, 'the link and the cursor agree')
    url = link
  }
  t.same(seen, [...seen].toSorted())
  t.equal(new Set(seen).size, await clientsOf(organisationId))
  const hostile = {
    'of another organisation': [firstCursor, other.clients['organisation-admin'].key],
    'with a bit changed': [
      `${firstCursor.slice(0, 5)}${firstCursor[5] === 'A' ? 'B' : 'A'}${firstCursor.slice(6)}`,
      admin.key,
    ],
    'made up': [Buffer.from('["0"]').toString('base64url'), admin.key],
    empty: ['', admin.key],
  } as const
  for (const [what, [cursor, key]] of Object.entries(hostile)) {
    const answer = await send('GET', `/v1/api-clients?cursor=${cursor}`, key)
    t.equal(answer.statusCode, 400, what)
    t.equal(answer.json().code, 'cursor-invalid', what)
  }
})

t.test('clients and keys are in the ledger, without a secret', async (t) => {
  const report = await database.readInOrganisation(organisationId, (trx) => auditLog(trx, organisationId))
  t.same(report.findings, [])
  const rows = await adminQuery<{ kind: string }>(
    'select kind from ledger_entry where organisation_id = $1',
    [organisationId],
  )
  const kinds = rows.map(({ kind }) => kind)
  t.equal(kinds.filter((kind) => kind === 'api-client-created').length, await clientsOf(organisationId))
  t.ok(kinds.includes('api-key-issued'))
  t.ok(kinds.includes('api-key-revoked'))
})

t.test('scopes narrow a role and never widen it', (t) => {
  for (const role of roleNames) {
    const all = effectiveRights(role, [...rightNames])
    t.same(
      [...all].toSorted(),
      [...roleRights[role]].toSorted(),
      `${role} with every scope has its own rights`,
    )
    t.equal(effectiveRights(role, []).size, 0)
  }
  t.end()
})

t.test('the administrator sees no evidence, and nobody both writes and approves', (t) => {
  t.same(roleRights['organisation-admin'], ['document.renew', 'organisation.manage-clients', 'organisation.manage-sign-on', 'organisation.set-witnesses', 'signing.reset', 'signing.set-provider', 'webhook.manage', 'webhook.read']) // prettier-ignore
  for (const role of roleNames) {
    const held = new Set<string>(roleRights[role])
    t.ok(
      ['policy.write', 'policy.approve', 'policy.publish'].filter((right) => held.has(right)).length <= 1,
      role,
    )
    t.ok(role === 'organisation-admin' || !held.has('organisation.manage-clients'), role)
  }
  t.end()
})
