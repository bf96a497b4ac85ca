import { sql } from 'kysely'
import type { Purpose } from '#assurance'
import type { ActId, AssignmentId, CivilDate, Instant, OrganisationId, PersonId, PolicyId } from '#core'
import { problem } from '#core'
import type { CeremonyState, Choice } from '#ceremonies'
import type { Transaction } from '#database'

export type CeremonyFilter = {
  readonly assignmentId?: string
  readonly personId?: string
  readonly state?: CeremonyState
  readonly after?: string
  /** For versions that are withdrawn from a day on. */
  readonly today: CivilDate
  readonly limit: number
}

/** A ceremony as the employer sees it: where it stands, and the different facts about it. Never a link. */
export type CeremonyStatus = {
  readonly assignmentId: AssignmentId
  readonly personId: PersonId
  readonly purpose: Purpose
  readonly state: CeremonyState
  readonly dueDate: CivilDate
  readonly createdAt: Instant
  /** What it is about: a policy version, or a bundle; exactly one of them. */
  readonly policy: { readonly policyId: PolicyId; readonly versionNumber: number } | null
  readonly bundle: { readonly manifestSha256: string; readonly manifest: string | null } | null
  readonly deliveredAt: Instant | null
  readonly deliveryFailedAt: Instant | null
  readonly bouncedAt: Instant | null
  readonly openedAt: Instant | null
  readonly misdeliveredAt: Instant | null
  readonly endedAt: Instant | null
  readonly supersededBy: AssignmentId | null
  readonly statements: {
    readonly statementId: string
    readonly act: { readonly actId: ActId; readonly choice: Choice; readonly actedAt: Instant } | null
  }[]
}

type Row = {
  assignment_id: AssignmentId
  person_id: PersonId
  purpose: Purpose
  state: CeremonyState
  due_date: CivilDate
  created_at: Instant
  policy_id: PolicyId | null
  version_number: number
  manifest_sha256: string | null
  manifest: string | null
  delivered_at: Instant | null
  refused_at: Instant | null
  bounced_at: Instant | null
  opened_at: Instant | null
  misdelivered_at: Instant | null
  ended_at: Instant | null
  superseded_by: AssignmentId | null
  statements: readonly {
    statement_id: string
    act: { act_id: ActId; choice: Choice; acted_at: string } | null
  }[]
}

const stateOn = (today: CivilDate) => sql`
  case when ceremony_answered(assignment.assignment_id)
       then case when assignment.bundle_id is not null and exists (
              select from act where act.organisation_id = assignment.organisation_id
                and act.assignment_id = assignment.assignment_id and act.statement_id = 'main' and act.choice = 'declined')
              and (select count(*) from act where act.organisation_id = assignment.organisation_id
                     and act.assignment_id = assignment.assignment_id)
                < (select count(*) from bundle_statement where bundle_statement.organisation_id = assignment.organisation_id
                     and bundle_statement.bundle_id = assignment.bundle_id)
            then 'declined' else 'acted' end
       when ceremony_end.how is not null then ceremony_end.how
       when policy_withdrawal.withdrawn_from <= ${today}::date then 'withdrawn'
       else 'open' end`

