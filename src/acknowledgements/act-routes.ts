import type { ActId, AssignmentId, OrganisationId } from '#core'
import { problem } from '#core'
import { getCeremony, HeldActShape, readHeldAct, receiptDocument, StatementQuery } from '#ceremonies'
import type { Database } from '#database'
import type { RenderPool } from '#documents'
import { sendDocumentFile } from '#documents'
import type { AnyRequest, HttpServer } from '#http'
import { fileResponse, problemResponses } from '#http'
import type { Platform } from '#platform'
import { AssignmentParams } from './assignment-schemas.ts'

export type ActReadingDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly pool: Pick<RenderPool, 'render'>
}

const config = { access: { right: 'act.read' } } as const
const tags = ['acknowledgements']

/** Adds what the employer holds of an act: the same receipt as the person, by the assignment it answers. */
export function actRoutes(server: HttpServer, deps: ActReadingDeps): void {
  server.get(
    '/v1/assignments/:assignmentId/act',
    {
      config,
      schema: {
        operationId: 'getAct',
        summary: 'Read what a person answered',
        description: 'The act with the receipt that the person holds too. Reading it changes nothing and cannot answer for anybody.', // prettier-ignore
        tags,
        params: AssignmentParams,
        querystring: StatementQuery,
        response: {
          200: HeldActShape,
          ...problemResponses('assignment-not-found', 'content-erased', 'no-act-yet'),
        },
      },
    },
    async (request) => {
      const { organisationId, actId } = await actOf(
        deps.database,
        request,
        request.params.assignmentId,
        request.query.statementId,
      )
      return deps.database.readInOrganisation(organisationId, (trx) =>
        readHeldAct(trx, organisationId, actId),
      )
    },
  )
  server.get(
    '/v1/assignments/:assignmentId/act/receipt-document',
    {
      config,
      schema: {
        operationId: 'getActReceipt',
        summary: 'Download the receipt of an act',
        tags,
        params: AssignmentParams,
        querystring: StatementQuery,
        response: {
          200: fileResponse('application/pdf', 'The sealed receipt.'),
          ...problemResponses(
            'assignment-not-found',
            'content-erased',
            'no-act-yet',
            'rendering-busy',
            'rendering-failed',
            'seal-certificate-invalid',
            'seal-key-unavailable',
          ),
        },
      },
    },
    async (request, reply) => {
      const { organisationId, actId } = await actOf(
        deps.database,
        request,
        request.params.assignmentId,
        request.query.statementId,
      )
      const document = await receiptDocument(deps, organisationId, actId)
      return sendDocumentFile(request, reply, document, 'receipt.pdf')
    },
  )
}

async function actOf(
  database: Database,
  request: AnyRequest,
  assignmentId: string,
  statementId = 'main',
): Promise<{ readonly organisationId: OrganisationId; readonly actId: ActId }> {
  const { organisationId } = request.caller
  const { acts } = await database.readInOrganisation(organisationId, (trx) =>
    getCeremony(trx, organisationId, assignmentId as AssignmentId),
  )
  const act = acts.find((each) => each.statementId === statementId)
  if (act === undefined) throw problem('no-act-yet')
  return { organisationId, actId: act.actId }
}
