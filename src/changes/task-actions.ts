import type { EntryId, OrganisationId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { EntryDraft } from '#evidence'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import { closedEvent, closingEntry, groundEntry, openedEvent } from './task-entries.ts'
import { insertClosing, insertGround, insertTask, lockOpenTask } from './task-store.ts'
import type { TaskSteps } from './task-decisions.ts'
import type { Cause, Closing, Ground, OpenTask, Task, TaskSubject } from './task.ts'
import { taskExists } from './task-view.ts'

/** Steps about the tasks of one subject, and why they are taken. `legalCheckId` null: no rule set was run. */
export type StepsOf = {
  readonly subject: TaskSubject | null
  readonly steps: TaskSteps
  readonly legalCheckId: string | null
  readonly causes: readonly Cause[]
}

/** Entries for the ledger, and what is written once they stand there. */
export type PlannedSteps = {
  readonly entries: readonly EntryDraft[]
  readonly write: (trx: Transaction) => Promise<void>
}

/** Works out entries, rows and events of steps, so that they can share one append with whatever led to them. */
export function planSteps(
  platform: Pick<Platform, 'clock' | 'newId'>,
  organisationId: OrganisationId,
  all: readonly StepsOf[],
): PlannedSteps {
  const plans = all.flatMap((of) => [
    ...of.steps.open.map(({ kind, reasons }) => {
      const at = platform.clock()
      const entryId = platform.newId() as EntryId
      const task: Task = { taskId: platform.newId(), kind, subject: of.subject, openedAt: at, entryId }
      return planGround(platform, organisationId, task, {
        ...because(of),
        groundNumber: 1,
        reasons,
        givenAt: at,
        entryId,
      })
    }),
    ...of.steps.reground.map(({ task, reasons }) =>
      planGround(platform, organisationId, task, {
        ...because(of),
        groundNumber: task.ground.groundNumber + 1,
        reasons,
        givenAt: platform.clock(),
        entryId: platform.newId() as EntryId,
      }),
    ),
    ...of.steps.close.map(({ task, closing }) => planClosing(platform, organisationId, task, closing)),
  ])
  return {
    entries: plans.flatMap(({ entries }) => entries),
    write: async (trx) => {
      for (const plan of plans) await plan.write(trx)
    },
  }
}

const because = ({ legalCheckId, causes }: StepsOf): Pick<Ground, 'legalCheckId' | 'causes'> => ({ legalCheckId, causes }) // prettier-ignore

function planGround(
  platform: Pick<Platform, 'clock' | 'newId'>,
  organisationId: OrganisationId,
  task: Task,
  ground: Ground,
): PlannedSteps {
  return {
    entries: [groundEntry(task, ground)],
    write: async (trx) => {
      if (ground.groundNumber === 1) {
        await insertTask(trx, organisationId, task)
        await recordEvent(platform, trx, organisationId, openedEvent(task, ground))
      }
      await insertGround(trx, organisationId, task.taskId, ground)
    },
  }
}

function planClosing(
  platform: Pick<Platform, 'clock' | 'newId'>,
  organisationId: OrganisationId,
  task: OpenTask,
  closing: Closing,
): PlannedSteps {
  const closedAt = platform.clock()
  const entryId = platform.newId() as EntryId
  return {
    entries: [closingEntry(task, closing, closedAt, entryId)],
    write: async (trx) => {
      await insertClosing(trx, organisationId, task.taskId, closing, { closedAt, entryId })
      await recordEvent(platform, trx, organisationId, closedEvent(task, closing))
    },
  }
}

/**
 * Closes an open task by name and with a reason, with an entry in the ledger. It says nothing about the finding, which stands
 * as it stood. Throws `task-not-found`, or `task-closed` for one that has closed.
 */
export async function dismissTask(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  taskId: string,
  said: { readonly closer: string; readonly reason: string },
): Promise<void> {
  const { organisationId, clientId } = caller
  const task = await lockOpenTask(trx, organisationId, taskId)
  if (task === undefined) {
    throw problem((await taskExists(trx, organisationId, taskId)) ? 'task-closed' : 'task-not-found')
  }
  const closing: Closing = { how: 'dismissed', closedBy: clientId, ...said }
  const steps = { open: [], reground: [], close: [{ task, closing }] }
  const planned = planSteps(platform, organisationId, [{ subject: task.subject, steps, legalCheckId: null, causes: [] }]) // prettier-ignore
  await appendEntries(platform, trx, organisationId, planned.entries)
  await planned.write(trx)
}
