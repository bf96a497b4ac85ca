import type { ProblemKind } from './problem-catalogue.ts'

/** The refusals about signing in at an identity provider, and about what staff may do with it. */
export const signOnProblems = {
  'matter-access-not-found': {
    status: 404,
    title: 'No such access to a matter',
    help: 'Check the identifiers.',
  },
  'matter-access-to-self': {
    status: 409,
    title: 'Nobody gives themselves access to a matter',
    help: 'Let somebody else of the organisation give it.',
  },
  'matter-access-unfit': {
    status: 422,
    title: 'Access to a matter cannot run like this',
    help: 'Let it end after it begins, after now, and within 180 days from its beginning.',
  },
  'matter-not-found': { status: 404, title: 'No such matter', help: 'Check the identifier.' },
  'origin-refused': {
    status: 403,
    title: 'This request did not come from a page of this service',
    help: 'A request that a cookie speaks for must come from a page of this very address. Programs use a key.',
  },
  'outside-matter': {
    status: 403,
    title: 'This does not belong to a matter that you may read now',
    help: 'Ask the organisation for access to the matter; GET /v1/matters lists those that you have.',
  },
  'sign-on-answer-refused': {
    status: 403,
    title: 'The answer of the identity provider cannot be accepted',
    help: 'Begin again. If it happens again, give the instance to whoever manages sign-on in the organisation.',
  },
  'sign-on-expired': {
    status: 400,
    title: 'This sign-in was not begun here, took too long, or was used before',
    help: 'Begin again, in the same browser.',
  },
  'sign-on-not-verified': {
    status: 403,
    title: 'The identity provider does not vouch for what names this person',
    help: 'The organisation chooses a claim that its provider verifies, such as the personnel number.',
  },
  'sign-on-person-left': {
    status: 403,
    title: 'This person is no longer employed',
    help: 'An account of the employer no longer speaks for the person. Use the private mailbox.',
  },
  'sign-on-person-unknown': {
    status: 403,
    title: 'Nobody here is known by this account',
    help: 'Ask the organisation whether the account and the personnel record name the same person.',
  },
  'sign-on-provider-limit-reached': {
    status: 409,
    title: 'There are ten identity providers already',
    help: 'Disable one of them and change that one instead.',
  },
  'sign-on-provider-not-found': {
    status: 404,
    title: 'No such identity provider',
    help: 'Check the identifier.',
  },
  'sign-on-provider-refused': {
    status: 422,
    title: 'This identity provider cannot be used',
    help: 'See errors: give the issuer exactly as its discovery document names it, on a public https address.',
  },
  'sign-on-rebinding-not-found': {
    status: 404,
    title: 'Nothing is being bound anew for this person',
    help: 'Check the identifier of the person.',
  },
  'sign-on-rebinding-under-way': {
    status: 409,
    title: 'Binding this person to another account is already under way',
    help: 'It waits for its cooling period, then for the person, who signs in with the new account.',
  },
  'sign-on-subject-differs': {
    status: 403,
    title: 'Another account was bound to this person',
    help: 'The first account that proved this person stays the only one. The organisation can ask for another; the person is told.',
  },
  'sign-on-unavailable': {
    status: 503,
    title: 'The identity provider does not answer',
    help: 'Try again in a moment. Whoever is signed in stays signed in.',
  },
  'staff-blocked': {
    status: 403,
    title: 'This account is blocked here',
    help: 'Ask whoever manages sign-on in the organisation.',
  },
  'staff-not-found': { status: 404, title: 'No such staff account', help: 'Check the identifier.' },
  'staff-not-lawyer': {
    status: 409,
    title: 'This account is not that of a lawyer',
    help: 'Access to a matter is for lawyers. Others read by their role.',
  },
  'staff-role-ambiguous': {
    status: 403,
    title: 'This account has more than one role here',
    help: 'One person has one role: nobody both writes and approves. The organisation changes the groups of the account.',
  },
  'staff-role-missing': {
    status: 403,
    title: 'This account has no role here',
    help: 'The organisation gives the account one of the groups that it mapped to a role.',
  },
  'step-up-required': {
    status: 403,
    title: 'This needs a fresh sign-in with a second factor',
    help: 'Sign in again at /staff/step-up, then repeat the request within five minutes.',
  },
} as const satisfies Record<string, ProblemKind>
