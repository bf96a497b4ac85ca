import { problem } from '#core'
import type { Database } from '#database'
import type { HttpServer } from '#http'
import { problemResponses, runOnce } from '#http'
import type { Platform } from '#platform'
import { createTemplate, createVersion, reviewVersion } from './clause-actions.ts'
import { factsOfClause, factsOfPenalty } from './clause-facts.ts'
import { fillClause, valueDefectsOf } from './clause-filling.ts'
import { contentOf, FillingRequest, FillingShape, LibraryShape, ReviewRequest, ReviewShape, StartersShape, TemplateParams, TemplateRequest, TemplateShape, VersionParams, VersionRequest, VersionShape } from './clause-schemas.ts' // prettier-ignore
import { getContent, getTemplate, listTemplates } from './clause-store.ts'
import { starterNotice, starters } from './starters/index.ts'

export type ClauseDeps = { readonly platform: Platform; readonly database: Database }

const tags = ['clauses']
const mayRead = { right: 'clause.read' } as const
const mayWrite = { right: 'clause.write' } as const
const templatesMax = 500

/** Adds the clause library: starter texts, templates, their versions, what counsel said, and filling a text. */
export function clauseRoutes(server: HttpServer, deps: ClauseDeps): void {
  readingRoutes(server, deps)
  writingRoutes(server, deps)
  reviewRoute(server, deps)
  fillingRoute(server, deps)
}

function readingRoutes(server: HttpServer, deps: ClauseDeps): void {
  server.get(
    '/v1/clause-starters',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listClauseStarters',
        summary: 'See the texts to begin from',
        tags,
        response: { 200: StartersShape },
      },
    },
    async () => ({
      notice: starterNotice,
      starters: [...starters].map(([starterId, content]) => ({ starterId, content: content as never })),
    }),
  )
  server.get(
    '/v1/clause-templates',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listClauseTemplates',
        summary: 'See the clause library',
        description: `All templates by name, ${templatesMax} at most.`,
        tags,
        response: { 200: LibraryShape },
      },
    },
    async ({ caller: { organisationId } }) => ({
      templates: (await deps.database.readInOrganisation(organisationId, (trx) =>
        listTemplates(trx, organisationId, templatesMax),
      )) as never,
    }),
  )
  server.get(
    '/v1/clause-templates/:clauseTemplateId',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'getClauseTemplate',
        summary: 'See a template, its versions, and what counsel said of them',
        tags,
        params: TemplateParams,
        response: { 200: TemplateShape, ...problemResponses('clause-template-not-found') },
      },
    },
    async ({ caller: { organisationId }, params }) =>
      (await deps.database.readInOrganisation(organisationId, (trx) =>
        getTemplate(trx, organisationId, params.clauseTemplateId),
      )) as never,
  )
  server.get(
    '/v1/clause-templates/:clauseTemplateId/versions/:versionNumber',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'getClauseVersion',
        summary: 'Read the text of a version',
        tags,
        params: VersionParams,
        response: { 200: VersionShape, ...problemResponses('clause-template-not-found') },
      },
    },
    async ({ caller: { organisationId }, params }) =>
      (await deps.database.readInOrganisation(organisationId, (trx) =>
        getContent(trx, organisationId, params.clauseTemplateId, params.versionNumber),
      )) as never,
  )
}

