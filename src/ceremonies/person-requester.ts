import type { Session } from '#authentication'
import { bestAuthentication, sessionOf } from '#authentication'
import type { Instant, PersonId } from '#core'
import { canonicalJson, problem, sha256Hex } from '#core'
import type { Transaction } from '#database'
import type { AnyRequest } from '#http'
import { displayName, getPerson } from '#people'
import type { Requester } from '#signing'
import { linkIfAny, userAgentOf } from './link-request.ts'
import { findLink } from './ceremony-view.ts'
import type { LinkCredential } from './link.ts'
import type { CeremonyDeps } from './presentation.ts'

/**
 * Who sent a request on a route for the holder of a link or a person with a session, as the room `signing` asks for it. The
 * record of how they were known goes with whatever they enrol, for ever. Throws `credentials-missing` for a link that does
 * not exist, `content-erased` when the person was erased, and `sign-in-stale` when nothing that was shown still stands.
 */
export async function requesterOf(deps: CeremonyDeps, request: AnyRequest): Promise<Requester> {
  const credential = linkIfAny(request)
  return credential === undefined
    ? sessionRequester(deps, sessionOf(request), userAgentOf(request))
    : linkRequester(deps, credential, userAgentOf(request))
}

/** Who holds this link: known by a mailbox that the employer manages, and by nothing else. */
async function linkRequester(
  { platform, database }: CeremonyDeps,
  { organisationId, tokenSha256 }: LinkCredential,
  userAgent: string,
): Promise<Requester> {
  const view = await database.readInOrganisation(organisationId, (trx) =>
    findLink(trx, organisationId, tokenSha256),
  )
  if (view === undefined) throw problem('credentials-missing')
  if (view.personErased) throw problem('content-erased')
  // The hash of the hash: what is kept to find a link by stands in no record that others get to see.
  const linkSha256 = sha256Hex(tokenSha256)
  return {
    organisationId,
    personId: view.personId,
    personName: view.personName,
    language: view.personLanguage,
    session: `link:${linkSha256}`,
    endsAt: view.expiresAt,
    assurance: 'mailbox-employer',
    authentication: canonicalJson({
      v: 'beding-authentication/v1',
      method: 'link',
      assurance: 'mailbox-employer',
      at: platform.clock(),
      linkSha256,
    }),
    userAgent,
  }
}

/** Who is in this session: known by the best that they have shown in it and that still stands. */
export async function sessionRequester(
  { platform, database }: CeremonyDeps,
  session: Session,
  userAgent: string,
): Promise<Requester> {
  const { organisationId, personId, sessionId } = session
  const best = bestAuthentication(session.authentications, platform.clock())
  if (best === undefined) throw problem('sign-in-stale')
  const { person, endsAt } = await database.readInOrganisation(organisationId, async (trx) => ({
    person: await getPerson(trx, organisationId, personId as PersonId),
    endsAt: await endOf(trx, session),
  }))
  return {
    organisationId,
    personId,
    personName: displayName(person),
    language: person.language,
    session: `session:${sessionId}`,
    endsAt,
    assurance: best.assurance,
    authentication: best.record,
    userAgent,
  }
}

/** A visit can begin nothing new once the link that it came from is over. */
async function endOf(trx: Transaction, session: Session): Promise<Instant | null> {
  if (session.kind === 'person') return null
  const view = await findLink(trx, session.organisationId, session.linkTokenSha256)
  return view?.expiresAt ?? null
}
