import { Type } from 'typebox'
import type { OpenedSession, SessionDeps } from '#authentication'
import { giveSession, openVisitSession, sessionAnswer, SessionShape, userAgentOf } from '#authentication'
import { problem } from '#core'
import type { HttpServer } from '#http'
import { problemResponses, strictObject } from '#http'
import { parseLink } from './link.ts'
import { findLinkHolder } from './session-link-store.ts'

/** Adds the way in from a link. Only a POST from our own page opens a visit: a mail scanner's GET opens nothing. */
export function visitRoutes(server: HttpServer, deps: SessionDeps): void {
  server.post(
    '/v1/visits',
    {
      config: { access: 'public', fromOwnPage: true },
      schema: {
        operationId: 'openVisit',
        summary: 'Open a visit with a link',
        description:
          'Gives the browser a session for the one ceremony of the link. It proves that a mailbox of the employer was ' +
          'reached, and nothing more.',
        tags: ['authentication'],
        body: strictObject({ link: Type.String({ maxLength: 200, description: 'What stands after # in the address.' }) }), // prettier-ignore
        response: { 201: SessionShape, ...problemResponses('credentials-missing') },
      },
    },
    async (request, reply) => {
      const opened = await openVisit(deps, request.body.link, userAgentOf(request))
      giveSession(request, reply, opened)
      return reply.code(201).send(sessionAnswer(opened.session, deps))
    },
  )
}

/**
 * Opens a visit with the text of a link. Throws `credentials-missing` for whatever is not a link that exists here. A link
 * that can no longer be used to act still leads to what was done with it.
 */
export async function openVisit(deps: SessionDeps, link: string, userAgent: string): Promise<OpenedSession> {
  const credential = parseLink(link)
  if (credential === undefined) throw problem('credentials-missing')
  const { organisationId, tokenSha256 } = credential
  return deps.database.inOrganisation(organisationId, async (trx) => {
    const holder = await findLinkHolder(trx, organisationId, tokenSha256)
    if (holder === undefined) throw problem('credentials-missing')
    return openVisitSession(deps.platform, trx, { ...holder, organisationId, linkTokenSha256: tokenSha256, userAgent }) // prettier-ignore
  })
}
