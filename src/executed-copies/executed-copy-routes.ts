import type { ActId, DocumentId } from '#core'
import { ProblemError } from '#core'
import type { HttpServer } from '#http'
import { cutPage, pageOf, pageQuery, problemResponses, readIdempotencyKey, runOnce } from '#http'
import { keepCopy, prepareCopy, type CopyDeps } from './executed-copy-actions.ts'
import {
  ExecutedCopyFilter,
  ExecutedCopyParams,
  ExecutedCopyRequest,
  ExecutedCopyShape,
} from './executed-copy-schemas.ts'
import { getCopy, listCopies } from './executed-copy-view.ts'
import type { ExecutedCopy, Party } from './executed-copy.ts'

const config = { access: { right: 'act.read' } } as const
const tags = ['annexes']

/** Adds the routes of the employer: make a copy of what parties agreed to, and read what was made. */
export function executedCopyRoutes(server: HttpServer, deps: CopyDeps): void {
  createRoute(server, deps)
  readRoutes(server, deps)
}

function createRoute(server: HttpServer, deps: CopyDeps): void {
  server.post(
    '/v1/executed-copies',
    {
      config: { access: { right: 'executed-copy.create' }, idempotent: true },
      schema: {
        operationId: 'createExecutedCopy',
        summary: 'Make the signed copy of a document',
        description:
          'Puts a sheet with a block for each party behind the document that all of them agreed to, and seals the whole. ' +
          'The file begins with exactly the bytes that each was shown. Made once for the same acts and document: asked ' +
          'again, the answer is 200 with the copy that exists. Of a bundle the acts on its main statement are named.',
        tags,
        body: ExecutedCopyRequest,
        response: {
          200: ExecutedCopyShape,
          201: ExecutedCopyShape,
          ...problemResponses(
            'act-denied',
            'act-not-found',
            'act-not-agreed',
            'acts-differ',
            'character-without-glyph',
            'content-erased',
            'document-not-found',
            'document-not-made-here',
            'executed-copy-differs',
            'parties-unfit',
            'rendering-busy',
            'rendering-failed',
            'seal-certificate-invalid',
            'seal-key-unavailable',
            'version-withdrawn',
          ),
        },
      },
    },
    async (request, reply) => {
      // Before any rendering: a request that cannot be answered does not get to use the threads.
      readIdempotencyKey(request)
      const { parties, documentId } = request.body
      const asked = { parties: parties as Party[], documentId: documentId as DocumentId | undefined }
      const prepared = await prepareCopy(deps, request.caller.organisationId, asked)
      return runOnce(deps, request, reply, async (trx) => {
        if (prepared instanceof ProblemError) throw prepared
        const { copy, isNew } =
          'sealed' in prepared
            ? await keepCopy(deps, trx, request.caller, prepared)
            : { copy: prepared, isNew: false }
        return {
          status: isNew ? 201 : 200,
          body: toAnswer(copy),
          location: `/v1/executed-copies/${copy.executedCopyId}`,
        }
      })
    },
  )
}

function readRoutes(server: HttpServer, deps: CopyDeps): void {
  server.get(
    '/v1/executed-copies',
    {
      config,
      schema: {
        operationId: 'listExecutedCopies',
        summary: 'List signed copies, newest first',
        tags,
        querystring: pageQuery(ExecutedCopyFilter),
        response: { 200: pageOf(ExecutedCopyShape, 'ExecutedCopyPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const { actId } = request.query
      const found = await deps.database.readInOrganisation(organisationId, (trx) =>
        listCopies(trx, organisationId, {
          ...(actId === undefined ? {} : { actId: actId as ActId }),
          ...(after === undefined ? {} : { after: String(after[0]) }),
          limit: size + 1,
        }),
      )
      const page = cutPage(found.map(toAnswer), size, (copy) => [copy.executedCopyId])
      return deps.paging.answer(request, reply, page)
    },
  )
  server.get(
    '/v1/executed-copies/:executedCopyId',
    {
      config,
      schema: {
        operationId: 'getExecutedCopy',
        summary: 'Read what a signed copy was made of',
        tags,
        params: ExecutedCopyParams,
        response: { 200: ExecutedCopyShape, ...problemResponses('executed-copy-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const copy = await deps.database.readInOrganisation(organisationId, (trx) =>
        getCopy(trx, organisationId, request.params.executedCopyId),
      )
      return toAnswer(copy)
    },
  )
}

function toAnswer({ entryId: _entryId, ...copy }: ExecutedCopy) {
  return { ...copy, parties: [...copy.parties] }
}
