/*
 * The one query behind "what bound this person on that day". Every step goes from the person by an index of one row or a few,
 * so its cost follows what this person was asked and not how many persons or acts there are (decision 0168). $1 is the
 * organisation, $2 the person, $3 the day. Moments come as PostgreSQL writes them in JSON; the view makes them ours.
 */

const actJson = `json_build_object(
  'actId', act.act_id, 'statementId', act.statement_id, 'choice', act.choice, 'language', act.language, 'actedAt', act.acted_at,
  'assurance', act.assurance, 'evidenceLevel', act.evidence_level, 'signed', act.signing_credential_id is not null,
  'documentId', act.document_id, 'documentSha256', encode(document.sha256, 'hex'),
  'status', coalesce(step.status, 'undisputed'), 'statusSince', step.since,
  'entryId', act.entry_id, 'entryIndex', ledger_entry.entry_index)`

const actJoins = `
  left join ledger_entry on ledger_entry.organisation_id = act.organisation_id and ledger_entry.entry_id = act.entry_id
  left join document on document.organisation_id = act.organisation_id and document.document_id = act.document_id
  left join lateral (
    select denial_step.status, denial_step.recorded_at as since from denial_step
    where denial_step.organisation_id = act.organisation_id and denial_step.act_id = act.act_id
    order by denial_step.step_number desc limit 1) as step on true`

/** The acts of one ceremony, in the order in which they were done. */
const actsOf = (assignment: string): string => `
  (select coalesce(json_agg(${actJson} order by act.acted_at, act.act_id), '[]')
   from act ${actJoins}
   where act.organisation_id = $1::uuid and act.assignment_id = ${assignment})`

/** What happened in the ceremony of one party of an agreement. */
const party = (assignment: string): string => `
  (select json_build_object(
     'assignmentId', assignment.assignment_id,
     'statementIds', (select json_agg(bundle_statement.statement_id order by bundle_statement.position) from bundle_statement
                      where bundle_statement.organisation_id = $1::uuid and bundle_statement.bundle_id = assignment.bundle_id),
     'acts', ${actsOf('assignment.assignment_id')},
     'end', (select json_build_object('how', ceremony_end.how, 'at', ceremony_end.ended_at) from ceremony_end
             where ceremony_end.organisation_id = $1::uuid and ceremony_end.assignment_id = assignment.assignment_id))
   from assignment where assignment.organisation_id = $1::uuid and assignment.assignment_id = ${assignment})`

/** Every step against the acts of both ceremonies of an agreement, oldest first. */
const denialsOf = (agreement: string): string => `
  (select coalesce(json_agg(json_build_object('actId', denial_step.act_id, 'at', denial_step.recorded_at, 'status', denial_step.status)
                            order by denial_step.recorded_at, denial_step.step_number), '[]')
   from act join denial_step using (organisation_id, act_id)
   where act.organisation_id = $1::uuid
     and act.assignment_id in (${agreement}.employee_assignment_id, ${agreement}.representative_assignment_id))`

const annexJson = `json_build_object(
  'annexId', annex.annex_id, 'role', agreement_annex.role, 'mark', annex.mark, 'kind', annex.kind, 'title', annex_content.title,
  'language', annex.language, 'effectiveFrom', annex.effective_from, 'effectiveUntil', annex.effective_until,
  'replaces', annex.replaces, 'documentId', annex.document_id, 'documentSha256', encode(annex.document_sha256, 'hex'),
  'contentSha256', encode(annex.content_sha256, 'hex'), 'entryId', annex.entry_id,
  'clauses', (select coalesce(json_agg(json_build_object(
      'clauseId', annex_clause.clause_id, 'kind', annex_clause.kind, 'months', annex_clause.months,
      'templateId', annex_clause.template_id, 'versionNumber', annex_clause.version_number,
      'contentSha256', encode(annex_clause.content_sha256, 'hex'), 'counsel', annex_clause.counsel,
      'relationListMark', annex_clause.relation_list_mark) order by annex_clause.position), '[]')
    from annex_clause where annex_clause.organisation_id = $1::uuid and annex_clause.annex_id = annex.annex_id),
  'policies', (select coalesce(json_agg(json_build_object('policyId', annex_policy.policy_id,
      'versionNumber', annex_policy.version_number, 'documentSha256', encode(annex_policy.document_sha256, 'hex'))), '[]')
    from annex_policy where annex_policy.organisation_id = $1::uuid and annex_policy.annex_id = annex.annex_id))`

