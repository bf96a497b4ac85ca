import { canonicalJson } from '#core'
import type { Finding, Standing } from '#jurisdictions'
import type { Reason, TaskKind } from './task.ts'

/** Something that has to be done about findings of one agreement. */
export type Need = { readonly kind: TaskKind; readonly reasons: readonly Reason[] }

/**
 * The findings that come out otherwise than in the evaluation before. Under the same rules a finding also differs when its
 * result rests on something else, which its note says: a second change of the job is not the first. Under other rules only
 * the result, its severity and what was missing count, because a text that was reworded is no change of anybody's position.
 * Messages are left out: some say the day of asking. Without an evaluation before, everything differs.
 */
export function differingFindings(
  previous: readonly Finding[] | null,
  now: readonly Finding[],
  sameRules: boolean,
): Finding[] {
  if (previous === null) return [...now]
  const before = new Map(previous.map((finding) => [placeOf(finding), sayingOf(finding, sameRules)]))
  return now.filter((finding) => before.get(placeOf(finding)) !== sayingOf(finding, sameRules))
}

/** Where a finding stands: its rule, and the clause that it looks at. */
export function placeOf({ ruleId, clauseId }: Pick<Finding, 'ruleId' | 'clauseId'>): string {
  return `${ruleId} ${clauseId ?? ''}`
}

function sayingOf(finding: Finding, sameRules: boolean): string {
  const { result, severity, missing, note } = finding
  return canonicalJson(sameRules ? { result, severity, missing: [...missing], note } : { result, severity, missing: [...missing] }) // prettier-ignore
}

/**
 * What the findings of an evaluation ask for as they stand with what people decided about them, by kind, in the order in
 * which the findings stand. What was reviewed as good, or overridden by name, asks for nothing; what is only shown neither.
 * A missing fact asks for a review, because nothing can be said before it is recorded.
 */
export function needsOf(standings: readonly Standing[]): Need[] {
  const asking = standings.flatMap(({ finding, result, reviewed, stops }) => {
    const { ruleId, clauseId, severity, inputSha256 } = finding
    const raised = finding.result
    if (raised === 'pass' || raised === 'na' || severity === 'info') return []
    if (result === 'pass' || (reviewed !== null && !stops)) return []
    return [{ kind: kindOf(finding), reason: { ruleId, clauseId, result: raised, inputSha256 } }]
  })
  return [...Map.groupBy(asking, ({ kind }) => kind)].map(([kind, found]) => ({
    kind,
    reasons: found.map(({ reason }) => reason),
  }))
}

/**
 * What is to be done about a finding. Whether a covenant weighs heavier is judged and then agreed again where it does (HR
 * AZ2221, never a fail by itself); a covenant that had no motivation and came into another contract is written anew (art. 7:653
 * lid 2 BW); one of a contract that was renewed or converted is agreed again; the rest is for a lawyer.
 */
function kindOf({ ruleId, result }: Finding): TaskKind {
  if (result === 'unknown') return 'review'
  if (ruleId === 'nl.hr-avm.heavier-burden') return 're-affirm'
  if (ruleId === 'nl.7-653.renewal-reaffirmed') return result === 'fail' ? 're-motivate' : 'renew'
  return 'review'
}
