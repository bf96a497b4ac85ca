import type { Session } from '#authentication'
import { bestAuthentication, sessionOf } from '#authentication'
import type { Instant, PersonId } from '#core'
import { canonicalJson, problem, sha256Hex } from '#core'
import type { Transaction } from '#database'
import type { AnyRequest } from '#http'
import { displayName, getPerson } from '#people'
import type { Requester } from '#signing'
import type { LinkContext } from './act.ts'
import { linkIfAny, userAgentOf } from './link-request.ts'
import { findLink } from './ceremony-view.ts'
import type { LinkCredential } from './link.ts'
import type { CeremonyDeps } from './presentation.ts'
import type { Actor } from './signed-act.ts'

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
  credential: LinkCredential,
  userAgent: string,
): Promise<Requester> {
  const { organisationId, tokenSha256 } = credential
  const view = await database.readInOrganisation(organisationId, (trx) =>
    findLink(trx, organisationId, tokenSha256),
  )
  if (view === undefined) throw problem('credentials-missing')
  if (view.personErased) throw problem('content-erased')
  return holderOf(platform, credential, view, userAgent)
}

/** Whoever holds this link, about to act on its ceremony. Nothing is looked up for it that the act itself does not need. */
export function linkActor(deps: CeremonyDeps, credential: LinkCredential, userAgent: string): Actor {
  const { platform } = deps
  return {
    credential,
    session: { organisationId: credential.organisationId, session: linkSession(credential) },
    authentication: linkAuthentication(platform, credential),
    requester: async (context) =>
      context === undefined
        ? linkRequester(deps, credential, userAgent)
        : holderOf(platform, credential, context, userAgent),
  }
}

type Holder = Pick<LinkContext, 'personId' | 'personName' | 'personLanguage' | 'expiresAt'>

function holderOf(
  platform: CeremonyDeps['platform'],
  credential: LinkCredential,
  { personId, personName, personLanguage, expiresAt }: Holder,
  userAgent: string,
): Requester {
  return {
    organisationId: credential.organisationId,
    personId,
    personName,
    language: personLanguage,
    session: linkSession(credential),
    endsAt: expiresAt,
    assurance: 'mailbox-employer',
    authentication: linkAuthentication(platform, credential),
    userAgent,
  }
}

/** The hash of the hash: what is kept to find a link by stands in no record that others get to see. */
function linkSha256({ tokenSha256 }: LinkCredential): string {
  return sha256Hex(tokenSha256)
}

function linkSession(credential: LinkCredential): string {
  return `link:${linkSha256(credential)}`
}

function linkAuthentication({ clock }: CeremonyDeps['platform'], credential: LinkCredential): string {
  return canonicalJson({
    v: 'beding-authentication/v1',
    method: 'link',
    assurance: 'mailbox-employer',
    at: clock(),
    linkSha256: linkSha256(credential),
  })
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
