import type { ActId, OrganisationId } from '#core'
import { problem } from '#core'
import type { Database } from '#database'
import type { AnyRequest } from '#http'
import { linkOf } from './link-request.ts'
import { findOwnAct } from './link-store.ts'

/**
 * The act that was done with the link of a request. Throws `credentials-missing` for a link that does not exist and
 * `no-act-yet` where nothing was answered. A link that can no longer be used to act still leads here.
 */
export async function ownAct(
  database: Database,
  request: AnyRequest,
): Promise<{ readonly organisationId: OrganisationId; readonly actId: ActId }> {
  const { organisationId, tokenSha256 } = linkOf(request)
  const found = await database.readInOrganisation(organisationId, (trx) =>
    findOwnAct(trx, organisationId, tokenSha256),
  )
  if (found === undefined) throw problem('credentials-missing')
  if (found.actId === null) throw problem('no-act-yet')
  return { organisationId, actId: found.actId }
}
