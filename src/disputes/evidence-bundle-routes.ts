import { sha256 } from '#core'
import { ownAct } from '#ceremonies'
import type { HttpServer } from '#http'
import { fileResponse, problemResponses, sendDownload } from '#http'
import type { ArchiveDeps } from './archive-actions.ts'
import { actArchive } from './archive-actions.ts'

/** Adds what makes a receipt stronger: the person fetches it with the link they hold, also after they have left. */
export function evidenceBundleRoutes(server: HttpServer, deps: ArchiveDeps): void {
  server.get(
    '/v1/acts/current/evidence-bundle',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'getOwnEvidenceBundle',
        summary: 'Download the evidence of the act with time from outside',
        description:
          'A ZIP of the form of a dossier about this one act: entry, facts, documents, proofs, and the checkpoints that timestamp authorities and witnesses have put their mark to. It grows stronger with each anchor.',
        tags: ['ceremony'],
        response: {
          200: fileResponse('application/zip', 'The evidence bundle.'),
          ...problemResponses('no-act-yet', 'not-anchored-yet'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId, actId } = await ownAct(deps.database, request)
      const bytes = await actArchive(deps, organisationId, actId)
      return sendDownload(request, reply, {
        bytes,
        sha256: sha256(bytes),
        mediaType: 'application/zip',
        fileName: 'anchored-receipt.zip',
      })
    },
  )
}
