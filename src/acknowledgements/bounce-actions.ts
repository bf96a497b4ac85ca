import type { AssignmentId, EntryId, Instant } from '#core'
import { problem } from '#core'
import { getCeremony } from '#ceremonies'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import { findHandedOver, recordBounce } from './delivery-store.ts'

export type ReportBounce = {
  readonly assignmentId: AssignmentId
  /** What the mail system said, as whoever read it states it. */
  readonly detail: string
}

/**
 * Records that the newest message of a ceremony came back. This service cannot receive mail, so the employer, or a program
 * that reads the mailbox of the sender, says so; the entry names who did. Throws `assignment-not-found`, and `delivery-not-found` when no message was
 * handed over, or the newest one came back already.
 */
export async function reportBounce(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  { assignmentId, detail }: ReportBounce,
): Promise<{ readonly deliveryId: string; readonly bouncedAt: Instant }> {
  const { organisationId, clientId } = caller
  await getCeremony(trx, organisationId, assignmentId)
  const delivery = await findHandedOver(trx, organisationId, assignmentId)
  if (delivery === undefined) throw problem('delivery-not-found')
  const { deliveryId, channel } = delivery
  const bouncedAt = platform.clock()
  const facts = { assignmentId, deliveryId, channel, bouncedAt, reportedBy: clientId }
  await recordEvent(platform, trx, organisationId, {
    type: 'delivery.bounced',
    subject: assignmentId,
    data: { assignmentId, deliveryId, bouncedAt },
  })
  const entryId = platform.newId() as EntryId
  await appendEntries(platform, trx, organisationId, [{ entryId, kind: 'delivery-bounced', at: bouncedAt, facts }]) // prettier-ignore
  const eventId = platform.newId()
  await recordBounce(trx, organisationId, { ...delivery, eventId, assignmentId, detail, bouncedAt, entryId })
  return { deliveryId, bouncedAt }
}
