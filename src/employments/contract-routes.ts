import type { HttpServer } from '#http'
import { problemResponses, runOnce } from '#http'
import { asOf } from './as-of.ts'
import { recordContract, retractContract } from './contract-actions.ts'
import { mayRead, mayRecord, tags, type EmploymentDeps } from './employment-routes.ts'
import { ContractParams, ContractRequest, ContractShape, ContractsShape, EmploymentParams, KnownAtQuery, RetractionRequest } from './employment-schemas.ts' // prettier-ignore
import { getEmployment, readContracts } from './employment-view.ts'

/** Adds the routes about the contracts of an employment. */
export function contractRoutes(server: HttpServer, deps: EmploymentDeps): void {
  recordingRoute(server, deps)
  listRoute(server, deps)
  retractionRoute(server, deps)
}

function recordingRoute(server: HttpServer, deps: EmploymentDeps): void {
  server.post(
    '/v1/employments/:employmentId/contracts',
    {
      config: { access: mayRecord, idempotent: true },
      schema: {
        operationId: 'recordContract',
        summary: 'Record a contract, a renewal or a conversion',
        description:
          'A renewal and a conversion are contracts that follow one. What contradicts the contracts or the days that are known is refused and says how to mend it. An entry in the ledger with the hash of the file.',
        tags,
        params: EmploymentParams,
        body: ContractRequest,
        response: {
          201: ContractShape,
          ...problemResponses('employment-not-found', 'person-not-found', 'document-not-found', 'contract-unfit'), // prettier-ignore
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { employmentId } = request.params
        const { contract, personId } = await recordContract(
          deps.platform,
          trx,
          request.caller,
          employmentId,
          request.body,
        )
        return {
          status: 201,
          body: contract,
          location: `/v1/employments/${employmentId}/contracts`,
          personId,
        }
      }),
  )
}

function listRoute(server: HttpServer, deps: EmploymentDeps): void {
  server.get(
    '/v1/employments/:employmentId/contracts',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listContracts',
        summary: 'See the contracts of an employment, as they were known at a moment',
        description: 'By their first day. One that was retracted by that moment is not among them.',
        tags,
        params: EmploymentParams,
        querystring: KnownAtQuery,
        response: { 200: ContractsShape, ...problemResponses('employment-not-found', 'known-at-in-future') },
      },
    },
    async ({ caller: { organisationId }, params: { employmentId }, query }) => {
      const { knownAt } = asOf(deps.platform.clock, query)
      const contracts = await deps.database.readInOrganisation(organisationId, async (trx) => {
        await getEmployment(trx, organisationId, employmentId)
        return readContracts(trx, organisationId, employmentId, knownAt)
      })
      return { contracts }
    },
  )
}

function retractionRoute(server: HttpServer, deps: EmploymentDeps): void {
  server.post(
    '/v1/employments/:employmentId/contracts/:contractId/retractions',
    {
      config: { access: mayRecord, idempotent: true },
      schema: {
        operationId: 'retractContract',
        summary: 'Say that a contract was recorded in error',
        description:
          'It stays on record and is not known as a contract from then on. An entry in the ledger.',
        tags,
        params: ContractParams,
        body: RetractionRequest,
        response: {
          201: ContractShape,
          ...problemResponses('employment-not-found', 'person-not-found', 'contract-not-found', 'contract-retracted', 'contract-followed'), // prettier-ignore
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { contract, personId } = await retractContract(
          deps.platform,
          trx,
          request.caller,
          request.params,
          request.body.reason,
        )
        return { status: 201, body: contract, personId }
      }),
  )
}
