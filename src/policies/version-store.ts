import type { OrganisationId, PolicyId, VersionId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { PolicyContent } from './content.ts'
import { canonicalContent } from './content-bytes.ts'
import type { Edition, PolicyVersion, Withdrawal } from './policy.ts'
import type { DatedVersion } from './version-history.ts'
import './policy-tables.ts'

/** A published version in the history of its policy. */
export type HistoryVersion = DatedVersion & { readonly versionId: VersionId }

/** Every published version of a policy with its days, by number: what decides which one holds on a day. */
export async function listHistory(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
): Promise<HistoryVersion[]> {
  return trx
    .selectFrom('policy_version')
    .leftJoin('policy_withdrawal', (join) =>
      join
        .onRef('policy_withdrawal.organisation_id', '=', 'policy_version.organisation_id')
        .onRef('policy_withdrawal.version_id', '=', 'policy_version.version_id'),
    )
    .select([
      'policy_version.version_id as versionId',
      'policy_version.version_number as versionNumber',
      'policy_version.effective_from as effectiveFrom',
      'policy_withdrawal.withdrawn_from as withdrawnFrom',
    ])
    .where('policy_version.organisation_id', '=', organisationId)
    .where('policy_version.policy_id', '=', policyId)
    .orderBy('policy_version.version_number')
    .execute()
}

/** Writes a version and its editions. The documents and the ledger entry must be there already. */
export async function insertVersion(
  trx: Transaction,
  organisationId: OrganisationId,
  version: PolicyVersion,
): Promise<void> {
  const { text, sha256 } = canonicalContent(version.content)
  await trx
    .insertInto('policy_version')
    .values({
      organisation_id: organisationId,
      version_id: version.versionId,
      policy_id: version.policyId,
      version_number: version.versionNumber,
      content: text,
      content_sha256: sha256,
      materiality: version.content.materiality,
      effective_from: version.effectiveFrom,
      author_id: version.authorId,
      approved_by: version.approval.approvedBy,
      approved_at: version.approval.approvedAt,
      published_by: version.publishedBy,
      published_at: version.publishedAt,
      entry_id: version.entryId,
    })
    .execute()
  await trx
    .insertInto('policy_edition')
    .values(
      version.editions.map((edition) => ({
        organisation_id: organisationId,
        version_id: version.versionId,
        language: edition.language,
        document_id: edition.documentId,
      })),
    )
    .execute()
}

/** Writes that a version was withdrawn. The ledger entry must be there already. */
export async function insertWithdrawal(
  trx: Transaction,
  organisationId: OrganisationId,
  versionId: VersionId,
  withdrawal: Withdrawal,
): Promise<void> {
  await trx
    .insertInto('policy_withdrawal')
    .values({
      organisation_id: organisationId,
      version_id: versionId,
      withdrawn_from: withdrawal.withdrawnFrom,
      reason: withdrawal.reason,
      withdrawn_by: withdrawal.withdrawnBy,
      withdrawn_at: withdrawal.withdrawnAt,
      entry_id: withdrawal.entryId,
    })
    .execute()
}

/** The withdrawal of a version, or null. */
export async function findWithdrawal(
  trx: Transaction,
  organisationId: OrganisationId,
  versionId: VersionId,
): Promise<Withdrawal | null> {
  const row = await trx
    .selectFrom('policy_withdrawal')
    .select([
      'policy_withdrawal.withdrawn_from as withdrawnFrom',
      'policy_withdrawal.reason as reason',
      'policy_withdrawal.withdrawn_by as withdrawnBy',
      'policy_withdrawal.withdrawn_at as withdrawnAt',
      'policy_withdrawal.entry_id as entryId',
    ])
    .where('policy_withdrawal.organisation_id', '=', organisationId)
    .where('policy_withdrawal.version_id', '=', versionId)
    .executeTakeFirst()
  return row ?? null
}

/** The published version with this number, or `policy-version-not-found`. */
export async function getVersion(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
  versionNumber: number,
): Promise<PolicyVersion> {
  const row = await trx
    .selectFrom('policy_version')
    .select([
      'policy_version.version_id as versionId',
      'policy_version.content as content',
      'policy_version.content_sha256 as contentSha256',
      'policy_version.effective_from as effectiveFrom',
      'policy_version.author_id as authorId',
      'policy_version.approved_by as approvedBy',
      'policy_version.approved_at as approvedAt',
      'policy_version.published_by as publishedBy',
      'policy_version.published_at as publishedAt',
      'policy_version.entry_id as entryId',
    ])
    .where('policy_version.organisation_id', '=', organisationId)
    .where('policy_version.policy_id', '=', policyId)
    .where('policy_version.version_number', '=', versionNumber)
    .executeTakeFirst()
  if (row === undefined) throw problem('policy-version-not-found')
  const { content, contentSha256, approvedBy, approvedAt, ...facts } = row
  return {
    ...facts,
    policyId,
    versionNumber,
    content: JSON.parse(content) as PolicyContent,
    contentSha256: contentSha256.toString('hex'),
    approval: { approvedBy, approvedAt },
    editions: await listEditions(trx, organisationId, facts.versionId),
  }
}

/** The editions of a version, by language, with the digest and length of their documents. */
export async function listEditions(
  trx: Transaction,
  organisationId: OrganisationId,
  versionId: VersionId,
): Promise<Edition[]> {
  const rows = await trx
    .selectFrom('policy_edition')
    .innerJoin('document', (join) =>
      join
        .onRef('document.organisation_id', '=', 'policy_edition.organisation_id')
        .onRef('document.document_id', '=', 'policy_edition.document_id'),
    )
    .select((select) => [
      'policy_edition.language as language',
      'policy_edition.document_id as documentId',
      'document.title as title',
      'document.sha256 as sha256',
      select.fn<number>('octet_length', ['document.bytes']).as('byteLength'),
    ])
    .where('policy_edition.organisation_id', '=', organisationId)
    .where('policy_edition.version_id', '=', versionId)
    .orderBy('policy_edition.language')
    .execute()
  return rows.map((row) => ({ ...row, sha256: row.sha256.toString('hex') }))
}
