import type { Agreement, AgreementHistory, AgreementState, AgreementView, AnnexState } from '#agreements'
import type { Assurance, EvidenceLevel, Fitness, Purpose } from '#assurance'
import type { ActId, AssignmentId, CivilDate, DocumentId, EntryId, Instant, PolicyId, VersionId } from '#core'
import type { ActStatus, Choice } from '#ceremonies'
import type { ClauseKind } from '#jurisdictions'
import type { LegalNature } from '#policies/model'
import type { ReasonCode } from './reason-texts.ts'

/** How a person answered a statement, and what proves it. */
export type GivenAct = {
  readonly actId: ActId
  readonly statementId: string
  readonly choice: Choice
  readonly language: string
  readonly actedAt: Instant
  readonly assurance: Assurance
  readonly evidenceLevel: EvidenceLevel
  /** Whether a key of the person signed it. */
  readonly signed: boolean
  readonly documentId: DocumentId
  /** What holds for the act today after what was said against it. */
  readonly status: ActStatus
  /** Since when; null while nobody said anything. */
  readonly statusSince: Instant | null
  readonly entryId: EntryId
}

/** A policy version that was put before a person, with what became of it up to the day that is asked about. */
export type AskedPolicy = {
  readonly assignmentId: AssignmentId
  readonly policyId: PolicyId
  readonly policyName: string
  readonly versionId: VersionId
  readonly versionNumber: number
  readonly legalNature: LegalNature
  readonly contentSha256: string
  readonly effectiveFrom: CivilDate
  /** SHA-256 of the sealed edition that was answered; null while none was. */
  readonly documentSha256: string | null
  /** The version of the policy that was in force on the day; null when none was. */
  readonly versionInForce: number | null
  /** When it was first opened, and how the asking ended, while it is not answered. */
  readonly openedAt: Instant | null
  readonly endedHow: 'lapsed' | 'withdrawn' | 'superseded' | null
  readonly act: GivenAct | null
}

/** Documents that were put before a person together, outside agreements. */
export type AskedBundle = {
  readonly assignmentId: AssignmentId
  readonly purpose: Purpose
  readonly manifestSha256: string
  /** SHA-256 of the main document; null while nothing was answered, or once its file went with its person. */
  readonly documentSha256: string | null
  readonly acts: readonly GivenAct[]
}

/** A clause as an annex holds it. */
export type HeldClause = {
  readonly clauseId: string
  readonly kind: ClauseKind
  readonly months: number | null
  readonly templateId: string
  readonly versionNumber: number
  readonly contentSha256: string
  readonly counsel: 'reviewed' | 'not-reviewed'
  readonly relationListMark: string | null
}

/** An annex of an agreement, with its clauses and the policy versions that are part of it. */
export type HeldAnnex = Agreement['annexes'][number] & {
  readonly mark: string
  readonly kind: 'clauses' | 'relation-list'
  /** Null once its person was erased. */
  readonly title: string | null
  readonly language: 'nl' | 'en'
  readonly documentId: DocumentId
  readonly documentSha256: string
  readonly contentSha256: string
  readonly entryId: EntryId
  readonly clauses: readonly HeldClause[]
  readonly policies: readonly {
    readonly policyId: PolicyId
    readonly versionNumber: number
    readonly documentSha256: string
  }[]
}

type PartyEvents = NonNullable<AgreementHistory['parties']>['employee']

/** What one party of an agreement did, with the proof of each act. */
export type HeldParty = Omit<PartyEvents, 'acts'> & { readonly acts: readonly GivenAct[] }

/** An agreement with a person: what was agreed, by whom, and everything that decides where it stands on a day. */
export type HeldAgreement = {
  readonly agreementId: string
  readonly employmentId: string
  readonly contractId: string | null
  readonly provenance: Agreement['provenance']
  readonly createdAt: Instant
  readonly signedOn: CivilDate | null
  readonly bundleSha256: string | null
  readonly entryId: EntryId
  readonly annexes: readonly HeldAnnex[]
  /** The document that both signed, with the annexes that it refers to; null while nobody did, or once its file went. */
  readonly mainDocument: { readonly documentId: DocumentId; readonly sha256: string } | null
  /** Of a record that was taken over: what the employer says of it. Null of every other, and once the person was erased. */
  readonly imported: AgreementView['imported']
  readonly employee: HeldParty | null
  readonly representative: HeldParty | null
  readonly conclusion: AgreementHistory['conclusion']
  readonly ends: readonly (AgreementHistory['ends'][number] & { readonly entryId: EntryId })[]
  readonly denials: AgreementHistory['denials']
}

/** An annex with where it stood on a day. */
export type StandingAnnex = {
  readonly annex: HeldAnnex
  /** By what was done up to the end of the day. */
  readonly state: AnnexState
  /** Only what was in force on the day and is not contested today. */
  readonly binds: boolean
  readonly reasons: readonly ReasonCode[]
}

/** An agreement with where it stood on a day, and each of its annexes. */
export type StandingAgreement = {
  readonly agreement: HeldAgreement
  readonly state: AgreementState
  readonly binds: boolean
  readonly reasons: readonly ReasonCode[]
  readonly annexes: readonly StandingAnnex[]
}

/**
 * What something is worth against the person on a day. `binds`: it holds. `informs`: it was told, and binds nobody. `weak`:
 * a lawyer has to weigh what is missing. `not-binding`: it does not hold.
 */
export const weights = ['binds', 'informs', 'weak', 'not-binding'] as const
export type Weight = (typeof weights)[number]

export type Weighed = {
  readonly weight: Weight
  readonly reasons: readonly ReasonCode[]
  /** What the purpose matrix says of how the person was known; null where nothing was answered. */
  readonly proof: Fitness | null
}

/** Everything about a person on a day, weighed. */
export type Obligations = {
  readonly agreements: readonly StandingAgreement[]
  readonly policies: readonly (AskedPolicy & Weighed)[]
  readonly bundles: readonly (AskedBundle & Weighed)[]
}
