import { sql } from 'kysely'
import type { Instant, OrganisationId, PersonId } from '#core'
import { canonicalJson } from '#core'
import type { Transaction } from '#database'
import { scheduleJob } from '#jobs'
import type { Language, Mailbox, NewNotice, NoticeFacts, NoticeKind } from './notice.ts'

/** Under which the rounds of handing notices over stand in the calendar. */
export const noticeJobKind = 'notice'

/**
 * Queues a message to one of a person's mailboxes, and a round that hands it over once this transaction has committed.
 * Answers false, and queues nothing, when the person has no such mailbox. The address is the one of this moment: a message
 * about a change reaches the mailbox that was there.
 */
export async function queueNotice(
  trx: Transaction,
  organisationId: OrganisationId,
  notice: NewNotice,
): Promise<boolean> {
  const { rows } = await sql`
    insert into notice (organisation_id, notice_id, person_id, kind, mailbox, address, facts, state, attempts,
                        next_attempt_at, useful_until, detail, created_at)
    select person.organisation_id, ${notice.noticeId}::uuid, person.person_id, ${notice.kind}, ${notice.to},
           coalesce(${notice.address ?? null}::text,
                    case when ${notice.to} = 'work' then person.work_email else private_mailbox.address end),
           ${canonicalJson(notice.facts)}, 'queued', 0, ${notice.at}::timestamptz,
           ${notice.usefulUntil ?? null}::timestamptz, '', ${notice.at}::timestamptz
    from person
    left join private_mailbox on private_mailbox.organisation_id = person.organisation_id
                             and private_mailbox.person_id = person.person_id
    where person.organisation_id = ${organisationId}::uuid and person.person_id = ${notice.personId}::uuid
      and person.erased_at is null
      and (${notice.to} = 'work' or ${notice.address ?? null}::text is not null or private_mailbox.address is not null)
    returning notice_id`.execute(trx)
  if (rows.length === 0) return false
  await scheduleJob(trx, organisationId, noticeJobKind, notice.at)
  return true
}

/** Tells a person by every mailbox that they have: the one of the employer and, where there is one, the private one. */
export async function queueNoticeEverywhere(
  trx: Transaction,
  organisationId: OrganisationId,
  newId: () => string,
  notice: Omit<NewNotice, 'noticeId' | 'to' | 'address'>,
): Promise<void> {
  await queueNotice(trx, organisationId, { ...notice, noticeId: newId(), to: 'work' })
  await queueNotice(trx, organisationId, { ...notice, noticeId: newId(), to: 'private' })
}

/** A notice whose turn has come, claimed by this worker for as long as its lease. */
export type ClaimedNotice = {
  readonly noticeId: string
  readonly personId: PersonId
  readonly kind: NoticeKind
  readonly mailbox: Mailbox
  readonly address: string
  readonly facts: NoticeFacts
  readonly attempts: number
  readonly at: Instant
  readonly usefulUntil: Instant | null
  readonly personName: string
  readonly language: Language
  readonly organisationName: string
}

type NoticeRow = {
  notice_id: string
  person_id: PersonId
  kind: NoticeKind
  mailbox: Mailbox
  address: string
  facts: string
  attempts: number
  created_at: Instant
  useful_until: Instant | null
  person_name: string
  language: Language
  organisation_name: string
}

/** Claims notices that are due: each counts an attempt and stays away from other workers until the lease ends. */
export async function claimNotices(
  trx: Transaction,
  organisationId: OrganisationId,
  claim: { readonly now: Instant; readonly leaseUntil: Instant; readonly limit: number },
): Promise<ClaimedNotice[]> {
  const { rows } = await sql<NoticeRow>`
    with claimed as (
      update notice set attempts = notice.attempts + 1, next_attempt_at = ${claim.leaseUntil}::timestamptz
      where (notice.organisation_id, notice.notice_id) in (
        select due.organisation_id, due.notice_id from notice as due
        where due.organisation_id = ${organisationId}::uuid and due.state = 'queued'
          and due.next_attempt_at <= ${claim.now}::timestamptz
        order by due.next_attempt_at limit ${claim.limit} for update skip locked)
      returning notice.organisation_id, notice.notice_id, notice.person_id, notice.kind, notice.mailbox, notice.address,
                notice.facts, notice.attempts, notice.created_at, notice.useful_until)
    select claimed.notice_id, claimed.person_id, claimed.kind, claimed.mailbox, claimed.address, claimed.facts,
           claimed.attempts, claimed.created_at, claimed.useful_until,
           person.given_name || ' ' || person.family_name as person_name, person.language,
           organisation.name as organisation_name
    from claimed
    join organisation on organisation.organisation_id = claimed.organisation_id
    join person on person.organisation_id = claimed.organisation_id and person.person_id = claimed.person_id
    order by claimed.created_at, claimed.notice_id`.execute(trx)
  return rows.map((row) => ({
    noticeId: row.notice_id,
    personId: row.person_id,
    kind: row.kind,
    mailbox: row.mailbox,
    address: row.address,
    facts: JSON.parse(row.facts) as NoticeFacts,
    attempts: row.attempts,
    at: row.created_at,
    usefulUntil: row.useful_until,
    personName: row.person_name,
    language: row.language,
    organisationName: row.organisation_name,
  }))
}

/** What became of an attempt. */
export type NoticeOutcome = {
  readonly eventId: string
  readonly noticeId: string
  readonly event: 'handed-over' | 'refused' | 'given-up' | 'bounced'
  readonly state: 'queued' | 'handed-over' | 'refused' | 'too-late' | 'bounced'
  readonly channel: 'smtp' | 'local-outbox'
  readonly status: string | null
  readonly detail: string
  readonly occurredAt: Instant
  readonly nextAttemptAt: Instant | null
}

/** Records an attempt: one event that stays, and the new state of the notice. */
export async function recordNotice(
  trx: Transaction,
  organisationId: OrganisationId,
  outcome: NoticeOutcome,
): Promise<void> {
  await sql`
    insert into notice_event (organisation_id, event_id, notice_id, kind, channel, status, occurred_at)
    values (${organisationId}::uuid, ${outcome.eventId}::uuid, ${outcome.noticeId}::uuid, ${outcome.event},
            ${outcome.channel}, ${outcome.status}, ${outcome.occurredAt}::timestamptz)`.execute(trx)
  await sql`
    update notice set state = ${outcome.state}, detail = ${outcome.detail.slice(0, 500)},
                      next_attempt_at = coalesce(${outcome.nextAttemptAt}::timestamptz, notice.next_attempt_at)
    where notice.organisation_id = ${organisationId}::uuid and notice.notice_id = ${outcome.noticeId}::uuid`.execute(
    trx,
  )
}

/** When this organisation has notices due again; null when it has none. */
export async function nextNotice(trx: Transaction, organisationId: OrganisationId): Promise<Instant | null> {
  const { rows } = await sql<{ at: Instant | null }>`
    select min(notice.next_attempt_at) as at from notice
    where notice.organisation_id = ${organisationId}::uuid and notice.state = 'queued'`.execute(trx)
  return rows[0]?.at ?? null
}
