import type { AssignmentId, ClientId, EntryId, Instant, OrganisationId } from '#core'
import { civilDateIn, problem } from '#core'
import type { CeremonyView } from '#ceremonies'
import { ceremonyStateOf, findSubject, getCeremony, statementIdsOf } from '#ceremonies'
import type { Transaction } from '#database'
import type { EntryDraft } from '#evidence'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import { insertEnds } from './end-store.ts'

/** Ceremonies that end without an answer, for one reason and with one entry. */
export type CeremonyEnding = {
  readonly how: 'lapsed' | 'withdrawn' | 'superseded'
  readonly ends: readonly {
    readonly assignmentId: AssignmentId
    readonly supersededBy: AssignmentId | null
  }[]
  /** Why, in the words of whoever withdrew it. */
  readonly reason: string | null
  /** null: the service itself, when the term had run. */
  readonly endedBy: ClientId | null
  readonly endedAt: Instant
  readonly entryId: EntryId
}

/** The entry of an end. It names ceremonies and no persons. The names of its facts never change. */
export function endEntry({ how, ends, reason, endedBy, endedAt, entryId }: CeremonyEnding): EntryDraft {
  return {
    entryId,
    kind: 'ceremonies-ended',
    at: endedAt,
    facts: {
      how,
      assignmentIds: ends.map((each) => each.assignmentId),
      supersededBy: ends.flatMap((each) => each.supersededBy ?? []),
      reason,
      endedBy,
      endedAt,
    },
  }
}

const namedMax = 100

/** Tells other systems, in the transaction that makes it so. */
export async function announceEnd(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  { how, ends, endedAt, entryId }: CeremonyEnding,
): Promise<void> {
  await recordEvent(platform, trx, organisationId, {
    type: 'ceremony.ended',
    subject: entryId,
    data: {
      how,
      endedAt,
      count: ends.length,
      entryId,
      assignmentIds: ends.slice(0, namedMax).map((each) => each.assignmentId),
    },
  })
}

/** Ends ceremonies with one entry. Throws `ceremony-ended` when one of them was answered or ended in between. */
export async function endCeremonies(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  ending: CeremonyEnding,
): Promise<void> {
  await announceEnd(platform, trx, organisationId, ending)
  await appendEntries(platform, trx, organisationId, [endEntry(ending)])
  await insertEnds(trx, organisationId, ending)
}

/**
 * Withdraws an open ceremony of one person. Throws `assignment-not-found`, `already-acted` and `ceremony-ended`. What the
 * person was shown and when stays on record.
 */
export async function withdrawCeremony(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  assignmentId: AssignmentId,
  reason: string,
): Promise<{ readonly assignmentId: AssignmentId; readonly endedAt: Instant }> {
  const { organisationId, clientId } = caller
  await requireOpen(platform, trx, organisationId, assignmentId)
  const endedAt = platform.clock()
  await endCeremonies(platform, trx, organisationId, {
    how: 'withdrawn',
    ends: [{ assignmentId, supersededBy: null }],
    reason,
    endedBy: clientId,
    endedAt,
    entryId: platform.newId() as EntryId,
  })
  return { assignmentId, endedAt }
}

/** The ceremony, which takes answers still. Throws `assignment-not-found`, `already-acted` or `ceremony-ended`. */
export async function requireOpen(
  platform: Pick<Platform, 'clock'>,
  trx: Transaction,
  organisationId: OrganisationId,
  assignmentId: AssignmentId,
): Promise<CeremonyView> {
  const view = await getCeremony(trx, organisationId, assignmentId)
  const subject = await findSubject(trx, organisationId, view)
  if (subject === null) throw problem('ceremony-ended')
  const state = ceremonyStateOf(view, statementIdsOf(subject), civilDateIn(platform.clock()))
  if (state === 'acted') throw problem('already-acted')
  if (state !== 'open') throw problem('ceremony-ended')
  return view
}
