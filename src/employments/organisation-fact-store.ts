import { sql } from 'kysely'
import type { OrganisationId } from '#core'
import { civilDateIn } from '#core'
import type { Transaction } from '#database'
import type { OrganisationFact } from './employment.ts'
import { instantJson } from './fact-statements.ts'

/** Of two that take the same fact back the second waits here, and then finds it retracted. */
export async function lockOrganisationFact(trx: Transaction, factId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding.organisation-fact ' || ${factId}, 0))`.execute(
    trx,
  )
}

/** Everything recorded of the organisation, as it was recorded, with when it was retracted. */
export async function listOrganisationFacts(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<OrganisationFact[]> {
  const { rows } = await sql<Omit<OrganisationFact, 'value' | 'backDated'> & { readonly value: string }>`
    select fact.fact_id as "factId", fact.kind, fact.valid_from as "validFrom", fact.recorded_at as "recordedAt",
           fact.entry_id as "entryId", fact.value, ${instantJson(sql`taken.recorded_at`)} as "retractedAt"
    from organisation_fact as fact
    left join organisation_fact as taken
      on taken.organisation_id = fact.organisation_id and taken.retracts = fact.fact_id
    where fact.organisation_id = ${organisationId}::uuid and fact.retracts is null
    order by fact.recorded_at, fact.fact_id`.execute(trx)
  return rows.map(
    (row) =>
      ({
        ...row,
        value: JSON.parse(row.value) as unknown,
        backDated: row.validFrom < civilDateIn(row.recordedAt),
      }) as OrganisationFact,
  )
}
