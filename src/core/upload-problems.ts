import type { ProblemKind } from './problem-catalogue.ts'

/** Refusals of bodies and files as they come in; a part of the one catalogue. */
export const uploadProblems = {
  'body-incomplete': {
    status: 400,
    title: 'The body was cut off',
    help: 'Send the whole request again, with the same Idempotency-Key.',
  },
  'body-malformed': {
    status: 400,
    title: 'The body cannot be read',
    help: 'Send one JSON value in UTF-8 that names each member once.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    help: 'Send less at a time; JSON bodies may have 1 MiB, a PDF to be verified 25 MiB.',
  },
  'csv-malformed': {
    status: 400,
    title: 'The CSV cannot be read',
    help: 'Mend the lines that are named and send the whole file again; nothing was taken over.',
  },
  'document-not-a-pdf': {
    status: 422,
    title: 'This is not a PDF',
    help: 'Send the PDF file itself, whole and unchanged, as it was received. Dossiers (ZIP) and proofs are checked offline: GET /verify or npm run verify.',
  },
  'document-not-examined': {
    status: 422,
    title: 'This file could not be examined within the limits',
    help: 'It takes more time or memory than a document of this service ever does, so nothing is said about it. Check it offline: GET /verify or npm run verify.',
  },
  'document-uploads-too-many': {
    status: 429,
    title: 'Too many files came from this address',
    help: 'Send the file again after the time in Retry-After.',
  },
  'examination-busy': {
    status: 503,
    title: 'Too many files are being examined at this moment',
    help: 'Send the same file again after the time in Retry-After.',
  },
} as const satisfies Record<string, ProblemKind>
