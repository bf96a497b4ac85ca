import type { OrganisationId } from '#core'
import type { HttpServer } from '#http'
import { problemResponses } from '#http'
import type { SignInDeps } from './means.ts'
import { createRequestLimit } from './request-limit.ts'
import { giveSession } from './session-cookie.ts'
import { sessionOf, userAgentOf } from './session-request.ts'
import { sessionAnswer, SessionShape } from './session-routes.ts'
import { askOwnCode, askSignInCode, signIn, stepUpByCode, stepUpByTotp } from './sign-in-actions.ts'
import { AskedCode, OwnCodeRequest, SignInCodeRequest, SignInRequest, StepUpRequest } from './sign-in-schemas.ts' // prettier-ignore

const tags = ['authentication']

/** Adds the ways in with a code, and the ways to show more within a session. */
export function signInRoutes(server: HttpServer, deps: SignInDeps): void {
  const limit = createRequestLimit(deps.platform.clock)
  const config = { access: 'public', fromOwnPage: true } as const
  server.post(
    '/v1/sign-in-codes',
    {
      config,
      schema: {
        operationId: 'askSignInCode',
        summary: 'Ask for a code to a mailbox, to sign in',
        description:
          'The answer says nothing about whether anybody has this mailbox. A code goes to the work mailbox of a person, or ' +
          'to the private one that they confirmed.',
        tags,
        body: SignInCodeRequest,
        response: { 202: AskedCode, ...problemResponses('codes-too-many') },
      },
    },
    async (request, reply) => {
      limit(request.ip)
      const { organisationId, address } = request.body
      return reply.code(202).send(await askSignInCode(deps, organisationId as OrganisationId, address))
    },
  )
  server.post(
    '/v1/sign-ins',
    {
      config,
      schema: {
        operationId: 'signIn',
        summary: 'Sign in with a code',
        description: 'Gives the browser a session of the person. Whatever is wrong, the refusal is the same.',
        tags,
        body: SignInRequest,
        response: { 201: SessionShape, ...problemResponses('code-refused', 'codes-too-many') },
      },
    },
    async (request, reply) => {
      limit(request.ip)
      const { organisationId, codeId, code } = request.body
      const opened = await signIn(deps, { organisationId: organisationId as OrganisationId, codeId, code, userAgent: userAgentOf(request) }) // prettier-ignore
      giveSession(request, reply, opened)
      return reply.code(201).send(sessionAnswer(opened.session, deps))
    },
  )
  stepUpRoutes(server, deps)
}

function stepUpRoutes(server: HttpServer, deps: SignInDeps): void {
  server.post(
    '/v1/session/codes',
    {
      config: { access: 'person' },
      schema: {
        operationId: 'askOwnCode',
        summary: 'Ask for a code to one of one’s own mailboxes, to show more',
        tags,
        body: OwnCodeRequest,
        response: { 202: AskedCode, ...problemResponses('codes-too-many', 'private-mailbox-missing') },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await askOwnCode(deps, sessionOf(request), request.body.mailbox)),
  )
  server.post(
    '/v1/session/authentications',
    {
      config: { access: 'person' },
      schema: {
        operationId: 'stepUp',
        summary: 'Show more of who one is, with a code',
        description: 'A code from a mailbox with its `codeId`, or a code of one’s authenticator app. What may be seen does not grow.', // prettier-ignore
        tags,
        body: StepUpRequest,
        response: { 200: SessionShape, ...problemResponses('code-refused') },
      },
    },
    async (request) => {
      const { codeId, code } = request.body
      const session = sessionOf(request)
      const stepped =
        codeId === undefined
          ? await stepUpByTotp(deps, session, code)
          : await stepUpByCode(deps, session, { codeId, code })
      return sessionAnswer(stepped, deps)
    },
  )
}
