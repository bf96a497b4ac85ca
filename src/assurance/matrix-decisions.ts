import type { CivilDate, Instant, ProblemCode } from '#core'
import { isBefore } from '#core'
import type { Assurance } from './assurance.ts'
import { meets } from './assurance.ts'
import type { Purpose, PurposeRule } from './purpose.ts'
import { defaultMatrix } from './purpose.ts'

/** The name of the built-in matrix, where an organisation has made no rule. */
export const builtInMatrix = 'built-in/1'

/** A rule that an organisation made: what a purpose asks from a day on. */
export type AssuranceRule = PurposeRule & {
  readonly ruleId: string
  readonly effectiveFrom: CivilDate
  readonly madeAt: Instant
}

/** What a purpose asks on a day. `matrixVersion` names the rule that says so, or the built-in matrix. */
export type Requirement = {
  readonly level: Assurance
  readonly minReadingSeconds: number
  readonly matrixVersion: string
}

/** What a purpose asks on a day: of the rules in force the one that took effect last, of those the newest. */
export function requirementOn(
  purpose: Purpose,
  rules: readonly AssuranceRule[],
  day: CivilDate,
): Requirement {
  const [rule] = rules
    .filter((each) => each.purpose === purpose && each.effectiveFrom <= day)
    .toSorted((a, b) => compare(b.effectiveFrom, a.effectiveFrom) || compare(b.madeAt, a.madeAt) || compare(b.ruleId, a.ruleId)) // prettier-ignore
  if (rule === undefined) return { ...defaultMatrix[purpose], matrixVersion: builtInMatrix }
  return { level: rule.level, minReadingSeconds: rule.minReadingSeconds, matrixVersion: rule.ruleId }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Says why a rule cannot be made; undefined when it can. What has passed is not changed afterwards, and no organisation asks
 * for less than the built-in matrix does: less would not hold before a court (dutch-law 4.2).
 */
export function decideRule(
  wanted: PurposeRule & { readonly effectiveFrom: CivilDate },
  today: CivilDate,
): ProblemCode | undefined {
  if (isBefore(wanted.effectiveFrom, today)) return 'effective-day-past'
  return meets(wanted.level, defaultMatrix[wanted.purpose].level) ? undefined : 'level-below-built-in'
}