const agreements = `
  (select coalesce(json_agg(json_build_object(
     'agreementId', agreement.agreement_id, 'employmentId', agreement.employment_id, 'contractId', agreement.contract_id,
     'provenance', agreement.provenance, 'createdAt', agreement.created_at, 'signedOn', agreement.signed_on,
     'bundleSha256', encode(agreement.bundle_sha256, 'hex'), 'entryId', agreement.entry_id,
     'annexes', (select json_agg(${annexJson} order by agreement_annex.position)
                 from agreement_annex join annex using (organisation_id, annex_id)
                 left join annex_content using (organisation_id, annex_id)
                 where agreement_annex.organisation_id = $1::uuid and agreement_annex.agreement_id = agreement.agreement_id),
     'employee', ${party('agreement.employee_assignment_id')},
     'representative', ${party('agreement.representative_assignment_id')},
     'conclusion', (select json_build_object('outcome', agreement_conclusion.outcome, 'concludedAt', agreement_conclusion.concluded_at,
                      'legalCheckId', agreement_conclusion.legal_check_id, 'entryId', agreement_conclusion.entry_id,
                      'entryIndex', ledger_entry.entry_index)
                    from agreement_conclusion join ledger_entry using (organisation_id, entry_id)
                    where agreement_conclusion.organisation_id = $1::uuid
                      and agreement_conclusion.agreement_id = agreement.agreement_id),
     'ends', (select coalesce(json_agg(json_build_object(
                'endId', agreement_end.end_id, 'annexId', agreement_end.annex_id, 'endedOn', agreement_end.ended_on,
                'how', agreement_end.how, 'supersededBy', agreement_end.superseded_by, 'entryId', agreement_end.entry_id,
                'successorDenials', case when successor.agreement_id is null then '[]'::json else ${denialsOf('successor')} end)), '[]')
              from agreement_end
              left join agreement as successor on successor.organisation_id = agreement_end.organisation_id
                                              and successor.agreement_id = agreement_end.superseded_by
              where agreement_end.organisation_id = $1::uuid and agreement_end.agreement_id = agreement.agreement_id),
     'denials', ${denialsOf('agreement')}) order by agreement.created_at, agreement.agreement_id), '[]')
   from agreement where agreement.organisation_id = $1::uuid and agreement.person_id = $2::uuid)`

/** The version of a policy that was in force on $3, as `versionInForce`: no later one that ever held had begun, and it was not withdrawn. */
const inForce = `
  left join lateral (
    select held.version_number, held_withdrawal.withdrawn_from from policy_version as held
    left join policy_withdrawal as held_withdrawal on held_withdrawal.organisation_id = held.organisation_id
                                                  and held_withdrawal.version_id = held.version_id
    where held.organisation_id = $1::uuid and held.policy_id = policy_version.policy_id and held.effective_from <= $3::date
      and (held_withdrawal.withdrawn_from is null or held_withdrawal.withdrawn_from > held.effective_from)
    order by held.effective_from desc limit 1) as held on true`

const policies = `
  (select coalesce(json_agg(json_build_object(
     'assignmentId', assignment.assignment_id, 'policyId', policy_version.policy_id, 'policyName', policy.name,
     'versionId', policy_version.version_id, 'versionNumber', policy_version.version_number, 'legalNature', policy.legal_nature,
     'contentSha256', encode(policy_version.content_sha256, 'hex'), 'effectiveFrom', policy_version.effective_from,
     'versionInForce', case when held.withdrawn_from is null or held.withdrawn_from > $3::date then held.version_number end,
     'openedAt', case when act.act_id is null then (
         select min(opening.opened_at) from opening
         where opening.organisation_id = $1::uuid and opening.assignment_id = assignment.assignment_id
           and opening.opened_at < span.until) end,
     'endedHow', case when act.act_id is null then (
         select ceremony_end.how from ceremony_end
         where ceremony_end.organisation_id = $1::uuid and ceremony_end.assignment_id = assignment.assignment_id
           and ceremony_end.ended_at < span.until) end,
     'act', case when act.act_id is not null then ${actJson} end) order by policy.name, policy_version.version_number), '[]')
   from assignment
   join policy_version on policy_version.organisation_id = assignment.organisation_id
                      and policy_version.version_id = assignment.version_id
   join policy on policy.organisation_id = policy_version.organisation_id and policy.policy_id = policy_version.policy_id
   ${inForce}
   left join act on act.organisation_id = assignment.organisation_id and act.assignment_id = assignment.assignment_id
                and act.acted_at < span.until
   ${actJoins}
   where assignment.organisation_id = $1::uuid and assignment.person_id = $2::uuid and assignment.created_at < span.until
     and (held.version_number = policy_version.version_number
          or (policy.legal_nature = 'contract-term' and act.choice = 'agreed')))`

const bundles = `
  (select coalesce(json_agg(json_build_object(
     'assignmentId', assignment.assignment_id, 'purpose', bundle.purpose, 'manifestSha256', encode(bundle.manifest_sha256, 'hex'),
     'title', document.title, 'acts', ${actsOf('assignment.assignment_id')}) order by assignment.assignment_id), '[]')
   from assignment
   join bundle on bundle.organisation_id = assignment.organisation_id and bundle.bundle_id = assignment.bundle_id
   join bundle_document on bundle_document.organisation_id = bundle.organisation_id
                       and bundle_document.bundle_id = bundle.bundle_id and bundle_document.position = 1
   left join document on document.organisation_id = bundle_document.organisation_id
                     and document.document_id = bundle_document.document_id
   where assignment.organisation_id = $1::uuid and assignment.person_id = $2::uuid and assignment.created_at < span.until
     and not exists (select from agreement where agreement.organisation_id = $1::uuid
                     and agreement.employee_assignment_id = assignment.assignment_id)
     and not exists (select from agreement where agreement.organisation_id = $1::uuid
                     and agreement.representative_assignment_id = assignment.assignment_id))`

export const obligationQuery = `
select ${policies} as policies, ${bundles} as bundles, ${agreements} as agreements
from person
cross join lateral (select (($3::date + 1)::timestamp at time zone 'Europe/Amsterdam') as until) as span
where person.organisation_id = $1::uuid and person.person_id = $2::uuid and person.erased_at is null`
