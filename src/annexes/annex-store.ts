import { sql } from 'kysely'
import type { OrganisationId } from '#core'
import { canonicalJson } from '#core'
import type { Transaction } from '#database'
import { motivationHash } from './motivation.ts'
import type { Annex, AnnexContent } from './annex.ts'

/** An annex to be written, with everything it was composed of. */
export type NewAnnex = Omit<Annex, 'content' | 'replacedBy'> & { readonly content: AnnexContent }

/** The one text of a content, which is hashed and kept. */
export function contentText(content: AnnexContent): string {
  return canonicalJson(content)
}

/**
 * Holds everybody else off the annexes of an employment until the transaction ends: a mark is given once, and one annex comes in
 * the place of another.
 */
export async function lockAnnexes(trx: Transaction, employmentId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding.annexes ' || ${employmentId}, 0))`.execute(trx) // prettier-ignore
}

/** Writes an annex with its clauses, policies and content. Letter, evaluation and entry must be there already. */
export async function insertAnnex(
  trx: Transaction,
  organisationId: OrganisationId,
  annex: NewAnnex,
): Promise<void> {
  const { annexId, content } = annex
  await sql`
    insert into annex (organisation_id, annex_id, employment_id, person_id, contract_id, mark, kind, language, effective_from,
                       effective_until, replaces, document_id, document_sha256, content_sha256, draft_check_id, created_by,
                       created_at, entry_id)
    values (${organisationId}::uuid, ${annexId}::uuid, ${annex.employmentId}::uuid, ${annex.personId}::uuid,
            ${annex.contractId}::uuid, ${annex.mark}, ${annex.kind}, ${annex.language}, ${annex.effectiveFrom}::date,
            ${annex.effectiveUntil}::date, ${annex.replaces}::uuid, ${annex.documentId}::uuid,
            decode(${annex.documentSha256}, 'hex'), decode(${annex.contentSha256}, 'hex'), ${annex.draftCheckId}::uuid,
            ${annex.createdBy}::uuid, ${annex.createdAt}::timestamptz, ${annex.entryId}::uuid)`.execute(trx)
  await sql`
    insert into annex_content (organisation_id, annex_id, title, content)
    values (${organisationId}::uuid, ${annexId}::uuid, ${content.title}, ${contentText(content)})`.execute(
    trx,
  )
  for (const clause of content.clauses) {
    await sql`
      insert into annex_clause (organisation_id, annex_id, clause_id, position, kind, template_id, version_number, content_sha256,
                                counsel, months, relation_list_mark, relation_list_id)
      values (${organisationId}::uuid, ${annexId}::uuid, ${clause.clauseId}, ${clause.position}, ${clause.kind},
              ${clause.templateId}::uuid, ${clause.versionNumber}, decode(${clause.contentSha256}, 'hex'), ${clause.counsel},
              ${clause.facts.months ?? null}, ${clause.relationList?.mark ?? null},
              ${clause.relationList?.annexId ?? null}::uuid)`.execute(trx)
    if (clause.motivation === null) continue
    await sql`
      insert into annex_motivation_content (organisation_id, annex_id, clause_id, text_sha256, function_ref)
      values (${organisationId}::uuid, ${annexId}::uuid, ${clause.clauseId}, ${motivationHash(clause.motivation.text)},
              ${clause.motivation.functionRef})`.execute(trx)
  }
  for (const policy of content.policies)
    await sql`
      insert into annex_policy (organisation_id, annex_id, policy_id, version_number, version_id, document_sha256)
      values (${organisationId}::uuid, ${annexId}::uuid, ${policy.policyId}::uuid, ${policy.versionNumber},
              ${policy.versionId}::uuid, decode(${policy.documentSha256}, 'hex'))`.execute(trx)
}
