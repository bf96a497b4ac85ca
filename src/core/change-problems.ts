import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about tasks that changes opened, and about what would follow from a change. */
export const changeProblems = {
  'task-closed': {
    status: 409,
    title: 'This task has closed',
    help: 'Read it again: it says how it closed. Nothing needs to be done.',
  },
  'task-not-found': { status: 404, title: 'No such task', help: 'Check the identifier.' },
  'what-if-unfit': {
    status: 422,
    title: 'This could not become true',
    help: 'See errors: each names a member and what it contradicts.',
  },
} as const satisfies Record<string, ProblemKind>
