import { sql } from 'kysely'
import type { Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { DeliveryState, WebhookDelivery } from './delivery.ts'

type DeliveryRow = {
  event_id: string
  type: string
  occurred_at: Instant
  state: DeliveryState
  attempts: number
  next_attempt_at: Instant
  last_attempt_at: Instant | null
  last_status: number | null
  last_detail: string | null
  delivered_at: Instant | null
}

/** Deliveries of an endpoint by the id of their event, the newest first, before the one given. */
export async function listDeliveries(
  trx: Transaction,
  organisationId: OrganisationId,
  endpointId: string,
  filter: { readonly state?: DeliveryState | undefined; readonly before?: string | undefined },
  limit: number,
): Promise<WebhookDelivery[]> {
  const { rows } = await sql<DeliveryRow>`
    select webhook_delivery.event_id, webhook_event.type, webhook_event.occurred_at, webhook_delivery.state,
           webhook_delivery.attempts, webhook_delivery.next_attempt_at, webhook_delivery.last_attempt_at,
           webhook_delivery.last_status, webhook_delivery.last_detail, webhook_delivery.delivered_at
    from webhook_delivery
    join webhook_event on webhook_event.organisation_id = webhook_delivery.organisation_id
      and webhook_event.event_id = webhook_delivery.event_id
    where webhook_delivery.organisation_id = ${organisationId}::uuid
      and webhook_delivery.endpoint_id = ${endpointId}::uuid
      and (${filter.state ?? null}::text is null or webhook_delivery.state = ${filter.state ?? null}::text)
      and (${filter.before ?? null}::uuid is null or webhook_delivery.event_id < ${filter.before ?? null}::uuid)
    order by webhook_delivery.event_id desc limit ${limit}`.execute(trx)
  return rows.map((row) => ({
    eventId: row.event_id,
    type: row.type,
    occurredAt: row.occurred_at,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.state === 'queued' ? row.next_attempt_at : null,
    lastAttemptAt: row.last_attempt_at,
    lastStatus: row.last_status,
    lastDetail: row.last_detail,
    deliveredAt: row.delivered_at,
  }))
}
