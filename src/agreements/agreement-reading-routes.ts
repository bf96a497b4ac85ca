import { readAnnex } from '#annexes'
import type { PersonId } from '#core'
import { civilDateIn, toCivilDate } from '#core'
import type { HttpServer } from '#http'
import { cutPage, pageOf, pageQuery, problemResponses } from '#http'
import { agreementAnswer, annexStateAnswer } from './agreement-answer.ts'
import type { AgreementDeps } from './agreement-routes.ts'
import { AgreementFilterQuery, AgreementParams, AgreementShape, AnnexParams, AnnexStateShape, OnQuery } from './agreement-schemas.ts' // prettier-ignore
import { readAgreement, readAgreements } from './agreement-view.ts'

const tags = ['agreements']
const maySee = { access: { right: 'agreement.read' } } as const
/** How many agreements are looked at together for a page of one state: a state stands in no column, it follows from rows. */
const lookedAtAtOnce = 500

/** Adds the routes on which agreements are read, and where an annex stands on a day. */
export function agreementReadingRoutes(server: HttpServer, deps: AgreementDeps): void {
  listRoute(server, deps)
  oneRoute(server, deps)
  annexRoute(server, deps)
}

function listRoute(server: HttpServer, deps: AgreementDeps): void {
  server.get(
    '/v1/agreements',
    {
      config: maySee,
      schema: {
        operationId: 'listAgreements',
        summary: 'List agreements and where they stand today',
        tags,
        querystring: pageQuery(AgreementFilterQuery),
        response: { 200: pageOf(AgreementShape, 'AgreementPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const { personId, employmentId, state } = request.query
      const today = civilDateIn(deps.platform.clock())
      const fitting = await deps.database.readInOrganisation(organisationId, async (trx) => {
        const page: ReturnType<typeof agreementAnswer>[] = []
        let from = after === undefined ? undefined : String(after[0])
        for (;;) {
          const found = await readAgreements(trx, organisationId, {
            ...(personId === undefined ? {} : { personId: personId as PersonId }),
            ...(employmentId === undefined ? {} : { employmentId }),
            ...(from === undefined ? {} : { after: from }),
            limit: state === undefined ? size + 1 : lookedAtAtOnce,
          })
          const answers = found.map((view) => agreementAnswer(view, today))
          page.push(...answers.filter((each) => state === undefined || each.state === state))
          from = found.at(-1)?.agreementId
          if (page.length > size || state === undefined || found.length < lookedAtAtOnce) return page.slice(0, size + 1) // prettier-ignore
        }
      })
      return deps.paging.answer(request, reply, cutPage(fitting, size, (each) => [each.agreementId])) // prettier-ignore
    },
  )
}

function oneRoute(server: HttpServer, deps: AgreementDeps): void {
  server.get(
    '/v1/agreements/:agreementId',
    {
      config: maySee,
      schema: {
        operationId: 'getAgreement',
        summary: 'Read an agreement and where it stands on a day',
        tags,
        params: AgreementParams,
        querystring: OnQuery,
        response: { 200: AgreementShape, ...problemResponses('agreement-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const { on } = request.query
      const day = on === undefined ? civilDateIn(deps.platform.clock()) : toCivilDate(on)
      const view = await deps.database.readInOrganisation(organisationId, (trx) =>
        readAgreement(trx, organisationId, request.params.agreementId),
      )
      return agreementAnswer(view, day)
    },
  )
}

function annexRoute(server: HttpServer, deps: AgreementDeps): void {
  server.get(
    '/v1/annexes/:annexId/state',
    {
      config: maySee,
      schema: {
        operationId: 'getAnnexState',
        summary: 'Ask where an annex stands on a day',
        description:
          'composed, offered, half-signed, signed, in force, superseded, ended, declined, lapsed, withdrawn, blocked or denied.',
        tags,
        params: AnnexParams,
        querystring: OnQuery,
        response: { 200: AnnexStateShape, ...problemResponses('annex-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const { on } = request.query
      const { annexId } = request.params
      const day = on === undefined ? civilDateIn(deps.platform.clock()) : toCivilDate(on)
      const views = await deps.database.readInOrganisation(organisationId, async (trx) => {
        await readAnnex(trx, organisationId, annexId)
        return readAgreements(trx, organisationId, { annexId })
      })
      return annexStateAnswer(annexId, views, day)
    },
  )
}
