import type { EntryId, Instant } from '#core'
import type { EntryDraft } from '#evidence'
import type { EventDraft } from '#webhooks'
import type { Cause, Closing, Ground, Reason, Task } from './task.ts'

/** What the ledger keeps of causes and reasons: identifiers and words of ours. */
export const causeTexts = (causes: readonly Cause[]): string[] => causes.map((cause) => `${cause.subject}:${cause.subjectId}`) // prettier-ignore
const reasonTexts = (reasons: readonly Reason[]): string[] =>
  reasons.map(({ ruleId, clauseId, result }) => `${ruleId}:${clauseId ?? ''}:${result}`)

/** The entry of a ground: the first opens its task. The names of its facts never change. */
export function groundEntry(task: Omit<Task, 'entryId'>, ground: Ground): EntryDraft {
  const { taskId, kind, subject } = task
  return {
    entryId: ground.entryId,
    kind: ground.groundNumber === 1 ? 'task-opened' : 'task-ground-given',
    at: ground.givenAt,
    facts: {
      taskId,
      kind,
      employmentId: subject?.employmentId ?? null,
      personId: subject?.personId ?? null,
      agreementId: subject?.agreementId ?? null,
      groundNumber: ground.groundNumber,
      legalCheckId: ground.legalCheckId,
      reasons: reasonTexts(ground.reasons),
      causes: causeTexts(ground.causes),
    },
  }
}

/** The entry of a closing. Of a dismissal it holds the name and the reason, which go with the person the task was about. */
export function closingEntry(task: Task, closing: Closing, closedAt: Instant, entryId: EntryId): EntryDraft {
  const { taskId, kind, subject } = task
  return {
    entryId,
    kind: 'task-closed',
    at: closedAt,
    facts: { taskId, kind, personId: subject?.personId ?? null, ...closing },
  }
}

/** What other systems are told of a task: identifiers and rules. */
export function openedEvent({ taskId, kind, subject }: Omit<Task, 'entryId'>, ground: Ground): EventDraft {
  return {
    type: 'task.opened',
    subject: taskId,
    data: {
      taskId,
      kind,
      employmentId: subject?.employmentId ?? null,
      personId: subject?.personId ?? null,
      agreementId: subject?.agreementId ?? null,
      legalCheckId: ground.legalCheckId,
      rules: [...new Set(ground.reasons.map(({ ruleId }) => ruleId))].slice(0, 50),
    },
  }
}

export function closedEvent({ taskId, kind }: Task, { how }: Closing): EventDraft {
  return { type: 'task.closed', subject: taskId, data: { taskId, kind, how } }
}
