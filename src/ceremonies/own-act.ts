import type { ActId, OrganisationId } from '#core'
import { problem } from '#core'
import type { Database } from '#database'
import type { AnyRequest } from '#http'
import { mainStatementId } from './act.ts'
import { findOwnAct } from './ceremony-view.ts'
import { linkOf } from './link-request.ts'

/**
 * The act that was done with the link of a request, on its main statement unless another is named. Throws
 * `credentials-missing` for a link that does not exist and `no-act-yet` where nothing was answered. A link that can no
 * longer be used to act still leads here.
 */
export async function ownAct(
  database: Database,
  request: AnyRequest,
  statementId: string = mainStatementId,
): Promise<{ readonly organisationId: OrganisationId; readonly actId: ActId }> {
  const { organisationId, tokenSha256 } = linkOf(request)
  const found = await database.readInOrganisation(organisationId, (trx) =>
    findOwnAct(trx, organisationId, tokenSha256, statementId),
  )
  if (found === undefined) throw problem('credentials-missing')
  if (found.actId === null) throw problem('no-act-yet')
  return { organisationId, actId: found.actId }
}
