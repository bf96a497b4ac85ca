import type { Static } from 'typebox'
import type { OrganisationId, PersonId } from '#core'
import { problem, unprintableIn } from '#core'
import type { Database, Transaction } from '#database'
import type { HttpServer, Paging } from '#http'
import { cutPage, problemResponses, runOnce } from '#http'
import type { Platform } from '#platform'
import { dismissTask } from './task-actions.ts'
import { ClosingRequest, TaskPage, TaskParams, TaskShape, TasksQuery } from './task-schemas.ts'
import { getTask, listTasks, type TaskView } from './task-view.ts'
import { causeSays, closingSays, rulesSay, sizeRules, workOf } from './task-words.ts'

export type TaskDeps = { readonly platform: Platform; readonly database: Database; readonly paging: Paging }

const tags = ['changes']

/** Adds the routes on which tasks are listed, seen and dismissed. They open and close by themselves otherwise. */
export function taskRoutes(server: HttpServer, deps: TaskDeps): void {
  readRoutes(server, deps)
  server.post(
    '/v1/tasks/:taskId/closings',
    {
      config: { access: { right: 'task.dismiss' }, idempotent: true },
      schema: {
        operationId: 'dismissTask',
        summary: 'Close a task without doing it, by name and with a reason',
        description:
          'Name and reason are evidence. The finding stands as it stood; a later change that says more opens a task again.',
        tags,
        params: TaskParams,
        body: ClosingRequest,
        response: { 201: TaskShape, ...problemResponses('task-not-found', 'task-closed', 'words-unprintable') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { taskId } = request.params
        requirePrintable(request.body)
        await dismissTask(deps.platform, trx, request.caller, taskId, request.body)
        const body = await answerOf(trx, request.caller.organisationId, taskId)
        const personId = body.forWhom?.personId as PersonId | undefined
        return { status: 201, body, ...(personId === undefined ? {} : { personId }) }
      }),
  )
}

function readRoutes(server: HttpServer, deps: TaskDeps): void {
  server.get(
    '/v1/tasks',
    {
      config: { access: { right: 'task.read' } },
      schema: {
        operationId: 'listTasks',
        summary: 'See what changes made necessary: what to do, for whom, and why',
        tags,
        querystring: TasksQuery,
        response: { 200: TaskPage, ...problemResponses('cursor-invalid') },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const { pageSize: _size, cursor: _cursor, ...filter } = request.query
      const position = after === undefined ? {} : { after: String(after[0]) }
      const tasks = await deps.database.readInOrganisation(organisationId, (trx) =>
        listTasks(trx, organisationId, { ...filter, ...position, limit: size + 1 }),
      )
      const { items, next } = cutPage(tasks, size, (task) => [task.taskId])
      return deps.paging.answer(request, reply, { items: items.map(toAnswer), next })
    },
  )
  server.get(
    '/v1/tasks/:taskId',
    {
      config: { access: { right: 'task.read' } },
      schema: {
        operationId: 'getTask',
        summary: 'See a task',
        tags,
        params: TaskParams,
        response: { 200: TaskShape, ...problemResponses('task-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      return deps.database.readInOrganisation(organisationId, (trx) =>
        answerOf(trx, organisationId, request.params.taskId),
      )
    },
  )
}

/** What was written stands in files that are printed, so it holds nothing that hides or reorders what a reader sees. */
function requirePrintable(said: Static<typeof ClosingRequest>): void {
  for (const member of ['closer', 'reason'] as const) {
    const hidden = unprintableIn(said[member])
    if (hidden === undefined) continue
    throw problem('words-unprintable', {
      errors: [{ code: 'unprintable-character', message: `Contains ${hidden.codePoint}.`, pointer: `/${member}` }], // prettier-ignore
    })
  }
}

async function answerOf(trx: Transaction, organisationId: OrganisationId, taskId: string) {
  return toAnswer(await getTask(trx, organisationId, taskId))
}

function toAnswer(task: TaskView): Static<typeof TaskShape> {
  const { taskId, kind, state, employmentId, personId, personName, agreementId, check, closing } = task
  const { openedAt, groundNumber, givenAt, entryId } = task
  const causes = task.causes.map((cause) => ({ subject: cause.subject, subjectId: cause.subjectId, says: causeSays(cause) })) // prettier-ignore
  const rules = check === null ? [] : [{ subject: 'rules' as const, subjectId: null, says: rulesSay(check.ruleSetVersion, check.regime) }] // prettier-ignore
  return {
    taskId,
    kind,
    state,
    toDo: workOf(kind),
    forWhom:
      personId === null ? null : { personId, name: personName, employmentId: employmentId!, agreementId: agreementId! }, // prettier-ignore
    reasons: task.reasons.map(({ ruleId, clauseId, result, inputSha256, finding }) => ({
      ruleId,
      clauseId,
      result,
      message: finding?.message ?? sizeRules[ruleId]?.message ?? null,
      note: finding?.note ?? null,
      source: finding?.source ?? sizeRules[ruleId]?.source ?? null,
      inputSha256,
    })),
    causes: causes.length > 0 ? causes : rules,
    legalCheckId: check?.legalCheckId ?? null,
    openedAt,
    groundNumber,
    givenAt,
    entryId,
    closing: closing === null ? null : { ...closing, says: closingSays(closing.how) },
  }
}
