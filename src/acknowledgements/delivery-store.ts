import { sql } from 'kysely'
import type { AssignmentId, CivilDate, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { Language } from '#people'

/** A message whose turn has come, claimed by this worker until `leaseUntil`. */
export type ClaimedDelivery = {
  readonly deliveryId: string
  readonly assignmentId: AssignmentId
  readonly address: string
  readonly attempts: number
  readonly dueDate: CivilDate
  readonly organisationName: string
  readonly personName: string
  readonly language: Language
  readonly policyTitle: string
}

/**
 * Claims messages that are due: each counts an attempt and stays away from other workers until the lease ends, so that
 * a worker that dies gives its messages back by doing nothing. The title is the one in the person's language where the
 * version has it; of a bundle that of its main document.
 */
export async function claimDeliveries(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
  leaseUntil: Instant,
  limit: number,
): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<{
    delivery_id: string
    assignment_id: string
    address: string
    attempts: number
    due_date: string
    organisation_name: string
    person_name: string
    language: string
    policy_title: string
  }>`
    with claimed as (
      update delivery set attempts = delivery.attempts + 1, next_attempt_at = ${leaseUntil}::timestamptz
      where (delivery.organisation_id, delivery.delivery_id) in (
        select due.organisation_id, due.delivery_id from delivery as due
        where due.organisation_id = ${organisationId}::uuid and due.state = 'queued'
          and due.next_attempt_at <= ${now}::timestamptz
        order by due.next_attempt_at limit ${limit} for update skip locked)
      returning delivery.organisation_id, delivery.delivery_id, delivery.assignment_id, delivery.address, delivery.attempts)
    select claimed.delivery_id, claimed.assignment_id, claimed.address, claimed.attempts, assignment.due_date,
           organisation.name as organisation_name, person.given_name || ' ' || person.family_name as person_name,
           person.language, coalesce(own.title, other.title, bundled.title) as policy_title
    from claimed
    join organisation on organisation.organisation_id = claimed.organisation_id
    join assignment on assignment.organisation_id = claimed.organisation_id and assignment.assignment_id = claimed.assignment_id
    join person on person.organisation_id = assignment.organisation_id and person.person_id = assignment.person_id
    left join lateral (select document.title from policy_edition join document using (organisation_id, document_id)
                       where policy_edition.organisation_id = assignment.organisation_id
                         and policy_edition.version_id = assignment.version_id
                         and policy_edition.language = person.language) as own on true
    left join lateral (select min(document.title) as title from policy_edition join document using (organisation_id, document_id)
                       where policy_edition.organisation_id = assignment.organisation_id
                         and policy_edition.version_id = assignment.version_id) as other on true
    left join lateral (select document.title from bundle_document join document using (organisation_id, document_id)
                       where bundle_document.organisation_id = assignment.organisation_id
                         and bundle_document.bundle_id = assignment.bundle_id and bundle_document.role = 'main') as bundled on true`.execute(
    trx,
  )
  return rows.map((row) => ({
    deliveryId: row.delivery_id,
    assignmentId: row.assignment_id as AssignmentId,
    address: row.address,
    attempts: row.attempts,
    dueDate: row.due_date as CivilDate,
    organisationName: row.organisation_name,
    personName: row.person_name,
    language: row.language as Language,
    policyTitle: row.policy_title,
  }))
}

export type DeliveryOutcome = {
  readonly eventId: string
  readonly delivery: ClaimedDelivery
  readonly kind: 'handed-over' | 'refused'
  readonly channel: string
  readonly detail: string
  readonly occurredAt: Instant
  /** When to try again; null when it was handed over or given up. */
  readonly nextAttemptAt: Instant | null
}

/** Records what the channel answered: one event that stays, and the new state of the message. */
export async function recordOutcome(
  trx: Transaction,
  organisationId: OrganisationId,
  outcome: DeliveryOutcome,
): Promise<void> {
  await sql`
    insert into delivery_event (organisation_id, event_id, delivery_id, assignment_id, kind, channel, address, detail, occurred_at)
    values (${organisationId}::uuid, ${outcome.eventId}::uuid, ${outcome.delivery.deliveryId}::uuid,
            ${outcome.delivery.assignmentId}::uuid, ${outcome.kind}, ${outcome.channel}, ${outcome.delivery.address},
            ${outcome.detail.slice(0, 500)}, ${outcome.occurredAt}::timestamptz)`.execute(trx)
  const state =
    outcome.kind === 'handed-over' ? 'handed-over' : outcome.nextAttemptAt === null ? 'failed' : 'queued'
  await sql`
    update delivery set state = ${state}, next_attempt_at = coalesce(${outcome.nextAttemptAt}::timestamptz, next_attempt_at)
    where organisation_id = ${organisationId}::uuid and delivery_id = ${outcome.delivery.deliveryId}::uuid`.execute(
    trx,
  )
}

/** When this organisation has messages due again; null when it has none. */
export async function nextDelivery(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<Instant | null> {
  const { rows } = await sql<{ at: Instant | null }>`
    select min(delivery.next_attempt_at) as at from delivery
    where delivery.organisation_id = ${organisationId}::uuid and delivery.state = 'queued'`.execute(trx)
  return rows[0]?.at ?? null
}

/** The newest message of a ceremony that was handed over and did not come back; undefined when there is none. */
export async function findHandedOver(
  trx: Transaction,
  organisationId: OrganisationId,
  assignmentId: AssignmentId,
): Promise<{ readonly deliveryId: string; readonly channel: string; readonly address: string } | undefined> {
  const { rows } = await sql<{ delivery_id: string; channel: string; address: string; state: string }>`
    select delivery.delivery_id, delivery_event.channel, delivery_event.address, delivery.state
    from delivery join delivery_event using (organisation_id, delivery_id)
    where delivery.organisation_id = ${organisationId}::uuid and delivery.assignment_id = ${assignmentId}::uuid
      and delivery_event.kind = 'handed-over'
    order by delivery_event.occurred_at desc, delivery.delivery_id desc limit 1`.execute(trx)
  const row = rows[0]
  if (row === undefined || row.state === 'bounced') return undefined
  return { deliveryId: row.delivery_id, channel: row.channel, address: row.address }
}

/** Records that a message came back: one event that stays, and the new state of the message. The entry must be there already. */
export async function recordBounce(
  trx: Transaction,
  organisationId: OrganisationId,
  bounce: {
    readonly eventId: string
    readonly deliveryId: string
    readonly assignmentId: AssignmentId
    readonly channel: string
    readonly address: string
    readonly detail: string
    readonly bouncedAt: Instant
    readonly entryId: string
  },
): Promise<void> {
  await sql`
    insert into delivery_event (organisation_id, event_id, delivery_id, assignment_id, kind, channel, address, detail, occurred_at, entry_id)
    values (${organisationId}::uuid, ${bounce.eventId}::uuid, ${bounce.deliveryId}::uuid, ${bounce.assignmentId}::uuid,
            'bounced', ${bounce.channel}, ${bounce.address}, ${bounce.detail}, ${bounce.bouncedAt}::timestamptz, ${bounce.entryId}::uuid)`.execute(
    trx,
  )
  await sql`
    update delivery set state = 'bounced'
    where organisation_id = ${organisationId}::uuid and delivery_id = ${bounce.deliveryId}::uuid`.execute(trx)
}
