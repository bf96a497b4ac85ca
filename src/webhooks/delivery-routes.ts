import { Type } from 'typebox'
import { cutPage, oneOf, pageOf, pageQuery, problemResponses, runOnce, type HttpServer } from '#http'
import { deliveryStates } from './delivery.ts'
import { listDeliveries } from './delivery-view.ts'
import { retryDelivery, sendTestEvent } from './endpoint-actions.ts'
import type { WebhookRouteDeps } from './endpoint-routes.ts'
import { DeliveryParams, DeliveryShape, EndpointParams, QueuedEvent } from './endpoint-schemas.ts'
import { getEndpoint } from './endpoint-store.ts'

const manage = { right: 'webhook.manage' } as const
const read = { right: 'webhook.read' } as const
const tags = ['webhooks']

/** Adds the routes about what was sent to an endpoint, and about sending. */
export function deliveryRoutes(server: HttpServer, deps: WebhookRouteDeps): void {
  listRoute(server, deps)
  testRoute(server, deps)
  retryRoute(server, deps)
}

function listRoute(server: HttpServer, deps: WebhookRouteDeps): void {
  server.get(
    '/v1/webhook-endpoints/:endpointId/deliveries',
    {
      config: { access: read },
      schema: {
        operationId: 'listWebhookDeliveries',
        summary: 'What was sent to an endpoint, newest first',
        tags,
        params: EndpointParams,
        querystring: pageQuery({ state: Type.Optional(oneOf(deliveryStates)) }),
        response: {
          200: pageOf(DeliveryShape, 'WebhookDeliveryPage'),
          ...problemResponses('webhook-endpoint-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { endpointId } = request.params
      const { size, after } = deps.paging.read(request)
      const before = after === undefined ? undefined : String(after[0])
      const rows = await deps.database.readInOrganisation(organisationId, async (trx) => {
        await getEndpoint(trx, organisationId, endpointId)
        const filter = { state: request.query.state, before }
        return listDeliveries(trx, organisationId, endpointId, filter, size + 1)
      })
      const page = cutPage(rows, size, (delivery) => [delivery.eventId])
      return deps.paging.answer(request, reply, page)
    },
  )
}

function testRoute(server: HttpServer, deps: WebhookRouteDeps): void {
  server.post(
    '/v1/webhook-endpoints/:endpointId/test-events',
    {
      config: { access: manage, idempotent: true },
      schema: {
        operationId: 'sendWebhookTestEvent',
        summary: 'Send an event that says nothing',
        tags,
        params: EndpointParams,
        response: {
          202: QueuedEvent,
          ...problemResponses('webhook-endpoint-not-found', 'webhook-endpoint-disabled'),
        },
      },
    },
    async (request, reply) => {
      const { endpointId } = request.params
      return runOnce(deps, request, reply, async (trx) => {
        const eventId = await sendTestEvent(deps.platform, trx, request.caller, endpointId)
        return { status: 202, body: { endpointId, eventId, state: 'queued' } }
      })
    },
  )
}

function retryRoute(server: HttpServer, deps: WebhookRouteDeps): void {
  server.post(
    '/v1/webhook-endpoints/:endpointId/deliveries/:eventId/retries',
    {
      config: { access: manage, idempotent: true },
      schema: {
        operationId: 'retryWebhookDelivery',
        summary: 'Send an event again',
        description: 'The same id and bytes, whatever became of it before. It gets its twelve attempts anew.',
        tags,
        params: DeliveryParams,
        response: {
          202: QueuedEvent,
          ...problemResponses(
            'webhook-endpoint-not-found',
            'webhook-endpoint-disabled',
            'webhook-delivery-not-found',
          ),
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        await retryDelivery(deps.platform, trx, request.caller, request.params)
        return { status: 202, body: { ...request.params, state: 'queued' } }
      }),
  )
}
