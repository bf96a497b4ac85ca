import { toCivilDate, civilDateIn, problem } from '#core'
import type { CivilDate, PolicyId } from '#core'
import { loadDocument } from '#documents'
import type { HttpServer } from '#http'
import {
  cutPage,
  emptyResponse,
  fileResponse,
  pageOf,
  pageQuery,
  problemResponses,
  sendDownload,
} from '#http'
import type { PolicyDeps } from './policy-deps.ts'
import {
  ComparisonQuery,
  ComparisonShape,
  EditionParams,
  InForceQuery,
  InForceShape,
  PolicyParams,
  VersionLineShape,
  VersionParams,
  VersionShape,
} from './policy-schemas.ts'
import { getPolicy } from './policy-store.ts'
import { readComparison, readInForce, readVersionAnswer, withStates } from './version-answers.ts'
import { getPublishedVersion } from './version-reader.ts'
import { listHistory } from './version-store.ts'
import { listVersions } from './version-view.ts'

/** Adds the routes that read published versions. */
export function versionRoutes(server: HttpServer, deps: PolicyDeps): void {
  listRoute(server, deps)
  readRoute(server, deps)
  documentRoute(server, deps)
  comparisonRoute(server, deps)
  inForceRoute(server, deps)
}

const access = { right: 'policy.read' } as const

function listRoute(server: HttpServer, deps: PolicyDeps): void {
  server.get(
    '/v1/policies/:policyId/versions',
    {
      config: { access },
      schema: {
        operationId: 'listPolicyVersions',
        summary: 'List the published versions of a policy',
        description: 'Newest first, each with where it stands today in the Netherlands.',
        tags: ['policies'],
        params: PolicyParams,
        querystring: pageQuery({}),
        response: {
          200: pageOf(VersionLineShape, 'PolicyVersionPage'),
          ...problemResponses('policy-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const policyId = request.params.policyId as PolicyId
      const { size, after } = deps.paging.read(request)
      const lines = await deps.database.readInOrganisation(organisationId, async (trx) => {
        await getPolicy(trx, organisationId, policyId)
        const rows = await listVersions(trx, organisationId, policyId, {
          limit: size + 1,
          ...(after === undefined ? {} : { below: Number(after[0]) }),
        })
        return withStates(rows, await listHistory(trx, organisationId, policyId), today(deps))
      })
      return deps.paging.answer(
        request,
        reply,
        cutPage(lines, size, (line) => [line.versionNumber]),
      )
    },
  )
}

function readRoute(server: HttpServer, deps: PolicyDeps): void {
  server.get(
    '/v1/policies/:policyId/versions/:versionNumber',
    {
      config: { access },
      schema: {
        operationId: 'getPolicyVersion',
        summary: 'Read a published version',
        description:
          'Its text, which never changes, its editions, and where it stands today in the Netherlands.',
        tags: ['policies'],
        params: VersionParams,
        response: { 200: VersionShape, ...problemResponses('policy-version-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const { policyId, versionNumber } = request.params
      return deps.database.readInOrganisation(organisationId, (trx) =>
        readVersionAnswer(trx, organisationId, policyId as PolicyId, versionNumber, today(deps)),
      )
    },
  )
}

function documentRoute(server: HttpServer, deps: PolicyDeps): void {
  server.get(
    '/v1/policies/:policyId/versions/:versionNumber/editions/:language/document',
    {
      config: { access },
      schema: {
        operationId: 'getPolicyEditionDocument',
        summary: 'Download an edition',
        description:
          'The sealed PDF as people are shown it, the same bytes for everyone, with their SHA-256 in Repr-Digest. `Link` names ' +
          'the document, which has time-stamps added later.',
        tags: ['policies'],
        params: EditionParams,
        response: {
          200: fileResponse('application/pdf', 'The sealed PDF.'),
          304: emptyResponse('The caller holds these bytes already (If-None-Match).'),
          ...problemResponses('policy-version-not-found', 'policy-edition-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { policyId, versionNumber, language } = request.params
      const document = await deps.database.readInOrganisation(organisationId, async (trx) => {
        const version = await getPublishedVersion(trx, organisationId, policyId as PolicyId, versionNumber)
        const edition = version.editions.find((one) => one.language === language)
        if (edition === undefined) throw problem('policy-edition-not-found')
        return loadDocument(trx, organisationId, edition.documentId)
      })
      const fileName = `${document.title} - ${versionNumber} - ${language}.pdf`
      reply.header('link', `</v1/documents/${document.documentId}>; rel="describedby"`)
      return sendDownload(request, reply, { ...document, fileName })
    },
  )
}

function comparisonRoute(server: HttpServer, deps: PolicyDeps): void {
  server.get(
    '/v1/policies/:policyId/version-comparisons',
    {
      config: { access },
      schema: {
        operationId: 'comparePolicyVersions',
        summary: 'Compare two published versions rule by rule',
        description:
          'Rules and sections are followed by id. `moved` says that one changed places with others; another number ' +
          'alone is not a move. Placeholders are compared by themselves.',
        tags: ['policies'],
        params: PolicyParams,
        querystring: ComparisonQuery,
        response: {
          200: ComparisonShape,
          ...problemResponses('policy-not-found', 'policy-version-not-found'),
        },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const policyId = request.params.policyId as PolicyId
      const { from, to } = request.query
      return deps.database.readInOrganisation(organisationId, async (trx) => {
        await getPolicy(trx, organisationId, policyId)
        return readComparison(trx, organisationId, policyId, from, to)
      })
    },
  )
}

function inForceRoute(server: HttpServer, deps: PolicyDeps): void {
  server.get(
    '/v1/policies/:policyId/version-in-force',
    {
      config: { access },
      schema: {
        operationId: 'getPolicyVersionInForce',
        summary: 'Ask which version was in force on a day',
        description:
          'The answer for a day that has passed never changes. When no version held, `version` is null and `reason` ' +
          'says why. A withdrawal does not revive the version before; a version withdrawn before it took effect ' +
          'never replaced anything.',
        tags: ['policies'],
        params: PolicyParams,
        querystring: InForceQuery,
        response: { 200: InForceShape, ...problemResponses('policy-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const policyId = request.params.policyId as PolicyId
      const date = toCivilDate(request.query.date)
      return deps.database.readInOrganisation(organisationId, (trx) =>
        readInForce(trx, organisationId, policyId, date),
      )
    },
  )
}

/** The calendar day in the Netherlands now. */
function today(deps: PolicyDeps): CivilDate {
  return civilDateIn(deps.platform.clock())
}
