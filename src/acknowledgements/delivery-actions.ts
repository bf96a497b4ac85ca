import type { AssignmentId } from '#core'
import type { Transaction } from '#database'
import type { Caller } from '#http'
import { getPerson } from '#people'
import type { Platform } from '#platform'
import { queueDeliveries } from './assignment-store.ts'
import { requireOpen } from './end-actions.ts'

/**
 * Queues another message for an assignment, with a link of its own, to the mailbox the person has now. Refused once it
 * was answered or has ended: the person's own link keeps giving the receipt.
 */
export async function sendAgain(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  assignmentId: AssignmentId,
): Promise<{ readonly deliveryId: string; readonly state: 'queued' }> {
  const { organisationId } = caller
  const assignment = await requireOpen(platform, trx, organisationId, assignmentId)
  const person = await getPerson(trx, organisationId, assignment.personId)
  const deliveryId = platform.newId()
  const member = { personId: person.personId, address: person.workEmail, alreadyAssigned: true }
  await queueDeliveries(trx, organisationId, [{ assignmentId, deliveryId, member }], platform.clock())
  return { deliveryId, state: 'queued' }
}
