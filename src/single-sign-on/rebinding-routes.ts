import type { PersonId } from '#core'
import type { Database } from '#database'
import type { HttpServer } from '#http'
import { emptyResponse, problemResponses, runOnce } from '#http'
import type { Platform } from '#platform'
import { PersonParams, RebindingParams, RebindingRequest, RebindingShape } from './provider-schemas.ts'
import { cancelRebinding, requestRebinding, type TellPerson } from './rebinding-actions.ts'

export type RebindingRouteDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly tellPerson: TellPerson
}

const manage = { right: 'organisation.manage-sign-on' } as const
const tags = ['single-sign-on']

/** Adds the routes by which an organisation asks to bind a person to another account, or takes that back. */
export function rebindingRoutes(server: HttpServer, deps: RebindingRouteDeps): void {
  server.post(
    '/v1/persons/:personId/sign-on-rebindings',
    {
      config: { access: manage, idempotent: true },
      schema: {
        operationId: 'requestSignOnRebinding',
        summary: 'Ask to bind a person to another account',
        description:
          'The person is told at once. After 72 hours the next sign-in with an account that the provider vouches for as this person takes the place of the one before. Nobody but the person completes it. An entry in the ledger.',
        tags,
        params: PersonParams,
        body: RebindingRequest,
        response: { 201: RebindingShape, ...problemResponses('sign-on-rebinding-not-found', 'sign-on-rebinding-under-way') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const personId = request.params.personId as PersonId
        const rebinding = await requestRebinding(deps, trx, request.caller, { ...request.body, personId })
        return { status: 201, body: rebinding }
      }),
  )
  server.delete(
    '/v1/persons/:personId/sign-on-rebindings/:providerId',
    {
      config: { access: manage },
      schema: {
        operationId: 'cancelSignOnRebinding',
        summary: 'Take back the request to bind a person to another account',
        tags,
        params: RebindingParams,
        response: { 204: emptyResponse('Nothing waits any more.'), ...problemResponses('sign-on-rebinding-not-found', 'ledger-stopped') }, // prettier-ignore
      },
    },
    async (request, reply) => {
      const { organisationId, clientId } = request.caller
      const { personId, providerId } = request.params
      await deps.database.inOrganisation(organisationId, (trx) =>
        cancelRebinding(deps.platform, trx, organisationId, {
          personId: personId as PersonId,
          providerId,
          by: clientId,
        }),
      )
      return reply.code(204).send(null)
    },
  )
}
