import type { CivilDate, Instant } from '#core'

/*
 * What a rule may know. A member that is absent is not known, and a rule that needs it answers `unknown`; a member that
 * is null or empty is known to be nothing. Money is in euro cents, terms in calendar months.
 */

export const clauseKinds = [
  'relatiebeding',
  'concurrentiebeding',
  'ronselbeding',
  'geheimhoudingsbeding',
  'boetebeding',
  'nevenwerkzaamhedenbeding',
  'wijzigingsbeding',
  'social-mediabeding',
] as const

export type ClauseKind = (typeof clauseKinds)[number]

export type EmployeeFacts = {
  readonly birthDate?: CivilDate
  /** Languages that the employee said to read well. */
  readonly languages?: readonly string[]
  readonly employedFrom?: CivilDate
  /** The last day of the employment as it was stored; null while it runs. */
  readonly lastDay?: CivilDate | null
}

export type ContractFacts = {
  readonly kind?: 'indefinite' | 'fixed-term' | 'settlement' | 'addendum'
  readonly startsOn?: CivilDate
  readonly endsOn?: CivilDate | null
  readonly renewals?: readonly {
    readonly on: CivilDate
    readonly kind: 'renewal' | 'conversion'
    /** Whether more than the term changed. */
    readonly changedMore: boolean
  }[]
  /** The dispute that a settlement ends; empty when none is on record. */
  readonly existingDispute?: string
}

/** One document of what was offered and acted on together. */
export type ManifestItem = {
  readonly documentId: string
  readonly sha256: string
  readonly role: 'main' | 'annex'
  readonly language: string
}

export type BundleFacts = {
  readonly ceremonyId?: string
  readonly manifest?: readonly ManifestItem[]
  readonly references?: readonly {
    readonly from: string
    readonly to: string
    readonly anchorText: string
    readonly page: number | null
  }[]
  /** Whether the sentence under which was signed says agreement, and not only receipt or reading. */
  readonly statement?: { readonly text: string; readonly expresses: 'agreement' | 'receipt' | 'reading' }
  readonly clauseConsents?: readonly { readonly clauseId: string; readonly statement: string }[]
  /** Remarks, reservations and conditions of the employee; empty when there were none. */
  readonly conditionText?: string
  readonly acceptedBy?: 'act' | 'e-mail-reply'
  readonly deliveredAt?: Instant | null
  readonly signedAt?: Instant | null
  /** Whether the employee can fetch everything that was signed, now and after leaving. */
  readonly retrievableByEmployee?: boolean
  readonly prevailingLanguage?: string | null
}

export type Motivation = {
  readonly text: string
  readonly functionRef: string
  readonly interests: readonly string[]
  /** Whether it stands with the clause and not in a memo elsewhere. */
  readonly locatedWithClause: boolean
  readonly writtenAt: Instant | null
  /** Functions for which the very same text is in use. */
  readonly sameTextFor: readonly string[]
}

export type ClauseFacts = {
  readonly id: string
  readonly kind: ClauseKind
  readonly language?: string
  readonly locatedIn?: 'main' | 'annex' | 'policy' | 'link' | 'email'
  readonly documentSha256?: string
  readonly motivation?: Motivation | null
  readonly months?: number | null
  readonly area?: string
  readonly areaReason?: string
  readonly activity?: string
  /** What counts as a relation, and which of the usual questions the words answer. */
  readonly relation?: {
    readonly definition: string
    readonly named: number
    readonly answers: readonly RelationQuestion[]
  }
  readonly carveOut?: { readonly languages: readonly string[] } | null
  readonly objectiveReason?:
    'health-safety' | 'confidentiality' | 'integrity' | 'conflict-of-interest' | 'working-hours' | null
}

/** What a definition of a relation should answer (Hof Arnhem-Leeuwarden ECLI:NL:GHARL:2017:9376; Smeba; Noord-Holland 2013). */
export const relationQuestions = ['suppliers', 'prospects', 'initiative', 'online-contact'] as const

