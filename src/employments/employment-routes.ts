import type { PersonId } from '#core'
import type { Database } from '#database'
import type { HttpServer, Paging } from '#http'
import { problemResponses, runOnce } from '#http'
import type { Platform } from '#platform'
import { asOf } from './as-of.ts'
import { openEmployment, readFacts, recordFacts } from './employment-actions.ts'
import { AsOfQuery, EmploymentParams, EmploymentShape, EmploymentsQuery, EmploymentsShape } from './employment-schemas.ts' // prettier-ignore
import { readEmployment, readEmploymentsOf } from './employment-view.ts'
import { EmploymentRequest, FactsRequest, RecordedFactsShape, statementsOf } from './fact-schemas.ts'

export type EmploymentDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
}

export const tags = ['employments']
export const mayRead = { right: 'employment.read' } as const
export const mayRecord = { right: 'employment.record' } as const

/** Adds the routes about employments and what is true of them. */
export function employmentRoutes(server: HttpServer, deps: EmploymentDeps): void {
  openingRoute(server, deps)
  readingRoutes(server, deps)
  factRoutes(server, deps)
}

function openingRoute(server: HttpServer, deps: EmploymentDeps): void {
  server.post(
    '/v1/employments',
    {
      config: { access: mayRecord, idempotent: true },
      schema: {
        operationId: 'createEmployment',
        summary: 'Record an employment of a person',
        description:
          'With what is known of it from the start; the first day is needed. Two employments of one person never have a day in common. An entry in the ledger for the employment and for each fact.',
        tags,
        body: EmploymentRequest,
        response: {
          201: EmploymentShape,
          ...problemResponses('person-not-found', 'employment-fact-unfit', 'employment-overlaps'),
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { personId, facts } = request.body
        const command = { personId: personId as PersonId, facts: statementsOf(facts) }
        const made = await openEmployment(deps.platform, trx, request.caller, command)
        return {
          status: 201,
          body: made,
          location: `/v1/employments/${made.employmentId}`,
          personId: made.personId,
        }
      }),
  )
}

function readingRoutes(server: HttpServer, deps: EmploymentDeps): void {
  server.get(
    '/v1/employments',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listEmployments',
        summary: 'See the employments of a person on a day, as they were known at a moment',
        tags,
        querystring: EmploymentsQuery,
        response: { 200: EmploymentsShape, ...problemResponses('known-at-in-future') },
      },
    },
    async ({ caller: { organisationId }, query }) => {
      const when = asOf(deps.platform.clock, query)
      const employments = await deps.database.readInOrganisation(organisationId, (trx) =>
        readEmploymentsOf(trx, organisationId, query.personId as PersonId, when),
      )
      return { employments: employments as never }
    },
  )
  server.get(
    '/v1/employments/:employmentId',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'getEmployment',
        summary: 'See an employment on a day, as it was known at a moment',
        description:
          'Of each kind of fact the one that was true on the day: the one that began last, and of those that began on one day the one recorded last. What was recorded or retracted after `knownAt` is as if it were not there, so the answer about a moment that has passed never changes.',
        tags,
        params: EmploymentParams,
        querystring: AsOfQuery,
        response: { 200: EmploymentShape, ...problemResponses('employment-not-found', 'known-at-in-future') },
      },
    },
    async ({ caller: { organisationId }, params, query }) => {
      const when = asOf(deps.platform.clock, query)
      return (await deps.database.readInOrganisation(organisationId, (trx) =>
        readEmployment(trx, organisationId, params.employmentId, when),
      )) as never
    },
  )
}

function factRoutes(server: HttpServer, deps: EmploymentDeps): void {
  server.post(
    '/v1/employments/:employmentId/facts',
    {
      config: { access: mayRecord, idempotent: true },
      schema: {
        operationId: 'recordEmploymentFacts',
        summary: 'Record facts of an employment, and take back what was wrong',
        description:
          'All or nothing, so a correction is one request. A fact that holds from a day that has passed is taken and says so (`backDated`); what was known before stays known as of then. An entry in the ledger for each. What the law says of the change is asked afterwards, in the background.',
        tags,
        params: EmploymentParams,
        body: FactsRequest,
        response: {
          201: RecordedFactsShape,
          ...problemResponses('employment-not-found', 'person-not-found', 'employment-fact-not-found', 'employment-fact-retracted', 'employment-fact-unfit', 'employment-overlaps'), // prettier-ignore
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { employmentId } = request.params
        const command = { facts: statementsOf(request.body.facts), retractions: request.body.retractions }
        const { personId, facts } = await recordFacts(
          deps.platform,
          trx,
          request.caller,
          employmentId,
          command,
        )
        return { status: 201, body: { facts }, location: `/v1/employments/${employmentId}/facts`, personId }
      }),
  )
  server.get(
    '/v1/employments/:employmentId/facts',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listEmploymentFacts',
        summary: 'See everything that was ever recorded of an employment',
        description: 'In the order in which it was recorded, with what was retracted, when, by whom and why.',
        tags,
        params: EmploymentParams,
        response: { 200: RecordedFactsShape, ...problemResponses('employment-not-found') },
      },
    },
    async ({ caller: { organisationId }, params }) => ({
      facts: (await deps.database.readInOrganisation(organisationId, (trx) =>
        readFacts(trx, organisationId, params.employmentId),
      )) as never,
    }),
  )
}
