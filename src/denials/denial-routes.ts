import type { ActId, CivilDate } from '#core'
import type { HttpServer } from '#http'
import { problemResponses, runOnce } from '#http'
import { recordDenial, recordFinding, type DenialDeps } from './denial-actions.ts'
import { toDenials, toRecorded } from './denial-answers.ts'
import { ActParams, CourtFindingRequest, DenialsShape, RecordedDenialRequest, RecordedStepShape } from './denial-schemas.ts' // prettier-ignore
import { getDeniableAct, listDenialSteps } from './denial-view.ts'
import { ownDenialRoutes } from './own-denial-routes.ts'

const tags = ['acknowledgements']

/** Adds the routes about denied acts: those of the person, and what the employer writes down and reads. */
export function denialRoutes(server: HttpServer, deps: DenialDeps): void {
  ownDenialRoutes(server, deps)
  readRoute(server, deps)
  recordRoutes(server, deps)
}

function readRoute(server: HttpServer, deps: DenialDeps): void {
  server.get(
    '/v1/acts/:actId/denials',
    {
      config: { access: { right: 'act.read' } },
      schema: {
        operationId: 'listDenials',
        summary: 'Read what was said against an act',
        tags,
        params: ActParams,
        response: { 200: DenialsShape, ...problemResponses('act-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const actId = request.params.actId as ActId
      return deps.database.readInOrganisation(organisationId, async (trx) => {
        await getDeniableAct(trx, organisationId, actId, 'holder-of-link')
        return toDenials(actId, await listDenialSteps(trx, organisationId, actId))
      })
    },
  )
}

function recordRoutes(server: HttpServer, deps: DenialDeps): void {
  const refusals = problemResponses('act-not-found', 'denial-limit-reached', 'words-unprintable')
  server.post(
    '/v1/acts/:actId/denials',
    {
      config: { access: { right: 'denial.record' }, idempotent: true },
      schema: {
        operationId: 'recordDenial',
        summary: 'Record a denial that came by letter or in court',
        description:
          'Kept as what the employer wrote down, never as what the person said here. It cannot be removed, and only the person can take it back.',
        tags,
        params: ActParams,
        body: RecordedDenialRequest,
        response: { 201: RecordedStepShape, ...refusals },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { receivedOn, ...said } = request.body
        const command = { ...said, receivedOn: receivedOn as CivilDate }
        const recorded = await recordDenial(deps, trx, request.caller, request.params.actId as ActId, command)
        return { status: 201, body: toRecorded(recorded) }
      }),
  )
  server.post(
    '/v1/acts/:actId/court-findings',
    {
      config: { access: { right: 'court-finding.record' }, idempotent: true },
      schema: {
        operationId: 'recordCourtFinding',
        summary: 'Record what a court found about whose act it is',
        description:
          'Only a judgment against which nothing can be lodged any more changes the status of the act. It stays visible as the statement of whoever recorded it.',
        tags,
        params: ActParams,
        body: CourtFindingRequest,
        response: { 201: RecordedStepShape, ...refusals },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { decidedOn, ...found } = request.body
        const command = { ...found, decidedOn: decidedOn as CivilDate }
        const recorded = await recordFinding(deps, trx, request.caller, request.params.actId as ActId, command) // prettier-ignore
        return { status: 201, body: toRecorded(recorded) }
      }),
  )
}
