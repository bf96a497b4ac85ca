import type { Finding } from './evaluation.ts'
import type { Result } from './rule.ts'

/** What a named person decided about a finding, bound to the inputs that it rested on. */
export type Review = {
  readonly ruleId: string
  readonly clauseId: string | null
  readonly inputSha256: string
  readonly kind: 'review' | 'override'
  readonly outcome: 'pass' | 'fail'
  readonly reviewer: string
  readonly reason: string
}

/** A finding with what people decided about it. `stops` says whether the step may not go on because of it. */
export type Standing<Kept extends Review = Review> = {
  readonly finding: Finding
  readonly result: Result
  readonly reviewed: Kept | null
  readonly stops: boolean
}

/**
 * Where a finding stands. A `lawyer` is closed by a review of the same inputs only; a `fail` of severity major by an
 * override of the same inputs, which leaves the result a fail; a blocker by nothing. When an input changes, the hash is
 * another and review and override lapse by themselves. `unknown` stops like an open `lawyer`.
 */
export function standingOf<Kept extends Review>(finding: Finding, reviews: readonly Kept[]): Standing<Kept> {
  const bound = reviews.filter(
    (review) =>
      review.ruleId === finding.ruleId &&
      review.clauseId === finding.clauseId &&
      review.inputSha256 === finding.inputSha256,
  )
  const heavy = finding.severity === 'blocker' || finding.severity === 'major'
  if (finding.result === 'lawyer') {
    const review = bound.findLast((each) => each.kind === 'review') ?? null
    const result = review === null ? 'lawyer' : review.outcome
    return { finding, result, reviewed: review, stops: heavy && result !== 'pass' }
  }
  if (finding.result === 'fail') {
    const override =
      finding.severity === 'major' ? (bound.findLast((each) => each.kind === 'override') ?? null) : null
    return { finding, result: 'fail', reviewed: override, stops: heavy && override === null }
  }
  return { finding, result: finding.result, reviewed: null, stops: heavy && finding.result === 'unknown' }
}

/** Whether a step may go on: nothing stops it. There is no score: one blocker outweighs any number of passes. */
export function mayGoOn(standings: readonly Standing[]): boolean {
  return standings.every((standing) => !standing.stops)
}
