import { sql } from 'kysely'
import type { ClientId, Instant, OrganisationId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { schedulingWhere } from '#jobs'
import type { EndpointState, WebhookEndpoint } from './endpoint.ts'
import { webhookJobKind } from './event-store.ts'

type EndpointRow = {
  endpoint_id: string
  url: string
  event_types: string[] | null
  state: EndpointState
  disabled_because: 'asked' | 'gone' | null
  failures: number
  paused_until: Instant | null
  previous_secret_until: Instant | null
  created_by: string
  created_at: Instant
}

const columns = sql`
  webhook_endpoint.endpoint_id, webhook_endpoint.url, webhook_endpoint.event_types, webhook_endpoint.state,
  webhook_endpoint.disabled_because, webhook_endpoint.failures, webhook_endpoint.paused_until,
  webhook_endpoint.previous_secret_until, webhook_endpoint.created_by, webhook_endpoint.created_at`

function toEndpoint(row: EndpointRow): WebhookEndpoint {
  return {
    endpointId: row.endpoint_id,
    url: row.url,
    eventTypes: row.event_types,
    state: row.state,
    disabledBecause: row.disabled_because,
    failures: row.failures,
    pausedUntil: row.paused_until,
    previousSecretUntil: row.previous_secret_until,
    createdBy: row.created_by as ClientId,
    createdAt: row.created_at,
  }
}

export async function insertEndpoint(
  trx: Transaction,
  organisationId: OrganisationId,
  endpoint: WebhookEndpoint,
  secretId: string,
): Promise<void> {
  await sql`
    insert into webhook_endpoint (organisation_id, endpoint_id, url, event_types, state, secret_id, created_by, created_at)
    values (${organisationId}::uuid, ${endpoint.endpointId}::uuid, ${endpoint.url}, ${endpoint.eventTypes}::text[], 'enabled',
            ${secretId}::uuid, ${endpoint.createdBy}::uuid, ${endpoint.createdAt}::timestamptz)`.execute(trx)
}

/** How many endpoints are enabled. Those who count at the same moment wait for each other until their transactions end. */
export async function countEnabled(trx: Transaction, organisationId: OrganisationId): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('webhook_endpoint/' || ${organisationId}, 0))`.execute(
    trx,
  )
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from webhook_endpoint
    where webhook_endpoint.organisation_id = ${organisationId}::uuid and webhook_endpoint.state = 'enabled'`.execute(
    trx,
  )
  return rows[0]?.count ?? 0
}

/** The endpoint; `webhook-endpoint-not-found` when the organisation has none of that id. */
export async function getEndpoint(
  trx: Transaction,
  organisationId: OrganisationId,
  endpointId: string,
): Promise<WebhookEndpoint> {
  const { rows } = await sql<EndpointRow>`
    select ${columns} from webhook_endpoint
    where webhook_endpoint.organisation_id = ${organisationId}::uuid
      and webhook_endpoint.endpoint_id = ${endpointId}::uuid`.execute(trx)
  if (rows[0] === undefined) throw problem('webhook-endpoint-not-found')
  return toEndpoint(rows[0])
}

/** The same, held until the transaction ends. */
export async function lockEndpoint(
  trx: Transaction,
  organisationId: OrganisationId,
  endpointId: string,
): Promise<WebhookEndpoint> {
  await sql`
    select 1 from webhook_endpoint
    where webhook_endpoint.organisation_id = ${organisationId}::uuid
      and webhook_endpoint.endpoint_id = ${endpointId}::uuid for update`.execute(trx)
  return getEndpoint(trx, organisationId, endpointId)
}

/** Endpoints by id, which is by age, after the one given. */
export async function listEndpoints(
  trx: Transaction,
  organisationId: OrganisationId,
  after: string | undefined,
  limit: number,
): Promise<WebhookEndpoint[]> {
  const { rows } = await sql<EndpointRow>`
    select ${columns} from webhook_endpoint
    where webhook_endpoint.organisation_id = ${organisationId}::uuid
      and (${after ?? null}::uuid is null or webhook_endpoint.endpoint_id > ${after ?? null}::uuid)
    order by webhook_endpoint.endpoint_id limit ${limit}`.execute(trx)
  return rows.map(toEndpoint)
}

export async function updateEventTypes(
  trx: Transaction,
  organisationId: OrganisationId,
  endpointId: string,
  eventTypes: readonly string[] | null,
): Promise<void> {
  await sql`
    update webhook_endpoint set event_types = ${eventTypes}::text[]
    where webhook_endpoint.organisation_id = ${organisationId}::uuid
      and webhook_endpoint.endpoint_id = ${endpointId}::uuid`.execute(trx)
}

/** Makes an endpoint as good as new, and has a look at what may still be queued for it. */
export async function enableEndpoint(
  trx: Transaction,
  organisationId: OrganisationId,
  endpointId: string,
  now: Instant,
): Promise<void> {
  await sql`
    update webhook_endpoint set state = 'enabled', disabled_because = null, failures = 0, paused_until = null
    where webhook_endpoint.organisation_id = ${organisationId}::uuid
      and webhook_endpoint.endpoint_id = ${endpointId}::uuid`.execute(trx)
  await schedulingWhere(sql`true`, organisationId, webhookJobKind, now).execute(trx)
}

/** Puts a new secret first and keeps the one before until that moment. The one before that is forgotten. */
export async function replaceSecret(
  trx: Transaction,
  organisationId: OrganisationId,
  endpointId: string,
  secretId: string,
  previousUntil: Instant,
): Promise<void> {
  await sql`
    update webhook_endpoint
    set secret_id = ${secretId}::uuid, previous_secret_id = webhook_endpoint.secret_id,
        previous_secret_until = ${previousUntil}::timestamptz
    where webhook_endpoint.organisation_id = ${organisationId}::uuid
      and webhook_endpoint.endpoint_id = ${endpointId}::uuid`.execute(trx)
}
