import { ProblemError } from '#core'
import type { HttpServer } from '#http'
import { problemResponses, readIdempotencyKey, runOnce } from '#http'
import { keepLetter, prepareLetter, type LetterDeps } from './letter-actions.ts'
import { toCommand } from './letter-command.ts'
import { DocumentRequest, LetterShape } from './letter-schemas.ts'

/** Adds the route that makes an annex or a warning. They are read like every other document. */
export function letterRoutes(server: HttpServer, deps: LetterDeps): void {
  server.post(
    '/v1/documents',
    {
      config: { access: { right: 'document.make' }, idempotent: true },
      schema: {
        operationId: 'createDocument',
        summary: 'Make an annex or a warning',
        description:
          'Renders and seals the document once and records it in the ledger. The text of a rule is taken from the ' +
          'published version that is named, which must have been in force on a day of the events. Nothing else that a ' +
          'warning says is checked, and the document says so. Whether anybody received or signed it is not part of it.',
        tags: ['documents'],
        body: DocumentRequest,
        response: {
          201: LetterShape,
          ...problemResponses(
            'act-denied',
            'person-not-found',
            'policy-version-not-found',
            'document-not-found',
            'letter-unfit',
            'character-without-glyph',
            'rendering-busy',
            'rendering-failed',
            'seal-certificate-invalid',
            'seal-key-unavailable',
          ),
        },
      },
    },
    async (request, reply) => {
      // Before any rendering: a request that cannot be answered does not get to use the threads.
      readIdempotencyKey(request)
      const command = toCommand(request.body)
      const prepared = await prepareLetter(deps, request.caller.organisationId, command)
      return runOnce(deps, request, reply, async (trx) => {
        if (prepared instanceof ProblemError) throw prepared
        const letter = await keepLetter(deps, trx, request.caller, prepared)
        return {
          status: 201,
          body: letter,
          location: `/v1/documents/${letter.documentId}`,
          personId: letter.personId,
        }
      })
    },
  )
}
