import { Type } from 'typebox'
import type { PersonId } from '#core'
import type { HttpServer } from '#http'
import { cutPage, oneOf, pageOf, pageQuery, problemResponses, runOnce, Uuid } from '#http'
import type { RetentionRouteDeps } from './hold-routes.ts'
import { exportRoute } from './export-routes.ts'
import { decideProposal, requestErasure } from './proposal-actions.ts'
import { getProposal, listItems, listProposals, proposalStates, stateOfProposal } from './proposal-view.ts'
import { ErasureDecisionRequest, ErasureItemShape, ErasurePersonParams, ErasureProposalShape, ErasureRequest, ProposalParams } from './retention-schemas.ts' // prettier-ignore
import type { ProposalStatus } from './retention.ts'
import { ruleRoutes } from './rule-routes.ts'

const tags = ['retention']
const mayRead = { right: 'retention.read' } as const
const mayDecide = { right: 'retention.decide' } as const

/** Adds the routes about retention: rules, erasures, and what is held about a person. */
export function retentionRoutes(server: HttpServer, deps: RetentionRouteDeps): void {
  ruleRoutes(server, deps)
  requestRoute(server, deps)
  decisionRoute(server, deps)
  readRoutes(server, deps)
  itemsRoute(server, deps)
  exportRoute(server, deps)
}

function requestRoute(server: HttpServer, deps: RetentionRouteDeps): void {
  server.post(
    '/v1/persons/:personId/erasure-requests',
    {
      config: { access: mayDecide, idempotent: true },
      schema: {
        operationId: 'requestErasure',
        summary: 'Ask that everything of a person is erased',
        description: 'Makes a proposal that another client has to confirm. Refused while a legal hold covers the person or anything the person answered.', // prettier-ignore
        tags,
        params: ErasurePersonParams,
        body: ErasureRequest,
        response: { 201: ErasureProposalShape, ...problemResponses('legal-hold', 'person-not-found') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const personId = request.params.personId as PersonId
        const { ground } = request.body
        const proposal = await requestErasure(deps.platform, trx, request.caller, { personId, ground })
        const location = `/v1/erasure-proposals/${proposal.proposalId}`
        return { status: 201, location, body: toAnswer(proposal) }
      }),
  )
}

function decisionRoute(server: HttpServer, deps: RetentionRouteDeps): void {
  server.post(
    '/v1/erasure-proposals/:proposalId/decisions',
    {
      config: { access: mayDecide, idempotent: true },
      schema: {
        operationId: 'decideErasure',
        summary: 'Confirm or reject an erasure',
        description: 'What is confirmed is erased soon after and cannot be brought back. What a legal hold covers by then stays.', // prettier-ignore
        tags,
        params: ProposalParams,
        body: ErasureDecisionRequest,
        response: { 201: ErasureProposalShape, ...problemResponses('erasure-decided', 'erasure-own-request', 'erasure-proposal-not-found') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { decision: verdict, reason } = request.body
        const command = { proposalId: request.params.proposalId, verdict, reason }
        return {
          status: 201,
          body: toAnswer(await decideProposal(deps.platform, trx, request.caller, command)),
        }
      }),
  )
}

function readRoutes(server: HttpServer, deps: RetentionRouteDeps): void {
  server.get(
    '/v1/erasure-proposals',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listErasureProposals',
        summary: 'List erasures and where they stand',
        tags,
        querystring: pageQuery({
          state: Type.Optional(oneOf(proposalStates)),
          personId: Type.Optional(Uuid),
        }),
        response: { 200: pageOf(ErasureProposalShape, 'ErasureProposalPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const { pageSize: _size, cursor: _cursor, ...filter } = request.query
      const found = await deps.database.readInOrganisation(organisationId, (trx) =>
        listProposals(trx, organisationId, {
          ...filter,
          limit: size + 1,
          ...(after === undefined ? {} : { after: String(after[0]) }),
        }),
      )
      const page = cutPage(found, size, (each) => [each.proposalId])
      return deps.paging.answer(request, reply, { ...page, items: page.items.map(toAnswer) })
    },
  )
  server.get(
    '/v1/erasure-proposals/:proposalId',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'getErasureProposal',
        summary: 'Read where an erasure stands',
        tags,
        params: ProposalParams,
        response: { 200: ErasureProposalShape, ...problemResponses('erasure-proposal-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const { proposalId } = request.params
      const proposal = await deps.database.readInOrganisation(organisationId, (trx) => getProposal(trx, organisationId, proposalId)) // prettier-ignore
      return toAnswer(proposal)
    },
  )
}

function itemsRoute(server: HttpServer, deps: RetentionRouteDeps): void {
  server.get(
    '/v1/erasure-proposals/:proposalId/items',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listErasureItems',
        summary: 'List what an erasure takes, and what became of each',
        tags,
        params: ProposalParams,
        querystring: pageQuery({}),
        response: {
          200: pageOf(ErasureItemShape, 'ErasureItemPage'),
          ...problemResponses('erasure-proposal-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { proposalId } = request.params
      const { size, after } = deps.paging.read(request)
      const items = await deps.database.readInOrganisation(organisationId, async (trx) => {
        await getProposal(trx, organisationId, proposalId)
        return listItems(trx, organisationId, proposalId, { after: Number(after?.[0] ?? 0), limit: size + 1 })
      })
      return deps.paging.answer(
        request,
        reply,
        cutPage(items, size, (item) => [item.number]),
      )
    },
  )
}

function toAnswer(proposal: ProposalStatus) {
  const { decision, ...rest } = proposal
  return {
    ...rest,
    fields: [...proposal.fields],
    state: stateOfProposal(proposal),
    decision:
      decision === null
        ? null
        : { decision: decision.verdict, reason: decision.reason, decidedBy: decision.decidedBy, decidedAt: decision.decidedAt }, // prettier-ignore
  }
}
