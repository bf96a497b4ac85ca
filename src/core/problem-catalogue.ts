import { agreementProblems } from './agreement-problems.ts'
import { annexProblems } from './annex-problems.ts'
import { assuranceProblems } from './assurance-problems.ts'
import { authenticationProblems } from './authentication-problems.ts'
import { ceremonyProblems } from './ceremony-problems.ts'
import { changeProblems } from './change-problems.ts'
import { denialProblems } from './denial-problems.ts'
import { documentProblems } from './document-problems.ts'
import { obligationProblems } from './obligation-problems.ts'
import { employmentProblems } from './employment-problems.ts'
import { remoteSigningProblems } from './remote-signing-problems.ts'
import { signingProblems } from './signing-problems.ts'
import { signOnProblems } from './sign-on-problems.ts'
import { exitProblems } from './exit-problems.ts'
import { legalProblems } from './legal-problems.ts'
import { uploadProblems } from './upload-problems.ts'

/** One refusal: its HTTP status, its stable title, and what the one who meets it can do. */
export type ProblemKind = { readonly status: number; readonly title: string; readonly help: string }

/**
 * Every refusal this service can give. A code is never reused for something else. Rooms refuse with a code; only the
 * problem handler of `http` knows how it looks on the wire (RFC 9457).
 */
