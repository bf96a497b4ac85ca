import { evidenceLevelOf } from '#assurance'
import type { HeldEntry } from '#evidence'
import type { Language } from '#people'
import type { Choice, RecordedAct } from './act.ts'
import { evidenceLimits } from './evidence-limits.ts'

/** What the person gets back: the act, what the record is worth, and the receipt with its inclusion proof. */
export type ActAnswer = {
  readonly actId: string
  readonly assignmentId: string
  readonly statementId: string
  readonly choice: Choice
  readonly statement: string
  readonly actedAt: string
  readonly language: Language
  readonly evidence: {
    readonly assurance: string
    readonly evidenceLevel: string
    readonly proves: string
    readonly doesNotProve: string
    readonly wouldLift: string
  }
  readonly receipt: {
    readonly entryIndex: number
    readonly treeSize: number
    readonly entry: string
    readonly disclosures: (string | null)[]
    readonly tlogProof: string
  }
}

/**
 * Makes the answer from an act and its entry. The first answer, a replay and a look-up years later all come through
 * here, from rows that only an erasure changes, so they are the same but for facts that were erased.
 */
export function actAnswer(
  act: Pick<
    RecordedAct,
    'actId' | 'assignmentId' | 'statementId' | 'choice' | 'assurance' | 'actedAt' | 'language'
  >,
  statement: string,
  entry: HeldEntry,
): ActAnswer {
  return {
    actId: act.actId,
    assignmentId: act.assignmentId,
    statementId: act.statementId,
    choice: act.choice,
    statement,
    actedAt: act.actedAt,
    language: act.language,
    evidence: {
      assurance: act.assurance,
      evidenceLevel: evidenceLevelOf(act.assurance),
      ...evidenceLimits(act.language, act.assurance),
    },
    receipt: {
      entryIndex: entry.entryIndex,
      treeSize: entry.treeSize,
      entry: entry.entry,
      disclosures: [...entry.disclosures],
      tlogProof: entry.tlogProof,
    },
  }
}
