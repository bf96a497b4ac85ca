import type { PersonId } from '#core'
import type { HttpServer } from '#http'
import { emptyResponse, InstantText, problemResponses, runOnce, strictObject, Uuid } from '#http'
import { beginAuthenticator, confirmAuthenticator, removeAuthenticator } from './authenticator-actions.ts'
import { mailboxAnswer, readOwnMeans } from './means-view.ts'
import type { SignInDeps } from './means.ts'
import { enrolmentOfMailbox } from './means.ts'
import { askMailboxCode, confirmPrivateMailbox, dropPrivateMailbox, proposePrivateMailbox } from './private-mailbox-actions.ts' // prettier-ignore
import { personSessionOf } from './session-request.ts'
import { Address, AskedCode, AuthenticatorShape, CodeText, MeansShape, PrivateMailboxShape, ShownAuthenticatorShape } from './sign-in-schemas.ts' // prettier-ignore

const tags = ['authentication']
const config = { access: 'person' } as const
const toChange = ['assurance-too-low', 'sign-in-required', 'sign-in-stale'] as const

/** Adds what a person does about the ways in which they show who they are, and the one thing that the employer may do. */
export function meansRoutes(server: HttpServer, deps: SignInDeps): void {
  server.get(
    '/v1/session/means',
    {
      config,
      schema: {
        operationId: 'getOwnMeans',
        summary: 'Read the ways in which one can show who one is',
        tags,
        response: { 200: MeansShape, ...problemResponses('sign-in-required') },
      },
    },
    async (request) => readOwnMeans(deps, personSessionOf(request)),
  )
  mailboxRoutes(server, deps)
  authenticatorRoutes(server, deps)
  proposalRoute(server, deps)
}

function mailboxRoutes(server: HttpServer, deps: SignInDeps): void {
  server.post(
    '/v1/session/private-mailbox-codes',
    {
      config,
      schema: {
        operationId: 'askPrivateMailboxCode',
        summary: 'Ask for a code to the mailbox that is to be one’s private one',
        tags,
        body: strictObject({ address: Address }),
        response: { 202: AskedCode, ...problemResponses(...toChange, 'codes-too-many', 'mailbox-is-work') },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await askMailboxCode(deps, personSessionOf(request), request.body.address)),
  )
  server.put(
    '/v1/session/private-mailbox',
    {
      config,
      schema: {
        operationId: 'confirmPrivateMailbox',
        summary: 'Set one’s private mailbox with the code that came to it',
        description:
          'Told to every mailbox of the person. For somebody who was known by the mailbox of the employer alone it gives no ' +
          'more than that for 72 hours.',
        tags,
        body: strictObject({ codeId: Uuid, code: CodeText }),
        response: { 200: PrivateMailboxShape, ...problemResponses(...toChange, 'code-refused') },
      },
    },
    async (request) => {
      const mailbox = await confirmPrivateMailbox(deps, personSessionOf(request), request.body)
      return mailboxAnswer(mailbox.address, enrolmentOfMailbox(mailbox))
    },
  )
  server.delete(
    '/v1/session/private-mailbox',
    {
      config,
      schema: {
        operationId: 'removePrivateMailbox',
        summary: 'Take one’s private mailbox away',
        tags,
        response: {
          204: emptyResponse('It gives nothing any more. Told to every mailbox, this one too.'),
          ...problemResponses('private-mailbox-missing', 'sign-in-required', 'sign-in-stale'),
        },
      },
    },
    async (request, reply) => {
      await dropPrivateMailbox(deps, personSessionOf(request))
      return reply.code(204).send(null)
    },
  )
}

function authenticatorRoutes(server: HttpServer, deps: SignInDeps): void {
  const params = strictObject({ authenticatorId: Uuid })
  server.post(
    '/v1/session/authenticators',
    {
      config,
      schema: {
        operationId: 'beginAuthenticator',
        summary: 'Get a secret for one’s authenticator app',
        description: 'Shown once. It counts from the first code of the app on.',
        tags,
        response: {
          201: ShownAuthenticatorShape,
          ...problemResponses(...toChange, 'authenticator-present'),
        },
      },
    },
    async (request, reply) => reply.code(201).send(await beginAuthenticator(deps, personSessionOf(request))),
  )
  server.post(
    '/v1/session/authenticators/:authenticatorId/confirmations',
    {
      config,
      schema: {
        operationId: 'confirmAuthenticator',
        summary: 'Make one’s authenticator app count, with its first code',
        tags,
        params,
        body: strictObject({ code: CodeText }),
        response: { 200: AuthenticatorShape, ...problemResponses(...toChange, 'authenticator-not-found', 'authenticator-present', 'code-refused') }, // prettier-ignore
      },
    },
    async (request) =>
      confirmAuthenticator(deps, personSessionOf(request), {
        authenticatorId: request.params.authenticatorId,
        code: request.body.code,
      }),
  )
  server.delete(
    '/v1/session/authenticators/:authenticatorId',
    {
      config,
      schema: {
        operationId: 'removeAuthenticator',
        summary: 'Remove one’s authenticator app',
        tags,
        params,
        response: {
          204: emptyResponse('Its codes give nothing any more. Told to every mailbox of the person.'),
          ...problemResponses('authenticator-not-found', 'sign-in-required', 'sign-in-stale'),
        },
      },
    },
    async (request, reply) => {
      await removeAuthenticator(deps, personSessionOf(request), request.params.authenticatorId)
      return reply.code(204).send(null)
    },
  )
}

function proposalRoute(server: HttpServer, deps: SignInDeps): void {
  server.post(
    '/v1/persons/:personId/private-mailbox-proposals',
    {
      config: { access: { right: 'private-mailbox.propose' }, idempotent: true },
      schema: {
        operationId: 'proposePrivateMailbox',
        summary: 'Propose a private mailbox to a person',
        description:
          'Sets nothing and sends no code. The person is told, and confirms it from a session of their own, or does not.',
        tags,
        params: strictObject({ personId: Uuid }),
        body: strictObject({ address: Address }),
        response: {
          201: strictObject({ proposalId: Uuid, proposedAt: InstantText }, { $id: 'MailboxProposal' }),
          ...problemResponses('mailbox-is-work', 'person-not-found'),
        },
      },
    },
    async (request, reply) => {
      const answer = await runOnce(deps, request, reply, async (trx) => ({
        status: 201,
        body: await proposePrivateMailbox(
          deps.platform,
          trx,
          request.caller,
          request.params.personId as PersonId,
          request.body.address,
        ),
      }))
      deps.wakeJobs()
      return answer
    },
  )
}
