import type { Instant, OrganisationId } from '#core'
import type { Database } from '#database'
import type { Platform } from '#platform'

export type JobDeps = { readonly platform: Platform; readonly database: Database }

/** A kind of background work. Each organisation has at most one round of a kind under way, in whatever process. */
export type Job = {
  /** Lower-case words with hyphens; the same for ever, because rows of the database name it. */
  readonly kind: string
  /** How long a round may take before another worker believes that this one died. */
  readonly lease_ms: number
  /** How many organisations' rounds of this kind one process does at a time. Default 1. */
  readonly roundsAtOnce?: number
  /**
   * Does one round. Answers when the next one is due; null ends it until somebody schedules it again. May be run again
   * after it was done, when the answer could not be written. Throwing puts the round off, longer each time.
   */
  work(organisationId: OrganisationId): Promise<Instant | null>
}

export type JobRunner = {
  /** Looks for due work now instead of at the next look. */
  wake(): void
  /** Lets the round under way end, and starts no other. */
  stop(): Promise<void>
}
