import type { Static } from 'typebox'
import type { AssignmentId, PersonId, PolicyId } from '#core'
import { toCivilDate } from '#core'
import type { Database } from '#database'
import type { HttpServer, Paging } from '#http'
import { cutPage, pageOf, pageQuery, problemResponses, runOnce } from '#http'
import type { Platform } from '#platform'
import { assignVersion } from './assignment-actions.ts'
import {
  AssignmentFilterQuery,
  AssignmentParams,
  AssignmentRequest,
  AssignmentResult,
  AssignmentShape,
  DeliveryResult,
} from './assignment-schemas.ts'
import { getAssignment, listAssignments } from './assignment-view.ts'
import type { AssignVersion } from './assignment.ts'
import { sendAgain } from './delivery-actions.ts'

export type AcknowledgementDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
  /** Tells the delivery worker that there is work; it finds it by itself otherwise. */
  readonly wakeDelivery: () => void
}

/** Adds the routes about assignments: make them, see where they stand, send a message again. */
export function assignmentRoutes(server: HttpServer, deps: AcknowledgementDeps): void {
  createRoute(server, deps)
  readRoutes(server, deps)
  deliveryRoute(server, deps)
}

function createRoute(server: HttpServer, deps: AcknowledgementDeps): void {
  server.post(
    '/v1/assignments',
    {
      config: { access: { right: 'assignment.create' }, idempotent: true },
      schema: {
        operationId: 'createAssignments',
        summary: 'Hand a published version to people',
        description:
          'Each person gets a message with a link of their own. No operation ever shows such a link.',
        tags: ['acknowledgements'],
        body: AssignmentRequest,
        response: {
          201: AssignmentResult,
          ...problemResponses('policy-version-not-found', 'version-withdrawn', 'due-date-past', 'person-not-found', 'audience-empty', 'audience-too-large', 'ceremony-ended'), // prettier-ignore
        },
      },
    },
    async (request, reply) => {
      const answer = await runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: await assignVersion(deps.platform, trx, request.caller, toCommand(request.body)),
      }))
      deps.wakeDelivery()
      return answer
    },
  )
}

function toCommand(body: Static<typeof AssignmentRequest>): AssignVersion {
  const { audience } = body
  return {
    policyId: body.policyId as PolicyId,
    versionNumber: body.versionNumber,
    dueDate: toCivilDate(body.dueDate),
    audience:
      'personIds' in audience
        ? { kind: 'persons', personIds: audience.personIds as PersonId[] }
        : 'departments' in audience
          ? { kind: 'departments', departments: audience.departments }
          : { kind: 'everyone' },
  }
}

function readRoutes(server: HttpServer, deps: AcknowledgementDeps): void {
  server.get(
    '/v1/assignments',
    {
      config: { access: { right: 'assignment.read' } },
      schema: {
        operationId: 'listAssignments',
        summary: 'List assignments and where they stand',
        tags: ['acknowledgements'],
        querystring: pageQuery(AssignmentFilterQuery),
        response: { 200: pageOf(AssignmentShape, 'AssignmentPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const { pageSize: _size, cursor: _cursor, ...filter } = request.query
      const found = await deps.database.readInOrganisation(organisationId, (trx) =>
        listAssignments(trx, organisationId, {
          ...filter,
          limit: size + 1,
          ...(after === undefined ? {} : { after: String(after[0]) }),
        }),
      )
      const page = cutPage(found, size, (each) => [each.assignmentId])
      return deps.paging.answer(request, reply, page)
    },
  )
  server.get(
    '/v1/assignments/:assignmentId',
    {
      config: { access: { right: 'assignment.read' } },
      schema: {
        operationId: 'getAssignment',
        summary: 'Read where one assignment stands',
        tags: ['acknowledgements'],
        params: AssignmentParams,
        response: { 200: AssignmentShape, ...problemResponses('assignment-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      return deps.database.readInOrganisation(organisationId, (trx) =>
        getAssignment(trx, organisationId, request.params.assignmentId as AssignmentId),
      )
    },
  )
}

function deliveryRoute(server: HttpServer, deps: AcknowledgementDeps): void {
  server.post(
    '/v1/assignments/:assignmentId/deliveries',
    {
      config: { access: { right: 'assignment.create' }, idempotent: true },
      schema: {
        operationId: 'sendAssignmentAgain',
        summary: 'Send the person a fresh link',
        tags: ['acknowledgements'],
        params: AssignmentParams,
        response: {
          202: DeliveryResult,
          ...problemResponses('assignment-not-found', 'already-acted', 'ceremony-ended'),
        },
      },
    },
    async (request, reply) => {
      const assignmentId = request.params.assignmentId as AssignmentId
      const answer = await runOnce(deps, request, reply, async (trx) => ({
        status: 202,
        body: await sendAgain(deps.platform, trx, request.caller, assignmentId),
      }))
      deps.wakeDelivery()
      return answer
    },
  )
}