export type RelationQuestion = (typeof relationQuestions)[number]

/** How a derogation from a paragraph was written down: in so many words, only to be read into the amount, or not at all. */
export type Derogation = 'explicit' | 'implied' | 'none'

export type PenaltyFacts = {
  readonly coveredRules?: readonly string[]
  readonly amountCents?: number | null
  readonly perDayCents?: number | null
  readonly fixedInWageCurrency?: boolean
  readonly destination?: string
  readonly benefitsEmployer?: boolean
  readonly derogations?: { readonly lid3: Derogation; readonly lid4: Derogation; readonly lid5: Derogation }
  readonly cumulatesWithDamages?: 'no' | 'yes' | 'silent'
  /** Whether a penalty as such was agreed in writing; absent: follows from the clauses that it covers. */
  readonly agreedInWriting?: boolean
  readonly fines?: readonly {
    readonly isoWeek: string
    readonly amountCents: number
    readonly fact: string
  }[]
  readonly damagesClaimedFor?: readonly string[]
}

export type WageFacts = {
  /** From which day which wage; the row of a day is the last that began. */
  readonly history?: readonly {
    readonly from: CivilDate
    readonly hourlyCents: number
    readonly hoursPerDay: number
  }[]
}

/** One day on which the job became another, as far as rules may weigh it: see `significantJobHistory`. */
export type JobChange = {
  readonly on: CivilDate
  readonly changed: readonly ('function' | 'grade' | 'area' | 'client-access' | 'wage' | 'reporting')[]
  readonly foreseen: boolean
}

export type SignatureFacts = {
  readonly level?: 'none' | 'click' | 'ses' | 'ades' | 'qes' | 'wet'
  readonly idProofing?: 'none' | 'hr-checked-document' | 'bank-id' | 'eid-high' | 'nfc-document' | 'in-person'
  readonly factors?: number
  /** Resets and delegations by others near the act, in words. */
  readonly privilegedActionsNear?: readonly string[]
  readonly timestampQualified?: boolean
  readonly validation?: 'passed' | 'failed' | 'indeterminate' | 'not-run'
  readonly criteria26?: {
    readonly unique: boolean
    readonly identifies: boolean
    readonly soleControl: boolean
    readonly tamperEvident: boolean
  }
  readonly evidenceLevel?: 'E0' | 'E1' | 'E2' | 'E3' | 'E4' | 'E5' | 'E6'
}

export type AcknowledgementFacts = {
  readonly kind?: 'seen' | 'not-agreed' | 'agreed' | 'agreed-conditionally' | 'declined'
  readonly claimUsedFor?: 'receipt' | 'knowledge' | 'agreement'
  readonly versionSha256?: string
  readonly presentedSha256?: string
  readonly presentedAt?: Instant | null
  readonly actedAt?: Instant | null
  readonly channelReceipts?: readonly {
    readonly status: 'accepted' | 'bounced' | 'opened'
    readonly at: Instant
    readonly addressBasis: string
  }[]
  readonly absent?: boolean
  readonly fallbackSentAt?: Instant | null
}

export type PolicyFacts = {
  readonly sha256?: string
  readonly validFrom?: Instant
  readonly validTo?: Instant | null
  readonly legalNature?: 'information' | 'instruction' | 'contract-term' | 'covenant'
  readonly rules?: readonly {
    readonly id: string
    readonly number: number
    readonly scope: 'working-time' | 'company-account' | 'private-employer-visible' | 'purely-private'
    readonly fine: boolean
    readonly afterEmployment: boolean
    readonly waivesRight: boolean
    readonly asksBeforeSpeaking: boolean
  }[]
  readonly containsMonitoring?: boolean
  readonly processesPersonalData?: boolean
  readonly carveOut?: { readonly languages: readonly string[] } | null
  readonly languages?: readonly string[]
}

