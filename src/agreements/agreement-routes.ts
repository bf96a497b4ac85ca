import type { Static } from 'typebox'
import type { DocumentId, Instant, PersonId } from '#core'
import { civilDateIn, toCivilDate } from '#core'
import type { Database } from '#database'
import type { HttpServer, Paging } from '#http'
import { problemResponses, runOnce } from '#http'
import { branded, standingOnWire } from '#legal-checks'
import type { Platform } from '#platform'
import { agreementAnswer } from './agreement-answer.ts'
import { EndingRequest, ImportRequest, OfferAgreementRequest, WithdrawalRequest } from './agreement-request-schemas.ts' // prettier-ignore
import { AgreementParams, AgreementShape, EndedAgreementShape, EvaluationShape, ImportedAgreementShape, OfferedAgreementShape, WithdrawnAgreementShape } from './agreement-schemas.ts' // prettier-ignore
import { concludeAgreement } from './conclusion-actions.ts'
import { endAgreement, withdrawAgreement } from './ending-actions.ts'
import { importAgreement, type ImportCommand } from './import-actions.ts'
import { evaluateOffer, offerAgreement } from './offer-actions.ts'
import type { OfferAgreement } from './offer-command.ts'

export type AgreementDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
  /** Looks for background work now. */
  readonly wakeJobs: () => void
}

const tags = ['agreements']
const mayMake = { access: { right: 'agreement.make' }, idempotent: true } as const
const offering = [
  'employment-not-found',
  'person-not-found',
  'contract-not-found',
  'contract-retracted',
  'annex-not-found',
  'document-not-found',
  'agreement-unfit',
  'annex-not-free',
  'annex-missing',
  'mandate-missing',
  'jurisdiction-not-found',
] as const

/** Adds the routes by which agreements are offered, concluded, withdrawn, ended and taken over. */
export function agreementMakingRoutes(server: HttpServer, deps: AgreementDeps): void {
  offerRoutes(server, deps)
  outcomeRoutes(server, deps)
  endingRoute(server, deps)
  importRoute(server, deps)
}

function toOffer(body: Static<typeof OfferAgreementRequest>): OfferAgreement {
  const { mainAnnexId, representativeId, dueDate, ...same } = body
  return {
    ...same,
    representativeId: representativeId as PersonId,
    mainAnnexId: mainAnnexId ?? null,
    dueDate: toCivilDate(dueDate),
  }
}

function offerRoutes(server: HttpServer, deps: AgreementDeps): void {
  server.post(
    '/v1/agreements/evaluations',
    {
      config: mayMake,
      schema: {
        operationId: 'evaluateAgreement',
        summary: 'Ask the rules of law about a bundle before it is offered',
        description:
          'Nothing is offered and nobody is told. The evaluation is kept, so that a lawyer can review a finding and a named person can ' +
          'override one; both hold for the offer, as long as its inputs are the same.',
        tags,
        body: OfferAgreementRequest,
        response: { 201: EvaluationShape, ...problemResponses(...offering) },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { check, stops } = await evaluateOffer(deps.platform, trx, request.caller, toOffer(request.body)) // prettier-ignore
        const body = {
          legalCheckId: check.check.legalCheckId,
          mayOffer: stops.length === 0,
          stops: stops.map((stop) => ({ ...stop, missing: [...stop.missing] })),
          findings: check.standings.map(standingOnWire),
        }
        return { status: 201, body, bodyAfterwards: { ...body, stops: [], findings: [] } }
      }),
  )
  server.post(
    '/v1/agreements',
    {
      config: mayMake,
      schema: {
        operationId: 'offerAgreement',
        summary: 'Put one bundle before an employee and before whoever signs for the employer',
        description:
          'Freezes the main document and the annexes once; each party gets a ceremony of their own with the same manifest, in either order. ' +
          'Each covenant and each fine is answered by itself. Refused when a text refers to an annex that is not in the bundle ' +
          '(ECLI:NL:HR:2017:364), when a rule of law stops it, or when it could not come into force whoever signs.',
        tags,
        body: OfferAgreementRequest,
        response: {
          201: OfferedAgreementShape,
          ...problemResponses(...offering, 'agreement-blocked', 'bundle-unfit', 'annex-not-referred-to', 'due-date-past'), // prettier-ignore
        },
      },
    },
    async (request, reply) => {
      const answer = await runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: (await offerAgreement(deps.platform, trx, request.caller, toOffer(request.body))) as Static<typeof OfferedAgreementShape>, // prettier-ignore
      }))
      deps.wakeJobs()
      return answer
    },
  )
}

