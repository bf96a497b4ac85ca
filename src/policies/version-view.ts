import type { CivilDate, Instant, OrganisationId, PolicyId, VersionId } from '#core'
import type { Transaction } from '#database'
import type { Materiality, PolicyContent } from './content.ts'
import './policy-tables.ts'

/** A published version as a list shows it. */
export type VersionLine = {
  readonly versionId: VersionId
  readonly versionNumber: number
  readonly materiality: Materiality
  readonly effectiveFrom: CivilDate
  readonly publishedAt: Instant
}

/** At most `limit` versions of a policy, newest first, below the number named. */
export async function listVersions(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
  page: { readonly below?: number; readonly limit: number },
): Promise<VersionLine[]> {
  let query = trx
    .selectFrom('policy_version')
    .select([
      'policy_version.version_id as versionId',
      'policy_version.version_number as versionNumber',
      'policy_version.materiality as materiality',
      'policy_version.effective_from as effectiveFrom',
      'policy_version.published_at as publishedAt',
    ])
    .where('policy_version.organisation_id', '=', organisationId)
    .where('policy_version.policy_id', '=', policyId)
  if (page.below !== undefined) query = query.where('policy_version.version_number', '<', page.below)
  return query.orderBy('policy_version.version_number', 'desc').limit(page.limit).execute()
}

/** The contents of those versions that exist, by number. */
export async function findContents(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
  versionNumbers: readonly number[],
): Promise<Map<number, PolicyContent>> {
  const rows = await trx
    .selectFrom('policy_version')
    .select(['policy_version.version_number', 'policy_version.content'])
    .where('policy_version.organisation_id', '=', organisationId)
    .where('policy_version.policy_id', '=', policyId)
    .where('policy_version.version_number', 'in', versionNumbers)
    .execute()
  return new Map(rows.map((row) => [row.version_number, JSON.parse(row.content) as PolicyContent]))
}
