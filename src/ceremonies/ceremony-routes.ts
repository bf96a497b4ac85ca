import { problem, type DocumentId } from '#core'
import type { AnyRequest, HttpServer } from '#http'
import {
  emptyResponse,
  fileResponse,
  fingerprintOf,
  problemResponses,
  readIdempotencyKey,
  sendDownload,
} from '#http'
import type { RenderPool } from '#documents'
import { actAnswerText } from './act-answer-text.ts'
import type { ActWriter } from './act-writer.ts'
import type { ActProof } from './act.ts'
import { linkProof } from './act.ts'
import { readCommand } from './act-command.ts'
import { ActRequest, ActShape, DocumentQuery, OpeningRequest, PresentationShape } from './ceremony-schemas.ts'
import { readCeremonyDocument } from './ceremony-documents.ts'
import { linkOf, userAgentOf } from './link-request.ts'
import { linkActor } from './person-requester.ts'
import { reportMisdelivery } from './misdelivery-actions.ts'
import { networkClassOf } from './network-class.ts'
import { presentationAnswer } from './presentation-answer.ts'
import { openLink } from './opening-actions.ts'
import { readLink } from './presentation.ts'
import { receiptRoutes } from './receipt-routes.ts'
import type { SignedActDeps } from './signed-act.ts'
import { signedProof } from './signed-act.ts'
import { signedActProblems, signedActRoutes } from './signed-act-routes.ts'

export type CeremonyRouteDeps = SignedActDeps & { readonly writer: ActWriter; readonly pool: RenderPool }

/** Adds what the holder of a link can do: open it, read the document, act once, and fetch the receipt ever after. */
export function ceremonyRoutes(server: HttpServer, deps: CeremonyRouteDeps): void {
  openingRoutes(server, deps)
  misdeliveryRoute(server, deps)
  signedActRoutes(server, deps)
  actRoute(server, deps)
  receiptRoutes(server, deps)
}

function openingRoutes(server: HttpServer, deps: CeremonyRouteDeps): void {
  server.post(
    '/v1/openings',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'openLink',
        summary: 'Open a link and see what it asks',
        description: 'Records the first opening in each language. Opening again changes nothing.',
        tags: ['ceremony'],
        body: OpeningRequest,
        response: { 200: PresentationShape, ...problemResponses('content-erased') },
      },
    },
    async (request) => {
      const presentation = await openLink(deps, linkOf(request), {
        language: request.body.language,
        assurance: 'mailbox-employer',
        userAgent: userAgentOf(request),
        networkClass: networkClassOf(request.ip),
      })
      return presentationAnswer(presentation)
    },
  )
  server.get(
    '/v1/openings/current/document',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'getShownDocument',
        summary: 'Read an exact document',
        description:
          'The sealed file, byte for byte: the main document, whose SHA-256 an act repeats, or another of the same ceremony.',
        tags: ['ceremony'],
        querystring: DocumentQuery,
        response: {
          200: fileResponse('application/pdf', 'The sealed PDF.'),
          ...problemResponses('content-erased', 'document-not-found'),
        },
      },
    },
    async (request, reply) => {
      const credential = linkOf(request)
      const { subject } = await readLink(deps, credential)
      const { language, documentId = null } = request.query
      const document = await deps.database.readInOrganisation(credential.organisationId, (trx) =>
        readCeremonyDocument(trx, credential.organisationId, subject, {
          language,
          documentId: documentId as DocumentId | null,
        }),
      )
      reply.header('link', `</v1/documents/${document.documentId}>; rel="describedby"`)
      return sendDownload(request, reply, { ...document, fileName: `${document.title}.pdf` })
    },
  )
}

function misdeliveryRoute(server: HttpServer, deps: CeremonyRouteDeps): void {
  server.post(
    '/v1/openings/current/misdeliveries',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'reportMisdelivery',
        summary: 'Say that this link is not for me',
        description:
          'Recorded and told to the employer. The link takes no answer from then on; the ceremony goes on for whom it was meant.',
        tags: ['ceremony'],
        response: { 204: emptyResponse('It is recorded.'), ...problemResponses('already-acted') },
      },
    },
    async (request, reply) => {
      await reportMisdelivery(deps, linkOf(request))
      return reply.code(204).send(null)
    },
  )
}

function actRoute(server: HttpServer, deps: CeremonyRouteDeps): void {
  server.post(
    '/v1/acts',
    {
      config: { access: 'link', idempotent: true },
      schema: {
        operationId: 'recordAct',
        summary: 'Act once',
        description:
          'Repeats what was shown: the hash of the document and the statement, letter for letter. Answers 201 with the ' +
          'inclusion proof once the act is committed; there is no act without a receipt. With `assertion` it was signed by ' +
          'a passkey of the person, with `authorisation` at their trust service provider; it has to be word for word what was signed.',
        tags: ['ceremony'],
        body: ActRequest,
        response: {
          201: ActShape,
          ...problemResponses(...signedActProblems, 'content-erased', 'signing-challenge-expired', 'signing-challenge-unknown', 'signing-counter-behind', 'signing-credential-revoked', 'signing-declaration-changed', 'signing-response-refused', 'qualified-signature-refused', 'signer-name-differs', 'signing-not-authorised', 'signing-provider-missing', 'signing-provider-unavailable'), // prettier-ignore
        },
      },
    },
    async (request, reply) => {
      const { assertion, authorisation, ...body } = request.body
      const command = readCommand(request, body)
      const result = await deps.writer.submit({
        ...linkOf(request),
        idempotencyKey: readIdempotencyKey(request),
        fingerprint: fingerprintOf(request),
        command,
        proof: await proofOf(deps, request, { webauthn: assertion, csc: authorisation }),
      })
      if (result.kind === 'refused') throw result.problem
      if (result.replayed) reply.header('idempotent-replayed', 'true')
      return reply
        .code(201)
        .header('location', '/v1/acts/current')
        .header('content-type', 'application/json; charset=utf-8')
        .send(actAnswerText(result.answer, result.proof) as never)
    },
  )
}

/** What proves who acts: the signature that came along, or nothing but the link. Throws when there are two. */
async function proofOf(
  deps: CeremonyRouteDeps,
  request: AnyRequest,
  signatures: Readonly<
    Record<string, (Readonly<Record<string, string>> & { challengeId: string }) | undefined>
  >,
): Promise<ActProof> {
  const [given, ...more] = Object.entries(signatures).flatMap(([method, answer]) => (answer === undefined ? [] : [{ method, answer }])) // prettier-ignore
  if (given === undefined) return linkProof()
  if (more.length > 0) throw problem('signing-response-refused', { errors: [{ code: 'two-signatures', message: 'An act is signed in one way.' }] }) // prettier-ignore
  const actor = linkActor(deps, linkOf(request), userAgentOf(request))
  const { challengeId, ...response } = given.answer
  return signedProof(deps, actor, given.method, { challengeId, response })
}
