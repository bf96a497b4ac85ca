import { sql } from 'kysely'
import type { Instant, OrganisationId } from '#core'
import type { Queries } from '#database'
import { schedulingWhere } from '#jobs'
import type { WebhookEvent } from './event.ts'

/** Under which the rounds of sending stand in the calendar. */
export const webhookJobKind = 'webhook'

/**
 * Writes an event, one delivery for each enabled endpoint that takes its type, and when there is any, a round of sending:
 * one statement, one wait. With `onlyEndpointId` it goes to that endpoint alone, whatever types that one chose.
 */
export async function insertEvent(
  trx: Queries,
  organisationId: OrganisationId,
  event: WebhookEvent,
  giveUpAt: Instant,
  onlyEndpointId: string | null = null,
): Promise<void> {
  const queued = sql<boolean>`exists (select 1 from queued)`
  await sql`
    with event as (
      insert into webhook_event (organisation_id, event_id, type, subject, body, occurred_at)
      values (${organisationId}::uuid, ${event.eventId}::uuid, ${event.type}, ${event.subject}, ${event.body},
              ${event.occurredAt}::timestamptz)
      returning webhook_event.organisation_id, webhook_event.event_id, webhook_event.type, webhook_event.occurred_at),
    queued as (
      insert into webhook_delivery (organisation_id, endpoint_id, event_id, state, next_attempt_at, give_up_at)
      select event.organisation_id, webhook_endpoint.endpoint_id, event.event_id, 'queued', event.occurred_at,
             ${giveUpAt}::timestamptz
      from event join webhook_endpoint on webhook_endpoint.organisation_id = event.organisation_id
      where webhook_endpoint.state = 'enabled'
        and case when ${onlyEndpointId}::uuid is null
                 then webhook_endpoint.event_types is null or event.type = any (webhook_endpoint.event_types)
                 else webhook_endpoint.endpoint_id = ${onlyEndpointId}::uuid end
      returning 1)
    ${schedulingWhere(queued, organisationId, webhookJobKind, event.occurredAt)}`.execute(trx)
}
