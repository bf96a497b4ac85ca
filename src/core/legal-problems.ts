import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about the rules of law and what people decided about their findings. */
export const legalProblems = {
  'clause-content-unfit': {
    status: 422,
    title: 'The text of the clause does not hold together',
    help: 'See errors: each names a place in the content and what it lacks.',
  },
  'clause-template-not-found': {
    status: 404,
    title: 'No such clause template',
    help: 'Check the identifier and the number of the version.',
  },
  'clause-unchanged': {
    status: 409,
    title: 'This is the text of the newest version',
    help: 'A version is made of a text that differs.',
  },
  'clause-values-unfit': {
    status: 422,
    title: 'The values do not fit the clause',
    help: 'See errors: each names a value and what is asked for.',
  },
  'template-name-taken': {
    status: 409,
    title: 'Another template has this name',
    help: 'Choose another name, or make a version of that template.',
  },
  'starter-not-found': {
    status: 404,
    title: 'No such starter text',
    help: 'See the list of starter texts.',
  },
  'version-number-taken': {
    status: 409,
    title: 'This version has been made meanwhile',
    help: 'Read the template again and begin from its newest version.',
  },
  'finding-not-found': {
    status: 404,
    title: 'No such finding',
    help: 'Name a rule and a clause that stand in this evaluation.',
  },
  'jurisdiction-not-found': {
    status: 422,
    title: 'There are no rules for this jurisdiction on this day',
    help: 'See the list of rule sets and the first day of each.',
  },
  'legal-check-not-found': { status: 404, title: 'No such evaluation', help: 'Check the identifier.' },
  'breach-unfit': {
    status: 422,
    title: 'A breach cannot be counted',
    help: 'A breach ends on the day it begins or later, and its identifier is used once.',
  },
  'override-not-possible': {
    status: 409,
    title: 'This finding cannot be overridden',
    help: 'A blocker stops the step, whoever asks. Only a failed rule of severity major takes a reasoned override.',
  },
  'review-not-possible': {
    status: 409,
    title: 'This finding is not for a lawyer',
    help: 'A review closes a finding with the result lawyer. Mend the facts of any other and evaluate again.',
  },
} as const satisfies Record<string, ProblemKind>
