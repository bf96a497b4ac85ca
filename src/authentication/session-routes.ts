import { Type } from 'typebox'
import { assurances } from '#assurance'
import { problem } from '#core'
import type { HttpServer } from '#http'
import { emptyResponse, InstantText, oneOf, orNull, problemResponses, strictObject, Uuid } from '#http'
import { takeSession } from './session-cookie.ts'
import { bestAuthentication } from './session-decisions.ts'
import type { SessionDeps } from './session-request.ts'
import { personSessionOf, sessionOf } from './session-request.ts'
import { endSession } from './session-store.ts'
import { listSessions } from './session-view.ts'
import type { Session } from './session.ts'

const tags = ['authentication']
const access = 'person'
const kinds = ['visit', 'person'] as const

export const SessionShape = strictObject(
  {
    sessionId: Uuid,
    kind: oneOf(kinds, { description: '`visit`: the one ceremony of a link. `person`: all of one’s own.' }),
    personId: Uuid,
    assignmentId: orNull(Uuid),
    assurance: orNull(oneOf(assurances, { description: 'The strongest proof that still stands.' })),
    freshUntil: orNull(InstantText),
    expiresAt: InstantText,
  },
  { $id: 'PersonSession' },
)

const SessionsShape = strictObject(
  {
    items: Type.Array(
      strictObject({
        sessionId: Uuid,
        kind: oneOf(kinds),
        assurance: oneOf(assurances),
        createdAt: InstantText,
        lastUsedAt: InstantText,
        userAgent: Type.String(),
        isThis: Type.Boolean(),
      }),
    ),
  },
  { $id: 'PersonSessions' },
)

/** Adds what somebody can ask about the session at this browser and about their others. */
export function sessionRoutes(server: HttpServer, deps: SessionDeps): void {
  server.get(
    '/v1/session',
    {
      config: { access },
      schema: {
        operationId: 'getSession',
        summary: 'Read the session at this browser',
        tags,
        response: { 200: SessionShape, ...problemResponses() },
      },
    },
    async (request) => sessionAnswer(sessionOf(request), deps),
  )
  server.delete(
    '/v1/session',
    {
      config: { access },
      schema: {
        operationId: 'signOut',
        summary: 'End the session at this browser',
        tags,
        response: { 204: emptyResponse('It no longer works, here or from a copy.'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      await signOut(deps, sessionOf(request))
      takeSession(request, reply)
      return reply.code(204).send(null)
    },
  )
  othersRoutes(server, deps)
}

function othersRoutes(server: HttpServer, deps: SessionDeps): void {
  server.get(
    '/v1/sessions',
    {
      config: { access },
      schema: {
        operationId: 'listSessions',
        summary: 'List one’s own sessions',
        tags,
        response: { 200: SessionsShape, ...problemResponses('sign-in-required') },
      },
    },
    async (request) => {
      const session = personSessionOf(request)
      const items = await deps.database.readInOrganisation(session.organisationId, (trx) =>
        listSessions(trx, session, deps.platform.clock()),
      )
      return { items }
    },
  )
  server.delete(
    '/v1/sessions/:sessionId',
    {
      config: { access },
      schema: {
        operationId: 'endSession',
        summary: 'End another session of one’s own',
        tags,
        params: strictObject({ sessionId: Uuid }),
        response: {
          204: emptyResponse('It no longer works.'),
          ...problemResponses('session-not-found', 'sign-in-required'),
        },
      },
    },
    async (request, reply) => {
      await endOwnSession(deps, personSessionOf(request), request.params.sessionId)
      return reply.code(204).send(null)
    },
  )
}

/** What is told of a session: never its token. */
export function sessionAnswer(session: Session, deps: Pick<SessionDeps, 'platform'>) {
  const best = bestAuthentication(session.authentications, deps.platform.clock())
  const { sessionId, kind, personId, assignmentId, expiresAt } = session
  return { sessionId, kind, personId, assignmentId, assurance: best?.assurance ?? null, freshUntil: best?.freshUntil ?? null, expiresAt } // prettier-ignore
}

/** Ends this session, from any copy of its cookie. Doing it again changes nothing. */
export async function signOut(deps: SessionDeps, session: Session): Promise<void> {
  const { organisationId, personId, sessionId } = session
  await deps.database.inOrganisation(organisationId, (trx) =>
    endSession(trx, organisationId, personId, sessionId, deps.platform.clock()),
  )
}

/** Ends a session of the same person. Throws `session-not-found` for any other, also for one that is over. */
export async function endOwnSession(deps: SessionDeps, session: Session, sessionId: string): Promise<void> {
  const { organisationId, personId } = session
  const ended = await deps.database.inOrganisation(organisationId, (trx) =>
    endSession(trx, organisationId, personId, sessionId, deps.platform.clock()),
  )
  if (!ended) throw problem('session-not-found')
}