export const problems = {
  ...agreementProblems,
  ...annexProblems,
  ...assuranceProblems,
  ...authenticationProblems,
  ...ceremonyProblems,
  ...changeProblems,
  ...denialProblems,
  ...documentProblems,
  ...obligationProblems,
  ...employmentProblems,
  ...remoteSigningProblems,
  ...exitProblems,
  ...legalProblems,
  ...signingProblems,
  ...signOnProblems,
  ...uploadProblems,
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
  'anchor-not-found': { status: 404, title: 'No such anchor', help: 'Check the identifier.' },
  'approver-is-author': {
    status: 409,
    title: 'An author cannot approve their own text',
    help: 'Let another client than the one that wrote this revision approve it.',
  },
  'assignment-not-found': { status: 404, title: 'No such assignment', help: 'Check the identifier.' },
  'audience-empty': {
    status: 422,
    title: 'Nobody is in this audience',
    help: 'Name persons or departments that exist.',
  },
  'audience-too-large': {
    status: 422,
    title: 'The audience is too large for one request',
    help: 'Split it: one request reaches at most 5,000 persons.',
  },
  'checkpoint-unknown': {
    status: 404,
    title: 'The ledger has never been that large',
    help: 'A size above the newest checkpoint was seen elsewhere? Then keep what you saw: it contradicts this ledger.',
  },
  'choice-not-offered': {
    status: 422,
    title: 'This choice is not offered here',
    help: 'Choose one of the choices that the presentation lists.',
  },
  'client-not-found': { status: 404, title: 'No such API client', help: 'Check the identifier.' },
  'content-erased': {
    status: 410,
    title: 'The content was erased',
    help: 'Its term had passed or its erasure was asked for. The entry and its proof remain; what the person kept stays verifiable.',
  },
  'credentials-missing': {
    status: 401,
    title: 'No valid credentials',
    help: 'Send a valid key or link token as a Bearer token.',
  },
  'cursor-invalid': {
    status: 400,
    title: 'This cursor does not belong to this list',
    help: 'Start at the first page, or send the cursor with the filters it was given for.',
  },
  'day-too-far-ahead': {
    status: 422,
    title: 'This day lies too far ahead',
    help: 'Give a day within five years from today.',
  },
  'dossier-not-found': { status: 404, title: 'No such dossier', help: 'Check the identifier.' },
  'dossier-not-ready': {
    status: 409,
    title: 'The dossier is still being anchored',
    help: 'Ask again in a few seconds: its checkpoint is being given a timestamp from outside.',
  },
  'dossier-too-large': {
    status: 422,
    title: 'The dossier would be too large',
    help: 'Ask for a dossier of one person, or of one policy with fewer acts.',
  },
  'due-date-past': {
    status: 422,
    title: 'The due date has passed',
    help: 'Give a day that is today or later in the Netherlands.',
  },
  'edit-conflict': {
    status: 412,
    title: 'It has changed since you read it',
    help: 'Read it again and send the change with the new ETag.',
  },
  'effective-day-not-later': {
    status: 422,
    title: 'An earlier version takes effect on or after this day',
    help: 'Give a day later than the effective day of every published version of this policy.',
  },
  'effective-day-past': {
    status: 422,
    title: 'The effective day has passed',
    help: 'Give a day that is today or later in the Netherlands.',
  },
  'entry-not-found': {
    status: 404,
    title: 'The ledger has no such entry',
    help: 'Entries are counted from 0. An index seen in a receipt is always there.',
  },
  'erasure-decided': {
    status: 409,
    title: 'This proposal has been decided',
    help: 'Nothing needs to be done; a decision is made once.',
  },
  'erasure-own-request': {
    status: 409,
    title: 'A client cannot decide on its own request',
    help: 'Let another client confirm or reject it.',
  },
  'erasure-proposal-not-found': {
    status: 404,
    title: 'No such erasure proposal',
    help: 'Check the identifier.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    help: 'Send fewer or shorter headers.',
  },
  'hold-not-found': { status: 404, title: 'No such legal hold', help: 'Check the identifier.' },
  'hold-released': {
    status: 409,
    title: 'This legal hold has been released',
    help: 'Nothing needs to be done; place a new hold if one is needed.',
  },
  'idempotency-key-malformed': {
    status: 400,
    title: 'The Idempotency-Key cannot be used',
    help: 'Send 16 to 255 visible ASCII characters, quoted or bare.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'An Idempotency-Key is required',
    help: 'Send a new key for each intention, and the same key when you repeat it.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used for something else',
    help: 'Use a new key for a new intention.',
  },
  'if-match-missing': {
    status: 428,
    title: 'If-Match is required',
    help: 'Read it, then send its ETag as If-Match.',
  },
  'import-refused': {
    status: 422,
    title: 'The import cannot be taken over',
    help: 'Mend the persons that are named and send the whole import again; nothing was taken over.',
  },
  'input-invalid': {
    status: 400,
    title: 'The input does not fit',
    help: 'Mend the places that are named; nothing was recorded.',
  },
  'internal-error': {
    status: 500,
    title: 'Something failed on our side',
    help: 'Nothing was recorded unless a later request says so. Quote the instance when you report it.',
  },
  'key-limit-reached': {
    status: 409,
    title: 'This client has two valid keys already',
    help: 'Revoke one of them first.',
  },
  'key-not-found': { status: 404, title: 'No such key', help: 'Check the identifier.' },
  'ledger-stopped': {
    status: 503,
    title: 'The ledger is stopped',
    help: 'Nothing is recorded until the operator has opened a successor log; see RESTORE.md. Reading still works.',
  },
  'ledger-not-found': { status: 404, title: 'No such ledger', help: 'Check the identifier.' },
  'legal-hold': {
    status: 409,
    title: 'A legal hold forbids this',
    help: 'The hold that is named has to be released first, by somebody who may.',
  },
  'link-expired': { status: 410, title: 'This link has expired', help: 'Ask the sender for a new link.' },
  'media-type-unsupported': {
    status: 415,
    title: 'This media type is not taken',
    help: 'Send the media type that the operation names.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This method is not offered here',
    help: 'Use one of the methods in Allow.',
  },
  'no-act-yet': {
    status: 404,
    title: 'Nothing has been answered on this link yet',
    help: 'The receipt exists once an answer has been given.',
  },
  'not-anchored-yet': {
    status: 409,
    title: 'No timestamp from outside covers this act yet',
    help: 'Ask again later: the ledger is given one about every hour. The receipt is valid without it.',
  },
  'not-opened': {
    status: 409,
    title: 'The link was not opened in this language',
    help: 'Open the link first; an answer without an opening is not taken.',
  },
  'organisation-not-found': { status: 404, title: 'No such organisation', help: 'Check the identifier.' },
  'person-not-found': { status: 404, title: 'No such person', help: 'Check the identifier.' },
  'policy-content-invalid': {
    status: 422,
    title: 'The text of the policy is not complete or not printable',
    help: 'Mend the places that are named and send the whole text again; nothing was kept.',
  },
  'policy-draft-approved': {
    status: 409,
    title: 'This revision has already been approved',
    help: 'Nothing needs to be done; publish it, or change it to take the approval away.',
  },
  'policy-draft-changed': {
    status: 409,
    title: 'The draft changed while it was being published',
    help: 'Read the draft again; what is there now may need approval first.',
  },
  'policy-draft-exists': {
    status: 409,
    title: 'This policy already has a draft',
    help: 'Go on with the draft that is there; a policy has one at a time.',
  },
  'policy-draft-incomplete': {
    status: 422,
    title: 'The draft cannot be published yet',
    help: 'Mend the places that are named, have the text approved again and publish it then.',
  },
  'policy-draft-not-found': {
    status: 404,
    title: 'No such draft',
    help: 'Check the policy and the version number.',
  },
  'policy-edition-not-found': {
    status: 404,
    title: 'No edition in this language',
    help: 'Check which editions the version lists.',
  },
  'policy-not-approved': {
    status: 409,
    title: 'The draft has not been approved',
    help: 'Let another client than the author approve exactly this revision first.',
  },
  'policy-not-found': { status: 404, title: 'No such policy', help: 'Check the identifier.' },
  'policy-template-not-found': {
    status: 404,
    title: 'No such template',
    help: 'Check the identifier in the list of templates.',
  },
  'policy-version-not-found': {
    status: 404,
    title: 'No such version',
    help: 'Check the policy and the version number.',
  },
  'policy-version-published': {
    status: 409,
    title: 'This version has been published',
    help: 'A published text never changes. Start a new draft instead.',
  },
  'policy-version-superseded': {
    status: 409,
    title: 'A later version replaces this one by then',
    help: 'Give an earlier day, or withdraw the version that holds on that day.',
  },
  'policy-version-withdrawn': {
    status: 409,
    title: 'This version has already been withdrawn',
    help: 'Nothing needs to be done; a withdrawal is made once.',
  },
  'reason-required': { status: 422, title: 'This choice needs a reason', help: 'Say in a few words why.' },
  'reason-unprintable': {
    status: 422,
    title: 'The reason holds a character that cannot be printed',
    help: 'Leave out the character that is named and send it again; nothing was recorded.',
  },
  'request-malformed': {
    status: 400,
    title: 'The request cannot be read',
    help: 'Send a well-formed HTTP/1.1 request.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    help: 'Send it again, with the same Idempotency-Key.',
  },
  'review-day-unfit': {
    status: 422,
    title: 'A hold cannot be reviewed on this day',
    help: 'Give a day after today and at most six months on.',
  },
  'route-not-found': { status: 404, title: 'Nothing is here', help: 'See /documentation for what there is.' },
  'scope-not-in-role': {
    status: 422,
    title: 'A key cannot do more than its client',
    help: "Choose scopes from the rights of the client's role.",
  },
  'service-busy': {
    status: 503,
    title: 'The service cannot record this now',
    help: 'Send the same request with the same Idempotency-Key again after the time in Retry-After.',
  },
  'service-closing': {
    status: 503,
    title: 'The service is closing',
    help: 'Send the same request again after the time in Retry-After.',
  },
  'statement-changed': {
    status: 409,
    title: 'The statement shown is not the statement of this assignment',
    help: 'Open the link again and answer what it shows.',
  },
  'tile-not-found': {
    status: 404,
    title: 'The ledger has no such tile',
    help: 'Ask only for tiles that the size in the checkpoint calls for (C2SP tlog-tiles).',
  },
  'uri-malformed': {
    status: 400,
    title: 'The address cannot be read',
    help: 'Percent-encode the address properly.',
  },
  'uri-too-long': { status: 414, title: 'A part of the address is too long', help: 'Check the identifier.' },
  'version-withdrawn': {
    status: 409,
    title: 'This version was withdrawn',
    help: 'Nothing needs to be answered any more.',
  },
  'webhook-delivery-not-found': { status: 404, title: 'No such delivery', help: 'Check the identifiers.' },
  'webhook-endpoint-disabled': {
    status: 409,
    title: 'This endpoint is disabled',
    help: 'Enable it first; nothing is sent to an endpoint that is disabled.',
  },
  'webhook-endpoint-limit-reached': {
    status: 409,
    title: 'There are ten enabled endpoints already',
    help: 'Disable one of them first.',
  },
  'webhook-endpoint-not-found': { status: 404, title: 'No such endpoint', help: 'Check the identifier.' },
  'webhook-url-refused': {
    status: 422,
    title: 'Events are not sent to this address',
    help: 'Give an https address of a public host, on port 443 or above 1024, without login and fragment.',
  },
  'withdrawal-day-past': {
    status: 422,
    title: 'The withdrawal day has passed',
    help: 'Give a day that is today or later in the Netherlands.',
  },
  'witness-policy-invalid': {
    status: 422,
    title: 'This witness policy cannot be followed',
    help: 'See errors: the line that is wrong, the own log that is missing, or a witness without an address.',
  },
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problems
