import type { DocumentId } from '#core'
import type { Database } from '#database'
import { loadDocumentFile, type DocumentRevision } from '#documents'
import type { HttpServer, Paging } from '#http'
import {
  cutPage,
  emptyResponse,
  fileResponse,
  pageOf,
  pageQuery,
  problemResponses,
  sendDownload,
} from '#http'
import {
  ContentQuery,
  documentFilters,
  DocumentParams,
  DocumentShape,
  DocumentSummaryShape,
} from './preservation-schemas.ts'
import { listDocuments, readDocument } from './preservation-view.ts'
import { settingsOf, type PreservationSettings } from './preservation.ts'

export type PreservationRouteDeps = {
  readonly database: Database
  readonly paging: Paging
  readonly settings?: Partial<PreservationSettings>
}

const tags = ['documents']
const access = { right: 'document.read' } as const

/** Adds the routes about documents: what there is, how it is preserved, and the files themselves. */
export function preservationRoutes(server: HttpServer, deps: PreservationRouteDeps): void {
  listRoute(server, deps)
  documentRoute(server, deps)
  contentRoute(server, deps)
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
      const { bytes, document, revision } = await deps.database.readInOrganisation(organisationId, (trx) =>
        loadDocumentFile(trx, organisationId, request.params.documentId as DocumentId, asked),
      )
      reply
        .header('document-revision', revision.number)
        .header('document-level', revision.level ?? 'none')
        .header(
          'cache-control',
          asked === undefined ? 'private, no-cache' : 'private, max-age=31536000, immutable',
        )
      return sendDownload(request, reply, {
        bytes,
        sha256: revision.sha256,
        mediaType: document.mediaType,
        fileName: `${document.title}.pdf`,
      })
    },
  )
}
