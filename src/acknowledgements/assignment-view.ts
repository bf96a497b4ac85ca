import { sql } from 'kysely'
import type {
  ActId,
  AssignmentId,
  CivilDate,
  Instant,
  OrganisationId,
  PersonId,
  PolicyId,
  VersionId,
} from '#core'
import { problem } from '#core'
import type { ActStatus, Choice } from '#ceremonies'
import type { Transaction } from '#database'
import type { AssignmentStatus } from './assignment.ts'

export type AssignmentFilter = {
  readonly assignmentId?: string
  readonly versionId?: string
  readonly policyId?: string
  readonly personId?: string
  readonly state?: 'open' | 'answered'
  readonly after?: string
  readonly limit: number
}

type Row = {
  assignment_id: string
  person_id: string
  policy_id: string
  version_id: string
  version_number: number
  due_date: string
  created_at: string
  delivered_at: string | null
  delivery_failed_at: string | null
  opened_at: string | null
  act_id: string | null
  choice: string | null
  acted_at: string | null
  act_status: ActStatus | null
  content_erased: boolean
}

/** A page of assignments with their facts, in order of id, in one query. */
export async function listAssignments(
  trx: Transaction,
  organisationId: OrganisationId,
  filter: AssignmentFilter,
): Promise<AssignmentStatus[]> {
  const conditions = [
    sql`assignment.organisation_id = ${organisationId}::uuid`,
    ...(filter.assignmentId === undefined
      ? []
      : [sql`assignment.assignment_id = ${filter.assignmentId}::uuid`]),
    ...(filter.versionId === undefined ? [] : [sql`assignment.version_id = ${filter.versionId}::uuid`]),
    ...(filter.policyId === undefined ? [] : [sql`policy_version.policy_id = ${filter.policyId}::uuid`]),
    ...(filter.personId === undefined ? [] : [sql`assignment.person_id = ${filter.personId}::uuid`]),
    ...(filter.state === undefined
      ? []
      : [filter.state === 'open' ? sql`act.act_id is null` : sql`act.act_id is not null`]),
    ...(filter.after === undefined ? [] : [sql`assignment.assignment_id > ${filter.after}::uuid`]),
  ]
  const { rows } = await sql<Row>`
    select assignment.assignment_id, assignment.person_id, policy_version.policy_id, assignment.version_id,
           policy_version.version_number, assignment.due_date, assignment.created_at,
           delivered.at as delivered_at, refused.at as delivery_failed_at, opened.at as opened_at,
           act.act_id, act.choice, act.acted_at, act_status(act.act_id) as act_status,
           coalesce(cardinality(array_remove(entry_disclosure.disclosures, null)), 0) = 0 as content_erased
    from assignment
    join policy_version on policy_version.organisation_id = assignment.organisation_id
                       and policy_version.version_id = assignment.version_id
    left join act on act.organisation_id = assignment.organisation_id and act.assignment_id = assignment.assignment_id
    left join entry_disclosure on entry_disclosure.organisation_id = act.organisation_id and entry_disclosure.entry_id = act.entry_id
    left join lateral (select min(delivery_event.occurred_at) as at from delivery_event
                       where delivery_event.organisation_id = assignment.organisation_id
                         and delivery_event.assignment_id = assignment.assignment_id
                         and delivery_event.kind = 'handed-over') as delivered on true
    left join lateral (select max(delivery_event.occurred_at) as at from delivery_event
                       where delivery_event.organisation_id = assignment.organisation_id
                         and delivery_event.assignment_id = assignment.assignment_id
                         and delivery_event.kind = 'refused') as refused on true
    left join lateral (select min(opening.opened_at) as at from opening
                       where opening.organisation_id = assignment.organisation_id
                         and opening.assignment_id = assignment.assignment_id) as opened on true
    where ${sql.join(conditions, sql` and `)}
    order by assignment.assignment_id
    limit ${filter.limit}`.execute(trx)
  return rows.map(toStatus)
}

/** One assignment, or the problem `assignment-not-found`. */
export async function getAssignment(
  trx: Transaction,
  organisationId: OrganisationId,
  assignmentId: AssignmentId,
): Promise<AssignmentStatus> {
  const [status] = await listAssignments(trx, organisationId, { assignmentId, limit: 1 })
  if (status === undefined) throw problem('assignment-not-found')
  return status
}

function toStatus(row: Row): AssignmentStatus {
  return {
    assignmentId: row.assignment_id as AssignmentId,
    personId: row.person_id as PersonId,
    policyId: row.policy_id as PolicyId,
    versionId: row.version_id as VersionId,
    versionNumber: row.version_number,
    dueDate: row.due_date as CivilDate,
    createdAt: row.created_at as Instant,
    deliveredAt: row.delivered_at as Instant | null,
    deliveryFailedAt: row.delivery_failed_at as Instant | null,
    openedAt: row.opened_at as Instant | null,
    act:
      row.act_id === null
        ? null
        : {
            actId: row.act_id as ActId,
            choice: row.choice as Choice,
            actedAt: row.acted_at as Instant,
            status: row.act_status!,
            contentErased: row.content_erased,
          },
  }
}
