import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about agreements; a part of the one catalogue. */
export const agreementProblems = {
  'agreement-blocked': {
    status: 422,
    title: 'The rules of law stop this agreement',
    help: 'Nothing was offered. See errors for each rule: a blocker is mended in the facts or the text, a failed rule of severity major is overridden by name, one for a lawyer is closed by a review of the same inputs. POST /v1/agreements/evaluations keeps an evaluation on which reviews can be made.',
  },
  'agreement-not-concluded': {
    status: 409,
    title: 'Not both parties have agreed to everything',
    help: 'Each party answers in an own ceremony; GET /v1/agreements/{agreementId} says who has answered what.',
  },
  'agreement-not-found': { status: 404, title: 'No such agreement', help: 'Check the identifier.' },
  'agreement-not-open': {
    status: 409,
    title: 'This agreement is not open any more',
    help: 'Both parties have answered, or it has ended already. Offer a new one, or record an ending.',
  },
  'agreement-unfit': {
    status: 422,
    title: 'These documents do not make an agreement',
    help: 'Mend the places that are named and send the whole again; nothing was offered.',
  },
  'annex-missing': {
    status: 422,
    title: 'The text refers to an annex that is not in the bundle',
    help: 'Add the annex, or take the words out of the text. What a contract calls attached and is not there did not become part of it, and cost one employer its covenant (ECLI:NL:HR:2017:364).',
  },
  'annex-not-free': {
    status: 409,
    title: 'An annex is part of an agreement that is open or in force',
    help: 'Withdraw the open agreement first, or compose a new version of the annex.',
  },
  'end-unfit': {
    status: 422,
    title: 'This cannot be recorded as an end',
    help: 'Only what was concluded or taken over ends, on a day that is not before it began.',
  },
  'mandate-missing': {
    status: 422,
    title: 'This person has no authority to sign this for the employer today',
    help: 'Record a mandate with POST /v1/mandates that covers contracts or annexes on this day, or name another person. Nobody signs both for the employer and as the employee.',
  },
} as const satisfies Record<string, ProblemKind>
