import { problem } from '#core'
import type { Database } from '#database'
import type { HttpServer, Role } from '#http'
import { originOf, pageOf, problemResponses, runOnce, type AnyRequest } from '#http'
import type { Platform } from '#platform'
import type { EgressRules } from '#webhooks'
import { changeProvider, createProvider } from './provider-actions.ts'
import {
  ProviderChange,
  providerDefaults,
  ProviderParams,
  ProviderRequest,
  ProviderShape,
} from './provider-schemas.ts'
import { listProviders } from './provider-store.ts'
import type { Provider, RoleRule, SealedProvider } from './provider.ts'

export type ProviderRouteDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly signOnEgress: EgressRules
  /** The roles that a value of a claim can be mapped to. */
  readonly roleNames: readonly Role[]
}

const manage = { right: 'organisation.manage-sign-on' } as const
const tags = ['single-sign-on']

/** Adds the routes by which an organisation says where its people sign in. */
export function providerRoutes(server: HttpServer, deps: ProviderRouteDeps): void {
  createRoute(server, deps)
  listRoute(server, deps)
  changeRoute(server, deps)
}

function createRoute(server: HttpServer, deps: ProviderRouteDeps): void {
  server.post(
    '/v1/sign-on-providers',
    {
      config: { access: manage, idempotent: true },
      schema: {
        operationId: 'createSignOnProvider',
        summary: 'Say where people of this organisation sign in',
        description:
          'A relying party of OpenID Connect: code flow with PKCE. The answer names the addresses to register at the provider. An entry in the ledger.',
        tags,
        body: ProviderRequest,
        response: { 201: ProviderShape, ...problemResponses('sign-on-provider-refused', 'sign-on-provider-limit-reached') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { clientSecret, ...wanted } = request.body
        requireRoles(deps, wanted.roleMapping)
        const settings = { ...providerDefaults, ...wanted, state: 'enabled' as const, clientSecret }
        const provider = await createProvider(deps.platform, deps.signOnEgress, trx, request.caller, settings)
        return { status: 201, body: toShape(request, provider) }
      }),
  )
}

function listRoute(server: HttpServer, deps: ProviderRouteDeps): void {
  server.get(
    '/v1/sign-on-providers',
    {
      config: { access: manage },
      schema: {
        operationId: 'listSignOnProviders',
        summary: 'List the identity providers, oldest first',
        tags,
        response: { 200: pageOf(ProviderShape, 'SignOnProviderPage'), ...problemResponses() },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const providers = await deps.database.readInOrganisation(organisationId, (trx) =>
        listProviders(trx, organisationId),
      )
      return { items: providers.map((each) => toShape(request, each)), nextCursor: null }
    },
  )
}

function changeRoute(server: HttpServer, deps: ProviderRouteDeps): void {
  server.patch(
    '/v1/sign-on-providers/:providerId',
    {
      config: { access: manage },
      schema: {
        operationId: 'changeSignOnProvider',
        summary: 'Change an identity provider, its secret, or disable it',
        description: 'What is absent stays. Whoever is signed in stays signed in. An entry in the ledger.',
        tags,
        params: ProviderParams,
        body: ProviderChange,
        response: {
          200: ProviderShape,
          ...problemResponses('sign-on-provider-not-found', 'sign-on-provider-refused', 'sign-on-provider-limit-reached', 'ledger-stopped'), // prettier-ignore
        },
      },
    },
    async (request) => {
      const change = request.body as Parameters<typeof changeProvider>[5]
      requireRoles(deps, change.roleMapping)
      const { organisationId } = request.caller
      const { providerId } = request.params
      const provider = await deps.database.inOrganisation(organisationId, (trx) =>
        changeProvider(deps.platform, deps.signOnEgress, trx, request.caller, providerId, change),
      )
      return toShape(request, provider)
    },
  )
}

function requireRoles({ roleNames }: ProviderRouteDeps, mapping: readonly RoleRule[] | undefined): void {
  if (mapping?.every(({ role }) => roleNames.includes(role)) !== false) return
  const message = `Map values to these roles: ${roleNames.join(', ')}.`
  throw problem('sign-on-provider-refused', {
    detail: message,
    errors: [{ code: 'role-unknown', message, pointer: '/roleMapping' }],
  })
}

function toShape(request: AnyRequest, provider: SealedProvider) {
  const { sealedSecret: _sealed, ...shown } = provider
  return {
    ...shown,
    algorithms: [...shown.algorithms],
    scopes: [...shown.scopes],
    secondFactorAmr: [...shown.secondFactorAmr],
    secondFactorAcr: [...shown.secondFactorAcr],
    roleMapping: shown.roleMapping.map((rule) => ({ ...rule })),
    redirectUris: redirectUrisOf(request, provider),
  }
}

function redirectUrisOf(request: AnyRequest, provider: Provider): string[] {
  return [
    ...(provider.forPersons ? [redirectUriOf(request, 'person', provider.providerId)] : []),
    ...(provider.forStaff ? [redirectUriOf(request, 'staff', provider.providerId)] : []),
  ]
}

/** Where a provider sends browsers back to. Each provider has its own, so that none can pass as another. */
export function redirectUriOf(request: AnyRequest, purpose: 'person' | 'staff', providerId: string): string {
  return `${originOf(request)}/${purpose === 'person' ? 'sign-in' : 'staff'}/callback/${providerId}`
}
