import { canonicalJson, problem, sha256Hex } from '#core'
import type { AnyRequest } from '#http'
import type { Requester } from '#signing'
import { linkOf, userAgentOf } from './link-request.ts'
import { findLink } from './ceremony-view.ts'
import type { CeremonyDeps } from './presentation.ts'

/**
 * Who holds the link of a request, as the room `signing` asks for it. Known by a mailbox that the employer manages and by
 * nothing else, and whatever they enrol will say so for ever. Throws `credentials-missing` without such a link, and
 * `content-erased` when the person was erased.
 */
export async function linkRequester(deps: CeremonyDeps, request: AnyRequest): Promise<Requester> {
  const { organisationId, tokenSha256 } = linkOf(request)
  const view = await deps.database.readInOrganisation(organisationId, (trx) =>
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
      at: deps.platform.clock(),
      linkSha256,
    }),
    userAgent: userAgentOf(request),
  }
}
