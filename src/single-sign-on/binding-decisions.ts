import { isBefore, type CivilDate, type Instant, type PersonId } from '#core'
import type { Provider } from './provider.ts'

/** A person of the organisation, as far as it matters who may speak for them. */
export type KnownPerson = { readonly personId: PersonId; readonly employedUntil: CivilDate | null }

/** How an account names a person: the value of the claim and whether the provider vouches for it; null without a value. */
export type NamedBy = { readonly value: string; readonly vouchedFor: boolean } | null

/** What is known about an account and the persons that it could speak for, at this moment. */
export type BindingFacts = {
  readonly named: NamedBy
  /** The person to whom this account was bound. */
  readonly boundTo: KnownPerson | null
  /** Everybody whom the claim fits. */
  readonly matching: readonly KnownPerson[]
  /** Whether another account was bound to the one person whom the claim fits. */
  readonly otherAccountBound: boolean
  /** From when on this person may be bound to another account, when that was asked for and is waiting. */
  readonly rebindingUsableFrom: Instant | null
  readonly today: CivilDate
  readonly moment: Instant
}

export type BindingRefusal =
  'sign-on-not-verified' | 'sign-on-person-unknown' | 'sign-on-person-left' | 'sign-on-subject-differs'

export type Binding =
  | { readonly kind: 'bound' | 'bind' | 'bind-anew'; readonly personId: PersonId }
  | { readonly kind: 'refused'; readonly because: BindingRefusal; readonly personId: PersonId | null }

/**
 * Says for which person an account of a provider speaks. The first sign-in binds the account by a claim that the provider
 * vouches for; from then on the account itself decides, and a claim that names somebody else is refused, because names and
 * addresses are given to others. Another account for the same person is taken only after a request that has waited for
 * its time (decision 0135). An account of the employer does not speak for somebody who has left: the employer has it.
 */
export function decideBinding(facts: BindingFacts): Binding {
  const { boundTo, matching } = facts
  const [match] = matching.length === 1 ? matching : []
  if (boundTo !== null) {
    if (hasLeft(boundTo, facts.today)) return refused('sign-on-person-left', boundTo)
    if (matching.some(({ personId }) => personId !== boundTo.personId))
      return refused('sign-on-subject-differs', boundTo)
    return { kind: 'bound', personId: boundTo.personId }
  }
  if (facts.named === null || match === undefined) return refused('sign-on-person-unknown', null)
  if (!facts.named.vouchedFor) return refused('sign-on-not-verified', match)
  if (hasLeft(match, facts.today)) return refused('sign-on-person-left', match)
  if (!facts.otherAccountBound) return { kind: 'bind', personId: match.personId }
  const { rebindingUsableFrom } = facts
  if (rebindingUsableFrom !== null && rebindingUsableFrom <= facts.moment)
    return { kind: 'bind-anew', personId: match.personId }
  return refused('sign-on-subject-differs', match)
}

function refused(because: BindingRefusal, person: KnownPerson | null): Binding {
  return { kind: 'refused', because, personId: person?.personId ?? null }
}

function hasLeft(person: KnownPerson, today: CivilDate): boolean {
  return person.employedUntil !== null && isBefore(person.employedUntil, today)
}

/**
 * How the claims of an account name a person. An address counts as vouched for only when the claim beside it is exactly
 * `true`: some providers let anybody write any address into an account. A personnel number is the organisation's own.
 */
export function namedBy(
  claims: Readonly<Record<string, unknown>>,
  provider: Pick<Provider, 'personClaim' | 'personMatches' | 'verifiedClaim'>,
): NamedBy {
  const value = claims[provider.personClaim]
  if (typeof value !== 'string' || value === '' || value.length > 320) return null
  if (provider.personMatches === 'external-id') return { value, vouchedFor: true }
  return { value: value.toLowerCase(), vouchedFor: claims[provider.verifiedClaim] === true }
}
