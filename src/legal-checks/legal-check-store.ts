import { sql } from 'kysely'
import type { ClientId, OrganisationId } from '#core'
import { canonicalJson, problem } from '#core'
import type { Transaction } from '#database'
import type { Facts, Finding } from '#jurisdictions'
import { findingsText } from './legal-check-decisions.ts'
import type { KeptReview, LegalCheck } from './legal-check.ts'

/** Writes an evaluation with its content. The entry must be there already. */
export async function insertLegalCheck(
  trx: Transaction,
  organisationId: OrganisationId,
  check: LegalCheck & { readonly content: { readonly facts: Facts; readonly findings: readonly Finding[] } },
  madeBy: ClientId,
): Promise<void> {
  await sql`
    insert into legal_check (organisation_id, legal_check_id, person_id, jurisdiction, rule_set_version, regime, as_of, moments,
                             facts_sha256, findings_sha256, made_by, made_at, entry_id)
    values (${organisationId}::uuid, ${check.legalCheckId}::uuid, ${check.personId}::uuid, ${check.jurisdiction},
            ${check.ruleSetVersion}, ${check.regime}, ${check.asOf}::date, ${[...check.moments]}::text[],
            decode(${check.factsSha256}, 'hex'), decode(${check.findingsSha256}, 'hex'), ${madeBy}::uuid,
            ${check.madeAt}::timestamptz, ${check.entryId}::uuid)`.execute(trx)
  await sql`
    insert into legal_check_content (organisation_id, legal_check_id, facts, findings)
    values (${organisationId}::uuid, ${check.legalCheckId}::uuid, ${canonicalJson(check.content.facts)},
            ${findingsText(check.content.findings)})`.execute(trx)
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
  findings: readonly Finding[],
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
