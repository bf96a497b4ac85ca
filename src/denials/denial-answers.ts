import type { ActId } from '#core'
import { burdenOf, statusAfter } from './denial-decisions.ts'
import type { ToldStep } from './denial-view.ts'
import type { RecordedStep } from './denial.ts'

/** What was said against an act, as it is answered. */
export function toDenials(actId: ActId, steps: readonly ToldStep[]) {
  return { actId, status: statusAfter(steps), steps: steps.map(toStep) }
}

function toStep(step: ToldStep) {
  const text = (name: string): string | null => {
    const value = step.facts[name]
    return typeof value === 'string' ? value : null
  }
  const recorderName = text('recorderName')
  return {
    stepNumber: step.stepNumber,
    kind: step.kind,
    saidBy: step.recordedBy === null ? ('person' as const) : ('recorded-by-employer' as const),
    ground: step.ground,
    burden: step.ground === null ? null : burdenOf(step.ground),
    words: text('words'),
    assurance: step.assurance,
    channel: text('channel'),
    receivedOn: text('receivedOn'),
    recorder: recorderName === null ? null : { name: recorderName, role: text('recorderRole') ?? '' },
    finding: step.finding,
    final: step.final,
    court: text('court'),
    reference: text('reference'),
    decidedOn: text('decidedOn'),
    status: step.status,
    recordedAt: step.recordedAt,
    entryIndex: step.entryIndex,
  }
}

/** A step that was just recorded, with the receipt that whoever said it keeps. */
export function toRecorded({ act, step, entry }: RecordedStep) {
  const { entryIndex, treeSize, tlogProof } = entry
  return {
    actId: act.actId,
    stepNumber: step.stepNumber,
    kind: step.kind,
    status: step.status,
    recordedAt: step.recordedAt,
    receipt: { entryIndex, treeSize, entry: entry.entry, disclosures: [...entry.disclosures], tlogProof },
  }
}
