import type { ProblemKind } from './problem-catalogue.ts'

/** Refusals about signing credentials and what they sign; a part of the one catalogue. */
export const signingProblems = {
  'credential-not-anchored': {
    status: 409,
    title: 'No timestamp from outside covers this enrolment yet',
    help: 'A new passkey can sign once a timestamp from outside covers its enrolment, usually within a minute. Try again after the time in Retry-After.',
  },
  'signing-challenge-expired': {
    status: 410,
    title: 'This took too long',
    help: 'Begin again: what is signed has to be answered within ten minutes.',
  },
  'signing-challenge-limit-reached': {
    status: 429,
    title: 'Too many attempts are open',
    help: 'Finish one of them, or try again after the time in Retry-After.',
  },
  'signing-challenge-unknown': {
    status: 404,
    title: 'Nothing was asked that this could answer',
    help: 'Begin again in the same session; an answer counts only for the person and the session that were asked.',
  },
  'signing-challenge-used': {
    status: 409,
    title: 'This was answered before',
    help: 'An answer counts once. Begin again if something is still open.',
  },
  'signing-counter-behind': {
    status: 409,
    title: 'This key may have been copied',
    help: 'The device counts its signatures, and this one is not above the last. Revoke this passkey and enrol another.',
  },
  'signing-credential-exists': {
    status: 409,
    title: 'This passkey is enrolled already',
    help: 'Nothing needs to be done; use it, or enrol another device.',
  },
  'signing-credential-limit-reached': {
    status: 409,
    title: 'There are ten passkeys already',
    help: 'Revoke one of them first.',
  },
  'signing-credential-missing': {
    status: 409,
    title: 'No passkey can sign yet',
    help: 'Enrol a passkey on a device of your own first.',
  },
  'signing-credential-not-found': {
    status: 404,
    title: 'No such passkey',
    help: 'Check the identifier in the list of your own passkeys.',
  },
  'signing-credential-revoked': {
    status: 409,
    title: 'This passkey was revoked',
    help: 'Sign with another one, or enrol a new one.',
  },
  'signing-declaration-changed': {
    status: 409,
    title: 'What was signed is not what was sent',
    help: 'Begin again, and send what was signed unchanged.',
  },
  'signing-response-refused': {
    status: 422,
    title: 'The answer of the device does not prove what it should',
    help: 'See errors for the check that failed; nothing was recorded. Try again on a device that asks for a fingerprint, face or PIN.',
  },
  'signing-unavailable': {
    status: 409,
    title: 'Passkeys cannot be used at this address',
    help: 'Browsers allow passkeys only at an https address or at localhost. The operator has to set PUBLIC_URL.',
  },
} as const satisfies Record<string, ProblemKind>
