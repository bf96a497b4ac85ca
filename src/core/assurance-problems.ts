import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about what a purpose asks for, and about what the employer attests; a part of the one catalogue. */
export const assuranceProblems = {
  'attested-day-ahead': {
    status: 422,
    title: 'This day has not come yet',
    help: 'Record what happened, after it happened.',
  },
  'level-below-built-in': {
    status: 422,
    title: 'This purpose cannot ask for less than what is built in',
    help: 'Ask for the built-in level or a stronger one; GET /v1/assurance-matrix lists both.',
  },
} as const satisfies Record<string, ProblemKind>
