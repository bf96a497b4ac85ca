import type { PersonId } from '#core'
import type { AnyRequest, HttpServer } from '#http'
import { problemResponses, runOnce } from '#http'
import { beginEnrolment } from './enrolment-actions.ts'
import { resetCredentials } from './revocation-actions.ts'
import { endOwnCredential, enrolOwnCredential, listOwnCredentials } from './signing-actions.ts'
import type { SigningDeps } from './signing-deps.ts'
import { BegunEnrolmentShape, CredentialParams, CredentialShape, EnrolmentRequest, OwnCredentialsShape, ResetParams, ResetRequest, ResetShape } from './signing-schemas.ts' // prettier-ignore
import type { Requester } from './signing.ts'

export type SigningRouteDeps = {
  readonly signing: SigningDeps
  /** Who sent a request that came in by a link or a session, and how they were known. Never made from a body. */
  readonly requesterOf: (request: AnyRequest) => Promise<Requester>
}

const tags = ['signing']

/** Adds what persons do with their passkeys, and what staff can do when somebody lost theirs. */
export function signingRoutes(server: HttpServer, deps: SigningRouteDeps): void {
  listRoute(server, deps)
  enrolmentRoutes(server, deps)
  revocationRoute(server, deps)
  resetRoute(server, deps)
}

function listRoute(server: HttpServer, deps: SigningRouteDeps): void {
  server.get(
    '/v1/signing-credentials',
    {
      config: { access: 'link-or-person' },
      schema: {
        operationId: 'listOwnSigningCredentials',
        summary: 'List your own passkeys',
        description: 'Those that were revoked too. Nobody else gets to see them here.',
        tags,
        response: { 200: OwnCredentialsShape, ...problemResponses('content-erased', 'sign-in-stale') },
      },
    },
    async (request) => ({
      items: await listOwnCredentials(deps.signing, await deps.requesterOf(request)),
    }),
  )
}

function enrolmentRoutes(server: HttpServer, deps: SigningRouteDeps): void {
  server.post(
    '/v1/signing-enrolments',
    {
      config: { access: 'link-or-person' },
      schema: {
        operationId: 'beginSigningEnrolment',
        summary: 'Begin to enrol a passkey',
        description:
          'A passkey signs declarations; it never logs anybody in. Answers what the browser is to be asked. The answer ' +
          'counts for ten minutes, once, and only in the session that asked.',
        tags,
        response: {
          201: BegunEnrolmentShape,
          ...problemResponses(
            'content-erased',
            'sign-in-stale',
            'link-expired',
            'signing-challenge-limit-reached',
            'signing-credential-limit-reached',
            'signing-unavailable',
            'ledger-stopped',
          ),
        },
      },
    },
    async (request, reply) => {
      const begun = await beginEnrolment(deps.signing, await deps.requesterOf(request))
      return reply.code(201).send(begun as never)
    },
  )
  server.post(
    '/v1/signing-credentials',
    {
      config: { access: 'link-or-person' },
      schema: {
        operationId: 'enrolSigningCredential',
        summary: 'Complete the enrolment of a passkey',
        description:
          'Checks what the device answered, puts the whole of it into the ledger and tells the person by mail. It can sign ' +
          'once a timestamp from outside covers that entry. The same answer once more gives the same passkey.',
        tags,
        body: EnrolmentRequest,
        response: {
          201: CredentialShape,
          ...problemResponses(
            'content-erased',
            'sign-in-stale',
            'signing-challenge-expired',
            'signing-challenge-unknown',
            'signing-challenge-used',
            'signing-credential-exists',
            'signing-credential-limit-reached',
            'signing-response-refused',
            'signing-unavailable',
            'ledger-stopped',
          ),
        },
      },
    },
    async (request, reply) => {
      const enrolled = await enrolOwnCredential(deps.signing, await deps.requesterOf(request), request.body)
      return reply.code(201).header('location', '/v1/signing-credentials').send(enrolled)
    },
  )
}

function revocationRoute(server: HttpServer, deps: SigningRouteDeps): void {
  server.post(
    '/v1/signing-credentials/:signingCredentialId/revocations',
    {
      config: { access: 'link-or-person' },
      schema: {
        operationId: 'revokeOwnSigningCredential',
        summary: 'Revoke a passkey of your own',
        description:
          'It signs nothing from then on. What it signed before stays as it was. Doing it again changes nothing.',
        tags,
        params: CredentialParams,
        response: { 200: CredentialShape, ...problemResponses('content-erased', 'sign-in-stale', 'signing-credential-not-found', 'ledger-stopped') }, // prettier-ignore
      },
    },
    async (request) =>
      endOwnCredential(deps.signing, await deps.requesterOf(request), request.params.signingCredentialId),
  )
}

function resetRoute(server: HttpServer, { signing }: SigningRouteDeps): void {
  server.post(
    '/v1/persons/:personId/signing-resets',
    {
      config: { access: { right: 'signing.reset' }, idempotent: true },
      schema: {
        operationId: 'resetSigningCredentials',
        summary: "End a person's passkeys because they lost them",
        description:
          'Takes ways of signing away and gives none. The person is told by mail, the ledger says who did it and why, and ' +
          'for 72 hours a new passkey counts for no more than how its person was known at its enrolment.',
        tags,
        params: ResetParams,
        body: ResetRequest,
        response: { 201: ResetShape, ...problemResponses('person-not-found') },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request
      const answer = await runOnce(signing, request, reply, async (trx) => ({
        status: 201,
        body: await resetCredentials(signing, trx, caller, params.personId as PersonId, body.reason),
      }))
      signing.wakeJobs()
      return answer
    },
  )
}
