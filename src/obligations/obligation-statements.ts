import { CompiledQuery } from 'kysely'
import type { Purpose } from '#assurance'
import type { ActStatus } from '#ceremonies'
import type { AssignmentId, CivilDate, Instant, PersonId } from '#core'
import type { Transaction } from '#database'
import type { AskedPolicy, GivenAct, HeldAgreement, HeldAnnex, HeldClause } from './obligation.ts'

/*
 * The one query behind "what bound this person on that day". Every step goes from the person by an index to one row or a few,
 * so its cost follows what this person was asked and agreed, not how many persons or acts there are (decision 0168). $1 is the
 * person, $2 the day; the organisation is that of the transaction, which row level security compares with anyway. Steps against
 * an act come as rows of their own, and moments as PostgreSQL writes them in JSON: the view puts both together.
 */

const org = 'current_organisation()'

const actColumns = `
  'act', case when act.act_id is not null then json_build_object(
    'actId', act.act_id, 'statementId', act.statement_id, 'choice', act.choice, 'language', act.language,
    'actedAt', act.acted_at, 'assurance', act.assurance, 'evidenceLevel', act.evidence_level,
    'signed', act.signing_credential_id is not null, 'documentId', act.document_id,
    'entryId', act.entry_id) end,
  'step', case when denial_step.act_id is not null then json_build_object(
    'number', denial_step.step_number, 'at', denial_step.recorded_at, 'status', denial_step.status) end`

const stepJoin = `
  left join denial_step on denial_step.organisation_id = ${org} and denial_step.act_id = act.act_id`

/** What was put before the person: versions of policies, bundles of documents, agreements; with the acts on them. */
const asked = `
  (select json_agg(json_build_object(
     'assignmentId', assignment.assignment_id, 'bundleId', assignment.bundle_id, 'purpose', bundle.purpose,
     'manifestSha256', encode(bundle.manifest_sha256, 'hex'),
     'policyId', policy_version.policy_id, 'policyName', policy.name, 'versionId', policy_version.version_id,
     'versionNumber', policy_version.version_number, 'legalNature', policy.legal_nature,
     'contentSha256', encode(policy_version.content_sha256, 'hex'), 'effectiveFrom', policy_version.effective_from,
     'versionInForce', case when held.withdrawn_from is null or held.withdrawn_from > $2::date then held.version_number end,
     'documentSha256', encode(document.sha256, 'hex'), ${actColumns}))
   from assignment
   left join policy_version on policy_version.organisation_id = ${org} and policy_version.version_id = assignment.version_id
   left join policy on policy.organisation_id = ${org} and policy.policy_id = policy_version.policy_id
   left join lateral (
     -- no later version that ever held had begun, as in versionInForce
     select later.version_number, policy_withdrawal.withdrawn_from from policy_version as later
     left join policy_withdrawal on policy_withdrawal.organisation_id = ${org} and policy_withdrawal.version_id = later.version_id
     where later.organisation_id = ${org} and later.policy_id = policy_version.policy_id and later.effective_from <= $2::date
       and (policy_withdrawal.withdrawn_from is null or policy_withdrawal.withdrawn_from > later.effective_from)
     order by later.effective_from desc limit 1) as held on true
   left join bundle on bundle.organisation_id = ${org} and bundle.bundle_id = assignment.bundle_id
   left join act on act.organisation_id = ${org} and act.assignment_id = assignment.assignment_id and act.acted_at < span.until
   left join document on document.organisation_id = ${org} and document.document_id = act.document_id
   ${stepJoin}
   where assignment.organisation_id = ${org} and assignment.person_id = $1::uuid and assignment.created_at < span.until
     and (assignment.version_id is null or held.version_number = policy_version.version_number
          or (policy.legal_nature = 'contract-term' and act.choice = 'agreed')))`

