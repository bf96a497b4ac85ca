import { sql } from 'kysely'
import type { AgreementHistory, AgreementView } from '#agreements'
import { readAgreements } from '#agreements'
import type { ActId, AssignmentId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'

type PartyEnd = NonNullable<AgreementHistory['parties']>['employee']['end']

/** What else there is to know of a ceremony that is not finished. */
export type CeremonyDetail = {
  readonly openedAt: Instant | null
  readonly end: PartyEnd
  /** Of a bundle; empty for a policy. */
  readonly statementIds: readonly string[]
  /** The person signs here for the employer, in an agreement of somebody else. */
  readonly forEmployer: boolean
}

/** What else decides where things stand that are not answered, not concluded or replaced. */
export type Details = {
  readonly ceremonies: ReadonlyMap<AssignmentId, CeremonyDetail>
  /** What was said against the acts of agreements that came in the place of others. */
  readonly denials: ReadonlyMap<string, AgreementHistory['denials']>
  /** What the employer says of records that were taken over. */
  readonly imported: ReadonlyMap<string, AgreementView['imported']>
}

/** What is asked for: ceremonies, agreements that came in the place of others, and records that were taken over. */
export type Wanted = {
  readonly assignmentIds: readonly AssignmentId[]
  readonly successorIds: readonly string[]
  readonly importedIds: readonly string[]
}

/** The details that are wanted. Nothing is asked where none are, so that what is settled takes one query. */
export async function readDetails(
  trx: Transaction,
  organisationId: OrganisationId,
  { assignmentIds, successorIds, importedIds }: Wanted,
): Promise<Details> {
  if (assignmentIds.length + successorIds.length + importedIds.length === 0)
    return { ceremonies: new Map(), denials: new Map(), imported: new Map() }
  const ceremonies = sql<{
    assignment_id: AssignmentId
    opened_at: Instant | null
    how: 'lapsed' | 'withdrawn' | 'superseded' | null
    ended_at: Instant
    statement_ids: string[]
    for_employer: boolean
  }>`
    select assignment.assignment_id, ceremony_end.how, ceremony_end.ended_at,
           (select min(opening.opened_at) from opening
            where opening.organisation_id = assignment.organisation_id and opening.assignment_id = assignment.assignment_id) as opened_at,
           array(select bundle_statement.statement_id from bundle_statement
                 where bundle_statement.organisation_id = assignment.organisation_id
                   and bundle_statement.bundle_id = assignment.bundle_id
                 order by bundle_statement.position) as statement_ids,
           exists (select from agreement where agreement.organisation_id = assignment.organisation_id
                   and agreement.representative_assignment_id = assignment.assignment_id) as for_employer
    from assignment
    left join ceremony_end on ceremony_end.organisation_id = assignment.organisation_id
                          and ceremony_end.assignment_id = assignment.assignment_id
    where assignment.organisation_id = current_organisation() and assignment.assignment_id = any(${assignmentIds}::uuid[])`.execute(
    trx,
  )
  const denials = sql<{ agreementId: string; actId: ActId; at: Instant; status: string }>`
    select agreement.agreement_id as "agreementId", denial_step.act_id as "actId", denial_step.recorded_at as at, denial_step.status
    from agreement
    join act on act.organisation_id = agreement.organisation_id
            and act.assignment_id in (agreement.employee_assignment_id, agreement.representative_assignment_id)
    join denial_step on denial_step.organisation_id = act.organisation_id and denial_step.act_id = act.act_id
    where agreement.organisation_id = current_organisation() and agreement.agreement_id = any(${successorIds}::uuid[])
    order by denial_step.recorded_at, denial_step.step_number`.execute(trx)
  const [found, against, taken] = await Promise.all([
    ceremonies,
    denials,
    readAgreements(trx, organisationId, { agreementIds: importedIds }),
  ])
  return {
    ceremonies: new Map(
      found.rows.map((row) => [
        row.assignment_id,
        {
          openedAt: row.opened_at,
          end: row.how === null ? null : { how: row.how, at: row.ended_at },
          statementIds: row.statement_ids,
          forEmployer: row.for_employer,
        },
      ]),
    ),
    denials: Map.groupBy(against.rows, (row) => row.agreementId),
    imported: new Map(taken.map(({ agreementId, imported }) => [agreementId, imported])),
  }
}
