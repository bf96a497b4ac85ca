import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about documents and what becomes of them. */
export const documentProblems = {
  'act-not-agreed': {
    status: 409,
    title: 'Not every act is an agreement',
    help: 'See errors: an executed copy is made only of acts with the choice agreed.',
  },
  'act-not-found': {
    status: 404,
    title: 'No such act',
    help: 'Check the identifiers; an act is listed with the assignment that it answers.',
  },
  'acts-differ': {
    status: 409,
    title: 'The acts are about different documents',
    help: 'Name acts about the same edition: the same version in the same language.',
  },
  'document-not-found': { status: 404, title: 'No such document', help: 'Check the identifier.' },
  'executed-copy-differs': {
    status: 409,
    title: 'A copy of these acts was made with other capacities',
    help: 'A copy is made once for the same acts, and stays as it is. See errors for the one that exists.',
  },
  'executed-copy-not-found': { status: 404, title: 'No such executed copy', help: 'Check the identifier.' },
  'parties-unfit': {
    status: 422,
    title: 'These parties do not make an agreement',
    help: 'See errors: different persons, at least one employee and at least one representative of the employer.',
  },
  'rendering-busy': {
    status: 503,
    title: 'Too many documents are being made at this moment',
    help: 'Send the same request again after the time in Retry-After.',
  },
} as const satisfies Record<string, ProblemKind>
