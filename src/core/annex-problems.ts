import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about annexes that are composed of clauses, policy versions and lists of relations. */
export const annexProblems = {
  'annex-blocked': {
    status: 422,
    title: 'A rule of law stops this annex',
    help: 'See errors: each names the rule and says what to mend. A blocker takes no override.',
  },
  'annex-not-found': { status: 404, title: 'No such annex', help: 'Check the identifier.' },
  'annex-overtaken': {
    status: 409,
    title: 'What the annex rests on changed while it was made',
    help: 'Nothing was kept. Look at it again and send the request once more.',
  },
  'annex-unfit': {
    status: 422,
    title: 'The annex does not hold together',
    help: 'See errors: each names a place in the body and what it lacks.',
  },
  'template-rejected': {
    status: 409,
    title: 'Counsel rejected this text',
    help: 'Choose another version of the template, or have a version made that counsel approves.',
  },
} as const satisfies Record<string, ProblemKind>
