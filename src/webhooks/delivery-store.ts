import { sql } from 'kysely'
import type { Instant, OrganisationId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { schedulingWhere } from '#jobs'
import type { ClaimedDelivery } from './delivery.ts'
import type { Verdict } from './delivery-decisions.ts'
import { webhookJobKind } from './event-store.ts'

/** Gives up what has been queued for too long, and says which endpoints may be sent to now and have something due. */
export async function openRound(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
): Promise<string[]> {
  await sql`
    update webhook_delivery set state = 'failed', last_detail = coalesce(last_detail || '; ', '') || 'given up after four days'
    where webhook_delivery.organisation_id = ${organisationId}::uuid and webhook_delivery.state = 'queued'
      and webhook_delivery.give_up_at <= ${now}::timestamptz and webhook_delivery.next_attempt_at <= ${now}::timestamptz`.execute(
    trx,
  )
  const { rows } = await sql<{ endpoint_id: string }>`
    select webhook_endpoint.endpoint_id from webhook_endpoint
    where webhook_endpoint.organisation_id = ${organisationId}::uuid and webhook_endpoint.state = 'enabled'
      and (webhook_endpoint.paused_until is null or webhook_endpoint.paused_until <= ${now}::timestamptz)
      and exists (select 1 from webhook_delivery
                  where webhook_delivery.organisation_id = webhook_endpoint.organisation_id
                    and webhook_delivery.endpoint_id = webhook_endpoint.endpoint_id
                    and webhook_delivery.state = 'queued' and webhook_delivery.next_attempt_at <= ${now}::timestamptz)`.execute(
    trx,
  )
  return rows.map((row) => row.endpoint_id)
}

/**
 * Claims what is due at one endpoint: each counts an attempt and stays away from other workers until the lease ends, so
 * a worker that dies gives it back by doing nothing. An endpoint that failed last time gets one, otherwise `limit`.
 */
export async function claimDeliveries(
  trx: Transaction,
  organisationId: OrganisationId,
  endpointId: string,
  times: { readonly now: Instant; readonly leaseUntil: Instant },
  limit: number,
): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<{
    event_id: string
    url: string
    body: string
    attempts: number
    failures: number
    secret_ids: string[]
  }>`
    with endpoint as (
      select webhook_endpoint.organisation_id, webhook_endpoint.endpoint_id, webhook_endpoint.url, webhook_endpoint.failures,
             array_remove(array[webhook_endpoint.secret_id,
               case when webhook_endpoint.previous_secret_until > ${times.now}::timestamptz
                    then webhook_endpoint.previous_secret_id end], null)::text[] as secret_ids
      from webhook_endpoint
      where webhook_endpoint.organisation_id = ${organisationId}::uuid
        and webhook_endpoint.endpoint_id = ${endpointId}::uuid and webhook_endpoint.state = 'enabled'
        and (webhook_endpoint.paused_until is null or webhook_endpoint.paused_until <= ${times.now}::timestamptz)),
    claimed as (
      update webhook_delivery
      set attempts = webhook_delivery.attempts + 1, next_attempt_at = ${times.leaseUntil}::timestamptz,
          last_attempt_at = ${times.now}::timestamptz
      where (webhook_delivery.organisation_id, webhook_delivery.endpoint_id, webhook_delivery.event_id) in (
        select due.organisation_id, due.endpoint_id, due.event_id from webhook_delivery as due
        where due.organisation_id = ${organisationId}::uuid and due.endpoint_id = ${endpointId}::uuid
          and due.state = 'queued' and due.next_attempt_at <= ${times.now}::timestamptz
          and exists (select 1 from endpoint)
        order by due.next_attempt_at
        limit (select case when endpoint.failures > 0 then 1 else ${limit}::integer end from endpoint)
        for update skip locked)
      returning webhook_delivery.organisation_id, webhook_delivery.event_id, webhook_delivery.attempts)
    select claimed.event_id, claimed.attempts, endpoint.url, endpoint.failures, endpoint.secret_ids, webhook_event.body
    from claimed
    join endpoint on endpoint.organisation_id = claimed.organisation_id
    join webhook_event on webhook_event.organisation_id = claimed.organisation_id
      and webhook_event.event_id = claimed.event_id`.execute(trx)
  return rows.map((row) => ({
    endpointId,
    eventId: row.event_id,
    url: row.url,
    body: row.body,
    attempts: row.attempts,
    failures: row.failures,
    secretIds: row.secret_ids,
  }))
}

/**
 * Writes down what came of an attempt. Success counts however late it comes; a failure only while no other attempt has
 * begun, so that a slow worker does not undo what a later one did.
 */
