/** One refusal: its HTTP status, its stable title, and what the one who meets it can do. */
export type ProblemKind = { readonly status: number; readonly title: string; readonly help: string }

/**
 * Every refusal this service can give. A code is never reused for something else. Rooms refuse with a code; only the
 * problem handler of `http` knows how it looks on the wire (RFC 9457).
 */
export const problems = {
  'access-denied': {
    status: 403,
    title: 'This key may not do that',
    help: 'Use a key whose role and scopes include the right that the operation names.',
  },
  'already-acted': {
    status: 409,
    title: 'This has already been answered',
    help: 'One assignment takes one answer. The receipt of the answer given stays available.',
  },
  'assignment-not-found': { status: 404, title: 'No such assignment', help: 'Check the identifier.' },
  'choice-not-offered': {
    status: 422,
    title: 'This choice is not offered here',
    help: 'Choose one of the choices that the presentation lists.',
  },
  'credentials-missing': {
    status: 401,
    title: 'No valid credentials',
    help: 'Send a valid key or link token as a Bearer token.',
  },
  'document-changed': {
    status: 409,
    title: 'The document shown is not the document of this assignment',
    help: 'Open the link again and answer what it shows.',
  },
  'document-not-found': { status: 404, title: 'No such document', help: 'Check the identifier.' },
  'dossier-not-found': { status: 404, title: 'No such dossier', help: 'Check the identifier.' },
  'dossier-too-large': {
    status: 422,
    title: 'The dossier would be too large',
    help: 'Ask for a dossier of one person, or of one policy with fewer acts.',
  },
  'internal-error': {
    status: 500,
    title: 'Something failed on our side',
    help: 'Nothing was recorded unless a later request says so. Quote the instance when you report it.',
  },
  'link-expired': { status: 410, title: 'This link has expired', help: 'Ask the sender for a new link.' },
  'no-act-yet': {
    status: 404,
    title: 'Nothing has been answered on this link yet',
    help: 'The receipt exists once an answer has been given.',
  },
  'not-opened': {
    status: 409,
    title: 'The link was not opened in this language',
    help: 'Open the link first; an answer without an opening is not taken.',
  },
  'person-not-found': { status: 404, title: 'No such person', help: 'Check the identifier.' },
  'reason-required': { status: 422, title: 'This choice needs a reason', help: 'Say in a few words why.' },
  'service-busy': {
    status: 503,
    title: 'The service cannot record this now',
    help: 'Send the same request with the same Idempotency-Key again after the time in Retry-After.',
  },
  'statement-changed': {
    status: 409,
    title: 'The statement shown is not the statement of this assignment',
    help: 'Open the link again and answer what it shows.',
  },
  'version-withdrawn': {
    status: 409,
    title: 'This version was withdrawn',
    help: 'Nothing needs to be answered any more.',
  },
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problems