function writingRoutes(server: HttpServer, deps: ClauseDeps): void {
  server.post(
    '/v1/clause-templates',
    {
      config: { access: mayWrite, idempotent: true },
      schema: {
        operationId: 'createClauseTemplate',
        summary: 'Take a text into the library',
        description: 'A starter text or one of your own becomes version 1. An entry in the ledger.',
        tags,
        body: TemplateRequest,
        response: { 201: TemplateShape, ...problemResponses('starter-not-found', 'clause-content-unfit', 'template-name-taken') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { body } = request
        const source =
          'content' in body ? { content: contentOf(body.content) } : { starterId: body.starterId }
        const made = await createTemplate(deps.platform, trx, request.caller, body.name, source)
        return { status: 201, body: made, location: `/v1/clause-templates/${made.templateId}` }
      }),
  )
  server.post(
    '/v1/clause-templates/:clauseTemplateId/versions',
    {
      config: { access: mayWrite, idempotent: true },
      schema: {
        operationId: 'createClauseVersion',
        summary: 'Make the next version of a text',
        description:
          'Versions before it stay, and so does what was made from them. What counsel said of those is not said of it.',
        tags,
        params: TemplateParams,
        body: VersionRequest,
        response: { 201: TemplateShape, ...problemResponses('clause-template-not-found', 'clause-content-unfit', 'clause-unchanged', 'version-number-taken') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { clauseTemplateId: templateId } = request.params
        const made = await createVersion(deps.platform, trx, request.caller, templateId, contentOf(request.body.content)) // prettier-ignore
        return { status: 201, body: made, location: `/v1/clause-templates/${templateId}` }
      }),
  )
}

function reviewRoute(server: HttpServer, deps: ClauseDeps): void {
  server.post(
    '/v1/clause-templates/:clauseTemplateId/versions/:versionNumber/reviews',
    {
      config: { access: { right: 'clause.review' }, idempotent: true },
      schema: {
        operationId: 'reviewClauseVersion',
        summary: 'Say as counsel what a text is worth',
        description: 'Bound to the hash of exactly this text. An entry in the ledger.',
        tags,
        params: VersionParams,
        body: ReviewRequest,
        response: { 201: ReviewShape, ...problemResponses('clause-template-not-found') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: await reviewVersion(deps.platform, trx, request.caller, placeOf(request.params), request.body),
      })),
  )
}

function fillingRoute(server: HttpServer, deps: ClauseDeps): void {
  server.post(
    '/v1/clause-templates/:clauseTemplateId/versions/:versionNumber/fillings',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'fillClause',
        summary: 'Fill the gaps of a text, in both languages, and see what the rules may know of it',
        description: 'Nothing is kept. Values are never converted: a number in a string is refused.',
        tags,
        params: VersionParams,
        body: FillingRequest,
        response: {
          200: FillingShape,
          ...problemResponses('clause-template-not-found', 'clause-values-unfit'),
        },
      },
    },
    async ({ caller: { organisationId }, params, body }) => {
      const { clauseTemplateId: templateId, versionNumber } = params
      const { content, contentSha256, template } = await deps.database.readInOrganisation(
        organisationId,
        async (trx) => ({
          ...(await getContent(trx, organisationId, templateId, versionNumber)),
          template: await getTemplate(trx, organisationId, templateId),
        }),
      )
      const errors = valueDefectsOf(content, body.values)
      if (errors.length > 0) throw problem('clause-values-unfit', { errors })
      const place = {
        id: `${templateId}:${versionNumber}`,
        language: 'nl',
        locatedIn: body.locatedIn,
      } as const
      const penalty = content.kind === 'boetebeding' ? { penalty: factsOfPenalty(body.values) } : {}
      const version = template.versions.find((each) => each.versionNumber === versionNumber)
      return {
        kind: content.kind,
        contentSha256,
        nl: shown(fillClause(content, body.values, 'nl')),
        en: shown(fillClause(content, body.values, 'en')),
        reviewedByCounsel: version?.reviews.at(-1)?.outcome === 'approved',
        facts: { clause: factsOfClause(content, body.values, place), ...penalty },
      }
    },
  )
}

function shown({ heading, paragraphs }: { heading: string; paragraphs: readonly string[] }) {
  return { heading, paragraphs: [...paragraphs] }
}

function placeOf({ clauseTemplateId, versionNumber }: { clauseTemplateId: string; versionNumber: number }) {
  return { templateId: clauseTemplateId, versionNumber }
}
