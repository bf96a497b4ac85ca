import { ownAct } from '#ceremonies'
import type { AnyRequest, HttpServer } from '#http'
import { problemResponses } from '#http'
import { disputeAct, withdrawDenial, type DenialDeps } from './denial-actions.ts'
import { toDenials, toRecorded } from './denial-answers.ts'
import { DenialRequest, DenialsShape, RecordedStepShape, WithdrawalRequest } from './denial-schemas.ts'
import { listDenialSteps } from './denial-view.ts'
import type { OwnAct } from './denial.ts'

const config = { access: 'link' } as const
const tags = ['ceremony']

/** Adds what the holder of a link can say against the act that was done with it, also when the link has expired. */
export function ownDenialRoutes(server: HttpServer, deps: DenialDeps): void {
  sayRoutes(server, deps)
  server.get(
    '/v1/acts/current/denials',
    {
      config,
      schema: {
        operationId: 'listOwnDenials',
        summary: 'Read what was said against the act of this link',
        tags,
        response: { 200: DenialsShape, ...problemResponses('no-act-yet') },
      },
    },
    async (request) => {
      const { organisationId, actId } = await ownAct(deps.database, request)
      return toDenials(actId, await deps.database.readInOrganisation(organisationId, (trx) => listDenialSteps(trx, organisationId, actId))) // prettier-ignore
    },
  )
}

function sayRoutes(server: HttpServer, deps: DenialDeps): void {
  const refusals = problemResponses('act-not-found', 'denial-limit-reached', 'ledger-stopped', 'no-act-yet', 'words-unprintable') // prettier-ignore
  server.post(
    '/v1/acts/current/denials',
    {
      config,
      schema: {
        operationId: 'denyOwnAct',
        summary: 'Dispute the act of this link',
        description:
          'The act gets the status denied; the act and its receipt stay. Nothing that rests on it can be made until it is taken back or a court has found. Said again in the same words, the answer is 200 with what is there.',
        tags,
        body: DenialRequest,
        response: { 200: RecordedStepShape, 201: RecordedStepShape, ...refusals },
      },
    },
    async (request, reply) => {
      const recorded = await disputeAct(deps, await ofLink(deps, request), request.body)
      return reply.code(recorded.isNew ? 201 : 200).send(toRecorded(recorded))
    },
  )
  server.post(
    '/v1/acts/current/denial-withdrawals',
    {
      config,
      schema: {
        operationId: 'withdrawOwnDenial',
        summary: 'Take back what was said against the act of this link',
        description: 'Only the person can. It has to show as well who they are as the denial did.',
        tags,
        body: WithdrawalRequest,
        response: {
          200: RecordedStepShape,
          201: RecordedStepShape,
          ...problemResponses('act-not-denied', 'act-not-found', 'denial-limit-reached', 'ledger-stopped', 'no-act-yet', 'withdrawal-weaker-than-denial', 'words-unprintable'), // prettier-ignore
        },
      },
    },
    async (request, reply) => {
      const recorded = await withdrawDenial(deps, await ofLink(deps, request), request.body)
      return reply.code(recorded.isNew ? 201 : 200).send(toRecorded(recorded))
    },
  )
}

/** Whoever holds the link: it was sent to a mailbox that the employer manages, and proves no more. */
async function ofLink({ database }: DenialDeps, request: AnyRequest): Promise<OwnAct> {
  const { organisationId, actId } = await ownAct(database, request)
  const known = { method: 'one-time-link', assurance: 'mailbox-employer', authentication: null } as const
  return { organisationId, actId, personId: 'holder-of-link', known }
}