export type WorksCouncilFacts = {
  readonly employeeBody?: 'none' | 'pvt' | 'or'
  readonly headcount?: number
  readonly policySha256?: string
  readonly decision?: 'consent' | 'refused' | 'none' | 'court-substitute' | 'cao-settled'
  readonly caoReference?: string
  readonly decisionCommunicatedAt?: Instant | null
  readonly nullityInvokedAt?: Instant | null
}

export type PrivacyFacts = {
  readonly legalBasis?: 'contract' | 'legal-duty' | 'legitimate-interest' | 'consent' | null
  readonly processing?: 'ack-evidence' | 'covenant-evidence' | 'monitoring' | 'sanction' | 'other'
  readonly withdrawalAsEasy?: boolean
  readonly noticeDeliveredAt?: Instant | null
  readonly noticeSays?: readonly ('nature' | 'extent' | 'reason' | 'consequences')[]
  readonly collectionStartedAt?: Instant | null
  readonly dpiaRef?: string | null
  readonly retentionClass?: string | null
  readonly retainUntil?: CivilDate | null
  readonly legalHold?: boolean
  readonly deletedAt?: Instant | null
  readonly tombstoneSha256?: string | null
}

export type EventFacts = {
  readonly occurredAt?: Instant
  readonly discoveredAt?: Instant
  readonly decidedAt?: Instant
  readonly ruleId?: string
  readonly capture?: { readonly sha256: string; readonly capturedAt: Instant } | null
  readonly comparableCases?: readonly { readonly milder: boolean; readonly difference: string }[]
}

export type Facts = {
  /** The day for which the question is asked. */
  readonly asOf: CivilDate
  /** The record came from elsewhere: history is weighed, not repaired. */
  readonly legacy?: boolean
  readonly employee?: EmployeeFacts
  readonly contract?: ContractFacts
  readonly bundle?: BundleFacts
  readonly clauses?: readonly ClauseFacts[]
  readonly penalty?: PenaltyFacts | null
  readonly wage?: WageFacts
  readonly jobHistory?: readonly JobChange[]
  readonly reaffirmations?: readonly { readonly clauseId: string; readonly on: CivilDate }[]
  readonly signature?: SignatureFacts
  readonly acknowledgement?: AcknowledgementFacts
  readonly policyVersion?: PolicyFacts
  readonly worksCouncil?: WorksCouncilFacts
  readonly change?: {
    readonly target?: 'policy' | 'wage' | 'function' | 'covenant' | 'penalty' | 'other-term'
    readonly route?: 'agreement' | '7:613' | '7:611' | 'instruction'
    readonly writtenChangeClause?: boolean
    readonly answers?: { readonly reason: string; readonly reasonable: string; readonly acceptable: string }
  }
  readonly privacy?: PrivacyFacts
  readonly warnings?: readonly {
    readonly ruleId: string
    readonly at: Instant
    readonly delivered: boolean
  }[]
  readonly event?: EventFacts
  readonly exit?: {
    readonly seriousFault?: 'none' | 'employer' | 'employee' | 'disputed'
    readonly invocationNoticeOn?: CivilDate | null
    readonly compensationPaidOn?: CivilDate | null
  }
  readonly evidence?: {
    readonly storedSha256?: string | null
    readonly rerenderedSha256?: string
    readonly chainVerified?: boolean
    readonly lastAnchorAt?: Instant | null
    readonly anchorQualified?: boolean
    readonly custodianStatement?: string | null
    readonly signatureStatus?: 'admitted' | 'denied' | 'untested'
  }
  readonly statement655?: {
    readonly form?: 'paper' | 'electronic'
    readonly signatureLevel?: 'none' | 'ses' | 'ades' | 'qes' | 'wet'
    readonly issuedOn?: CivilDate
    readonly dueOn?: CivilDate
    readonly storableByEmployee?: boolean
  }
}
