import type { OrganisationId } from '#core'
import type { Database } from '#database'
import { getOrganisation } from '#organisations'

const names = new Map<OrganisationId, string>()
const namesKept = 1_000

/** The name of an organisation, which it keeps for ever: asked for once in a process. */
export async function organisationName(
  database: Pick<Database, 'readInOrganisation'>,
  organisationId: OrganisationId,
): Promise<string> {
  const known = names.get(organisationId)
  if (known !== undefined) return known
  const { name } = await database.readInOrganisation(organisationId, (trx) => getOrganisation(trx, organisationId)) // prettier-ignore
  names.set(organisationId, name)
  if (names.size > namesKept) names.delete(names.keys().next().value!)
  return name
}
