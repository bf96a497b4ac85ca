import type { Assurance, EvidenceLevel } from '#assurance'
import type { Choice } from '#ceremonies'
import type {
  ActId,
  AssignmentId,
  CivilDate,
  ClientId,
  DocumentId,
  EntryId,
  Instant,
  OrganisationId,
  PersonId,
} from '#core'
import type { Language } from '#people'

/** Where the words of an agreement come from: a ceremony of this service, or a record that the employer took over. */
export type Provenance = 'ceremony' | 'imported'

/** Who a party acts as. Each acts in a ceremony of their own. */
export type Side = 'employee' | 'representative'

/** An agreement as it was offered or taken over. */
export type Agreement = {
  readonly agreementId: string
  readonly employmentId: string
  readonly personId: PersonId
  readonly contractId: string | null
  readonly provenance: Provenance
  readonly representativeId: PersonId | null
  readonly mandateId: string | null
  /** Of the manifest that both parties were shown, in hex. */
  readonly bundleSha256: string | null
  readonly employeeAssignmentId: AssignmentId | null
  readonly representativeAssignmentId: AssignmentId | null
  readonly signCheckId: string | null
  /** Of a record that was taken over: the day on which it was signed, as the employer says. */
  readonly signedOn: CivilDate | null
  readonly createdBy: ClientId
  readonly createdAt: Instant
  readonly entryId: EntryId
  readonly annexes: readonly AgreedAnnex[]
}

/** An annex in its place in the bundle. With role `main` it is the main document itself: an addendum. */
export type AgreedAnnex = {
  readonly annexId: string
  readonly role: 'main' | 'annex'
  readonly effectiveFrom: CivilDate
  readonly effectiveUntil: CivilDate | null
  readonly replaces: string | null
}

/** An act on one statement of one party's ceremony. */
export type PartyAct = {
  readonly actId: ActId
  readonly statementId: string
  readonly choice: Choice
  readonly assurance: Assurance
  readonly actedAt: Instant
}

/** What happened in the ceremony of one party. */
export type PartyEvents = {
  readonly assignmentId: AssignmentId
  readonly statementIds: readonly string[]
  readonly acts: readonly PartyAct[]
  readonly end: { readonly how: 'lapsed' | 'withdrawn' | 'superseded'; readonly at: Instant } | null
}

/** A step about an act, with what held for the act after it. */
export type DenialEvent = { readonly actId: ActId; readonly at: Instant; readonly status: string }

/** From which day something is no longer in force. `annexId` null: the whole agreement. */
export type EndEvent = {
  readonly endId: string
  readonly annexId: string | null
  readonly endedOn: CivilDate
  readonly how: 'ended' | 'superseded' | 'exit'
  readonly supersededBy: string | null
  /** What was said against the acts of the agreement that came in its place. */
  readonly successorDenials: readonly DenialEvent[]
}

export type Conclusion = {
  readonly outcome: 'concluded' | 'blocked'
  /** When the second of the two acts was done. */
  readonly concludedAt: Instant
  readonly legalCheckId: string
  /** The rules that block it, or `mandate-missing`. */
  readonly blockedBy: readonly string[]
  readonly entryId: EntryId
}

/** Everything from which follows where an agreement and its annexes stand on a day. */
export type AgreementHistory = {
  readonly provenance: Provenance
  readonly createdAt: Instant
  readonly parties: Readonly<Record<Side, PartyEvents>> | null
  readonly conclusion: Conclusion | null
  readonly ends: readonly EndEvent[]
  readonly denials: readonly DenialEvent[]
}

/**
 * Where an annex stands on a day. `signed`: both parties agreed, and either the outcome is not recorded yet or its day has not come.
 * Only `in-force` binds.
 */
export const annexStates = [
  'composed',
  'offered',
  'half-signed',
  'signed',
  'in-force',
  'superseded',
  'ended',
  'declined',
  'lapsed',
  'withdrawn',
  'blocked',
  'denied',
  'imported',
] as const

export type AnnexState = (typeof annexStates)[number]

/** Where an agreement stands as a whole. Its annexes can stand elsewhere: one that was replaced, one whose day has not come. */
export type AgreementState = Exclude<AnnexState, 'composed'>

/** An annex that binds a person on a day, with what it rests on. */
export type BindingAnnex = {
  readonly organisationId: OrganisationId
  readonly agreementId: string
  readonly annexId: string
  readonly employmentId: string
  readonly contractId: string
  readonly kind: string
  readonly mark: string
  readonly language: Language
  readonly effectiveFrom: CivilDate
  readonly effectiveUntil: CivilDate | null
  readonly documentId: DocumentId
  readonly documentSha256: string
  readonly bundleSha256: string
  readonly concludedAt: Instant
  readonly conclusionEntryId: EntryId
  readonly legalCheckId: string
  readonly employeeActId: ActId
  readonly employeeEntryId: EntryId
  readonly employeeAssurance: Assurance
  readonly evidenceLevel: EvidenceLevel
  readonly representativeActId: ActId
}
