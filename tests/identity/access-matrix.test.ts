import t from 'tap'
import { strictObject } from '#http'
import { testDatabase } from '../support/database.ts'
import { aServer } from '../support/http-server.ts'
import { checkAccess, type AccessExpectation } from '../support/identity-access-matrix.ts'
import { aKey, anIdentityServer, anOrganisation } from '../support/identity-organisation.ts'
import { testPlatform } from '../support/platform.ts'

const manage = 'organisation.manage-clients'

const expectation: AccessExpectation = {
  'GET /v1/openapi.json': { access: 'public' },
  'POST /v1/api-clients': { access: manage, body: { name: 'made by the matrix', role: 'auditor' } },
  'GET /v1/api-clients': { access: manage },
  'GET /v1/api-clients/:clientId': { access: manage },
  'POST /v1/api-clients/:clientId/keys': { access: manage, body: {} },
  'DELETE /v1/api-clients/:clientId/keys/:keyId': { access: manage },
  'GET /v1/me': { access: 'any' },
}

const platform = testPlatform()
const { database } = await testDatabase(t)
const own = await anOrganisation(platform, database)
const other = await anOrganisation(platform, database, 'Elders BV')

t.test('every route, every role, here and elsewhere', async (t) => {
  const server = anIdentityServer(platform, database)
  t.teardown(() => server.close())
  const { clientId } = own.clients.auditor
  const { keyId } = await aKey(platform, database, own.organisationId, { clientId })
  await checkAccess(t, { server, expectation, own, other, objects: { clientId, keyId } })
})

t.test('a route that does not say who may call it keeps the server from starting', async (t) => {
  const server = aServer((scope) => {
    scope.get('/v1/secrets', { schema: { response: { 200: strictObject({}) } } }, async () => ({}))
  })
  await t.rejects(async () => {
    await server.ready()
  }, /GET \/v1\/secrets does not say who may call it/)
})
