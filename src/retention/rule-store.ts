import { sql } from 'kysely'
import type { CivilDate, ClientId, EntryId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { RetentionClass, RetentionRule } from './retention.ts'

/** Writes a rule. Rules are never changed: a later one takes over from its day on. */
export async function insertRule(
  trx: Transaction,
  organisationId: OrganisationId,
  rule: RetentionRule,
): Promise<void> {
  await sql`
    insert into retention_rule (organisation_id, rule_id, retention_class, months, effective_from, reason, made_by, made_at, entry_id)
    values (${organisationId}::uuid, ${rule.ruleId}::uuid, ${rule.retentionClass}, ${rule.months}, ${rule.effectiveFrom}::date,
            ${rule.reason}, ${rule.madeBy}::uuid, ${rule.madeAt}::timestamptz, ${rule.entryId}::uuid)`.execute(
    trx,
  )
}

/** Every rule the organisation ever made, in the order in which they were made. */
export async function listRules(trx: Transaction, organisationId: OrganisationId): Promise<RetentionRule[]> {
  const { rows } = await sql<{
    rule_id: string
    retention_class: RetentionClass
    months: number | null
    effective_from: CivilDate
    reason: string
    made_by: ClientId
    made_at: Instant
    entry_id: EntryId
  }>`
    select retention_rule.rule_id, retention_rule.retention_class, retention_rule.months, retention_rule.effective_from,
           retention_rule.reason, retention_rule.made_by, retention_rule.made_at, retention_rule.entry_id
    from retention_rule where retention_rule.organisation_id = ${organisationId}::uuid
    order by retention_rule.made_at, retention_rule.rule_id`.execute(trx)
  return rows.map((row) => ({
    ruleId: row.rule_id,
    retentionClass: row.retention_class,
    months: row.months,
    effectiveFrom: row.effective_from,
    reason: row.reason,
    madeBy: row.made_by,
    madeAt: row.made_at,
    entryId: row.entry_id,
  }))
}
