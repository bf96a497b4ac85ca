import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about how a person shows who they are; a part of the one catalogue. */
export const authenticationProblems = {
  'assurance-too-low': {
    status: 403,
    title: 'This needs a stronger proof of who you are',
    help: 'See errors for what is asked and which of your own ways would be enough.',
  },
  'authenticator-not-found': {
    status: 404,
    title: 'No such authenticator app',
    help: 'Check the identifier.',
  },
  'authenticator-present': {
    status: 409,
    title: 'There is an authenticator app already',
    help: 'Remove the one that is there first. That is announced to every mailbox of the person.',
  },
  'code-refused': {
    status: 422,
    title: 'This code cannot be accepted',
    help: 'A code works once, for 15 minutes and for five tries, and only the newest one does. Ask for another.',
  },
  'codes-too-many': {
    status: 429,
    title: 'Too many codes were asked for',
    help: 'Try again after the time in Retry-After.',
  },
  'mailbox-is-work': {
    status: 422,
    title: 'A mailbox of the employer cannot be the private one',
    help: 'Name a mailbox that the employer does not manage.',
  },
  'private-mailbox-missing': {
    status: 409,
    title: 'There is no private mailbox',
    help: 'Set a private mailbox first and confirm it with the code that is sent there.',
  },
  'session-not-found': { status: 404, title: 'No such session of yours', help: 'Check the identifier.' },
  'sign-in-required': {
    status: 403,
    title: 'This needs a sign-in, not only a link',
    help: 'A link shows one ceremony. Sign in with a code, an authenticator app or single sign-on.',
  },
  'sign-in-stale': {
    status: 403,
    title: 'What you showed of who you are is too long ago',
    help: 'Show it again: ask for a fresh code, or sign in once more.',
  },
} as const satisfies Record<string, ProblemKind>
