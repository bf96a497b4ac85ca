import { Type } from 'typebox'
import type { Database } from '#database'
import type { HttpServer } from '#http'
import { InstantText, orNull, problemResponses, runOnce, strictObject, Uuid } from '#http'
import type { Platform } from '#platform'
import type { EgressRules } from '#webhooks'
import { redirectUriOf, type CscDeps } from './csc-deps.ts'
import { endCscProvider, useCscProvider } from './csc-provider-actions.ts'
import type { CscProvider } from './csc-provider.ts'
import { listCscProviders } from './csc-provider-store.ts'

export type CscProviderRouteDeps = Pick<CscDeps, 'publicUrl'> & {
  readonly platform: Platform
  readonly database: Database
  /** Where providers may be. */
  readonly providerEgress: EgressRules
}

const ProviderShape = strictObject(
  {
    providerId: Uuid,
    name: Type.String(),
    baseUrl: Type.String(),
    clientId: Type.String(),
    redirectUri: Type.String({ description: 'To be registered at the provider.' }),
    createdAt: InstantText,
    retiredAt: orNull(InstantText),
  },
  { $id: 'SigningProvider' },
)

const RetiredShape = strictObject({ providerId: Uuid, retiredAt: InstantText }, { $id: 'RetiredSigningProvider' }) // prettier-ignore

const ProviderRequest = strictObject({
  name: Type.String({ minLength: 1, maxLength: 100, description: 'What people see.' }),
  baseUrl: Type.String({
    minLength: 1,
    maxLength: 2_048,
    description: 'What the paths of the CSC API are put behind, such as https://signing.example/csc/v2.',
  }),
  clientId: Type.String({ pattern: '^[!-~]{1,255}$', maxLength: 255 }),
  clientSecret: Type.String({
    minLength: 16,
    maxLength: 1_000,
    description: 'Sealed at once; never shown again.',
  }),
})

const access = { right: 'signing.set-provider' } as const
const tags = ['signing']

/** Adds the routes by which an organisation says at which trust service provider its people sign. */
export function cscProviderRoutes(server: HttpServer, deps: CscProviderRouteDeps): void {
  const { platform, database, providerEgress } = deps
  const shapeOf = (provider: CscProvider) => ({
    providerId: provider.providerId,
    name: provider.name,
    baseUrl: provider.baseUrl,
    clientId: provider.clientId,
    redirectUri: redirectUriOf(deps),
    createdAt: provider.createdAt,
    retiredAt: provider.retiredAt,
  })
  server.post(
    '/v1/signing-providers',
    {
      config: { access, idempotent: true },
      schema: {
        operationId: 'useSigningProvider',
        summary: 'Say at which provider people sign with a qualified signature',
        description:
          'A trust service provider with the CSC API, version 2. It replaces the one before; an entry in the ledger. Which ' +
          'authorities are relied on is set by the operator (SIGNING_QUALIFIED_ROOTS_FILE) and by no organisation.',
        tags,
        body: ProviderRequest,
        response: { 201: ProviderShape, ...problemResponses('signing-provider-refused') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: shapeOf(await useCscProvider(platform, providerEgress, trx, request.caller, request.body)),
      })),
  )
  server.get(
    '/v1/signing-providers',
    {
      config: { access },
      schema: {
        operationId: 'listSigningProviders',
        summary: 'List the providers of signatures, oldest first',
        description: 'The one without `retiredAt` is in use.',
        tags,
        response: { 200: strictObject({ items: Type.Array(ProviderShape) }), ...problemResponses() },
      },
    },
    async ({ caller: { organisationId } }) => {
      const providers = await database.readInOrganisation(organisationId, (trx) => listCscProviders(trx, organisationId)) // prettier-ignore
      return { items: providers.map(shapeOf) }
    },
  )
  server.post(
    '/v1/signing-providers/retirements',
    {
      config: { access, idempotent: true },
      schema: {
        operationId: 'retireSigningProvider',
        summary: 'End the use of the provider',
        description: 'Nobody signs there any more; what was signed stays as it is. An entry in the ledger.',
        tags,
        response: { 200: RetiredShape, ...problemResponses('signing-provider-missing') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => ({
        status: 200,
        body: await endCscProvider(platform, trx, request.caller),
      })),
  )
}
