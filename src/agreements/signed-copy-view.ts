import { sql } from 'kysely'
import type { ActId, ClientId, DocumentId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'

/** A document of a concluded agreement of which there is no signed copy: whose acts it takes, and who offered it. */
export type MissingCopy = {
  readonly agreementId: string
  readonly documentId: DocumentId
  readonly employeeActId: ActId
  readonly representativeActId: ActId
  readonly offeredBy: ClientId
}

/**
 * The documents of agreements that were concluded after `since`, made here, still there and without a signed copy, oldest first. A
 * contract that was uploaded is not among them: it stays as it came.
 */
export async function listMissingCopies(
  trx: Transaction,
  organisationId: OrganisationId,
  since: Instant,
): Promise<MissingCopy[]> {
  const { rows } = await sql<MissingCopy>`
    select agreement.agreement_id as "agreementId", annex.document_id as "documentId", employee.act_id as "employeeActId",
           other.act_id as "representativeActId", agreement.created_by as "offeredBy"
    from agreement_conclusion
    join agreement using (organisation_id, agreement_id)
    join agreement_annex using (organisation_id, agreement_id)
    join annex using (organisation_id, annex_id)
    join document on document.organisation_id = annex.organisation_id and document.document_id = annex.document_id
    join act as employee on employee.organisation_id = agreement.organisation_id
                        and employee.assignment_id = agreement.employee_assignment_id and employee.statement_id = 'main'
    join act as other on other.organisation_id = agreement.organisation_id
                     and other.assignment_id = agreement.representative_assignment_id and other.statement_id = 'main'
    where agreement_conclusion.organisation_id = ${organisationId}::uuid and agreement_conclusion.outcome = 'concluded'
      and agreement_conclusion.recorded_at > ${since}::timestamptz
      and not exists (
        select from executed_copy
        join executed_copy_party using (organisation_id, executed_copy_id)
        where executed_copy.organisation_id = agreement.organisation_id
          and executed_copy_party.organisation_id = agreement.organisation_id
          and executed_copy_party.act_id = employee.act_id and executed_copy.edition_document_id = annex.document_id)
    order by agreement_conclusion.recorded_at, agreement.agreement_id, agreement_annex.position`.execute(trx)
  return rows
}
