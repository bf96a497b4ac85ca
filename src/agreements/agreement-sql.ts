import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'

/** A moment as JSON, in the form in which moments are read everywhere. */
export const moment = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The steps about the acts of both ceremonies of an agreement, oldest first. */
const denialsOf = (agreement: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  coalesce((select json_agg(json_build_object('actId', denial_step.act_id, 'at', ${moment(sql`denial_step.recorded_at`)},
              'status', denial_step.status) order by denial_step.act_id, denial_step.step_number)
    from act join denial_step on denial_step.organisation_id = act.organisation_id and denial_step.act_id = act.act_id
    where act.organisation_id = ${agreement}.organisation_id
      and act.assignment_id in (${agreement}.employee_assignment_id, ${agreement}.representative_assignment_id)), '[]')`

/** The ceremony of one party: what is asked, what was answered and how strongly, what it ended with, when it was first at hand. */
const partyOf = (assignment: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  (select json_build_object(
     'assignmentId', assignment.assignment_id,
     'bundleId', assignment.bundle_id,
     'statementIds', (select json_agg(bundle_statement.statement_id order by bundle_statement.position) from bundle_statement
        where bundle_statement.organisation_id = assignment.organisation_id and bundle_statement.bundle_id = assignment.bundle_id),
     'acts', coalesce((select json_agg(json_build_object('actId', act.act_id, 'statementId', act.statement_id,
          'choice', act.choice, 'assurance', act.assurance, 'actedAt', ${moment(sql`act.acted_at`)}, 'entryId', act.entry_id,
          'key', case when key.signing_credential_id is null then null else json_build_object(
            'mayBeCopied', key.backup_eligible, 'enrolledBy', key.enrolled_by) end) order by act.acted_at, act.act_id)
        from act
        left join signing_credential as key on key.organisation_id = act.organisation_id and key.person_id = act.person_id
                                           and key.signing_credential_id::text = act.signing_credential_id
        where act.organisation_id = assignment.organisation_id and act.assignment_id = assignment.assignment_id), '[]'),
     'end', (select json_build_object('how', ceremony_end.how, 'at', ${moment(sql`ceremony_end.ended_at`)}) from ceremony_end
        where ceremony_end.organisation_id = assignment.organisation_id and ceremony_end.assignment_id = assignment.assignment_id),
     'deliveredAt', (select ${moment(sql`least(
          (select min(delivery_event.occurred_at) from delivery_event
           where delivery_event.organisation_id = assignment.organisation_id
             and delivery_event.assignment_id = assignment.assignment_id and delivery_event.kind = 'handed-over'),
          (select min(opening.opened_at) from opening where opening.organisation_id = assignment.organisation_id
             and opening.assignment_id = assignment.assignment_id))`)}))
   from assignment where assignment.organisation_id = agreement.organisation_id and assignment.assignment_id = ${assignment})`

/** Everything about an agreement in one row. */
export const agreementColumns = sql`
  agreement.agreement_id as "agreementId", agreement.employment_id as "employmentId", agreement.person_id as "personId",
  agreement.contract_id as "contractId", agreement.provenance, agreement.representative_id as "representativeId",
  agreement.mandate_id as "mandateId", encode(agreement.bundle_sha256, 'hex') as "bundleSha256",
  agreement.employee_assignment_id as "employeeAssignmentId",
  agreement.representative_assignment_id as "representativeAssignmentId", agreement.sign_check_id as "signCheckId",
  agreement.signed_on as "signedOn", agreement.created_by as "createdBy", agreement.created_at as "createdAt",
  agreement.entry_id as "entryId",
  coalesce((select json_agg(json_build_object('annexId', annex.annex_id, 'role', agreement_annex.role,
              'effectiveFrom', annex.effective_from, 'effectiveUntil', annex.effective_until, 'replaces', annex.replaces)
              order by agreement_annex.position)
    from agreement_annex join annex using (organisation_id, annex_id)
    where agreement_annex.organisation_id = agreement.organisation_id
      and agreement_annex.agreement_id = agreement.agreement_id), '[]') as annexes,
  ${partyOf(sql`agreement.employee_assignment_id`)} as employee,
  ${partyOf(sql`agreement.representative_assignment_id`)} as representative,
  (select json_build_object('outcome', done.outcome, 'concludedAt', ${moment(sql`done.concluded_at`)},
            'legalCheckId', done.legal_check_id, 'blockedBy', done.blocked_by, 'entryId', done.entry_id)
   from agreement_conclusion as done
   where done.organisation_id = agreement.organisation_id and done.agreement_id = agreement.agreement_id) as conclusion,
  coalesce((select json_agg(json_build_object('endId', ended.end_id, 'annexId', ended.annex_id, 'endedOn', ended.ended_on,
              'how', ended.how, 'supersededBy', ended.superseded_by, 'successorDenials',
              case when successor.agreement_id is null then '[]'::json else ${denialsOf(sql`successor`)} end)
              order by ended.recorded_at, ended.end_id)
    from agreement_end as ended
    left join agreement as successor on successor.organisation_id = ended.organisation_id
                                    and successor.agreement_id = ended.superseded_by
    where ended.organisation_id = agreement.organisation_id and ended.agreement_id = agreement.agreement_id), '[]') as ends,
  ${denialsOf(sql`agreement`)} as denials,
  (select agreement_content.content from agreement_content
   where agreement_content.organisation_id = agreement.organisation_id
     and agreement_content.agreement_id = agreement.agreement_id) as content`