function outcomeRoutes(server: HttpServer, deps: AgreementDeps): void {
  server.post(
    '/v1/agreements/:agreementId/conclusions',
    {
      config: mayMake,
      schema: {
        operationId: 'concludeAgreement',
        summary: 'Say what both acts came to',
        description:
          'The service does so by itself within a minute of the second act; this asks for it now. The rules of signing are run on what ' +
          'really happened. With outcome `blocked` it never comes into force. Asked again, the answer is the same.',
        tags,
        params: AgreementParams,
        response: { 201: AgreementShape, ...problemResponses('agreement-not-found', 'agreement-not-concluded') }, // prettier-ignore
      },
    },
    async (request, reply) => {
      const { organisationId, clientId } = request.caller
      const answer = await runOnce(deps, request, reply, async (trx) => {
        const view = await concludeAgreement(deps.platform, trx, organisationId, request.params.agreementId, clientId) // prettier-ignore
        return { status: 201, body: agreementAnswer(view, civilDateIn(deps.platform.clock())) }
      })
      deps.wakeJobs()
      return answer
    },
  )
  server.post(
    '/v1/agreements/:agreementId/withdrawals',
    {
      config: mayMake,
      schema: {
        operationId: 'withdrawAgreement',
        summary: 'Withdraw an agreement that is being answered',
        description:
          'The ceremonies that are open take no answer from then on. What was answered stays on record.',
        tags,
        params: AgreementParams,
        body: WithdrawalRequest,
        response: { 201: WithdrawnAgreementShape, ...problemResponses('agreement-not-found', 'agreement-not-open', 'ceremony-ended') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: await withdrawAgreement(deps.platform, trx, request.caller, request.params.agreementId, request.body.reason), // prettier-ignore
      })),
  )
}

function endingRoute(server: HttpServer, deps: AgreementDeps): void {
  server.post(
    '/v1/agreements/:agreementId/endings',
    {
      config: mayMake,
      schema: {
        operationId: 'endAgreement',
        summary: 'Record from which day an agreement is no longer in force',
        description:
          'Of what was concluded or taken over. An employment that ends does not end its covenants: those run on for their term.',
        tags,
        params: AgreementParams,
        body: EndingRequest,
        response: { 201: EndedAgreementShape, ...problemResponses('agreement-not-found', 'annex-not-found', 'end-unfit') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: await endAgreement(deps.platform, trx, request.caller, {
          ...request.body,
          agreementId: request.params.agreementId,
          annexId: request.body.annexId ?? null,
          endedOn: toCivilDate(request.body.endedOn),
        }),
      })),
  )
}

function importRoute(server: HttpServer, deps: AgreementDeps): void {
  server.post(
    '/v1/agreements/imports',
    {
      config: mayMake,
      schema: {
        operationId: 'importAgreement',
        summary: 'Take over an agreement from before',
        description:
          'What the employer knows of it: the files, what the text refers to, what really was attached, when and how it was signed. The ' +
          'rules weigh it as history. It is never in force here, because nobody acted on it in a ceremony of this service.',
        tags,
        body: ImportRequest,
        response: {
          201: ImportedAgreementShape,
          ...problemResponses('employment-not-found', 'person-not-found', 'contract-not-found', 'document-not-found', 'agreement-unfit', 'jurisdiction-not-found'), // prettier-ignore
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { agreementId, check } = await importAgreement(deps.platform, trx, request.caller, toImport(request.body)) // prettier-ignore
        const body = {
          agreementId,
          legalCheckId: check.check.legalCheckId,
          state: 'imported' as const,
          findings: check.standings.map(standingOnWire),
        }
        return { status: 201, body, bodyAfterwards: { ...body, findings: [] } }
      }),
  )
}

function toImport(body: Static<typeof ImportRequest>): ImportCommand {
  const { contractId, signedOn, deliveredAt, documents, references, clauses, penalty, ...same } = body
  return {
    ...same,
    contractId: contractId ?? null,
    signedOn: signedOn === null ? null : toCivilDate(signedOn),
    deliveredAt: deliveredAt as Instant | null,
    documents: documents.map((each) => ({ ...each, documentId: each.documentId as DocumentId })),
    references: references.map((each) => ({ ...each, documentId: each.documentId as DocumentId | null })),
    clauses: branded<ImportCommand['clauses']>(clauses),
    penalty: branded<ImportCommand['penalty']>(penalty),
  }
}
