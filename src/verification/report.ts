import type { Level } from './long-term-level.ts'

/** What a check came to, in the words of ETSI EN 319 102-1. Only PASSED ever counts for a file. */
export type Outcome = 'PASSED' | 'FAILED' | 'INDETERMINATE'

/** One named check of one file. The sentence says what held or what was found instead. */
export type Check = { readonly name: string; readonly outcome: Outcome; readonly sentence: string }

/** Something the file states and the checks reached. A statement of its maker, not a verdict of ours. */
export type Fact = { readonly name: string; readonly value: string }

/** A checkpoint whose signature by a pinned log key was verified. `source` says where in the file it stood. */
export type SeenCheckpoint = {
  readonly origin: string
  readonly size: number
  readonly root: string
  readonly note: string
  readonly source: string
}

/** A leaf that a checkpoint signed by a pinned log key holds at an index. The hash is lower-case hex. */
export type SeenLeaf = {
  readonly origin: string
  readonly index: number
  readonly leafHash: string
  readonly note: string
  readonly source: string
}

/**
 * Two signed statements of one log. If conclusive, they cannot both be true, and whoever holds both can prove it to anybody;
 * otherwise they ought to be shown to agree, and are not.
 */
export type Equivocation = {
  readonly sentence: string
  readonly conclusive: boolean
  readonly first: { readonly source: string; readonly note: string }
  readonly second: { readonly source: string; readonly note: string }
}

/** One revision of a sealed PDF: the bytes from the start of the file to `length`, and their SHA-256 in lower-case hex. */
export type RevisionReport = {
  readonly number: number
  readonly kind: 'rendered' | 'seal' | 'signature-sheet' | 'timestamp' | 'validation-data'
  readonly length: number
  readonly sha256: string
}

/** What a sealed PDF, or one inside a dossier, was found to be. It counts for something only if every check PASSED. */
export type DocumentReport = {
  /** The name of the file inside a dossier; empty if the document is the file. */
  readonly place: string
  /** Only revisions that were understood; undefined as level if no seal stands. */
  readonly revisions: readonly RevisionReport[]
  readonly level: Level | undefined
  /** The trusted moment by which the newest seal was there. */
  readonly provenAt: string | undefined
  /** Until when nothing has to be renewed; undefined at B-B. */
  readonly protectedUntil: string | undefined
}

export type FileKind = 'tlog-proof' | 'sealed PDF' | 'dossier' | 'unknown'

/** Everything the verifier has to say about one file. */
export type Report = {
  readonly file: string
  readonly kind: FileKind
  readonly checks: readonly Check[]
  readonly facts: readonly Fact[]
  /** What even an accepted file does not prove. */
  readonly limits: readonly string[]
  readonly checkpoints: readonly SeenCheckpoint[]
  readonly leaves: readonly SeenLeaf[]
  readonly equivocations: readonly Equivocation[]
  readonly documents: readonly DocumentReport[]
}

/** Says whether every check passed and there was at least one. INDETERMINATE is never accepted (V2). */
export function isAccepted(report: Report): boolean {
  return report.checks.length > 0 && report.checks.every((check) => check.outcome === 'PASSED')
}
