import type { CivilDate, PersonId, PolicyId } from '#core'
import { civilDateIn, toCivilDate } from '#core'
import type { Database } from '#database'
import type { HttpServer, Paging } from '#http'
import { cutPage, pageOf, pageQuery, problemResponses, runOnce } from '#http'
import type { Platform } from '#platform'
import { placeHold, releaseHold } from './hold-actions.ts'
import { HoldFilterQuery, HoldParams, HoldReleaseRequest, HoldRequest, HoldShape } from './hold-schemas.ts'
import { getHold, listHolds } from './hold-store.ts'
import type { PersonRecords } from './person-records.ts'
import type { LegalHold } from './retention.ts'

export type RetentionRouteDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
  /** What other rooms hold about persons. */
  readonly personRecords: readonly PersonRecords[]
}

const tags = ['retention']
const mayPlace = { right: 'hold.place' } as const
const mayRead = { right: 'retention.read' } as const

/** Adds the routes about legal holds: place, see, release. */
export function holdRoutes(server: HttpServer, deps: RetentionRouteDeps): void {
  placeRoute(server, deps)
  releaseRoute(server, deps)
  readRoutes(server, deps)
}

function placeRoute(server: HttpServer, deps: RetentionRouteDeps): void {
  server.post(
    '/v1/legal-holds',
    {
      config: { access: mayPlace, idempotent: true },
      schema: {
        operationId: 'placeLegalHold',
        summary: 'Forbid that anything of a person or about a policy is erased',
        description: 'Holds from the moment of the answer. An entry in the ledger.',
        tags,
        body: HoldRequest,
        response: { 201: HoldShape, ...problemResponses('review-day-unfit', 'person-not-found', 'policy-not-found') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { subject, holder, reason, reviewOn } = request.body
        const hold = await placeHold(deps.platform, trx, request.caller, {
          subject:
            'personId' in subject
              ? { kind: 'person', personId: subject.personId as PersonId }
              : { kind: 'policy', policyId: subject.policyId as PolicyId },
          holder,
          reason,
          reviewOn: toCivilDate(reviewOn),
        })
        return {
          status: 201,
          location: `/v1/legal-holds/${hold.holdId}`,
          body: toAnswer(hold, todayOf(deps)),
        }
      }),
  )
}

function releaseRoute(server: HttpServer, deps: RetentionRouteDeps): void {
  server.post(
    '/v1/legal-holds/:holdId/releases',
    {
      config: { access: mayPlace, idempotent: true },
      schema: {
        operationId: 'releaseLegalHold',
        summary: 'Release a legal hold, by name and with a reason',
        tags,
        params: HoldParams,
        body: HoldReleaseRequest,
        response: { 201: HoldShape, ...problemResponses('hold-not-found', 'hold-released') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const command = { ...request.body, holdId: request.params.holdId }
        const hold = await releaseHold(deps.platform, trx, request.caller, command)
        return { status: 201, body: toAnswer(hold, todayOf(deps)) }
      }),
  )
}

function readRoutes(server: HttpServer, deps: RetentionRouteDeps): void {
  server.get(
    '/v1/legal-holds',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listLegalHolds',
        summary: 'List legal holds, oldest first',
        tags,
        querystring: pageQuery(HoldFilterQuery),
        response: { 200: pageOf(HoldShape, 'LegalHoldPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const { pageSize: _size, cursor: _cursor, ...filter } = request.query
      const holds = await deps.database.readInOrganisation(organisationId, (trx) =>
        listHolds(trx, organisationId, {
          ...filter,
          limit: size + 1,
          ...(after === undefined ? {} : { after: String(after[0]) }),
        }),
      )
      const page = cutPage(holds, size, (hold) => [hold.holdId])
      const today = todayOf(deps)
      return deps.paging.answer(request, reply, {
        ...page,
        items: page.items.map((hold) => toAnswer(hold, today)),
      })
    },
  )
  server.get(
    '/v1/legal-holds/:holdId',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'getLegalHold',
        summary: 'Read one legal hold',
        tags,
        params: HoldParams,
        response: { 200: HoldShape, ...problemResponses('hold-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const hold = await deps.database.readInOrganisation(organisationId, (trx) =>
        getHold(trx, organisationId, request.params.holdId),
      )
      return toAnswer(hold, todayOf(deps))
    },
  )
}

function todayOf({ platform }: RetentionRouteDeps): CivilDate {
  return civilDateIn(platform.clock())
}

function toAnswer(hold: LegalHold, today: CivilDate) {
  const { subject, entryId: _entryId, ...rest } = hold
  return {
    ...rest,
    subject: { kind: subject.kind, id: subject.kind === 'person' ? subject.personId : subject.policyId },
    reviewOverdue: hold.release === null && hold.reviewOn < today,
  }
}
