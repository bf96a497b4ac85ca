import type { Instant } from '#core'
import type { ClauseFacts } from '../facts.ts'
import type { RuleCase } from '../rule.ts'
import { known } from '../rule.ts'

/** The clause that a rule about clauses looks at. */
export function clauseOf(about: RuleCase): ClauseFacts {
  if (about.clause === undefined) throw new Error('a rule about clauses was run without one')
  return about.clause
}

/** Kinds that fall under art. 7:653 BW, or that courts treat so case by case. */
export function isCovenant(clause: ClauseFacts): boolean {
  return (
    clause.kind === 'relatiebeding' || clause.kind === 'concurrentiebeding' || clause.kind === 'ronselbeding'
  )
}

/** When the bundle was signed; null before that. */
export function signedAt(about: RuleCase): Instant | null {
  return known(about.facts.bundle?.signedAt, 'bundle.signedAt')
}

/** Whether anything in the case is a covenant, for rules that are stricter then. */
export function hasCovenant(about: RuleCase): boolean {
  return (about.facts.clauses ?? []).some(isCovenant)
}

/** Hours between two moments; negative when the second is earlier. */
export function hoursBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / 3_600_000
}
