import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals of questions about what binds a person, and of the captures that support them. */
export const obligationProblems = {
  'capture-held': {
    status: 409,
    title: 'This print is kept already',
    help: 'The same bytes are kept about this person. Use the capture that is there: GET /v1/persons/{personId}/captures.',
  },
  'capture-not-found': {
    status: 404,
    title: 'No such capture of this person',
    help: 'Check the identifiers. A capture belongs to one person.',
  },
  'capture-unfit': {
    status: 422,
    title: 'This cannot be kept as a capture',
    help: 'See errors: each names a field and what is the matter with it. Nothing was kept.',
  },
} as const satisfies Record<string, ProblemKind>