/** Agreements with the person, a row for each annex, or one where there is none: what was agreed, how it was concluded and how it ended. */
const agreed = `
  (select json_agg(json_build_object(
     'agreementId', agreement.agreement_id, 'employmentId', agreement.employment_id, 'contractId', agreement.contract_id,
     'provenance', agreement.provenance, 'createdAt', agreement.created_at, 'signedOn', agreement.signed_on,
     'bundleSha256', encode(agreement.bundle_sha256, 'hex'), 'entryId', agreement.entry_id,
     'employeeAssignmentId', agreement.employee_assignment_id, 'representativeAssignmentId', agreement.representative_assignment_id,
     'representativeActs', (select json_agg(json_build_object(${actColumns})) from act ${stepJoin}
       where act.organisation_id = ${org} and act.assignment_id = agreement.representative_assignment_id),
     'conclusion', case when agreement_conclusion.agreement_id is not null then json_build_object(
       'outcome', agreement_conclusion.outcome, 'concludedAt', agreement_conclusion.concluded_at,
       'legalCheckId', agreement_conclusion.legal_check_id, 'entryId', agreement_conclusion.entry_id) end,
     'ends', (select json_agg(json_build_object(
         'endId', agreement_end.end_id, 'annexId', agreement_end.annex_id, 'endedOn', agreement_end.ended_on,
         'how', agreement_end.how, 'supersededBy', agreement_end.superseded_by, 'entryId', agreement_end.entry_id))
       from agreement_end where agreement_end.organisation_id = ${org} and agreement_end.agreement_id = agreement.agreement_id),
     'annex', case when annex.annex_id is not null then json_build_object(
       'annexId', annex.annex_id, 'role', agreement_annex.role, 'position', agreement_annex.position, 'mark', annex.mark,
       'kind', annex.kind, 'title', annex_content.title, 'language', annex.language,
       'effectiveFrom', annex.effective_from, 'effectiveUntil', annex.effective_until, 'replaces', annex.replaces,
       'documentId', annex.document_id, 'documentSha256', encode(annex.document_sha256, 'hex'),
       'contentSha256', encode(annex.content_sha256, 'hex'), 'entryId', annex.entry_id,
       'clauses', (select json_agg(json_build_object(
           'clauseId', annex_clause.clause_id, 'position', annex_clause.position, 'kind', annex_clause.kind,
           'months', annex_clause.months, 'templateId', annex_clause.template_id, 'versionNumber', annex_clause.version_number,
           'contentSha256', encode(annex_clause.content_sha256, 'hex'), 'counsel', annex_clause.counsel,
           'relationListMark', annex_clause.relation_list_mark))
         from annex_clause where annex_clause.organisation_id = ${org} and annex_clause.annex_id = annex.annex_id),
       'policies', (select json_agg(json_build_object('policyId', annex_policy.policy_id,
           'versionNumber', annex_policy.version_number, 'documentSha256', encode(annex_policy.document_sha256, 'hex')))
         from annex_policy where annex_policy.organisation_id = ${org} and annex_policy.annex_id = annex.annex_id)) end))
   from agreement
   left join agreement_annex on agreement_annex.organisation_id = ${org} and agreement_annex.agreement_id = agreement.agreement_id
   left join annex on annex.organisation_id = ${org} and annex.annex_id = agreement_annex.annex_id
   left join annex_content on annex_content.organisation_id = ${org} and annex_content.annex_id = annex.annex_id
   left join agreement_conclusion on agreement_conclusion.organisation_id = ${org}
                                 and agreement_conclusion.agreement_id = agreement.agreement_id
   where agreement.organisation_id = ${org} and agreement.person_id = $1::uuid)`

const obligationQuery = `
select ${asked} as asked, ${agreed} as agreed
from person
cross join lateral (select (($2::date + 1)::timestamp at time zone 'Europe/Amsterdam') as until) as span
where person.organisation_id = ${org} and person.person_id = $1::uuid and person.erased_at is null`

/** An act as it comes in JSON, before its moments are put into our form. */
export type ActRow = {
  readonly act: Omit<GivenAct, 'status' | 'statusSince'> | null
  /** One step that was said against the act; a row for each. */
  readonly step: { readonly number: number; readonly at: Instant; readonly status: ActStatus } | null
}

/** Something that was put before the person, with one act and one step of it. */
export type AskedRow = ActRow & {
  readonly assignmentId: AssignmentId
  readonly bundleId: string | null
  readonly purpose: Purpose
  readonly manifestSha256: string
} & Omit<AskedPolicy, 'act' | 'openedAt' | 'endedHow'>

/** One annex of an agreement. */
export type AgreedRow = Omit<
  HeldAgreement,
  'annexes' | 'employee' | 'representative' | 'ends' | 'denials'
> & {
  readonly employeeAssignmentId: AssignmentId | null
  readonly representativeAssignmentId: AssignmentId | null
  readonly representativeActs: readonly ActRow[] | null
  readonly ends: readonly Omit<HeldAgreement['ends'][number], 'successorDenials'>[] | null
  readonly annex:
    | (Omit<HeldAnnex, 'clauses' | 'policies'> & {
        readonly position: number
        readonly clauses: readonly (HeldClause & { readonly position: number })[] | null
        readonly policies: HeldAnnex['policies'] | null
      })
    | null
}

/** The rows about a person; undefined when there is no such person in the organisation of the transaction, or no longer. */
export async function runObligationQuery(
  trx: Transaction,
  personId: PersonId,
  on: CivilDate,
): Promise<{ readonly asked: readonly AskedRow[]; readonly agreed: readonly AgreedRow[] } | undefined> {
  const { rows } = await trx.executeQuery<{ asked: AskedRow[] | null; agreed: AgreedRow[] | null }>(
    CompiledQuery.raw(obligationQuery, [personId, on]),
  )
  const row = rows[0]
  return row === undefined ? undefined : { asked: row.asked ?? [], agreed: row.agreed ?? [] }
}
