import { ProblemError } from '#core'
import type { HttpServer } from '#http'
import { problemResponses, readIdempotencyKey, runOnce } from '#http'
import { readCheck } from '#legal-checks'
import { keepAnnex, prepareAnnex, previewAnnex, type AnnexDeps } from './annex-actions.ts'
import { annexAnswer, clausesToday, contentAnswer, draftCheckAnswer, previewCheckAnswer } from './annex-answer.ts' // prettier-ignore
import { toComposeCommand, toPreviewCommand } from './annex-request.ts'
import { ComposeRequest, PreviewRequest } from './annex-request-schemas.ts'
import { AnnexDetailShape, AnnexListShape, AnnexParams, AnnexPreviewShape, AnnexQuery } from './annex-schemas.ts' // prettier-ignore
import { readAnnex, readAnnexes } from './annex-view.ts'

const tags = ['annexes']
const composing = [
  'annex-unfit',
  'annex-not-found',
  'clause-template-not-found',
  'clause-values-unfit',
  'template-rejected',
  'policy-version-not-found',
  'employment-not-found',
  'person-not-found',
  'jurisdiction-not-found',
] as const
const rendering = ['character-without-glyph', 'rendering-busy', 'rendering-failed'] as const

/** Adds the routes on which annexes are composed, looked at beforehand, and read. */
export function annexRoutes(server: HttpServer, deps: AnnexDeps): void {
  composeRoute(server, deps)
  previewRoute(server, deps)
  readingRoutes(server, deps)
}

function composeRoute(server: HttpServer, deps: AnnexDeps): void {
  server.post(
    '/v1/annexes',
    {
      config: { access: { right: 'annex.make' }, idempotent: true },
      schema: {
        operationId: 'composeAnnex',
        summary: 'Compose an annex from clauses, policy versions or a list of relations',
        description:
          'Fills the texts, asks the rules of law, renders and seals the file once, and records it in the ledger. A blocker that ' +
          'fails stops it. What a lawyer has to look at, what is not known and what asks for an override shows with the annex and ' +
          'stops offering it. An annex never changes: a next one replaces it.',
        tags,
        body: ComposeRequest,
        response: {
          201: AnnexDetailShape,
          ...problemResponses(
            ...composing,
            ...rendering,
            'annex-blocked',
            'annex-overtaken',
            'seal-certificate-invalid',
            'seal-key-unavailable',
          ),
        },
      },
    },
    async (request, reply) => {
      // Before any rendering: a request that cannot be answered does not get to use the threads.
      readIdempotencyKey(request)
      const { organisationId } = request.caller
      const prepared = await prepareAnnex(deps, organisationId, toComposeCommand(request.body))
      return runOnce(deps, request, reply, async (trx) => {
        if (prepared instanceof ProblemError) throw prepared
        const { annex, draftCheck } = await keepAnnex(deps, trx, request.caller, prepared)
        const body = {
          ...annexAnswer(annex),
          draftCheck: draftCheckAnswer(draftCheck),
          clausesToday: await clausesToday(trx, organisationId, annex.content?.clauses ?? []),
        }
        const location = `/v1/annexes/${annex.annexId}`
        return { status: 201, body, location, personId: annex.personId }
      })
    },
  )
}

function previewRoute(server: HttpServer, deps: AnnexDeps): void {
  server.post(
    '/v1/annexes/previews',
    {
      config: { access: { right: 'annex.preview' } },
      schema: {
        operationId: 'previewAnnex',
        summary: 'Look at an annex before it is composed',
        description:
          'The filled text and what the rules of law say of it, for an employment or for one that is only thought of. With ' +
          '`Accept: application/pdf` the file, marked as a draft and not sealed. Nothing is kept. What fails shows and stops nothing.',
        tags,
        body: PreviewRequest,
        response: {
          200: {
            description: 'The annex as it would be.',
            content: {
              'application/json': { schema: AnnexPreviewShape },
              'application/pdf': { schema: { type: 'string', contentMediaType: 'application/pdf' } as never },
            },
          },
          ...problemResponses(...composing, ...rendering),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const preview = await previewAnnex(deps, organisationId, toPreviewCommand(request.body))
      const { composed, evaluation, standings, today } = preview
      if (asksForPdf(request.headers.accept)) {
        const { bytes } = await deps.pool.render({ ...composed.input, concept: true })
        return reply.type('application/pdf').header('content-disposition', 'attachment; filename="concept.pdf"').send(bytes as never) // prettier-ignore
      }
      return {
        content: contentAnswer(composed.content),
        draftCheck: previewCheckAnswer(evaluation, standings),
        clausesToday: today,
      } as never
    },
  )
}

/** Whether a PDF is named in what is accepted, and JSON is not. */
function asksForPdf(accept: string | undefined): boolean {
  return accept !== undefined && /\bapplication\/pdf\b/.test(accept) && !/\bapplication\/json\b/.test(accept)
}

function readingRoutes(server: HttpServer, deps: AnnexDeps): void {
  server.get(
    '/v1/annexes',
    {
      config: { access: { right: 'annex.read' } },
      schema: {
        operationId: 'listAnnexes',
        summary: 'See the annexes of an employment',
        description: 'Oldest first, also those that were replaced.',
        tags,
        querystring: AnnexQuery,
        response: { 200: AnnexListShape },
      },
    },
    async ({ caller: { organisationId }, query }) => ({
      annexes: (
        await deps.database.readInOrganisation(organisationId, (trx) =>
          readAnnexes(trx, organisationId, { employmentId: query.employmentId }),
        )
      ).map(annexAnswer),
    }),
  )
  server.get(
    '/v1/annexes/:annexId',
    {
      config: { access: { right: 'annex.read' } },
      schema: {
        operationId: 'getAnnex',
        summary: 'See an annex, what the rules said of it, and what counsel says of its texts today',
        tags,
        params: AnnexParams,
        response: { 200: AnnexDetailShape, ...problemResponses('annex-not-found') },
      },
    },
    async ({ caller: { organisationId }, params }) =>
      deps.database.readInOrganisation(organisationId, async (trx) => {
        const annex = await readAnnex(trx, organisationId, params.annexId)
        return {
          ...annexAnswer(annex),
          draftCheck: draftCheckAnswer(await readCheck(trx, organisationId, annex.draftCheckId)),
          clausesToday: await clausesToday(trx, organisationId, annex.content?.clauses ?? []),
        }
      }),
  )
}
