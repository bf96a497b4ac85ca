import type { Database } from '#database'
import type { HttpServer } from '#http'
import { etagOf, problemResponses, requireMatch } from '#http'
import type { Platform } from '#platform'
import { WitnessPolicyRequest, WitnessPolicyShape } from './anchor-schemas.ts'
import { setWitnessPolicy } from './witness-policy-actions.ts'
import { findWitnessPolicy } from './witness-policy-store.ts'

type Deps = { readonly platform: Platform; readonly database: Database }

const tags = ['anchors']

/** Adds the routes about whose cosignatures an organisation asks for. */
export function witnessPolicyRoutes(server: HttpServer, deps: Deps): void {
  server.get(
    '/v1/witness-policy',
    {
      // Names and keys of witnesses are meant to be known, and whoever changes the policy has to see it.
      config: { access: { right: 'any' } },
      schema: {
        operationId: 'getWitnessPolicy',
        summary: 'Read whose cosignatures are asked for',
        description: 'A policy file (C2SP tlog-policy). Before anybody set one: the own log, and no quorum.',
        tags,
        response: { 200: WitnessPolicyShape, ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const found = await deps.database.readInOrganisation(organisationId, (trx) =>
        findWitnessPolicy(trx, organisationId),
      )
      reply.header('etag', etagOf(found.revision))
      return found
    },
  )
  server.put(
    '/v1/witness-policy',
    {
      config: { access: { right: 'organisation.set-witnesses' }, conditional: true },
      schema: {
        operationId: 'setWitnessPolicy',
        summary: 'Say whose cosignatures are asked for',
        description:
          'Replaces the policy, records that in the ledger, and asks for an anchor under it. The one log line names the ' +
          'verifier key of the own ledger; every witness has an address.',
        tags,
        body: WitnessPolicyRequest,
        response: { 200: WitnessPolicyShape, ...problemResponses('witness-policy-invalid') },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const stored = await deps.database.inOrganisation(organisationId, (trx) =>
        setWitnessPolicy(deps.platform, trx, request.caller, request.body.policy, (current) =>
          requireMatch(request, etagOf(current.revision)),
        ),
      )
      reply.header('etag', etagOf(stored.revision))
      return stored
    },
  )
}
