import type { Session } from '#authentication'
import { userAgentOf } from '#authentication'
import { problem } from '#core'
import type { AnyRequest } from '#http'
import type { Requester } from '#signing'
import { knownTo } from './known.ts'
import type { KnownDeps } from './known.ts'
import { findOwner } from './owner-view.ts'

/** The person of a session as the room `signing` asks for them: known as well as this session shows, and no better. */
export async function requesterOf(deps: KnownDeps, request: AnyRequest, session: Session): Promise<Requester> {
  const { organisationId, personId, sessionId, expiresAt } = session
  const known = await knownTo(deps, session)
  const owner = await deps.database.readInOrganisation(organisationId, (trx) => findOwner(trx, session))
  if (owner === undefined) throw problem('content-erased')
  return {
    organisationId,
    personId,
    personName: owner.personName,
    language: owner.language,
    session: `session:${sessionId}`,
    endsAt: expiresAt,
    assurance: known.assurance,
    authentication: known.authentication.record,
    userAgent: userAgentOf(request),
  }
}
