import { sql } from 'kysely'
import type { ClientId, OrganisationId } from '#core'
import { canonicalJson, problem } from '#core'
import type { Transaction } from '#database'
import type { Facts, Finding } from '#jurisdictions'
import { findingsText } from './legal-check-decisions.ts'
import type { DrawnCheck } from './legal-check-drawing.ts'
import type { KeptReview, LegalCheck } from './legal-check.ts'

/** Writes evaluations with their content, all in two statements. Their entries must be there already. */
export async function insertLegalChecks(
  trx: Transaction,
  organisationId: OrganisationId,
  checks: readonly DrawnCheck[],
): Promise<void> {
  const each = <Value>(of: (check: DrawnCheck) => Value): Value[] => checks.map(of)
  await sql`
    insert into legal_check (organisation_id, legal_check_id, person_id, jurisdiction, rule_set_version, regime, as_of, moments,
                             facts_sha256, findings_sha256, made_by, made_at, entry_id)
    select ${organisationId}::uuid, one.id, one.person_id, one.jurisdiction, one.version, one.regime, one.as_of,
           string_to_array(one.moments, ' '), decode(one.facts, 'hex'), decode(one.findings, 'hex'), one.made_by, one.made_at,
           one.entry_id
    from unnest(${each((check) => check.legalCheckId)}::uuid[], ${each((check) => check.personId)}::uuid[],
                ${each((check) => check.jurisdiction)}::text[], ${each((check) => check.ruleSetVersion)}::text[],
                ${each((check) => check.regime)}::text[], ${each((check) => check.asOf)}::date[],
                ${each((check) => check.moments.join(' '))}::text[], ${each((check) => check.factsSha256)}::text[],
                ${each((check) => check.findingsSha256)}::text[], ${each((check) => check.madeBy)}::uuid[],
                ${each((check) => check.madeAt)}::timestamptz[], ${each((check) => check.entryId)}::uuid[])
      as one (id, person_id, jurisdiction, version, regime, as_of, moments, facts, findings, made_by, made_at, entry_id)`.execute(
    trx,
  )
  await sql`
    insert into legal_check_content (organisation_id, legal_check_id, facts, findings)
    select ${organisationId}::uuid, one.id, one.facts, one.findings
    from unnest(${each((check) => check.legalCheckId)}::uuid[], ${each((check) => canonicalJson(check.content.facts))}::text[],
                ${each((check) => findingsText(check.content.findings))}::text[]) as one (id, facts, findings)`.execute(
    trx,
  )
}

/** The findings of these evaluations; of one whose content was erased there are none. */
export async function readFindings(
  trx: Transaction,
  organisationId: OrganisationId,
  legalCheckIds: readonly string[],
): Promise<Map<string, readonly Finding[]>> {
  const { rows } = await sql<{ legal_check_id: string; findings: string }>`
    select legal_check_id, findings from legal_check_content
    where organisation_id = ${organisationId}::uuid and legal_check_id = any(${[...legalCheckIds]}::uuid[])`.execute(
    trx,
  )
  return new Map(rows.map((row) => [row.legal_check_id, JSON.parse(row.findings) as Finding[]]))
}

type CheckRow = Omit<LegalCheck, 'content'> & {
  readonly facts: string | null
  readonly findings: string | null
}

/** The evaluation, or the problem `legal-check-not-found`. */
export async function getLegalCheck(
  trx: Transaction,
  organisationId: OrganisationId,
  legalCheckId: string,
): Promise<LegalCheck> {
  const { rows } = await sql<CheckRow>`
    select legal_check.legal_check_id as "legalCheckId", person_id as "personId", jurisdiction,
           rule_set_version as "ruleSetVersion", regime, as_of as "asOf", moments,
           encode(facts_sha256, 'hex') as "factsSha256", encode(findings_sha256, 'hex') as "findingsSha256",
           made_at as "madeAt", entry_id as "entryId", facts, findings
    from legal_check left join legal_check_content using (organisation_id, legal_check_id)
    where legal_check.organisation_id = ${organisationId}::uuid
      and legal_check.legal_check_id = ${legalCheckId}::uuid`.execute(trx)
  const row = rows[0]
  if (row === undefined) throw problem('legal-check-not-found')
  const { facts, findings, ...check } = row
  if (facts === null || findings === null) return { ...check, content: null }
  return {
    ...check,
    content: { facts: JSON.parse(facts) as Facts, findings: JSON.parse(findings) as Finding[] },
  }
}

export async function insertReview(
  trx: Transaction,
  organisationId: OrganisationId,
  review: KeptReview,
  madeBy: ClientId,
): Promise<void> {
  await sql`
    insert into legal_review (organisation_id, legal_review_id, legal_check_id, rule_id, clause_id, input_sha256, kind, outcome,
                              reviewer, reason, made_by, made_at, entry_id)
    values (${organisationId}::uuid, ${review.legalReviewId}::uuid, ${review.legalCheckId}::uuid, ${review.ruleId},
            ${review.clauseId}, decode(${review.inputSha256}, 'hex'), ${review.kind}, ${review.outcome}, ${review.reviewer},
            ${review.reason}, ${madeBy}::uuid, ${review.madeAt}::timestamptz, ${review.entryId}::uuid)`.execute(
    trx,
  )
}

/** The decisions that are bound to one of these inputs, oldest first, whichever evaluation they were made on. */
export async function listReviews(
  trx: Transaction,
  organisationId: OrganisationId,
  findings: readonly Pick<Finding, 'inputSha256'>[],
): Promise<KeptReview[]> {
  const hashes = findings.map((finding) => Buffer.from(finding.inputSha256, 'hex'))
  const { rows } = await sql<KeptReview>`
    select legal_review_id as "legalReviewId", legal_check_id as "legalCheckId", rule_id as "ruleId", clause_id as "clauseId",
           encode(input_sha256, 'hex') as "inputSha256", kind, outcome, reviewer, reason, made_at as "madeAt",
           entry_id as "entryId"
    from legal_review
    where organisation_id = ${organisationId}::uuid and input_sha256 = any(${hashes}::bytea[])
    order by made_at, legal_review_id`.execute(trx)
  return rows
}
