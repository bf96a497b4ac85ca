import type { CivilDate, EntryId, Instant, PersonId } from '#core'
import type { Evaluation, Facts, Finding, Moment, Review } from '#jurisdictions'

/** An evaluation that is kept. `content` is null once the person it was about was erased. */
export type LegalCheck = {
  readonly legalCheckId: string
  readonly personId: PersonId | null
  readonly jurisdiction: string
  readonly ruleSetVersion: string
  readonly regime: string
  readonly asOf: CivilDate
  readonly moments: readonly Moment[]
  readonly factsSha256: string
  readonly findingsSha256: string
  readonly madeAt: Instant
  readonly entryId: EntryId
  readonly content: { readonly facts: Facts; readonly findings: readonly Finding[] } | null
}

/** What is asked: which rules, when they matter, on which facts, about whom. */
export type CheckCommand = {
  readonly jurisdiction: string
  readonly moments: readonly Moment[]
  readonly facts: Facts
  readonly personId: PersonId | null
}

/** A decision of a named person on a finding, as it is kept. */
export type KeptReview = Review & {
  readonly legalReviewId: string
  readonly legalCheckId: string
  readonly madeAt: Instant
  readonly entryId: EntryId
}

/** What a person decides on a finding of an evaluation. */
export type ReviewCommand = {
  readonly legalCheckId: string
  readonly ruleId: string
  readonly clauseId: string | null
  readonly kind: 'review' | 'override'
  readonly outcome: 'pass' | 'fail'
  readonly reviewer: string
  readonly reason: string
}

/**
 * Whether the evaluation comes out the same today: letter for letter, otherwise, or not to be said because its rule set is no
 * longer among ours or its content was erased.
 */
export type Replay = 'same' | 'different' | 'rule-set-gone' | 'content-erased'

export type { Evaluation }
