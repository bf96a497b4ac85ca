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
}

/** Says whether every check passed and there was at least one. INDETERMINATE is never accepted (V2). */
export function isAccepted(report: Report): boolean {
  return report.checks.length > 0 && report.checks.every((check) => check.outcome === 'PASSED')
}