/** A page of ceremonies with where they stand, in order of id, in one query. */
export async function listCeremonies(
  trx: Transaction,
  organisationId: OrganisationId,
  filter: CeremonyFilter,
): Promise<CeremonyStatus[]> {
  const { assignmentId, personId, state, after, today, limit } = filter
  const newest = (kind: string) => sql`
    (select max(delivery_event.occurred_at) from delivery_event
     where delivery_event.organisation_id = assignment.organisation_id
       and delivery_event.assignment_id = assignment.assignment_id and delivery_event.kind = ${kind})`
  const { rows } = await sql<Row>`
    select listed.* from (
      select assignment.assignment_id, assignment.person_id, coalesce(bundle.purpose, policy.legal_nature) as purpose,
             ${stateOn(today)} as state, assignment.due_date, assignment.created_at, policy_version.policy_id,
             policy_version.version_number, encode(bundle.manifest_sha256, 'hex') as manifest_sha256, bundle_content.manifest,
             (select min(delivery_event.occurred_at) from delivery_event
              where delivery_event.organisation_id = assignment.organisation_id
                and delivery_event.assignment_id = assignment.assignment_id and delivery_event.kind = 'handed-over') as delivered_at,
             ${newest('refused')} as refused_at, ${newest('bounced')} as bounced_at,
             (select min(opening.opened_at) from opening where opening.organisation_id = assignment.organisation_id
                and opening.assignment_id = assignment.assignment_id) as opened_at,
             (select max(misdelivery.reported_at) from misdelivery
              where misdelivery.organisation_id = assignment.organisation_id
                and misdelivery.assignment_id = assignment.assignment_id) as misdelivered_at,
             ceremony_end.ended_at, ceremony_end.superseded_by,
             (select json_agg(json_build_object('statement_id', asked.statement_id, 'act',
                case when act.act_id is null then null else json_build_object('act_id', act.act_id, 'choice', act.choice,
                  'acted_at', to_char(act.acted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end) order by asked.position)
              from (select bundle_statement.statement_id, bundle_statement.position from bundle_statement
                    where bundle_statement.organisation_id = assignment.organisation_id
                      and bundle_statement.bundle_id = assignment.bundle_id
                    union all select 'main', 1 where assignment.bundle_id is null) as asked
              left join act on act.organisation_id = assignment.organisation_id
                           and act.assignment_id = assignment.assignment_id
                           and act.statement_id = asked.statement_id) as statements
      from assignment
      left join policy_version on policy_version.organisation_id = assignment.organisation_id
                              and policy_version.version_id = assignment.version_id
      left join policy on policy.organisation_id = policy_version.organisation_id and policy.policy_id = policy_version.policy_id
      left join policy_withdrawal on policy_withdrawal.organisation_id = assignment.organisation_id
                                 and policy_withdrawal.version_id = assignment.version_id
      left join bundle on bundle.organisation_id = assignment.organisation_id and bundle.bundle_id = assignment.bundle_id
      left join bundle_content on bundle_content.organisation_id = bundle.organisation_id
                              and bundle_content.bundle_id = bundle.bundle_id
      left join ceremony_end on ceremony_end.organisation_id = assignment.organisation_id
                            and ceremony_end.assignment_id = assignment.assignment_id
      where assignment.organisation_id = ${organisationId}::uuid
        and (${assignmentId ?? null}::uuid is null or assignment.assignment_id = ${assignmentId ?? null}::uuid)
        and (${personId ?? null}::uuid is null or assignment.person_id = ${personId ?? null}::uuid)
        and (${after ?? null}::uuid is null or assignment.assignment_id > ${after ?? null}::uuid)) as listed
    where (${state ?? null}::text is null or listed.state = ${state ?? null}::text)
    order by listed.assignment_id limit ${limit}`.execute(trx)
  return rows.map(toStatus)
}

/** One ceremony, or the problem `assignment-not-found`. */
export async function getCeremonyStatus(
  trx: Transaction,
  organisationId: OrganisationId,
  assignmentId: string,
  today: CivilDate,
): Promise<CeremonyStatus> {
  const [status] = await listCeremonies(trx, organisationId, { assignmentId, today, limit: 1 })
  if (status === undefined) throw problem('assignment-not-found')
  return status
}

function toStatus(row: Row): CeremonyStatus {
  return {
    assignmentId: row.assignment_id,
    personId: row.person_id,
    purpose: row.purpose,
    state: row.state,
    dueDate: row.due_date,
    createdAt: row.created_at,
    policy: row.policy_id === null ? null : { policyId: row.policy_id, versionNumber: row.version_number },
    bundle:
      row.manifest_sha256 === null ? null : { manifestSha256: row.manifest_sha256, manifest: row.manifest },
    deliveredAt: row.delivered_at,
    deliveryFailedAt: row.refused_at,
    bouncedAt: row.bounced_at,
    openedAt: row.opened_at,
    misdeliveredAt: row.misdelivered_at,
    endedAt: row.ended_at,
    supersededBy: row.superseded_by,
    statements: row.statements.map(({ statement_id, act }) => ({
      statementId: statement_id,
      act: act === null ? null : { actId: act.act_id, choice: act.choice, actedAt: act.acted_at as Instant },
    })),
  }
}
