import type { ProblemKind } from './problem-catalogue.ts'

/** The part of the catalogue that is about documents and their seals. */
export const documentProblems = {
  'character-without-glyph': {
    status: 422,
    title: 'A character cannot be shown in a document',
    help: 'Replace the character that is named; no document is made with a gap or an invisible sign in it.',
  },
  'document-changed': {
    status: 409,
    title: 'The document shown is not the document of this assignment',
    help: 'Open the link again and answer what it shows.',
  },
  'document-not-found': { status: 404, title: 'No such document', help: 'Check the identifier.' },
  'document-revision-not-found': {
    status: 404,
    title: 'The document has no such revision',
    help: 'Revisions are counted from 0; the document lists those it has.',
  },
  'rendering-busy': {
    status: 503,
    title: 'Too many documents are being made at this moment',
    help: 'Send the same request again after the time in Retry-After.',
  },
  'seal-certificate-invalid': {
    status: 503,
    title: 'The certificate of the seal cannot be used now',
    help: 'Nothing was recorded. The operator has to register a seal key with a chain that is valid now.',
  },
  'seal-key-unavailable': {
    status: 503,
    title: 'The key of the seal does not answer',
    help: 'Nothing was recorded. Send the same request again after the time in Retry-After.',
  },
} as const satisfies Record<string, ProblemKind>
