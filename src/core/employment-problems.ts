import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about employments, their facts and contracts, and who may sign for the employer. */
export const employmentProblems = {
  'contract-document-known': {
    status: 409,
    title: 'This file was handed in for this person already',
    help: 'See errors for the document that it is; use that one.',
  },
  'contract-document-unreadable': {
    status: 422,
    title: 'The text of the contract cannot be read',
    help: 'See errors: each names a page or the file and what to do. Nothing was kept.',
  },
  'contract-followed': {
    status: 409,
    title: 'Another contract follows this one',
    help: 'Retract the contract that follows first.',
  },
  'contract-not-found': { status: 404, title: 'No such contract', help: 'Check the identifier.' },
  'contract-retracted': {
    status: 409,
    title: 'This contract was retracted',
    help: 'Record it again if it was a contract after all.',
  },
  'contract-unfit': {
    status: 422,
    title: 'This contract contradicts what is known',
    help: 'See errors: each names a member, what it contradicts and what would fit. Nothing was recorded.',
  },
  'employment-fact-not-found': {
    status: 404,
    title: 'No such fact',
    help: 'Name a fact of this employment or organisation that is not a retraction itself.',
  },
  'employment-fact-retracted': {
    status: 409,
    title: 'This fact was retracted already',
    help: 'Nothing needs to be done. What is true after all is recorded as a new fact.',
  },
  'employment-fact-unfit': {
    status: 422,
    title: 'A fact cannot be true as it was stated',
    help: 'See errors: each names a place in the body and what would fit. Nothing was recorded.',
  },
  'employment-not-found': { status: 404, title: 'No such employment', help: 'Check the identifier.' },
  'employment-overlaps': {
    status: 409,
    title: 'The person has another employment on some of these days',
    help: 'See errors for the other one. Record its last day first, or mend the days of this one.',
  },
  'known-at-in-future': {
    status: 422,
    title: 'Nobody can tell what will be known',
    help: 'Give a moment that has passed, or leave knownAt out.',
  },
  'mandate-ended': {
    status: 409,
    title: 'This mandate was ended already',
    help: 'Nothing needs to be done. An authority given again is a new mandate.',
  },
  'mandate-not-found': { status: 404, title: 'No such mandate', help: 'Check the identifier.' },
  'mandate-unfit': {
    status: 422,
    title: 'The days of this mandate contradict each other',
    help: 'See errors: a last day lies on or after the first, and an end does not lie after a last day that was given.',
  },
} as const satisfies Record<string, ProblemKind>
