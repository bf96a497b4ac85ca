import type { DocumentId } from '#core'
import type { Database } from '#database'
import { loadDocumentFile, sendDocumentFile, type DocumentRevision } from '#documents'
import type { HttpServer, Paging } from '#http'
import type { Platform } from '#platform'
import { cutPage, emptyResponse, fileResponse, pageOf, pageQuery, problemResponses, runOnce } from '#http'
import {
  ContentQuery,
  documentFilters,
  DocumentParams,
  DocumentShape,
  DocumentSummaryShape,
  RenewalAnswer,
  RenewalRequest,
} from './preservation-schemas.ts'
import { listDocuments, readDocument } from './preservation-view.ts'
import { settingsOf, type PreservationSettings } from './preservation.ts'
import { requestRenewal } from './renewal-request.ts'

export type PreservationRouteDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
  /** Looks for background work now. */
  readonly wakeJobs: () => void
  readonly settings?: Partial<PreservationSettings>
}

const tags = ['documents']
const access = { right: 'document.read' } as const

/** Adds the routes about documents: what there is, how it is preserved, and the files themselves. */
export function preservationRoutes(server: HttpServer, deps: PreservationRouteDeps): void {
  listRoute(server, deps)
  documentRoute(server, deps)
  contentRoute(server, deps)
  renewalRoute(server, deps)
}

function listRoute(server: HttpServer, deps: PreservationRouteDeps): void {
  server.get(
    '/v1/documents',
    {
      config: { access },
      schema: {
        operationId: 'listDocuments',
        summary: 'List documents and the level each has',
        description: 'The newest first, of one kind or at one level where that is asked.',
        tags,
        querystring: pageQuery(documentFilters),
        response: { 200: pageOf(DocumentSummaryShape, 'DocumentPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { kind, level } = request.query
      const { size, after } = deps.paging.read(request)
      const documents = await deps.database.readInOrganisation(organisationId, (trx) =>
        listDocuments(trx, organisationId, settingsOf(deps), {
          limit: size + 1,
          ...(after === undefined ? {} : { before: String(after[0]) }),
          ...(kind === undefined ? {} : { kind }),
          ...(level === undefined ? {} : { level }),
        }),
      )
      return deps.paging.answer(
        request,
        reply,
        cutPage(documents, size, ({ documentId }) => [documentId]),
      )
    },
  )
}

function documentRoute(server: HttpServer, deps: PreservationRouteDeps): void {
  server.get(
    '/v1/documents/:documentId',
    {
      config: { access },
      schema: {
        operationId: 'getDocument',
        summary: 'Read how a document is preserved',
        description:
          'Every revision of its file, the level it has, what comes next, and why it waits if it does.',
        tags,
        params: DocumentParams,
        response: { 200: DocumentShape, ...problemResponses('document-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const documentId = request.params.documentId as DocumentId
      const { listed, file } = await deps.database.readInOrganisation(organisationId, (trx) =>
        readDocument(trx, organisationId, settingsOf(deps), documentId),
      )
      return {
        ...listed,
        length: file.bytes.length,
        sha256: file.revision.sha256.toString('hex'),
        frozenSha256: file.document.sha256.toString('hex'),
        frozenLength: file.document.bytes.length,
        revisions: file.revisions.map(toRevisionShape),
      }
    },
  )
}

function toRevisionShape({ number, kind, level, length, sha256, at, timestamp }: DocumentRevision) {
  return {
    number,
    kind,
    level,
    length,
    sha256: sha256.toString('hex'),
    at,
    timestamp: timestamp && {
      authority: timestamp.authority,
      development: timestamp.development,
      provenAt: timestamp.provenAt,
      chainEndsAt: timestamp.chainEndsAt,
    },
  }
}

function contentRoute(server: HttpServer, deps: PreservationRouteDeps): void {
  server.get(
    '/v1/documents/:documentId/content',
    {
      config: { access },
      schema: {
        operationId: 'getDocumentContent',
        summary: 'Download a document',
        description:
          'At its newest revision, or exactly as it was at an earlier one. `Document-Revision` and `Document-Level` say ' +
          'which it is; a file of a named revision never changes.',
        tags,
        params: DocumentParams,
        querystring: ContentQuery,
        response: {
          200: fileResponse('application/pdf', 'The PDF.'),
          304: emptyResponse('The caller holds these bytes already (If-None-Match).'),
          ...problemResponses('document-not-found', 'document-revision-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { revision: asked } = request.query
      const file = await deps.database.readInOrganisation(organisationId, (trx) =>
        loadDocumentFile(trx, organisationId, request.params.documentId as DocumentId, asked),
      )
      const isFixed = asked !== undefined
      reply.header('cache-control', isFixed ? 'private, max-age=31536000, immutable' : 'private, no-cache')
      return sendDocumentFile(request, reply, file, `${file.document.title}.pdf`)
    },
  )
}

function renewalRoute(server: HttpServer, deps: PreservationRouteDeps): void {
  server.post(
    '/v1/documents/:documentId/renewals',
    {
      config: { access: { right: 'document.renew' }, idempotent: true },
      schema: {
        operationId: 'requestDocumentRenewal',
        summary: 'Ask for the next time-stamp of a document now',
        description:
          'Instead of when it is due: an authority was broken into, an algorithm is. Answers at once; the time-stamp is ' +
          'among the revisions of the document when the authority has answered.',
        tags,
        params: DocumentParams,
        body: RenewalRequest,
        response: {
          202: RenewalAnswer,
          ...problemResponses('document-not-found', 'document-not-renewable', 'document-renewal-under-way'),
        },
      },
    },
    async (request, reply) => {
      const { documentId } = request.params
      const answered = await runOnce(deps, request, reply, async (trx) => {
        const { reason } = request.body
        const body = await requestRenewal(
          deps.platform,
          trx,
          request.caller,
          documentId as DocumentId,
          reason,
        )
        return { status: 202, body, location: `/v1/documents/${documentId}` }
      })
      deps.wakeJobs()
      return answered
    },
  )
}
