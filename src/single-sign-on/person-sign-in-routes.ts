import { Type } from 'typebox'
import type { OrganisationId, PersonId } from '#core'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import { oneOf, strictObject, Uuid } from '#http'
import { identifyPerson, type IdentifyDeps } from './person-sign-in-actions.ts'
import { redirectUriOf } from './provider-routes.ts'
import { beginSignIn, completeSignIn, type ProviderWord } from './sign-in-actions.ts'
import { answerOf, sendSignedIn, sendToProvider, useSignInPages } from './sign-in-pages.ts'

/**
 * Opens a session of a person, or adds the proof to the one that the request has when it is of that same person. The room
 * that knows sessions is handed in.
 */
export type PersonSessionOpener = {
  readonly open: (
    request: AnyRequest,
    reply: AnyReply,
    proven: {
      readonly organisationId: OrganisationId
      readonly personId: PersonId
      readonly authentication: ProviderWord
    },
  ) => Promise<void>
}

export type PersonSignInDeps = IdentifyDeps & { readonly personSessions: PersonSessionOpener }

const config = { access: 'public' } as const
const tags = ['single-sign-on']

/** The query of a callback belongs to the provider, which may add to it; what counts is picked out and checked. */
export const callbackQuery = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  patternProperties: { '': { type: 'string', maxLength: 4_096 } },
  maxProperties: 20,
})

export const beginQuery = strictObject({
  returnTo: Type.Optional(
    Type.String({ maxLength: 200, description: 'A page of this service, by its path.' }),
  ),
  fresh: Type.Optional(oneOf(['true'], { description: 'Has the person prove themselves again, now.' })),
})

/** Adds the two steps by which a person signs in at the provider of their organisation. */
export function personSignInRoutes(server: HttpServer, deps: PersonSignInDeps): void {
  server.register(async (scope: HttpServer) => {
    useSignInPages(scope, deps.platform)
    beginRoute(scope, deps)
    callbackRoute(scope, deps)
  })
}

function beginRoute(scope: HttpServer, deps: PersonSignInDeps): void {
  scope.get(
    '/sign-in/sso/:organisationId/:providerId',
    {
      config,
      schema: {
        params: strictObject({ organisationId: Uuid, providerId: Uuid }),
        querystring: beginQuery,
        tags,
      },
    },
    async (request, reply) => {
      const { organisationId, providerId } = request.params
      const { returnTo, fresh } = request.query
      const begun = await beginSignIn(deps, {
        organisationId: organisationId as OrganisationId,
        providerId,
        purpose: 'person',
        redirectUri: redirectUriOf(request, 'person', providerId),
        returnTo,
        fresh: fresh === 'true',
      })
      return sendToProvider(request, reply, begun)
    },
  )
}

function callbackRoute(scope: HttpServer, deps: PersonSignInDeps): void {
  scope.get(
    '/sign-in/callback/:providerId',
    { config, schema: { params: strictObject({ providerId: Uuid }), querystring: callbackQuery, tags } },
    async (request, reply) => {
      const { providerId } = request.params
      const proven = await completeSignIn(deps, { purpose: 'person', providerId, ...answerOf(request) })
      const { organisationId, returnTo } = proven.attempt
      const personId = await identifyPerson(deps, proven)
      await deps.personSessions.open(request, reply, {
        organisationId,
        personId,
        authentication: proven.word,
      })
      return sendSignedIn(request, reply, returnTo)
    },
  )
}
