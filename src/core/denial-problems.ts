import type { ProblemKind } from './problem-catalogue.ts'

/** Refusals about acts that their person denies; a part of the one catalogue. */
export const denialProblems = {
  'act-denied': {
    status: 409,
    title: 'An act on which this rests is denied by its person',
    help: 'Nothing was made. Whoever relies on the act has to prove first who did it (art. 159 lid 2 Rv): have a lawyer read the attribution pack of the act named in errors. It can go on once the person takes the denial back or a court has found that the act is theirs.',
  },
  'act-not-denied': {
    status: 409,
    title: 'There is no denial of this act that could be taken back',
    help: 'Read the statements about the act first; nothing was recorded.',
  },
  'attribution-pack-not-found': {
    status: 404,
    title: 'No such attribution pack',
    help: 'Check the identifier.',
  },
  'denial-limit-reached': {
    status: 409,
    title: 'This act has as many statements against it as are taken',
    help: 'Everything that was said before stays recorded. Say what is new in a letter or in court.',
  },
  'withdrawal-weaker-than-denial': {
    status: 409,
    title: 'The denial was made in a stronger way than this',
    help: 'Take it back in a way that shows as well who you are as when you made it.',
  },
  'words-unprintable': {
    status: 422,
    title: 'The words hold a character that cannot be printed',
    help: 'Leave out the character that is named and send it again; nothing was recorded.',
  },
} as const satisfies Record<string, ProblemKind>
