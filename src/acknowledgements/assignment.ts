import type { ActId, AssignmentId, CivilDate, Instant, PersonId, PolicyId, VersionId } from '#core'
import type { ActStatus, Choice } from '#ceremonies'

/** Whom a version is handed to: named persons, whole departments, or everybody. */
export type Audience =
  | { readonly kind: 'persons'; readonly personIds: readonly PersonId[] }
  | { readonly kind: 'departments'; readonly departments: readonly string[] }
  | { readonly kind: 'everyone' }

/** The request that each of an audience deals with one version by a day. */
export type AssignVersion = {
  readonly policyId: PolicyId
  readonly versionNumber: number
  readonly dueDate: CivilDate
  readonly audience: Audience
}

/**
 * One person and one version, with the different facts about it: handed to the channel, opened, answered. None of
 * them implies another.
 */
export type AssignmentStatus = {
  readonly assignmentId: AssignmentId
  readonly personId: PersonId
  readonly policyId: PolicyId
  readonly versionId: VersionId
  readonly versionNumber: number
  readonly dueDate: CivilDate
  readonly createdAt: Instant
  readonly deliveredAt: Instant | null
  readonly deliveryFailedAt: Instant | null
  readonly openedAt: Instant | null
  readonly act: {
    readonly actId: ActId
    readonly choice: Choice
    readonly actedAt: Instant
    readonly status: ActStatus
    /** What was answered cannot be read any more; that it was, and when, can. */
    readonly contentErased: boolean
  } | null
}
