import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about documents, their seals and what becomes of them. */
export const documentProblems = {
  'document-not-made-here': {
    status: 409,
    title: 'This document was not made here',
    help: 'A file from elsewhere stays byte for byte as it came, so no sheet is put behind it. Its receipts and the dossier show who agreed.',
  },
  'act-not-agreed': {
    status: 409,
    title: 'Not every act is an agreement',
    help: 'See errors: an executed copy is made only of acts with the choice agreed.',
  },
  'act-not-found': {
    status: 404,
    title: 'No such act',
    help: 'Check the identifiers; an act is listed with the assignment that it answers.',
  },
  'acts-differ': {
    status: 409,
    title: 'The acts are about different documents',
    help: 'Name acts about the same edition: the same version in the same language.',
  },
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
  'document-not-renewable': {
    status: 409,
    title: 'The document has not reached the level from which it is renewed',
    help: 'Wait until it is at B-LTA; what it waits for stands on the document.',
  },
  'document-renewal-under-way': {
    status: 409,
    title: 'This document is being renewed',
    help: 'Nothing needs to be done; ask again once the renewal is there.',
  },
  'document-revision-not-found': {
    status: 404,
    title: 'The document has no such revision',
    help: 'Revisions are counted from 0; the document lists those it has.',
  },
  'executed-copy-differs': {
    status: 409,
    title: 'A copy of these acts was made with other capacities',
    help: 'A copy is made once for the same acts, and stays as it is. See errors for the one that exists.',
  },
  'executed-copy-not-found': { status: 404, title: 'No such executed copy', help: 'Check the identifier.' },
  'letter-unfit': {
    status: 422,
    title: 'The document would say what cannot be',
    help: 'Mend the places that are named and send the whole again; nothing was made.',
  },
  'parties-unfit': {
    status: 422,
    title: 'These parties do not make an agreement',
    help: 'See errors: different persons, at least one employee and at least one representative of the employer.',
  },
  'rendering-busy': {
    status: 503,
    title: 'Too many documents are being made at this moment',
    help: 'Send the same request again after the time in Retry-After.',
  },
  'rendering-failed': {
    status: 503,
    title: 'The document could not be made this time',
    help: 'Nothing was kept. Send the same request again after the time in Retry-After; if it fails again, make the document smaller.',
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
