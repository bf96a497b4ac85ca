import type { Assurance } from './assurance.ts'
import { assurances, meets } from './assurance.ts'
import type { Purpose } from './purpose.ts'

/** How an act of this strength is judged for its purpose: it serves, a lawyer has to look, or it does not serve. */
export type Fitness = 'pass' | 'lawyer' | 'fail'

/** The weakest assurance from which the matrix of dutch-law 4.2 says `pass`, and from which it says `lawyer`. */
const fitFrom: Readonly<Record<Purpose, { readonly pass: Assurance; readonly lawyer: Assurance }>> = {
  information: { pass: 'mailbox-employer', lawyer: 'mailbox-employer' },
  instruction: { pass: 'sso-mfa', lawyer: 'mailbox-employer' },
  'contract-term': { pass: 'qualified', lawyer: 'sso-mfa' },
  penalty: { pass: 'qualified', lawyer: 'passkey-bound' },
  covenant: { pass: 'qualified', lawyer: 'passkey-bound' },
  'statutory-statement': { pass: 'qualified', lawyer: 'qualified' },
  settlement: { pass: 'qualified', lawyer: 'passkey-bound' },
  'data-consent': { pass: 'sso-mfa', lawyer: 'sso-mfa' },
  warning: { pass: 'mailbox-employer', lawyer: 'mailbox-employer' },
  notice: { pass: 'mailbox-employer', lawyer: 'mailbox-employer' },
}

/**
 * What the purpose matrix says of an act that was proven this well. A passkey is never `pass` where the matrix asks for an
 * advanced signature with a proven identity: this service proves no identity, so a lawyer has to look (dutch-law 4.2).
 */
export function fitnessOf(purpose: Purpose, actual: Assurance): Fitness {
  const { pass, lawyer } = fitFrom[purpose]
  if (meets(actual, pass)) return 'pass'
  return meets(actual, lawyer) ? 'lawyer' : 'fail'
}

export type StartDecision =
  | { readonly kind: 'allowed' }
  /** `suffices`: what this person can do here and now to be known well enough, weakest first; may be empty. */
  | { readonly kind: 'too-low'; readonly required: Assurance; readonly suffices: readonly Assurance[] }

/**
 * Says whether a ceremony may start: what was proven is at least what its purpose asks for. `available` are the ways that
 * this person has; those that would be enough are named, so that a refusal is never a dead end without saying so.
 */
export function startDecision(
  required: Assurance,
  actual: Assurance,
  available: readonly Assurance[],
): StartDecision {
  if (meets(actual, required)) return { kind: 'allowed' }
  const suffices = assurances.filter((each) => available.includes(each) && meets(each, required))
  return { kind: 'too-low', required, suffices }
}
