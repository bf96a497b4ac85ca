import { sql } from 'kysely'
import type { ClientId, EntryId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { publicKeys } from '#evidence'

/** A policy as it was set. Revision 0 is the one that holds before anybody set one: the own log, and no witness. */
export type StoredPolicy = {
  readonly revision: number
  readonly policy: string
  readonly setAt: Instant | null
}

/** The newest policy, or the newest that was in force at a moment. */
export async function findWitnessPolicy(
  trx: Transaction,
  organisationId: OrganisationId,
  at?: Instant,
): Promise<StoredPolicy> {
  const { rows } = await sql<{ revision: number; policy: string; created_at: string }>`
    select witness_policy.revision, witness_policy.policy, witness_policy.created_at
    from witness_policy
    where witness_policy.organisation_id = ${organisationId}::uuid
      and (${at ?? null}::timestamptz is null or witness_policy.created_at <= ${at ?? null}::timestamptz)
    order by witness_policy.revision desc limit 1`.execute(trx)
  const row = rows[0]
  if (row !== undefined) {
    return { revision: row.revision, policy: row.policy, setAt: row.created_at as Instant }
  }
  const verifierKey = await ownVerifierKey(trx, organisationId)
  return { revision: 0, policy: `log ${verifierKey}\nquorum none\n`, setAt: null }
}

/** `policy.txt` of an organisation: what was set last, until `at` where that is given; else its log and no quorum. */
export async function readWitnessPolicy(
  trx: Transaction,
  organisationId: OrganisationId,
  at?: Instant,
): Promise<string> {
  return (await findWitnessPolicy(trx, organisationId, at)).policy
}

/** The verifier key of the organisation's newest log. */
export async function ownVerifierKey(trx: Transaction, organisationId: OrganisationId): Promise<string> {
  const { logs } = await publicKeys(trx, organisationId)
  const newest = logs.at(-1)
  if (newest === undefined) throw new Error('this organisation has no log')
  return newest.verifierKey
}

/** Writes a policy under its revision. Its entry must already be there. */
export async function insertWitnessPolicy(
  trx: Transaction,
  policy: {
    readonly organisationId: OrganisationId
    readonly revision: number
    readonly policy: string
    readonly createdBy: ClientId
    readonly createdAt: Instant
    readonly entryId: EntryId
  },
): Promise<void> {
  await sql`
    insert into witness_policy (organisation_id, revision, policy, created_by, created_at, entry_id)
    values (${policy.organisationId}::uuid, ${policy.revision}, ${policy.policy}, ${policy.createdBy}::uuid,
            ${policy.createdAt}::timestamptz, ${policy.entryId}::uuid)`.execute(trx)
}
