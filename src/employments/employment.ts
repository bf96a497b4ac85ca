import type { CivilDate, ClientId, DocumentId, EntryId, Instant, PersonId } from '#core'

/**
 * What a fact of each kind says. `started` and `birth-date` do not depend on a day; everything else holds from a day on until
 * the next fact of its kind.
 */
export type FactValues = {
  /** The first day of the employment. */
  readonly started: { readonly day: CivilDate }
  readonly 'birth-date': { readonly day: CivilDate }
  /** Languages that the employee says to read well. */
  readonly languages: { readonly languages: readonly string[] }
  readonly function: JobValue
  readonly grade: JobValue
  readonly wage: { readonly hourlyCents: number; readonly hoursPerDay: number; readonly foreseen: boolean }
  readonly area: JobValue
  readonly 'client-access': JobValue
  readonly reporting: JobValue
  /** The last day as it was stored; null takes an earlier end back: the employment goes on. */
  readonly 'last-day': {
    readonly day: CivilDate | null
    readonly endedBy: 'employee' | 'employer' | 'agreement' | 'term' | 'court' | 'other'
    readonly seriousFault: 'none' | 'employer' | 'employee' | 'disputed'
  }
  /** What the works council decided about a policy that this employment is under. */
  readonly 'works-council': {
    readonly policySha256: string | null
    readonly decision: 'consent' | 'refused' | 'none' | 'court-substitute' | 'cao-settled'
    readonly caoReference: string | null
    readonly decisionCommunicatedAt: Instant | null
    readonly nullityInvokedAt: Instant | null
  }
}

/** What the job was, in the words of the employer, and whether this was foreseen when the contract was made. */
export type JobValue = { readonly description: string; readonly foreseen: boolean }

export type FactKind = keyof FactValues

export const factKinds = [
  'started',
  'birth-date',
  'languages',
  'function',
  'grade',
  'wage',
  'area',
  'client-access',
  'reporting',
  'last-day',
  'works-council',
] as const satisfies readonly FactKind[]

/** Kinds that do not depend on a day. */
export const timelessKinds: readonly FactKind[] = ['started', 'birth-date']

/** From when a timeless fact holds: before every employment, so that it says nothing about the person. */
export const alwaysDay = '1900-01-01' as CivilDate

/** A fact as it was recorded. `value` is null once the content was erased. */
export type EmploymentFact = {
  [Kind in FactKind]: {
    readonly factId: string
    readonly kind: Kind
    readonly validFrom: CivilDate
    readonly value: FactValues[Kind] | null
    readonly recordedAt: Instant
    readonly entryId: EntryId
    /** Recorded after the day from which it holds. */
    readonly backDated: boolean
  }
}[FactKind]

/** A fact with the retraction that took it back, if one did. */
export type RecordedFact = EmploymentFact & {
  readonly recordedBy: ClientId
  readonly retraction: {
    readonly factId: string
    readonly recordedAt: Instant
    readonly recordedBy: ClientId
    readonly reason: string | null
    readonly entryId: EntryId
  } | null
}

export type Employment = {
  readonly employmentId: string
  readonly personId: PersonId
  readonly recordedAt: Instant
  readonly entryId: EntryId
}

/** A day, and the moment of knowledge from which it is looked at. */
export type AsOf = { readonly on: CivilDate; readonly knownAt: Instant }

/** An employment on a day as it was known at a moment. */
export type EmploymentOn = Employment &
  AsOf & {
    /** Of each kind the one fact that was true on that day; a kind that is not here was not known. */
    readonly facts: readonly EmploymentFact[]
    /** The contract that ran on that day, and whatever else is known to have been agreed, oldest first. */
    readonly contract: Contract | null
    readonly contracts: readonly Contract[]
    readonly organisationFacts: OrganisationFactsOn
  }

export type ContractKind = 'indefinite' | 'fixed-term' | 'settlement' | 'addendum'

export type Contract = {
  readonly contractId: string
  readonly employmentId: string
  readonly kind: ContractKind
  readonly startsOn: CivilDate
  readonly endsOn: CivilDate | null
  readonly documentId: DocumentId | null
  readonly documentSha256: string | null
  readonly follows: string | null
  readonly followKind: 'renewal' | 'conversion' | null
  /** Whether more than the term differs from the contract that it follows. */
  readonly changedMore: boolean
  readonly provenance: 'made-here' | 'uploaded' | 'elsewhere'
  /** The dispute that a settlement ends; empty when none is on record; null once it was erased. */
  readonly existingDispute: string | null
  readonly recordedAt: Instant
  readonly retractedAt: Instant | null
  readonly entryId: EntryId
}

export type OrganisationFactValues = {
  readonly headcount: { readonly count: number }
  readonly 'employee-body': { readonly body: 'none' | 'pvt' | 'or' }
}

export type OrganisationFactKind = keyof OrganisationFactValues

export type OrganisationFact = {
  [Kind in OrganisationFactKind]: {
    readonly factId: string
    readonly kind: Kind
    readonly validFrom: CivilDate
    readonly value: OrganisationFactValues[Kind]
    readonly recordedAt: Instant
    readonly entryId: EntryId
    readonly backDated: boolean
    readonly retractedAt: Instant | null
  }
}[OrganisationFactKind]

/** What was true of the organisation on a day; a member that is absent was not known. */
export type OrganisationFactsOn = {
  readonly headcount?: number
  readonly employeeBody?: 'none' | 'pvt' | 'or'
}

export const mandateCovers = ['annex', 'contract', 'exit-letter'] as const
export type MandateCovers = (typeof mandateCovers)[number]

/** The authority of a person to sign for the employer. */
export type Mandate = {
  readonly mandateId: string
  readonly personId: PersonId
  readonly covers: readonly MandateCovers[]
  readonly validFrom: CivilDate
  /** The last day on which it counts, as it was given; null while there is none. */
  readonly validTo: CivilDate | null
  /** On what it rests; null once it was erased. */
  readonly basis: string | null
  readonly recordedAt: Instant
  readonly entryId: EntryId
  readonly ending: {
    readonly lastDay: CivilDate
    readonly endedAt: Instant
    readonly entryId: EntryId
  } | null
}
