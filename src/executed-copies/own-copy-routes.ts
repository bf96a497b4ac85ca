import { ownAct } from '#ceremonies'
import type { HttpServer } from '#http'
import { fileResponse, problemResponses, sendDownload } from '#http'
import { ownCopyFile, type CopyDeps } from './executed-copy-actions.ts'
import { ExecutedCopyParams, OwnExecutedCopies } from './executed-copy-schemas.ts'
import { listCopies } from './executed-copy-view.ts'

const tags = ['ceremony']
/** Somebody who agreed for the employer may stand in the copies of many; the employer can read them all. */
const listedMax = 100

/** Adds the routes of a party: the copies in which their own act stands, by the link that they hold. */
export function ownCopyRoutes(server: HttpServer, deps: Pick<CopyDeps, 'database'>): void {
  listRoute(server, deps)
  fileRoute(server, deps)
}

function listRoute(server: HttpServer, { database }: Pick<CopyDeps, 'database'>): void {
  server.get(
    '/v1/acts/current/executed-copies',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'listOwnExecutedCopies',
        summary: 'List the signed copies with the act of this link',
        description: `The newest ${listedMax}. Empty until one was made, and without those whose content was erased.`,
        tags,
        response: { 200: OwnExecutedCopies, ...problemResponses('no-act-yet') },
      },
    },
    async (request) => {
      const { organisationId, actId } = await ownAct(database, request)
      const copies = await database.readInOrganisation(organisationId, (trx) =>
        listCopies(trx, organisationId, { actId, limit: listedMax }),
      )
      return {
        items: copies
          .filter(({ documentId }) => documentId !== null)
          .map(({ executedCopyId, madeAt, documentSha256, byteLength }) => ({
            executedCopyId,
            madeAt,
            documentSha256,
            byteLength,
          })),
      }
    },
  )
}

function fileRoute(server: HttpServer, { database }: Pick<CopyDeps, 'database'>): void {
  server.get(
    '/v1/acts/current/executed-copies/:executedCopyId/content',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'getOwnExecutedCopy',
        summary: 'Download a signed copy',
        description:
          'The document that was shown, with the sheet of those who agreed to it, sealed; at its newest revision.',
        tags,
        params: ExecutedCopyParams,
        response: {
          200: fileResponse('application/pdf', 'The signed copy.'),
          ...problemResponses('no-act-yet', 'executed-copy-not-found', 'content-erased'),
        },
      },
    },
    async (request, reply) => {
      const { executedCopyId } = request.params
      const { organisationId, actId } = await ownAct(database, request)
      const { bytes, revision, document } = await ownCopyFile(database, organisationId, actId, executedCopyId)
      const { mediaType } = document
      return sendDownload(request, reply, {
        bytes,
        sha256: revision.sha256,
        mediaType,
        fileName: 'signed-copy.pdf',
      })
    },
  )
}
