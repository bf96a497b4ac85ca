import type { Static } from 'typebox'
import type { AssignmentId, DocumentId, PersonId } from '#core'
import { civilDateIn, toCivilDate } from '#core'
import type { HttpServer } from '#http'
import { cutPage, pageOf, pageQuery, problemResponses, runOnce } from '#http'
import type { AcknowledgementDeps } from './assignment-routes.ts'
import { AssignmentParams } from './assignment-schemas.ts'
import { reportBounce } from './bounce-actions.ts'
import { getCeremonyStatus, listCeremonies } from './ceremony-list-view.ts'
import { withdrawCeremony } from './end-actions.ts'
import { offerBundle } from './offer-actions.ts'
import { BounceRequest, BounceShape, CeremonyFilterQuery, CeremonyRequest, CeremonyShape, EndedShape, OfferedShape, WithdrawalRequest } from './offer-schemas.ts' // prettier-ignore
import type { OfferBundle } from './offer.ts'

const tags = ['acknowledgements']
const mayAsk = { access: { right: 'assignment.create' }, idempotent: true } as const
const maySee = { access: { right: 'assignment.read' } } as const

/** Adds the routes about ceremonies of any kind: offer a bundle, see where each stands, withdraw, and say what came back. */
export function ceremonyOfferRoutes(server: HttpServer, deps: AcknowledgementDeps): void {
  offerRoute(server, deps)
  readRoutes(server, deps)
  withdrawalRoute(server, deps)
  bounceRoute(server, deps)
}

function offerRoute(server: HttpServer, deps: AcknowledgementDeps): void {
  server.post(
    '/v1/ceremonies',
    {
      config: mayAsk,
      schema: {
        operationId: 'offerBundle',
        summary: 'Ask one person to answer a bundle of documents',
        description:
          'Freezes the documents and the statements together. Each annex must be referred to by the main document, with ' +
          'words that stand on the page that is named. No operation ever shows the link.',
        tags,
        body: CeremonyRequest,
        response: {
          201: OfferedShape,
          ...problemResponses('person-not-found', 'document-not-found', 'bundle-unfit', 'annex-not-referred-to', 'due-date-past', 'assignment-not-found', 'already-acted', 'ceremony-ended'), // prettier-ignore
        },
      },
    },
    async (request, reply) => {
      const answer = await runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: await offerBundle(deps.platform, trx, request.caller, toCommand(request.body)),
      }))
      deps.wakeDelivery()
      return answer
    },
  )
}

function toCommand(body: Static<typeof CeremonyRequest>): OfferBundle {
  const { personId, main, annexes, replaces, dueDate, ...words } = body
  return {
    ...words,
    personId: personId as PersonId,
    dueDate: toCivilDate(dueDate),
    main: { documentId: main.documentId as DocumentId },
    annexes: annexes.map((each) => ({ ...each, documentId: each.documentId as DocumentId })),
    replaces: (replaces ?? null) as AssignmentId | null,
  }
}

function readRoutes(server: HttpServer, deps: AcknowledgementDeps): void {
  server.get(
    '/v1/ceremonies',
    {
      config: maySee,
      schema: {
        operationId: 'listCeremonies',
        summary: 'List requests to persons and where they stand',
        tags,
        querystring: pageQuery(CeremonyFilterQuery),
        response: { 200: pageOf(CeremonyShape, 'CeremonyPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const { pageSize: _size, cursor: _cursor, ...filter } = request.query
      const found = await deps.database.readInOrganisation(organisationId, (trx) =>
        listCeremonies(trx, organisationId, {
          ...filter,
          today: civilDateIn(deps.platform.clock()),
          limit: size + 1,
          ...(after === undefined ? {} : { after: String(after[0]) }),
        }),
      )
      return deps.paging.answer(
        request,
        reply,
        cutPage(found, size, (each) => [each.assignmentId]),
      )
    },
  )
  server.get(
    '/v1/ceremonies/:assignmentId',
    {
      config: maySee,
      schema: {
        operationId: 'getCeremony',
        summary: 'Read where one request stands',
        tags,
        params: AssignmentParams,
        response: { 200: CeremonyShape, ...problemResponses('assignment-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      return deps.database.readInOrganisation(organisationId, (trx) =>
        getCeremonyStatus(
          trx,
          organisationId,
          request.params.assignmentId,
          civilDateIn(deps.platform.clock()),
        ),
      )
    },
  )
}

function withdrawalRoute(server: HttpServer, deps: AcknowledgementDeps): void {
  server.post(
    '/v1/ceremonies/:assignmentId/withdrawals',
    {
      config: mayAsk,
      schema: {
        operationId: 'withdrawCeremony',
        summary: 'Withdraw a request that is open',
        description: 'It takes no answer from then on. What the person was shown, and when, stays on record.',
        tags,
        params: AssignmentParams,
        body: WithdrawalRequest,
        response: {
          201: EndedShape,
          ...problemResponses('assignment-not-found', 'already-acted', 'ceremony-ended'),
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: await withdrawCeremony(deps.platform, trx, request.caller, request.params.assignmentId as AssignmentId, request.body.reason), // prettier-ignore
      })),
  )
}

function bounceRoute(server: HttpServer, deps: AcknowledgementDeps): void {
  server.post(
    '/v1/assignments/:assignmentId/bounces',
    {
      config: mayAsk,
      schema: {
        operationId: 'reportBounce',
        summary: 'Say that a message came back',
        description:
          'This service cannot receive mail. What comes back to the address of the sender is reported here, by a person or ' +
          'by a program that reads that mailbox; the entry names who said so.',
        tags,
        params: AssignmentParams,
        body: BounceRequest,
        response: { 201: BounceShape, ...problemResponses('assignment-not-found', 'delivery-not-found') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: await reportBounce(deps.platform, trx, request.caller, {
          assignmentId: request.params.assignmentId as AssignmentId,
          detail: request.body.detail,
        }),
      })),
  )
}
