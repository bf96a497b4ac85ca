import type { Standing } from '#jurisdictions'
import type { KeptReview } from '#legal-checks'
import type { Need } from './need-decisions.ts'
import { needsOf, placeOf } from './need-decisions.ts'
import type { Cause, Closing, OpenTask, Reason, TaskKind } from './task.ts'

/** What becomes of the tasks of one agreement after an evaluation. */
export type TaskSteps = {
  readonly open: readonly Need[]
  /** Open tasks that are there for another ground now. */
  readonly reground: readonly { readonly task: OpenTask; readonly reasons: readonly Reason[] }[]
  readonly close: readonly { readonly task: OpenTask; readonly closing: Closing }[]
}

export const noSteps: TaskSteps = { open: [], reground: [], close: [] }

/** An evaluation of an agreement, held against the one before and against the tasks that are open. */
export type Judged = {
  readonly agreementId: string
  readonly legalCheckId: string
  /** All findings of the evaluation, as they stand. */
  readonly standings: readonly Standing<KeptReview>[]
  /** Where findings differ from the evaluation before (`differingFindings`). */
  readonly differing: ReadonlySet<string>
  readonly openTasks: readonly OpenTask[]
  readonly causes: readonly Cause[]
}

/**
 * What an evaluation does to the tasks of its agreement. A task opens for a need of which at least one finding differs from the
 * last evaluation, unless one of its kind is open: then that one gets the new ground. A need that stands as it stood opens
 * nothing, also when somebody had dismissed its task. An open task for which nothing asks any more closes, by the later
 * agreement if there is one among the causes.
 */
export function stepsAfter(judged: Judged): TaskSteps {
  const { openTasks, differing } = judged
  const needs = new Map(needsOf(judged.standings).map((need) => [need.kind, need]))
  const isNew = (need: Need): boolean => need.reasons.some((reason) => differing.has(placeOf(reason)))
  const opened = new Set<TaskKind>(openTasks.map(({ kind }) => kind))
  return {
    open: [...needs.values()].filter((need) => isNew(need) && !opened.has(need.kind)),
    reground: openTasks.flatMap((task) => {
      const need = needs.get(task.kind)
      if (need === undefined || (!isNew(need) && samePlaces(need.reasons, task.ground.reasons))) return []
      return [{ task, reasons: need.reasons }]
    }),
    close: openTasks
      .filter((task) => !needs.has(task.kind))
      .map((task) => ({ task, closing: closingOf(task, judged) })),
  }
}

function samePlaces(one: readonly Reason[], other: readonly Reason[]): boolean {
  const places = (reasons: readonly Reason[]): string => reasons.map(placeOf).toSorted().join('\n')
  return places(one) === places(other)
}

/** Why a task is no longer asked for: a lawyer said so, a later agreement did, or the facts are otherwise. */
function closingOf(task: OpenTask, { agreementId, legalCheckId, standings, causes }: Judged): Closing {
  const places = new Set(task.ground.reasons.map(placeOf))
  const reviewed = standings.findLast(
    ({ finding, reviewed: by }) => places.has(placeOf(finding)) && by !== null,
  )
  if (reviewed?.reviewed) return { how: 'reviewed', legalReviewId: reviewed.reviewed.legalReviewId }
  const later = causes.findLast(
    ({ subject, subjectId }) => subject === 'agreement' && subjectId !== agreementId,
  )
  if (later !== undefined) return { how: 'agreed', agreementId: later.subjectId }
  return { how: 'settled', legalCheckId }
}

/**
 * What closes the tasks of an agreement that is no longer there: the one that came in its place, or nothing but its end. A
 * task that was there for a covenant which is now agreed anew is done.
 */
export function stepsAtEnd(openTasks: readonly OpenTask[], supersededBy: string | null): TaskSteps {
  const closing: Closing =
    supersededBy === null ? { how: 'ended' } : { how: 'agreed', agreementId: supersededBy }
  return { ...noSteps, close: openTasks.map((task) => ({ task, closing })) }
}

/**
 * The decision that closes a task: the last of those with which every reason of it is settled, a `lawyer` by a review that
 * found it good, a `fail` by an override, both of exactly the inputs on which the reason rests. Null while one is open;
 * what is unknown is settled by no decision.
 */
export function settlingDecision({ ground }: OpenTask, decisions: readonly KeptReview[]): KeptReview | null {
  let last: KeptReview | null = null
  for (const reason of ground.reasons) {
    const kind = reason.result === 'lawyer' ? 'review' : 'override'
    const decision = decisions.findLast(
      (each) =>
        each.kind === kind && placeOf(each) === placeOf(reason) && each.inputSha256 === reason.inputSha256,
    )
    if (reason.result === 'unknown' || decision === undefined) return null
    if (kind === 'review' && decision.outcome !== 'pass') return null
    if (last === null || decisions.indexOf(decision) > decisions.indexOf(last)) last = decision
  }
  return last
}
