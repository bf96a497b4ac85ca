import type { OrganisationId } from '#core'
import { addMilliseconds } from '#core'
import type { Queries } from '#database'
import type { Platform } from '#platform'
import { giveUpAfter_ms } from './delivery-decisions.ts'
import type { EventDraft } from './event.ts'
import { drawUpEvent } from './event.ts'
import { insertEvent } from './event-store.ts'

/**
 * Says that something happened, in the transaction that makes it so: the event is there exactly when its cause is. Goes
 * to every endpoint that is enabled at this moment and takes the type, at least once each, soon after the commit, in
 * any order. Costs one statement. Throws a RangeError for data that are longer than an event may be.
 */
export async function recordEvent(
  platform: Pick<Platform, 'clock' | 'newId'>,
  trx: Queries,
  organisationId: OrganisationId,
  draft: EventDraft,
): Promise<void> {
  await announce(platform, trx, organisationId, draft, null)
}

/** The same for one endpoint. Answers the id of the event. */
export async function announce(
  platform: Pick<Platform, 'clock' | 'newId'>,
  trx: Queries,
  organisationId: OrganisationId,
  draft: EventDraft,
  onlyEndpointId: string | null,
): Promise<string> {
  const event = drawUpEvent(organisationId, platform.newId(), platform.clock(), draft)
  const giveUpAt = addMilliseconds(event.occurredAt, giveUpAfter_ms)
  await insertEvent(trx, organisationId, event, giveUpAt, onlyEndpointId)
  return event.eventId
}
