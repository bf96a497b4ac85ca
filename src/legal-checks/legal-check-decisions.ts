import { canonicalJson, problem, sha256Hex } from '#core'
import { dutchRuleSet, evaluate, germanRuleSet, regimeOn } from '#jurisdictions'
import type { Evaluation, Finding, RuleSet } from '#jurisdictions'
import type { CheckCommand, LegalCheck, Replay, ReviewCommand } from './legal-check.ts'

/** The rule sets of this release. */
export const ruleSets: readonly RuleSet[] = [dutchRuleSet, germanRuleSet]

/** Runs the rules of a jurisdiction. Throws `jurisdiction-not-found` where it has none for the day. */
export function runCheck(command: CheckCommand): Evaluation {
  const ruleSet = ruleSets.find((each) => each.jurisdiction === command.jurisdiction)
  if (ruleSet === undefined || regimeOn(ruleSet, command.facts.asOf) === undefined)
    throw problem('jurisdiction-not-found')
  return evaluate(ruleSet, command.facts, command.moments)
}

/** The one text of findings, which is hashed and kept. */
export function findingsText(findings: readonly Finding[]): string {
  return canonicalJson(findings)
}

/** Evaluates what is kept again and holds it against what was said then. */
export function replayOf(check: LegalCheck): Replay {
  if (check.content === null) return 'content-erased'
  const ruleSet = ruleSets.find(
    (each) => each.jurisdiction === check.jurisdiction && each.version === check.ruleSetVersion,
  )
  if (ruleSet === undefined) return 'rule-set-gone'
  const again = evaluate(ruleSet, check.content.facts, check.moments)
  const same = sha256Hex(findingsText(again.findings)) === check.findingsSha256
  return same && again.factsSha256 === check.factsSha256 && again.regime === check.regime
    ? 'same'
    : 'different'
}

/**
 * The finding that a decision is about. Throws `finding-not-found`; `review-not-possible` unless it is for a lawyer; for an
 * override `override-not-possible` unless a rule of severity major failed.
 */
export function reviewedFinding(check: LegalCheck, command: ReviewCommand): Finding {
  const finding = check.content?.findings.find(
    (each) => each.ruleId === command.ruleId && each.clauseId === command.clauseId,
  )
  if (finding === undefined) throw problem('finding-not-found')
  if (command.kind === 'review' && finding.result !== 'lawyer') throw problem('review-not-possible')
  if (command.kind === 'override' && !(finding.result === 'fail' && finding.severity === 'major'))
    throw problem('override-not-possible')
  return finding
}
