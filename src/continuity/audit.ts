import type { Instant, LogId } from '#core'
import type { AuditFindingName, AuditProgress } from '#evidence'

/** An audit in small pieces all day long, or the complete one of each night. */
export type AuditScope = 'slice' | 'complete'

/** What an audit finds: contradictions inside the ledger, and with the newest anchor outside it. */
export type FindingName =
  | AuditFindingName
  | 'anchor-beyond-head' // a checkpoint was anchored that is larger than the log
  | 'anchor-root-differs' // the log does not lead to the root that was anchored

/** One contradiction, and where: `entry 12`, `tile 0/3`, `checkpoint 17`, `head`, `anchor 4096`. */
export type Finding = { readonly name: FindingName; readonly subject: string }

/** A finding as it is kept, with when it was found first. */
export type KeptFinding = Finding & { readonly logId: LogId; readonly foundAt: Instant }

/** Where an audit stands between two of its slices. */
export type AuditState = {
  readonly logId: LogId
  readonly progress: AuditProgress
  /** Findings of this log so far. */
  readonly findings: number
  readonly startedAt: Instant
}

/** A complete audit of one log. */
export type AuditRun = {
  readonly runId: string
  readonly logId: LogId
  readonly startedAt: Instant
  readonly endedAt: Instant
  readonly entries: number
  readonly root: Buffer
  /** Size of the newest anchored checkpoint it was held against; null without one. */
  readonly anchoredSize: number | null
  readonly findings: number
}
