import type { OrganisationId, PersonId } from '#core'
import type { AnyReply, AnyRequest } from '#http'
import type { ProviderAuthentication } from './authentication.ts'
import { addAuthentication, makeAuthentication, openPersonSession } from './session-actions.ts'
import { giveSession } from './session-cookie.ts'
import type { SessionDeps } from './session-request.ts'
import { sessionIfAny, userAgentOf } from './session-request.ts'

/** What whoever asked an identity provider hands over: who it was, and how that was shown. */
export type ProvenPerson = {
  readonly organisationId: OrganisationId
  readonly personId: PersonId
  readonly authentication: ProviderAuthentication
}

/** The door for sign-ins that another room carries through. */
export type PersonSessions = {
  readonly open: (request: AnyRequest, reply: AnyReply, proven: ProvenPerson) => Promise<void>
}

/**
 * Takes an identity provider's word. A browser with a session of that same person steps it up; any other gets a session of
 * the person, whatever it had before. Both are in the ledger.
 */
export function createPersonSessions(deps: SessionDeps): PersonSessions {
  const { platform, database } = deps
  return {
    open: async (request, reply, { organisationId, personId, authentication: provider }) => {
      const { assurance, at } = provider
      const authentication = makeAuthentication(platform, { organisationId, personId, method: 'oidc', assurance, at, provider }) // prettier-ignore
      const present = await sessionIfAny(deps, request)
      if (present?.personId === personId && present.organisationId === organisationId) {
        await database.inOrganisation(organisationId, (trx) =>
          addAuthentication(platform, trx, present, authentication),
        )
        return
      }
      const opened = await database.inOrganisation(
        organisationId,
        (trx) =>
        openPersonSession(platform, trx, { organisationId, personId, authentication, userAgent: userAgentOf(request) }), // prettier-ignore
      )
      giveSession(request, reply, opened)
    },
  }
}
