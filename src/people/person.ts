import type { CivilDate, Instant, PersonId } from '#core'

/** The languages in which this service speaks to people. */
export type Language = 'nl' | 'en'

/** A human whom the employer's HR system knows by `externalId`. */
export type Person = {
  readonly personId: PersonId
  readonly externalId: string
  readonly givenName: string
  readonly familyName: string
  readonly workEmail: string
  readonly language: Language
  readonly department: string | null
  readonly jobTitle: string | null
  /** The last day of employment; null while there is none. Terms of retention run from it. */
  readonly employedUntil: CivilDate | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** What an HR system says about one person. */
export type PersonStatement = {
  readonly externalId: string
  readonly givenName: string
  readonly familyName: string
  readonly workEmail: string
  readonly language: Language
  readonly department?: string
  readonly jobTitle?: string
  readonly employedUntil?: CivilDate
}

/** What an import did: nobody is ever removed by one. */
export type ImportOutcome = { readonly created: number; readonly updated: number; readonly unchanged: number }

/** The name as it stands in receipts and messages. */
export function displayName(person: Pick<Person, 'givenName' | 'familyName'>): string {
  return `${person.givenName} ${person.familyName}`
}
