import type { OrganisationId } from '#core'
import { acceptBytes, fileBody, problemResponses } from '#http'
import type { HttpServer } from '#http'
import { createAdmission } from './admission.ts'
import type { Admission, AdmissionLimits } from './admission.ts'
import { checkPageRoutes } from './page/check-page-routes.ts'
import { recogniseDocument } from './recognition-actions.ts'
import type { RecognitionDeps } from './recognition-actions.ts'
import { toAnswer } from './recognition-answer.ts'
import { DocumentVerificationShape, VerificationQuery } from './recognition-schemas.ts'
import { uploadMax_bytes } from './upload-decisions.ts'
import { admitUploads } from './upload-scope.ts'

export type RecognitionRouteDeps = RecognitionDeps & { readonly uploads?: Partial<AdmissionLimits> }

/** Adds what anybody who holds a file may ask: the operation for programs, and the page for people. */
export function recognitionRoutes(server: HttpServer, deps: RecognitionRouteDeps): void {
  const admission = createAdmission(deps.platform.clock, deps.uploads)
  verificationRoute(server, deps, admission)
  checkPageRoutes(server, deps, admission)
}

function verificationRoute(server: HttpServer, deps: RecognitionDeps, admission: Admission): void {
  server.register(async (scope: HttpServer) => {
    acceptBytes(scope, 'application/pdf', uploadMax_bytes)
    const signalOf = admitUploads(scope, admission)
    scope.post(
      '/v1/document-verifications',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'verifyDocument',
          summary: 'Ask whether a PDF is one of ours, which, and what changed',
          description:
            'For whoever holds the file; nothing is learned that is not about it. It is looked for only within the organisation that its seal names, compared byte for byte with what is held, and checked by the offline verifier with the keys of that organisation. The file is not kept. This asks the service: to rely on nobody, check offline with GET /verify or npm run verify.',
          tags: ['recognition'],
          querystring: VerificationQuery,
          body: {
            content: {
              'application/pdf': { schema: fileBody('application/pdf', 'The file, at most 25 MiB.') },
            },
          },
          response: {
            200: DocumentVerificationShape,
            ...problemResponses('document-not-a-pdf', 'document-not-examined', 'document-uploads-too-many', 'examination-busy'), // prettier-ignore
          },
        },
      },
      async (request) => {
        const { organisationId } = request.query
        const recognition = await recogniseDocument(deps, {
          bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          organisationId: (organisationId ?? null) as OrganisationId | null,
          signal: signalOf(request),
        })
        return toAnswer(recognition)
      },
    )
  })
}
