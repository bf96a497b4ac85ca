import { Type } from 'typebox'
import type { PersonId } from '#core'
import type { HttpServer } from '#http'
import { cutPage, pageOf, pageQuery, problemResponses, runOnce } from '#http'
import { mayRead, mayRecord, tags, type EmploymentDeps } from './employment-routes.ts'
import { MandateEndingRequest, MandateParams, MandateRequest, MandateShape } from './employment-schemas.ts'
import { OrganisationFactRequest, OrganisationFactShape, OrganisationFactsShape } from './fact-schemas.ts'
import { endMandate, recordMandate } from './mandate-actions.ts'
import { listMandates } from './mandate-store.ts'
import { recordOrganisationFact } from './organisation-fact-actions.ts'
import { listOrganisationFacts } from './organisation-fact-store.ts'

const mayManage = { right: 'mandate.manage' } as const

/** Adds the routes about the employer: what is true of the organisation, and who may sign for it. */
export function employerRoutes(server: HttpServer, deps: EmploymentDeps): void {
  organisationFactRoutes(server, deps)
  mandateRoute(server, deps)
  mandateListRoute(server, deps)
  endingRoute(server, deps)
}

function organisationFactRoutes(server: HttpServer, deps: EmploymentDeps): void {
  server.post(
    '/v1/organisation-facts',
    {
      config: { access: mayRecord, idempotent: true },
      schema: {
        operationId: 'recordOrganisationFact',
        summary: 'Record how many work here or which body of employees there is, from a day on',
        description: 'Or take such a fact back. An entry in the ledger.',
        tags,
        body: OrganisationFactRequest,
        response: {
          201: OrganisationFactShape,
          ...problemResponses('employment-fact-not-found', 'employment-fact-retracted'),
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: await recordOrganisationFact(deps.platform, trx, request.caller, request.body),
        location: '/v1/organisation-facts',
      })),
  )
  server.get(
    '/v1/organisation-facts',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listOrganisationFacts',
        summary: 'See everything that was ever recorded of the organisation',
        tags,
        response: { 200: OrganisationFactsShape },
      },
    },
    async ({ caller: { organisationId } }) => ({
      facts: (await deps.database.readInOrganisation(organisationId, (trx) =>
        listOrganisationFacts(trx, organisationId),
      )) as never,
    }),
  )
}

function mandateRoute(server: HttpServer, deps: EmploymentDeps): void {
  server.post(
    '/v1/mandates',
    {
      config: { access: mayManage, idempotent: true },
      schema: {
        operationId: 'createMandate',
        summary: 'Record that a person may sign for the employer',
        description: 'What it covers, from when, and on what it rests. An entry in the ledger.',
        tags,
        body: MandateRequest,
        response: { 201: MandateShape, ...problemResponses('person-not-found', 'mandate-unfit') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const statement = { ...request.body, personId: request.body.personId as PersonId }
        const body = await recordMandate(deps.platform, trx, request.caller, statement)
        return { status: 201, body, location: '/v1/mandates', personId: body.personId }
      }),
  )
}

function mandateListRoute(server: HttpServer, deps: EmploymentDeps): void {
  server.get(
    '/v1/mandates',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listMandates',
        summary: 'See who may sign for the employer, and who might',
        tags,
        querystring: pageQuery({ personId: Type.Optional(Type.String({ format: 'uuid' })) }),
        response: { 200: pageOf(MandateShape, 'MandatePage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const { personId } = request.query
      const mandates = await deps.database.readInOrganisation(organisationId, (trx) =>
        listMandates(trx, organisationId, {
          limit: size + 1,
          ...(personId === undefined ? {} : { personId }),
          ...(after === undefined ? {} : { after: String(after[0]) }),
        }),
      )
      const page = cutPage(mandates, size, ({ mandateId }) => [mandateId])
      return deps.paging.answer(request, reply, page) as never
    },
  )
}

function endingRoute(server: HttpServer, deps: EmploymentDeps): void {
  server.post(
    '/v1/mandates/:mandateId/endings',
    {
      config: { access: mayManage, idempotent: true },
      schema: {
        operationId: 'endMandate',
        summary: 'End a mandate with a last day',
        description: 'What was signed under it stays. An entry in the ledger.',
        tags,
        params: MandateParams,
        body: MandateEndingRequest,
        response: {
          201: MandateShape,
          ...problemResponses('mandate-not-found', 'mandate-ended', 'mandate-unfit', 'person-not-found'),
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const body = await endMandate(
          deps.platform,
          trx,
          request.caller,
          request.params.mandateId,
          request.body,
        )
        return { status: 201, body, personId: body.personId }
      }),
  )
}
