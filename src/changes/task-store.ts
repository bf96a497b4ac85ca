import { sql } from 'kysely'
import type { EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import type { Cause, Closing, Ground, OpenTask, Reason, Task, TaskKind } from './task.ts'

type OpenRow = {
  readonly task_id: string
  readonly kind: TaskKind
  readonly employment_id: string | null
  readonly person_id: PersonId | null
  readonly agreement_id: string | null
  readonly opened_at: Instant
  readonly entry_id: EntryId
  readonly ground_number: number
  readonly legal_check_id: string | null
  readonly cause_subjects: Cause['subject'][]
  readonly cause_ids: string[]
  readonly given_at: Instant
  readonly ground_entry_id: EntryId
  readonly reasons: readonly Reason[]
}

/**
 * The open tasks about these agreements, or about the organisation itself where its id is among them, with the ground that
 * counts. Locked until the transaction ends: nobody else closes one meanwhile.
 */
export async function lockOpenTasks(
  trx: Transaction,
  organisationId: OrganisationId,
  subjectIds: readonly string[],
): Promise<OpenTask[]> {
  const { rows } = await sql<OpenRow>`
    ${openTasks(organisationId)} and open_task.subject_id = any(${[...subjectIds]}::uuid[])
    order by open_task.task_id for update of open_task`.execute(trx)
  return rows.map(toOpenTask)
}

/** The open task, locked; undefined when there is none with this id. */
export async function lockOpenTask(
  trx: Transaction,
  organisationId: OrganisationId,
  taskId: string,
): Promise<OpenTask | undefined> {
  const { rows } = await sql<OpenRow>`
    ${openTasks(organisationId)} and open_task.task_id = ${taskId}::uuid for update of open_task`.execute(trx)
  return rows.map(toOpenTask)[0]
}

/**
 * Open tasks, in order of id, of which at least one reason was decided about since the ground was given or before; after the
 * one with id `after`. Locked; what somebody else holds is passed over.
 */
export async function claimDecidedTasks(
  trx: Transaction,
  organisationId: OrganisationId,
  after: string,
  limit: number,
): Promise<OpenTask[]> {
  const { rows } = await sql<OpenRow>`
    ${openTasks(organisationId)} and open_task.task_id > ${after}::uuid
      and exists (
        select from task_reason join legal_review on legal_review.input_sha256 = task_reason.input_sha256
                                                 and legal_review.organisation_id = task_reason.organisation_id
        where task_reason.organisation_id = ground.organisation_id and task_reason.task_id = ground.task_id
          and task_reason.ground_number = ground.ground_number)
    order by open_task.task_id limit ${limit} for update of open_task skip locked`.execute(trx)
  return rows.map(toOpenTask)
}

const openTasks = (organisationId: OrganisationId) => sql`
  select task.task_id, task.kind, task.employment_id, task.person_id, task.agreement_id, task.opened_at, task.entry_id,
         ground.ground_number, ground.legal_check_id, ground.cause_subjects, ground.cause_ids::text[] as cause_ids,
         ground.given_at, ground.entry_id as ground_entry_id,
         (select json_agg(json_build_object('ruleId', task_reason.rule_id, 'clauseId', task_reason.clause_id,
                   'result', task_reason.result, 'inputSha256', encode(task_reason.input_sha256, 'hex'))
                   order by task_reason.reason_number)
          from task_reason where task_reason.organisation_id = ground.organisation_id
            and task_reason.task_id = ground.task_id and task_reason.ground_number = ground.ground_number) as reasons
  from open_task
  join task using (organisation_id, task_id)
  join lateral (
    select task_ground.* from task_ground
    where task_ground.organisation_id = task.organisation_id and task_ground.task_id = task.task_id
    order by task_ground.ground_number desc limit 1) as ground on true
  where open_task.organisation_id = ${organisationId}::uuid`

function toOpenTask(row: OpenRow): OpenTask {
  const { employment_id: employmentId, person_id: personId, agreement_id: agreementId } = row
  return {
    taskId: row.task_id,
    kind: row.kind,
    subject: employmentId === null ? null : { employmentId, personId: personId!, agreementId: agreementId! },
    openedAt: row.opened_at,
    entryId: row.entry_id,
    ground: {
      groundNumber: row.ground_number,
      legalCheckId: row.legal_check_id,
      reasons: row.reasons,
      causes: row.cause_ids.map((subjectId, index) => ({ subject: row.cause_subjects[index]!, subjectId })),
      givenAt: row.given_at,
      entryId: row.ground_entry_id,
    },
  }
}

/** Writes a task and says that it is open. Its entry must be there; a second open one of the same fails on `open_task_pk`. */
export async function insertTask(
  trx: Transaction,
  organisationId: OrganisationId,
  task: Task,
): Promise<void> {
  const { taskId, kind, subject } = task
  await sql`
    insert into task (organisation_id, task_id, kind, employment_id, person_id, agreement_id, opened_at, entry_id)
    values (${organisationId}::uuid, ${taskId}::uuid, ${kind}, ${subject?.employmentId ?? null}::uuid,
            ${subject?.personId ?? null}::uuid, ${subject?.agreementId ?? null}::uuid, ${task.openedAt}::timestamptz,
            ${task.entryId}::uuid)`.execute(trx)
  await sql`
    insert into open_task (organisation_id, subject_id, kind, task_id)
    values (${organisationId}::uuid, ${subject?.agreementId ?? organisationId}::uuid, ${kind}, ${taskId}::uuid)`.execute(
    trx,
  )
}

/** Writes a ground with its reasons. The task and the entry must be there. */
export async function insertGround(
  trx: Transaction,
  organisationId: OrganisationId,
  taskId: string,
  ground: Ground,
): Promise<void> {
  const { groundNumber, legalCheckId, reasons, causes, givenAt, entryId } = ground
  await sql`
    insert into task_ground (organisation_id, task_id, ground_number, legal_check_id, cause_subjects, cause_ids, given_at, entry_id)
    values (${organisationId}::uuid, ${taskId}::uuid, ${groundNumber}, ${legalCheckId}::uuid,
            ${causes.map((cause) => cause.subject)}::text[], ${causes.map((cause) => cause.subjectId)}::uuid[],
            ${givenAt}::timestamptz, ${entryId}::uuid)`.execute(trx)
  await sql`
    insert into task_reason (organisation_id, task_id, ground_number, reason_number, rule_id, clause_id, result, input_sha256)
    select ${organisationId}::uuid, ${taskId}::uuid, ${groundNumber}, one.number, one.rule_id, one.clause_id, one.result,
           decode(one.input_sha256, 'hex')
    from unnest(${reasons.map((reason) => reason.ruleId)}::text[], ${reasons.map((reason) => reason.clauseId)}::text[],
                ${reasons.map((reason) => reason.result)}::text[], ${reasons.map((reason) => reason.inputSha256)}::text[])
      with ordinality as one (rule_id, clause_id, result, input_sha256, number)`.execute(trx)
}

/** Closes an open task. Its entry must be there. */
export async function insertClosing(
  trx: Transaction,
  organisationId: OrganisationId,
  taskId: string,
  closing: Closing,
  { closedAt, entryId }: { readonly closedAt: Instant; readonly entryId: EntryId },
): Promise<void> {
  const by = {
    agreementId: closing.how === 'agreed' ? closing.agreementId : null,
    legalCheckId: closing.how === 'settled' ? closing.legalCheckId : null,
    legalReviewId: closing.how === 'reviewed' ? closing.legalReviewId : null,
    closedBy: closing.how === 'dismissed' ? closing.closedBy : null,
  }
  await sql`
    insert into task_closing (organisation_id, task_id, how, agreement_id, legal_check_id, legal_review_id, closed_by, closed_at,
                              entry_id)
    values (${organisationId}::uuid, ${taskId}::uuid, ${closing.how}, ${by.agreementId}::uuid, ${by.legalCheckId}::uuid,
            ${by.legalReviewId}::uuid, ${by.closedBy}::uuid, ${closedAt}::timestamptz, ${entryId}::uuid)`.execute(
    trx,
  )
  if (closing.how === 'dismissed')
    await sql`
      insert into task_closing_content (organisation_id, task_id, closer, reason)
      values (${organisationId}::uuid, ${taskId}::uuid, ${closing.closer}, ${closing.reason})`.execute(trx)
  await sql`
    delete from open_task where organisation_id = ${organisationId}::uuid and task_id = ${taskId}::uuid`.execute(
    trx,
  )
}
