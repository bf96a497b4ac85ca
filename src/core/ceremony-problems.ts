import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about ceremonies: what stops an act, and what cannot be offered. */
export const ceremonyProblems = {
  'assurance-too-low': {
    status: 403,
    title: 'You are not known well enough for this',
    help: 'Identify yourself in one of the ways that errors names, then answer again. Reading and declining need no more.',
  },
  'annex-not-referred-to': {
    status: 422,
    title: 'The main document does not refer to every annex',
    help: 'See errors: give for each annex the words of the main document that refer to it and the page on which they stand. What is not referred to does not become part of it (ECLI:NL:HR:2017:364).',
  },
  'bundle-unfit': {
    status: 422,
    title: 'These documents and statements do not make a bundle',
    help: 'Mend the places that are named and send the whole again; nothing was sent to the person.',
  },
  'ceremony-ended': {
    status: 409,
    title: 'This has ended and takes no answer any more',
    help: 'Open the newest link that you received; what this one ended with stands in the detail.',
  },
  'delivery-not-found': {
    status: 404,
    title: 'No message that was handed over',
    help: 'A message can come back only after it was handed over; the assignment lists what was.',
  },
  'link-closed': {
    status: 409,
    title: 'This link was reported as not meant for its reader',
    help: 'Ask the employer to send a new link to the right person.',
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
