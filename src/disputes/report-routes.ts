import type { DossierId } from '#core'
import type { HttpServer } from '#http'
import { fileResponse, problemResponses, sendDownload } from '#http'
import { DossierParams, ReportQuery } from './dossier-schemas.ts'
import { dossierReport, type ReportDeps } from './report-actions.ts'

/** Adds the route of a dossier's report. */
export function dossierReportRoutes(server: HttpServer, deps: ReportDeps): void {
  server.get(
    '/v1/dossiers/:dossierId/report',
    {
      config: { access: { right: 'dossier.read' } },
      schema: {
        operationId: 'downloadDossierReport',
        summary: 'Download what is in a dossier, for people to read',
        description:
          'A sealed PDF with everything the dossier holds, line by line, what that proves and what not, and what a check ' +
          'of its file came to. Made when it is first asked for and the same bytes ever after, until content that it ' +
          'lists is erased. Making that of a large dossier takes a while.',
        tags: ['disputes'],
        params: DossierParams,
        querystring: ReportQuery,
        response: {
          200: fileResponse('application/pdf', 'The report.'),
          ...problemResponses(
            'dossier-not-found',
            'dossier-not-ready',
            'rendering-busy',
            'rendering-failed',
            'seal-certificate-invalid',
            'seal-key-unavailable',
          ),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const dossierId = request.params.dossierId as DossierId
      const { language = 'nl' } = request.query
      const document = await dossierReport(deps, organisationId, dossierId, language)
      return sendDownload(request, reply, { ...document, fileName: `dossier-${dossierId}.pdf` })
    },
  )
}
