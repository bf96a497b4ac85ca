import type { CivilDate, ClientId, ProblemCode, ProblemDetail } from '#core'
import { addDays, isBefore } from '#core'
import type { LegalNature } from './content.ts'
import { obstaclesToPublishing } from './content-checks.ts'
import type { Draft } from './policy.ts'
import { daysAheadMax } from './version-history.ts'

export type Refusal = {
  readonly kind: 'refused'
  readonly code: ProblemCode
  readonly errors?: readonly ProblemDetail[]
}
export type Decision = { readonly kind: 'accepted' } | Refusal

const accepted: Decision = { kind: 'accepted' }

/**
 * Says whether a client may approve a draft as it stands. Four eyes: the one who wrote this revision cannot (P6). That
 * it is the revision which the client read is for `If-Match`.
 */
export function decideApproval(draft: Pick<Draft, 'authorId' | 'approval'>, approver: ClientId): Decision {
  if (draft.authorId === approver) return { kind: 'refused', code: 'approver-is-author' }
  if (draft.approval !== null) return { kind: 'refused', code: 'policy-draft-approved' }
  return accepted
}

/** What a publication is judged on besides the draft itself. */
export type PublicationFacts = {
  readonly legalNature: LegalNature
  readonly today: CivilDate
  /** The latest effective day of all earlier published versions, withdrawn ones included; null before the first. */
  readonly latestEffectiveFrom: CivilDate | null
}

/**
 * Says whether a draft may be published with an effective day: approved in exactly this revision, complete, not for a
 * day that has already begun to pass into history, and later than every version before it (P4, P5, P6, P9).
 */
export function decidePublication(
  draft: Pick<Draft, 'approval' | 'content' | 'versionNumber'>,
  effectiveFrom: CivilDate,
  facts: PublicationFacts,
): Decision {
  if (draft.approval === null) return { kind: 'refused', code: 'policy-not-approved' }
  const errors = obstaclesToPublishing(draft.content, draft.versionNumber, facts.legalNature)
  if (errors.length > 0) return { kind: 'refused', code: 'policy-draft-incomplete', errors }
  if (isBefore(effectiveFrom, facts.today)) return { kind: 'refused', code: 'effective-day-past' }
  if (isBefore(addDays(facts.today, daysAheadMax), effectiveFrom))
    return { kind: 'refused', code: 'day-too-far-ahead' }
  if (facts.latestEffectiveFrom !== null && effectiveFrom <= facts.latestEffectiveFrom)
    return { kind: 'refused', code: 'effective-day-not-later' }
  return accepted
}
