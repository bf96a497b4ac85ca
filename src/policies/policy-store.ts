import { sql } from 'kysely'
import type { OrganisationId, PolicyId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Policy } from './policy.ts'
import './policy-tables.ts'

const columns = [
  'policy.policy_id as policyId',
  'policy.name as name',
  'policy.owner as owner',
  'policy.legal_nature as legalNature',
  'policy.created_at as createdAt',
  'policy.created_by as createdBy',
] as const

/** Writes a new policy, without any version. */
export async function insertPolicy(
  trx: Transaction,
  organisationId: OrganisationId,
  policy: Policy,
): Promise<void> {
  await trx
    .insertInto('policy')
    .values({
      organisation_id: organisationId,
      policy_id: policy.policyId,
      name: policy.name,
      owner: policy.owner,
      legal_nature: policy.legalNature,
      created_at: policy.createdAt,
      created_by: policy.createdBy,
    })
    .execute()
}

/** The policy, or `policy-not-found`; one of another organisation is not found either. */
export async function getPolicy(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
): Promise<Policy> {
  const row = await trx
    .selectFrom('policy')
    .select(columns)
    .where('policy.organisation_id', '=', organisationId)
    .where('policy.policy_id', '=', policyId)
    .executeTakeFirst()
  if (row === undefined) throw problem('policy-not-found')
  return row
}

/**
 * The policy, with every other writer of its drafts and versions kept out until the transaction ends. What is read
 * after this is what everyone before has committed. An advisory lock, because the role may not lock rows of evidence
 * (decision 0033).
 */
export async function lockPolicy(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
): Promise<Policy> {
  const name = `policy/${organisationId}/${policyId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx)
  return getPolicy(trx, organisationId, policyId)
}

/** At most `limit` policies in order of id, after the one named. */
export async function listPolicies(
  trx: Transaction,
  organisationId: OrganisationId,
  page: { readonly after?: PolicyId; readonly limit: number },
): Promise<Policy[]> {
  let query = trx.selectFrom('policy').select(columns).where('policy.organisation_id', '=', organisationId)
  if (page.after !== undefined) query = query.where('policy.policy_id', '>', page.after)
  return query.orderBy('policy.policy_id').limit(page.limit).execute()
}
