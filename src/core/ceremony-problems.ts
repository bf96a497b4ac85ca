import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about ceremonies: what stops an act, and what cannot be offered. */
export const ceremonyProblems = {
  'assurance-too-low': {
    status: 403,
    title: 'You are not known well enough for this',
    help: 'Identify yourself in one of the ways that errors names, then answer again. Reading and declining need no more.',
  },
  'reading-time-not-over': {
    status: 409,
    title: 'This cannot be answered yet',
    help: 'Read the text first; it can be answered after the time in Retry-After, counted from the first opening.',
  },
  'remark-makes-conditional': {
    status: 422,
    title: 'An agreement with a remark is a conditional one',
    help: 'Leave the remark out, or choose the conditional agreement with the condition as its reason.',
  },
} as const satisfies Record<string, ProblemKind>
