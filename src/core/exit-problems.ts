import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about the end of an employment. */
export const exitProblems = {
  'exit-changed': {
    status: 409,
    title: 'What the letter says changed while it was being made',
    help: 'Ask again: an agreement, a denial or a fact of the employment was recorded in between.',
  },
  'exit-mandate-missing': {
    status: 409,
    title: 'This person may not give an exit letter for the employer today',
    help: 'Record a mandate that covers exit letters, or let somebody give it who has one.',
  },
  'exit-not-found': { status: 404, title: 'No such exit', help: 'Check the identifier.' },
  'exit-recorded': {
    status: 409,
    title: 'An exit of this employment is recorded already',
    help: 'See errors for the newest. Correct it: name it in replaces, with the reason.',
  },
  'exit-unfit': {
    status: 422,
    title: 'An end cannot have been as it was stated',
    help: 'See errors: each names a place in the body and what would fit. Nothing was recorded.',
  },
} as const satisfies Record<string, ProblemKind>
