import type { Database } from '#database'
import { cutPage, pageOf, pageQuery, problemResponses, runOnce, type HttpServer, type Paging } from '#http'
import type { Platform } from '#platform'
import { deliveryRoutes } from './delivery-routes.ts'
import type { EgressRules } from './egress-rules.ts'
import type { WebhookEndpoint } from './endpoint.ts'
import { changeEndpoint, createEndpoint, rotateSecret } from './endpoint-actions.ts'
import {
  CreatedEndpoint,
  EndpointChange,
  EndpointParams,
  EndpointRequest,
  EndpointShape,
  EventTypeList,
  eventTypeItems,
  SecretRequest,
  SecretShape,
} from './endpoint-schemas.ts'
import { getEndpoint, listEndpoints } from './endpoint-store.ts'
import { privateKeyOf, publicKeyText } from './signature.ts'

export type WebhookRouteDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
  /** Which addresses may be given; the same rules as for sending. */
  readonly egress: EgressRules
}

// The names of rights belong to `identity`, which lies above this room (decision 0029).
const manage = { right: 'webhook.manage' } as const
const read = { right: 'webhook.read' } as const
const tags = ['webhooks']
const keepPreviousHoursDefault = 24

/** Adds the routes about endpoints, their secrets and deliveries, and the list of what events there are. */
export function webhookRoutes(server: HttpServer, deps: WebhookRouteDeps): void {
  createRoute(server, deps)
  readRoutes(server, deps)
  changeRoute(server, deps)
  secretRoute(server, deps)
  typeRoute(server)
  deliveryRoutes(server, deps)
}

function createRoute(server: HttpServer, deps: WebhookRouteDeps): void {
  server.post(
    '/v1/webhook-endpoints',
    {
      config: { access: manage, idempotent: true },
      schema: {
        operationId: 'createWebhookEndpoint',
        summary: 'Have events sent somewhere',
        description:
          'Requests carry the headers of Standard Webhooks 1.0.0 and a CloudEvent 1.0 as JSON. The secret is in this ' +
          'answer and nowhere else; a repetition gives the same answer with `secret` null.',
        tags,
        body: EndpointRequest,
        response: {
          201: CreatedEndpoint,
          ...problemResponses('webhook-url-refused', 'webhook-endpoint-limit-reached'),
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const wanted = { url: request.body.url, eventTypes: request.body.eventTypes ?? null }
        const made = await createEndpoint(deps.platform, deps.egress, trx, request.caller, wanted)
        const body = { ...toShape(deps, made.endpoint), secret: made.secret }
        return {
          status: 201,
          body,
          bodyAfterwards: { ...body, secret: null },
          location: `/v1/webhook-endpoints/${made.endpoint.endpointId}`,
        }
      }),
  )
}

function readRoutes(server: HttpServer, deps: WebhookRouteDeps): void {
  server.get(
    '/v1/webhook-endpoints',
    {
      config: { access: read },
      schema: {
        operationId: 'listWebhookEndpoints',
        summary: 'List endpoints, oldest first',
        tags,
        querystring: pageQuery({}),
        response: { 200: pageOf(EndpointShape, 'WebhookEndpointPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const from = after === undefined ? undefined : String(after[0])
      const rows = await deps.database.readInOrganisation(organisationId, (trx) =>
        listEndpoints(trx, organisationId, from, size + 1),
      )
      const page = cutPage(rows, size, (endpoint) => [endpoint.endpointId])
      return deps.paging.answer(request, reply, {
        ...page,
        items: page.items.map((row) => toShape(deps, row)),
      })
    },
  )
  server.get(
    '/v1/webhook-endpoints/:endpointId',
    {
      config: { access: read },
      schema: {
        operationId: 'getWebhookEndpoint',
        summary: 'Read an endpoint',
        tags,
        params: EndpointParams,
        response: { 200: EndpointShape, ...problemResponses('webhook-endpoint-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const { endpointId } = request.params
      const endpoint = await deps.database.readInOrganisation(organisationId, (trx) =>
        getEndpoint(trx, organisationId, endpointId),
      )
      return toShape(deps, endpoint)
    },
  )
}

function changeRoute(server: HttpServer, deps: WebhookRouteDeps): void {
  server.patch(
    '/v1/webhook-endpoints/:endpointId',
    {
      config: { access: manage },
      schema: {
        operationId: 'changeWebhookEndpoint',
        summary: 'Choose types, disable or enable',
        description:
          'Disabling cancels what is queued. Doing it again changes nothing. There is no deletion: what was sent where ' +
          'stays known.',
        tags,
        params: EndpointParams,
        body: EndpointChange,
        response: {
          200: EndpointShape,
          ...problemResponses('webhook-endpoint-not-found', 'webhook-endpoint-limit-reached'),
        },
      },
    },
    async (request) => {
      const { caller } = request
      const endpoint = await deps.database.inOrganisation(caller.organisationId, (trx) =>
        changeEndpoint(deps.platform, trx, caller, request.params.endpointId, request.body),
      )
      return toShape(deps, endpoint)
    },
  )
}

function secretRoute(server: HttpServer, deps: WebhookRouteDeps): void {
  server.post(
    '/v1/webhook-endpoints/:endpointId/secrets',
    {
      config: { access: manage, idempotent: true },
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'Replace the secret of an endpoint',
        description: 'Until `previousSecretUntil` everything is signed with both secrets.',
        tags,
        params: EndpointParams,
        body: SecretRequest,
        response: { 201: SecretShape, ...problemResponses('webhook-endpoint-not-found') },
      },
    },
    async (request, reply) => {
      const { endpointId } = request.params
      const hours = request.body.keepPreviousHours ?? keepPreviousHoursDefault
      return runOnce(deps, request, reply, async (trx) => {
        const rotated = await rotateSecret(deps.platform, trx, request.caller, endpointId, hours)
        const body = { endpointId, ...rotated }
        const location = `/v1/webhook-endpoints/${endpointId}`
        return { status: 201, body, bodyAfterwards: { ...body, secret: null }, location }
      })
    },
  )
}

function typeRoute(server: HttpServer): void {
  server.get(
    '/v1/webhook-event-types',
    {
      config: { access: read },
      schema: {
        operationId: 'listWebhookEventTypes',
        summary: 'What events there are, and what they say',
        tags,
        response: { 200: EventTypeList, ...problemResponses() },
      },
    },
    async () => ({ items: eventTypeItems }),
  )
}

function toShape(deps: WebhookRouteDeps, endpoint: WebhookEndpoint) {
  const { eventTypes, ...rest } = endpoint
  const publicKey = publicKeyText(privateKeyOf(deps.platform.secrets, endpoint.endpointId))
  return { ...rest, eventTypes: eventTypes === null ? null : [...eventTypes], publicKey }
}
