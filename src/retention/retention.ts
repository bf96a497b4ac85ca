import type { AssignmentId, CivilDate, ClientId, EntryId, Instant, PersonId, PolicyId } from '#core'

/** Kinds of content, each with a term of its own. Proposed with the domain notes, section 1.18; a lawyer confirms them. */
export const retentionClasses = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'] as const
export type RetentionClass = (typeof retentionClasses)[number]

/** The classes of which something exists today and that the nightly job looks at. */
export const executedClasses = ['R2', 'R3', 'R5'] as const
export type ExecutedClass = (typeof executedClasses)[number]

/** How long a class is kept in this organisation from a day on. */
export type RetentionRule = {
  readonly ruleId: string
  readonly retentionClass: RetentionClass
  /** null: for ever. */
  readonly months: number | null
  readonly effectiveFrom: CivilDate
  readonly reason: string
  readonly madeBy: ClientId
  readonly madeAt: Instant
  readonly entryId: EntryId
}

export type HoldSubject =
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'policy'; readonly policyId: PolicyId }

/** Somebody's word that nothing about a person or a policy may go until they say so (R6). */
export type LegalHold = {
  readonly holdId: string
  readonly subject: HoldSubject
  readonly holder: string
  readonly reason: string
  readonly reviewOn: CivilDate
  readonly placedBy: ClientId
  readonly placedAt: Instant
  readonly entryId: EntryId
  readonly release: HoldRelease | null
}

export type HoldRelease = {
  readonly releaser: string
  readonly reason: string
  readonly releasedBy: ClientId
  readonly releasedAt: Instant
}

/** `content`: everything that goes with an assignment. `traces`: single facts. `person`: the person's own row. */
export type ErasureItem = {
  readonly what: 'content' | 'traces' | 'person'
  readonly personId: PersonId
  readonly assignmentId: AssignmentId | null
}

export type ItemOutcome = 'erased' | 'held' | 'kept'

/** What could go, and why. Made by the nightly job (`madeBy` is null) or asked for about one person. */
export type ErasureProposal = {
  readonly proposalId: string
  readonly retentionClass: ExecutedClass | 'request'
  readonly ground: string
  /** Names of the facts that go; empty when all do. */
  readonly fields: readonly string[]
  readonly personId: PersonId | null
  readonly madeBy: ClientId | null
  readonly madeAt: Instant
}

export type ErasureVerdict = {
  readonly verdict: 'confirm' | 'reject'
  readonly reason: string
  readonly decidedBy: ClientId
  readonly decidedAt: Instant
}

/** How many items of a proposal there are, and what became of them so far. */
export type ErasureCounts = {
  readonly items: number
  readonly erased: number
  readonly held: number
  readonly kept: number
}

export type ProposalStatus = ErasureProposal & {
  readonly decision: ErasureVerdict | null
  readonly counts: ErasureCounts
}
