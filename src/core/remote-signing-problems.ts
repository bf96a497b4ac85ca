import type { ProblemKind } from './problem-catalogue.ts'

/** Refusals about signing at a trust service provider; a part of the one catalogue. */
export const remoteSigningProblems = {
  'qualified-signature-refused': {
    status: 422,
    title: 'This is no qualified signature of this person',
    help: 'See errors for the check that failed. Nothing was recorded; a weaker signature is never taken instead. Ask the provider about the certificate.',
  },
  'signer-name-differs': {
    status: 409,
    title: 'The certificate is in another name',
    help: 'The name in the certificate of the provider is not the name that is known here. Sign with your own certificate, or ask the employer to correct your name.',
  },
  'signing-not-authorised': {
    status: 409,
    title: 'The provider did not authorise this signature',
    help: 'Nothing was signed. Begin again if you want to sign.',
  },
  'signing-provider-missing': {
    status: 409,
    title: 'No provider of qualified signatures is in use here',
    help: 'The organisation has to say at which provider its people sign, and the operator which roots are relied on.',
  },
  'signing-provider-refused': {
    status: 422,
    title: 'This provider cannot be used',
    help: 'See errors for the reason.',
  },
  'signing-provider-unavailable': {
    status: 503,
    title: 'The provider of signatures did not answer as it should',
    help: 'Nothing was signed here. Begin again after the time in Retry-After.',
  },
} as const satisfies Record<string, ProblemKind>
