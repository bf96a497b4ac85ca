import { sql } from 'kysely'
import type { CivilDate, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import type { BindingAnnex } from './agreement.ts'

/**
 * The annexes that bind a person on a day, in one query: those of concluded agreements whose first day has come and whose last has
 * not passed, that had not ended or been replaced by then, and of which no party had denied an act by the end of that day. The
 * same as `annexStateOn` says `in-force` of, row by row; a test holds the two against each other.
 */
export async function readBindingAnnexes(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  day: CivilDate,
): Promise<BindingAnnex[]> {
  const dayOf = (column: string) => sql`(${sql.raw(column)} at time zone 'Europe/Amsterdam')::date`
  const deniedBy = (agreement: string) => sql`
    exists (select from act
      where act.organisation_id = ${organisationId}::uuid
        and act.assignment_id in (${sql.raw(agreement)}.employee_assignment_id, ${sql.raw(agreement)}.representative_assignment_id)
        and (select denial_step.status in ('denied', 'not-attributed-by-court') from denial_step
             where denial_step.organisation_id = act.organisation_id and denial_step.act_id = act.act_id
               and ${dayOf('denial_step.recorded_at')} <= ${day}::date
             order by denial_step.step_number desc limit 1))`
  const { rows } = await sql<BindingAnnex>`
    select agreement.organisation_id as "organisationId", agreement.agreement_id as "agreementId", annex.annex_id as "annexId",
           agreement.employment_id as "employmentId", agreement.contract_id as "contractId", annex.kind, annex.mark,
           annex.language, annex.effective_from as "effectiveFrom", annex.effective_until as "effectiveUntil",
           annex.document_id as "documentId", encode(annex.document_sha256, 'hex') as "documentSha256",
           encode(agreement.bundle_sha256, 'hex') as "bundleSha256", done.concluded_at as "concludedAt",
           done.entry_id as "conclusionEntryId", done.legal_check_id as "legalCheckId",
           own.act_id as "employeeActId", own.entry_id as "employeeEntryId", own.assurance as "employeeAssurance",
           own.evidence_level as "evidenceLevel", theirs.act_id as "representativeActId"
    from agreement
    join agreement_conclusion as done on done.organisation_id = agreement.organisation_id
                                     and done.agreement_id = agreement.agreement_id
    join agreement_annex as part on part.organisation_id = agreement.organisation_id
                                and part.agreement_id = agreement.agreement_id
    join annex on annex.organisation_id = part.organisation_id and annex.annex_id = part.annex_id
    join act as own on own.organisation_id = agreement.organisation_id
                   and own.assignment_id = agreement.employee_assignment_id and own.statement_id = 'main'
    join act as theirs on theirs.organisation_id = agreement.organisation_id
                      and theirs.assignment_id = agreement.representative_assignment_id and theirs.statement_id = 'main'
    where agreement.organisation_id = ${organisationId}::uuid and agreement.person_id = ${personId}::uuid
      and done.outcome = 'concluded' and ${dayOf('done.concluded_at')} <= ${day}::date
      and annex.effective_from <= ${day}::date and (annex.effective_until is null or annex.effective_until >= ${day}::date)
      and not exists (
        select from agreement_end as ended
        left join agreement as successor on successor.organisation_id = ended.organisation_id
                                        and successor.agreement_id = ended.superseded_by
        where ended.organisation_id = ${organisationId}::uuid and ended.agreement_id = agreement.agreement_id
          and (ended.annex_id is null or ended.annex_id = annex.annex_id) and ended.ended_on <= ${day}::date
          and (ended.how <> 'superseded' or not ${deniedBy('successor')}))
      and not ${deniedBy('agreement')}
    order by done.concluded_at, agreement.agreement_id, part.position`.execute(trx)
  return rows
}