export async function recordVerdict(
  trx: Transaction,
  organisationId: OrganisationId,
  delivery: ClaimedDelivery,
  verdict: Verdict,
  now: Instant,
): Promise<void> {
  if (verdict.kind === 'delivered') return recordDelivered(trx, organisationId, delivery, verdict, now)
  const state = verdict.kind === 'again' ? 'queued' : 'failed'
  const nextAttemptAt = verdict.kind === 'gone' ? now : verdict.nextAttemptAt
  await sql`
    update webhook_delivery set state = ${state}, next_attempt_at = ${nextAttemptAt}::timestamptz,
           last_status = ${verdict.status}::smallint, last_detail = ${verdict.detail}
    where webhook_delivery.organisation_id = ${organisationId}::uuid
      and webhook_delivery.endpoint_id = ${delivery.endpointId}::uuid
      and webhook_delivery.event_id = ${delivery.eventId}::uuid
      and webhook_delivery.state = 'queued' and webhook_delivery.attempts = ${delivery.attempts}`.execute(trx)
  if (verdict.kind === 'gone') return disableEndpoint(trx, organisationId, delivery.endpointId, 'gone')
  await sql`
    update webhook_endpoint
    set failures = greatest(webhook_endpoint.failures, ${delivery.failures + 1}::integer),
        paused_until = greatest(webhook_endpoint.paused_until, ${verdict.pauseUntil}::timestamptz)
    where webhook_endpoint.organisation_id = ${organisationId}::uuid
      and webhook_endpoint.endpoint_id = ${delivery.endpointId}::uuid`.execute(trx)
}

async function recordDelivered(
  trx: Transaction,
  organisationId: OrganisationId,
  delivery: ClaimedDelivery,
  verdict: Verdict & { readonly kind: 'delivered' },
  now: Instant,
): Promise<void> {
  await sql`
    update webhook_delivery set state = 'delivered', delivered_at = ${now}::timestamptz,
           last_status = ${verdict.status}::smallint, last_detail = ${verdict.detail}
    where webhook_delivery.organisation_id = ${organisationId}::uuid
      and webhook_delivery.endpoint_id = ${delivery.endpointId}::uuid
      and webhook_delivery.event_id = ${delivery.eventId}::uuid and webhook_delivery.state <> 'delivered'`.execute(
    trx,
  )
  await sql`
    update webhook_endpoint set failures = 0, paused_until = null
    where webhook_endpoint.organisation_id = ${organisationId}::uuid
      and webhook_endpoint.endpoint_id = ${delivery.endpointId}::uuid and webhook_endpoint.failures > 0`.execute(
    trx,
  )
}

/** Stops everything to an endpoint: it gets no new events, and what was queued for it is cancelled. */
export async function disableEndpoint(
  trx: Transaction,
  organisationId: OrganisationId,
  endpointId: string,
  because: 'asked' | 'gone',
): Promise<void> {
  await sql`
    with disabled as (
      update webhook_endpoint set state = 'disabled', disabled_because = ${because}
      where webhook_endpoint.organisation_id = ${organisationId}::uuid
        and webhook_endpoint.endpoint_id = ${endpointId}::uuid and webhook_endpoint.state = 'enabled')
    update webhook_delivery
    set state = 'cancelled', last_detail = coalesce(webhook_delivery.last_detail || '; ', '') || 'the endpoint was disabled'
    where webhook_delivery.organisation_id = ${organisationId}::uuid
      and webhook_delivery.endpoint_id = ${endpointId}::uuid and webhook_delivery.state = 'queued'`.execute(
    trx,
  )
}

/** When there is something to send again; null when nothing is queued for an enabled endpoint. */
export async function nextDue(trx: Transaction, organisationId: OrganisationId): Promise<Instant | null> {
  const { rows } = await sql<{ at: Instant | null }>`
    select min(greatest(first.next_attempt_at, webhook_endpoint.paused_until)) as at
    from webhook_endpoint
    cross join lateral (
      select min(webhook_delivery.next_attempt_at) as next_attempt_at from webhook_delivery
      where webhook_delivery.organisation_id = webhook_endpoint.organisation_id
        and webhook_delivery.endpoint_id = webhook_endpoint.endpoint_id and webhook_delivery.state = 'queued') as first
    where webhook_endpoint.organisation_id = ${organisationId}::uuid and webhook_endpoint.state = 'enabled'
      and first.next_attempt_at is not null`.execute(trx)
  return rows[0]?.at ?? null
}

/** Queues a delivery again as if it were new, whatever became of it, and ends the pause of its endpoint. */
export async function requeueDelivery(
  trx: Transaction,
  organisationId: OrganisationId,
  key: { readonly endpointId: string; readonly eventId: string },
  times: { readonly now: Instant; readonly giveUpAt: Instant },
): Promise<void> {
  const requeued = await sql`
    update webhook_delivery
    set state = 'queued', attempts = 0, next_attempt_at = ${times.now}::timestamptz, delivered_at = null,
        give_up_at = ${times.giveUpAt}::timestamptz
    where webhook_delivery.organisation_id = ${organisationId}::uuid
      and webhook_delivery.endpoint_id = ${key.endpointId}::uuid
      and webhook_delivery.event_id = ${key.eventId}::uuid
    returning 1`.execute(trx)
  if (requeued.rows.length === 0) throw problem('webhook-delivery-not-found')
  await sql`
    update webhook_endpoint set paused_until = null
    where webhook_endpoint.organisation_id = ${organisationId}::uuid
      and webhook_endpoint.endpoint_id = ${key.endpointId}::uuid`.execute(trx)
  await schedulingWhere(sql`true`, organisationId, webhookJobKind, times.now).execute(trx)
}
