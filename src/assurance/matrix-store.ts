import { sql } from 'kysely'
import type { CivilDate, ClientId, EntryId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { Assurance } from './assurance.ts'
import type { AssuranceRule, Requirement } from './matrix-decisions.ts'
import { requirementOn } from './matrix-decisions.ts'
import type { Purpose } from './purpose.ts'

/** A rule with who made it and why. */
export type MadeRule = AssuranceRule & { readonly reason: string; readonly madeBy: ClientId }

/** Writes a rule. Rules are never changed: a later one takes over from its day on. */
export async function insertRule(
  trx: Transaction,
  organisationId: OrganisationId,
  rule: MadeRule & { readonly entryId: EntryId },
): Promise<void> {
  await sql`
    insert into assurance_rule (organisation_id, rule_id, purpose, level, min_reading_s, effective_from, reason, made_by,
                                made_at, entry_id)
    values (${organisationId}::uuid, ${rule.ruleId}::uuid, ${rule.purpose}, ${rule.level}, ${rule.minReadingSeconds},
            ${rule.effectiveFrom}::date, ${rule.reason}, ${rule.madeBy}::uuid, ${rule.madeAt}::timestamptz,
            ${rule.entryId}::uuid)`.execute(trx)
}

/** Every rule the organisation ever made, in the order in which they were made; of one purpose where one is named. */
export async function listRules(
  trx: Transaction,
  organisationId: OrganisationId,
  purpose: Purpose | null = null,
): Promise<MadeRule[]> {
  const { rows } = await sql<{
    rule_id: string
    purpose: Purpose
    level: Assurance
    min_reading_s: number
    effective_from: CivilDate
    reason: string
    made_by: ClientId
    made_at: Instant
  }>`
    select assurance_rule.rule_id, assurance_rule.purpose, assurance_rule.level, assurance_rule.min_reading_s,
           assurance_rule.effective_from, assurance_rule.reason, assurance_rule.made_by, assurance_rule.made_at
    from assurance_rule
    where assurance_rule.organisation_id = ${organisationId}::uuid
      and (${purpose}::text is null or assurance_rule.purpose = ${purpose})
    order by assurance_rule.made_at, assurance_rule.rule_id`.execute(trx)
  return rows.map((row) => ({
    ruleId: row.rule_id,
    purpose: row.purpose,
    level: row.level,
    minReadingSeconds: row.min_reading_s,
    effectiveFrom: row.effective_from,
    reason: row.reason,
    madeBy: row.made_by,
    madeAt: row.made_at,
  }))
}

/** What a purpose asks in this organisation on a day. One query. */
export async function requiredFor(
  trx: Transaction,
  organisationId: OrganisationId,
  purpose: Purpose,
  day: CivilDate,
): Promise<Requirement> {
  return requirementOn(purpose, await listRules(trx, organisationId, purpose), day)
}
