import type { ClientId, EntryId, Instant, PersonId } from '#core'

/**
 * What is to be done. re-affirm: a covenant may weigh heavier after a change of the job, so somebody judges that and it is agreed
 * again where it does. re-motivate: it lacks a motivation that it needs. renew: it goes with a contract that was renewed or
 * converted and was not agreed again. notify: somebody has to be told. review: a lawyer looks, or a fact is missing.
 */
export const taskKinds = ['re-affirm', 're-motivate', 'renew', 'notify', 'review'] as const

export type TaskKind = (typeof taskKinds)[number]

/** Something that was recorded, and that is why an evaluation was made again. Without any only the rules changed. */
export type Cause = {
  readonly subject: 'fact' | 'contract' | 'organisation-fact' | 'agreement'
  readonly subjectId: string
}

/** A finding for which a task is there. `inputSha256` is what a review of it is bound to; null where no rule set was run. */
export type Reason = {
  readonly ruleId: string
  readonly clauseId: string | null
  readonly result: 'fail' | 'lawyer' | 'unknown'
  readonly inputSha256: string | null
}

/** Why a task is there: the findings of one evaluation, and what caused that. Only the newest ground of a task counts. */
export type Ground = {
  readonly groundNumber: number
  readonly legalCheckId: string | null
  readonly reasons: readonly Reason[]
  readonly causes: readonly Cause[]
  readonly givenAt: Instant
  readonly entryId: EntryId
}

/** What a task is about: an agreement of a person, or, with null, the organisation itself. */
export type TaskSubject = {
  readonly employmentId: string
  readonly personId: PersonId
  readonly agreementId: string
}

export type Task = {
  readonly taskId: string
  readonly kind: TaskKind
  readonly subject: TaskSubject | null
  readonly openedAt: Instant
  readonly entryId: EntryId
}

/** A task that is open, with the ground that counts. */
export type OpenTask = Task & { readonly ground: Ground }

/**
 * How a task closed. agreed: by a later agreement. reviewed: by what a lawyer decided. settled: the rules say otherwise now.
 * ended: what it was about is over. dismissed: by somebody, by name and with a reason.
 */
export type Closing =
  | { readonly how: 'agreed'; readonly agreementId: string }
  | { readonly how: 'reviewed'; readonly legalReviewId: string }
  | { readonly how: 'settled'; readonly legalCheckId: string | null }
  | { readonly how: 'ended' }
  | {
      readonly how: 'dismissed'
      readonly closedBy: ClientId
      readonly closer: string
      readonly reason: string
    }

export const closingKinds = ['agreed', 'reviewed', 'settled', 'ended', 'dismissed'] as const
