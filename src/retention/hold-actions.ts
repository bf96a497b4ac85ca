import type { CivilDate, EntryId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries, indexesInOpenLog } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { getHold, insertHold, insertRelease, lockErasures, subjectExists } from './hold-store.ts'
import { decideReviewDay } from './retention-decisions.ts'
import type { HoldSubject, LegalHold } from './retention.ts'

export type PlaceHold = {
  readonly subject: HoldSubject
  readonly holder: string
  readonly reason: string
  readonly reviewOn: CivilDate
}

/**
 * Places a hold: from then on nothing of the person, or of what anybody answered about the policy, is erased. An entry in
 * the ledger. Throws `review-day-unfit`, `person-not-found` or `policy-not-found`.
 */
export async function placeHold(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: PlaceHold,
): Promise<LegalHold> {
  const { organisationId, clientId } = caller
  const { subject, holder, reason, reviewOn } = command
  await lockErasures(trx, organisationId)
  const placedAt = platform.clock()
  const refusal = decideReviewDay(reviewOn, civilDateIn(placedAt))
  if (refusal !== undefined) throw problem(refusal)
  if (!(await subjectExists(trx, organisationId, subject)))
    throw problem(subject.kind === 'person' ? 'person-not-found' : 'policy-not-found')
  const holdId = platform.newId()
  const entryId = platform.newId() as EntryId
  const about = subject.kind === 'person' ? { personId: subject.personId } : { policyId: subject.policyId }
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'legal-hold-placed',
      at: placedAt,
      facts: { holdId, ...about, holder, reason, reviewOn, placedBy: clientId },
    },
  ])
  const hold: LegalHold = { holdId, subject, holder, reason, reviewOn, placedBy: clientId, placedAt, entryId, release: null } // prettier-ignore
  await insertHold(trx, organisationId, hold)
  return hold
}

/** Releases a hold, by name and with a reason; an entry that refers to the one that placed it. */
export async function releaseHold(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: { readonly holdId: string; readonly releaser: string; readonly reason: string },
): Promise<LegalHold> {
  const { organisationId, clientId } = caller
  const { holdId, releaser, reason } = command
  const hold = await getHold(trx, organisationId, holdId)
  if (hold.release !== null) throw problem('hold-released')
  const releasedAt = platform.clock()
  const entryId = platform.newId() as EntryId
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'legal-hold-released',
      at: releasedAt,
      facts: { holdId, releaser, reason, releasedBy: clientId },
      refs: await indexesInOpenLog(trx, organisationId, [hold.entryId]),
    },
  ])
  const release = { releaser, reason, releasedBy: clientId, releasedAt }
  await insertRelease(trx, organisationId, holdId, { ...release, entryId })
  return { ...hold, release }
}
