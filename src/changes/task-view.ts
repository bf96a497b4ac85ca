import { sql } from 'kysely'
import type { ClientId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Finding } from '#jurisdictions'
import { readFindings } from '#legal-checks'
import { tellCauses } from './cause-view.ts'
import { placeOf } from './need-decisions.ts'
import type { ToldCause } from './task-words.ts'
import type { Cause, Closing, Reason, TaskKind } from './task.ts'

export const taskStates = ['open', 'closed', 'erased'] as const
export type TaskState = (typeof taskStates)[number]

/** How a task closed, by what and by whom; closer and reason are null where nobody gave them, or once they were erased. */
export type ClosingView = {
  readonly how: Closing['how']
  readonly agreementId: string | null
  readonly legalCheckId: string | null
  readonly legalReviewId: string | null
  readonly closedBy: ClientId | null
  readonly closer: string | null
  readonly reason: string | null
  readonly closedAt: Instant
  readonly entryId: EntryId
}

/** A task as HR sees it: what to do, for whom, why. */
export type TaskView = {
  readonly taskId: string
  readonly kind: TaskKind
  readonly state: TaskState
  readonly employmentId: string | null
  readonly personId: PersonId | null
  readonly personName: string | null
  readonly agreementId: string | null
  readonly openedAt: Instant
  readonly entryId: EntryId
  readonly groundNumber: number
  readonly givenAt: Instant
  readonly check: { readonly legalCheckId: string; readonly ruleSetVersion: string; readonly regime: string } | null // prettier-ignore
  /** `finding` is null where no rule set was run, and once its content was erased. */
  readonly reasons: readonly (Reason & { readonly finding: Finding | null })[]
  readonly causes: readonly ToldCause[]
  readonly closing: ClosingView | null
}

export type TaskFilter = {
  readonly taskId?: string
  readonly state?: TaskState
  readonly kind?: TaskKind
  readonly personId?: string
  readonly after?: string
  readonly limit: number
}

type Row = Omit<TaskView, 'check' | 'reasons' | 'causes'> & {
  readonly legal_check_id: string | null
  readonly version: string
  readonly regime: string
  readonly reasons: readonly Reason[]
  readonly cause_subjects: readonly Cause['subject'][]
  readonly cause_ids: readonly string[]
}

/** A page of tasks in the order in which they opened, in three queries whatever its size. */
export async function listTasks(
  trx: Transaction,
  organisationId: OrganisationId,
  filter: TaskFilter,
): Promise<TaskView[]> {
  const { rows } = await sql<Row>`${tasks(organisationId, filter)}`.execute(trx)
  const findings = await readFindings(trx, organisationId, [...new Set(rows.flatMap((row) => row.legal_check_id ?? []))]) // prettier-ignore
  const causesOf = (row: Row): Cause[] => row.cause_ids.map((subjectId, index) => ({ subject: row.cause_subjects[index]!, subjectId })) // prettier-ignore
  const told = await tellCauses(trx, organisationId, rows.flatMap(causesOf)) // prettier-ignore
  return rows.map((row) => {
    const {
      legal_check_id,
      version,
      regime,
      reasons,
      cause_subjects: _subjects,
      cause_ids: _ids,
      ...task
    } = row
    const byPlace = new Map(
      (legal_check_id === null ? [] : (findings.get(legal_check_id) ?? [])).map((each) => [
        placeOf(each),
        each,
      ]),
    )
    return {
      ...task,
      check:
        legal_check_id === null ? null : { legalCheckId: legal_check_id, ruleSetVersion: version, regime },
      reasons: reasons.map((reason) => ({ ...reason, finding: byPlace.get(placeOf(reason)) ?? null })),
      causes: causesOf(row).map((cause) => told.get(cause.subjectId)!),
    }
  })
}

const stateCondition = {
  open: sql`open_task.task_id is not null`,
  closed: sql`task_closing.task_id is not null`,
  erased: sql`open_task.task_id is null and task_closing.task_id is null`,
} as const satisfies Record<TaskState, unknown>

function tasks(organisationId: OrganisationId, { taskId, state, kind, personId, after, limit }: TaskFilter) {
  return sql`
    select task.task_id as "taskId", task.kind,
           case when open_task.task_id is not null then 'open' when task_closing.task_id is not null then 'closed'
                else 'erased' end as state,
           task.employment_id as "employmentId", task.person_id as "personId",
           case when person.erased_at is null then person.given_name || ' ' || person.family_name end as "personName",
           task.agreement_id as "agreementId", task.opened_at as "openedAt", task.entry_id as "entryId",
           ground.ground_number as "groundNumber", ground.given_at as "givenAt", ground.legal_check_id,
           legal_check.rule_set_version as version, legal_check.regime, ground.cause_subjects,
           ground.cause_ids::text[] as cause_ids,
           (select json_agg(json_build_object('ruleId', task_reason.rule_id, 'clauseId', task_reason.clause_id,
                     'result', task_reason.result, 'inputSha256', encode(task_reason.input_sha256, 'hex'))
                     order by task_reason.reason_number)
            from task_reason where task_reason.organisation_id = task.organisation_id
              and task_reason.task_id = task.task_id and task_reason.ground_number = ground.ground_number) as reasons,
           case when task_closing.task_id is not null then json_build_object('how', task_closing.how,
             'agreementId', task_closing.agreement_id, 'legalCheckId', task_closing.legal_check_id,
             'legalReviewId', task_closing.legal_review_id, 'closedBy', task_closing.closed_by,
             'closer', task_closing_content.closer, 'reason', task_closing_content.reason,
             'closedAt', to_char(task_closing.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
             'entryId', task_closing.entry_id) end as closing
    from task
    join lateral (
      select task_ground.* from task_ground
      where task_ground.organisation_id = task.organisation_id and task_ground.task_id = task.task_id
      order by task_ground.ground_number desc limit 1) as ground on true
    left join open_task on open_task.organisation_id = task.organisation_id and open_task.task_id = task.task_id
    left join task_closing on task_closing.organisation_id = task.organisation_id and task_closing.task_id = task.task_id
    left join task_closing_content on task_closing_content.organisation_id = task.organisation_id
                                  and task_closing_content.task_id = task.task_id
    left join legal_check on legal_check.organisation_id = task.organisation_id
                         and legal_check.legal_check_id = ground.legal_check_id
    left join person on person.organisation_id = task.organisation_id and person.person_id = task.person_id
    where task.organisation_id = ${organisationId}::uuid
      ${taskId === undefined ? sql`` : sql`and task.task_id = ${taskId}::uuid`}
      ${state === undefined ? sql`` : sql`and ${stateCondition[state]}`}
      ${kind === undefined ? sql`` : sql`and task.kind = ${kind}`}
      ${personId === undefined ? sql`` : sql`and task.person_id = ${personId}::uuid`}
      ${after === undefined ? sql`` : sql`and task.task_id > ${after}::uuid`}
    order by task.task_id limit ${limit}`
}

/** The task, or the problem `task-not-found`. */
export async function getTask(
  trx: Transaction,
  organisationId: OrganisationId,
  taskId: string,
): Promise<TaskView> {
  const [task] = await listTasks(trx, organisationId, { taskId, limit: 1 })
  if (task === undefined) throw problem('task-not-found')
  return task
}

/** Whether there is or was such a task. */
export async function taskExists(
  trx: Transaction,
  organisationId: OrganisationId,
  taskId: string,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from task where organisation_id = ${organisationId}::uuid and task_id = ${taskId}::uuid) as found`.execute(
    trx,
  )
  return rows[0]!.found
}
