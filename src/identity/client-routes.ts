import type { Static } from 'typebox'
import type { ClientId } from '#core'
import type { Database } from '#database'
import {
  cutPage,
  emptyResponse,
  pageOf,
  pageQuery,
  problemResponses,
  runOnce,
  type HttpServer,
  type Paging,
} from '#http'
import type { Platform } from '#platform'
import { createClient, issueKey, revokeKey, type IssuedKey } from './client-actions.ts'
import {
  ClientParams,
  ClientRequest,
  ClientShape,
  ClientWithKeys,
  IssuedKeyShape,
  KeyParams,
  KeyRequest,
  MeShape,
} from './client-schemas.ts'
import { getClient, listClients, listKeys, type ApiKey } from './client-store.ts'
import type { Keyring } from './keyring.ts'

export type IdentityDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
  readonly keyring: Keyring
}

const manageClients = { right: 'organisation.manage-clients' } as const
const tags = ['identity']

/** Adds the routes about API clients and their keys, and the one that tells a client what it is. */
export function identityRoutes(server: HttpServer, deps: IdentityDeps): void {
  clientRoutes(server, deps)
  issueRoute(server, deps)
  revokeRoute(server, deps)
  meRoute(server)
}

function clientRoutes(server: HttpServer, deps: IdentityDeps): void {
  server.post(
    '/v1/api-clients',
    {
      config: { access: manageClients, idempotent: true },
      schema: {
        operationId: 'createApiClient',
        summary: 'Make a client in a role',
        description: 'It can do nothing until a key is issued to it. Recorded in the ledger.',
        tags,
        body: ClientRequest,
        response: { 201: ClientShape, ...problemResponses() },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const client = await createClient(deps.platform, trx, request.caller, request.body)
        return { status: 201, body: client, location: `/v1/api-clients/${client.clientId}` }
      }),
  )
  server.get(
    '/v1/api-clients',
    {
      config: { access: manageClients },
      schema: {
        operationId: 'listApiClients',
        summary: 'List clients, oldest first',
        tags,
        querystring: pageQuery({}),
        response: { 200: pageOf(ClientShape, 'ApiClientPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const from = after === undefined ? undefined : String(after[0])
      const rows = await deps.database.readInOrganisation(organisationId, (trx) =>
        listClients(trx, organisationId, from, size + 1),
      )
      const page = cutPage(rows, size, (client) => [client.clientId])
      return deps.paging.answer(request, reply, page)
    },
  )
  server.get(
    '/v1/api-clients/:clientId',
    {
      config: { access: manageClients },
      schema: {
        operationId: 'getApiClient',
        summary: 'Read a client and its keys',
        tags,
        params: ClientParams,
        response: { 200: ClientWithKeys, ...problemResponses('client-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const clientId = request.params.clientId as ClientId
      return deps.database.readInOrganisation(organisationId, async (trx) => {
        const client = await getClient(trx, organisationId, clientId)
        const keys = await listKeys(trx, organisationId, clientId)
        return { ...client, keys: keys.map(toKeyShape) }
      })
    },
  )
}

function issueRoute(server: HttpServer, deps: IdentityDeps): void {
  server.post(
    '/v1/api-clients/:clientId/keys',
    {
      config: { access: manageClients, idempotent: true },
      schema: {
        operationId: 'issueApiKey',
        summary: 'Issue a key to a client',
        description:
          'The key is in this answer and nowhere else. A repetition with the same Idempotency-Key gives the same ' +
          'answer with `key` null: when the first answer was lost, revoke the key and issue another.',
        tags,
        params: ClientParams,
        body: KeyRequest,
        response: {
          201: IssuedKeyShape,
          ...problemResponses('client-not-found', 'key-limit-reached', 'scope-not-in-role'),
        },
      },
    },
    async (request, reply) => {
      const { scopes, validDays } = request.body
      const clientId = request.params.clientId as ClientId
      return runOnce(deps, request, reply, async (trx) => {
        const wanted = { clientId, scopes: scopes ?? null, ...(validDays === undefined ? {} : { validDays }) }
        const issued = await issueKey(deps.platform, trx, request.caller, wanted)
        const body = toIssuedShape(issued)
        return {
          status: 201,
          body,
          bodyAfterwards: { ...body, key: null },
          location: `/v1/api-clients/${clientId}`,
        }
      })
    },
  )
}

function revokeRoute(server: HttpServer, deps: IdentityDeps): void {
  server.delete(
    '/v1/api-clients/:clientId/keys/:keyId',
    {
      config: { access: manageClients },
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke a key',
        description:
          'It stops working at once here, within seconds elsewhere. Doing it again changes nothing.',
        tags,
        params: KeyParams,
        response: {
          204: emptyResponse('The key no longer works.'),
          ...problemResponses('client-not-found', 'key-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { clientId, keyId } = request.params
      await deps.database.inOrganisation(organisationId, (trx) =>
        revokeKey(deps.platform, trx, request.caller, clientId as ClientId, keyId),
      )
      deps.keyring.forget({ organisationId, keyId })
      return reply.code(204).send(null)
    },
  )
}

function meRoute(server: HttpServer): void {
  server.get(
    '/v1/me',
    {
      config: { access: { right: 'any' } },
      schema: {
        operationId: 'getMe',
        summary: 'What the key that was sent stands for',
        tags,
        response: { 200: MeShape, ...problemResponses() },
      },
    },
    async (request) => {
      const { organisationId, clientId, role, rights, staff } = request.caller
      const human = staff === undefined ? null : { name: staff.name, secondFactorAt: staff.secondFactorAt }
      return { organisationId, clientId, role, rights: [...rights].toSorted(), staff: human }
    },
  )
}

function toKeyShape(key: ApiKey) {
  const { keyId, scopes, createdAt, expiresAt, revokedAt } = key
  return { keyId, scopes: scopes === null ? null : [...scopes], createdAt, expiresAt, revokedAt }
}

function toIssuedShape(issued: IssuedKey): Static<typeof IssuedKeyShape> {
  return { ...toKeyShape(issued), key: issued.text }
}
