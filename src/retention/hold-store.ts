import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { CivilDate, ClientId, EntryId, Instant, OrganisationId, PersonId, PolicyId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { HoldRelease, HoldSubject, LegalHold } from './retention.ts'

/** Says whether there is such a person or policy here. A person who was erased is not there. */
export async function subjectExists(
  trx: Transaction,
  organisationId: OrganisationId,
  subject: HoldSubject,
): Promise<boolean> {
  const { rows } =
    subject.kind === 'person'
      ? await sql`select from person where person.organisation_id = ${organisationId}::uuid
          and person.person_id = ${subject.personId}::uuid and person.erased_at is null`.execute(trx)
      : await sql`select from policy where policy.organisation_id = ${organisationId}::uuid
          and policy.policy_id = ${subject.policyId}::uuid`.execute(trx)
  return rows.length > 0
}

/**
 * Waits until no erasure is under way in this organisation, and lets none begin before the transaction ends. Taken before
 * the ledger's head, as an erasure does, so that the two never wait for each other crosswise.
 */
export async function lockErasures(trx: Transaction, organisationId: OrganisationId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding.erasure ' || ${organisationId}::uuid, 0))`.execute(
    trx,
  )
}

/** Writes a hold. Every erasure after it sees the hold. */
export async function insertHold(
  trx: Transaction,
  organisationId: OrganisationId,
  hold: LegalHold,
): Promise<void> {
  const { subject } = hold
  const personId = subject.kind === 'person' ? subject.personId : null
  const policyId = subject.kind === 'policy' ? subject.policyId : null
  await sql`
    insert into legal_hold (organisation_id, hold_id, person_id, policy_id, holder, reason, review_on, placed_by, placed_at, entry_id)
    values (${organisationId}::uuid, ${hold.holdId}::uuid, ${personId}::uuid, ${policyId}::uuid, ${hold.holder}, ${hold.reason},
            ${hold.reviewOn}::date, ${hold.placedBy}::uuid, ${hold.placedAt}::timestamptz, ${hold.entryId}::uuid)`.execute(
    trx,
  )
}

/** Writes a release. A second one fails on `legal_hold_release_pk`. */
export async function insertRelease(
  trx: Transaction,
  organisationId: OrganisationId,
  holdId: string,
  release: HoldRelease & { readonly entryId: EntryId },
): Promise<void> {
  await sql`
    insert into legal_hold_release (organisation_id, hold_id, releaser, reason, released_by, released_at, entry_id)
    values (${organisationId}::uuid, ${holdId}::uuid, ${release.releaser}, ${release.reason}, ${release.releasedBy}::uuid,
            ${release.releasedAt}::timestamptz, ${release.entryId}::uuid)`.execute(trx)
}

export type HoldFilter = {
  readonly holdId?: string
  readonly state?: 'active' | 'released'
  readonly personId?: string
  readonly policyId?: string
  readonly after?: string
  /** All of them when it is not said. */
  readonly limit?: number
}

type Row = {
  hold_id: string
  person_id: PersonId | null
  policy_id: PolicyId | null
  holder: string
  reason: string
  review_on: CivilDate
  placed_by: ClientId
  placed_at: Instant
  entry_id: EntryId
  releaser: string | null
  release_reason: string
  released_by: ClientId
  released_at: Instant
}

/** Holds in order of id, which is the order in which they were placed. */
export async function listHolds(
  trx: Transaction,
  organisationId: OrganisationId,
  filter: HoldFilter,
): Promise<LegalHold[]> {
  const conditions: RawBuilder<unknown>[] = [sql`legal_hold.organisation_id = ${organisationId}::uuid`]
  const { holdId, state, personId, policyId, after, limit } = filter
  if (holdId !== undefined) conditions.push(sql`legal_hold.hold_id = ${holdId}::uuid`)
  if (personId !== undefined) conditions.push(sql`legal_hold.person_id = ${personId}::uuid`)
  if (policyId !== undefined) conditions.push(sql`legal_hold.policy_id = ${policyId}::uuid`)
  if (after !== undefined) conditions.push(sql`legal_hold.hold_id > ${after}::uuid`)
  if (state !== undefined)
    conditions.push(state === 'active' ? sql`legal_hold_release.hold_id is null` : sql`legal_hold_release.hold_id is not null`) // prettier-ignore
  const { rows } = await sql<Row>`
    select legal_hold.hold_id, legal_hold.person_id, legal_hold.policy_id, legal_hold.holder, legal_hold.reason,
           legal_hold.review_on, legal_hold.placed_by, legal_hold.placed_at, legal_hold.entry_id,
           legal_hold_release.releaser, legal_hold_release.reason as release_reason, legal_hold_release.released_by,
           legal_hold_release.released_at
    from legal_hold
    left join legal_hold_release on legal_hold_release.organisation_id = legal_hold.organisation_id
                                and legal_hold_release.hold_id = legal_hold.hold_id
    where ${sql.join(conditions, sql` and `)}
    order by legal_hold.hold_id limit ${limit ?? null}::bigint`.execute(trx)
  return rows.map(toHold)
}

/** The hold, or the problem `hold-not-found`. */
export async function getHold(
  trx: Transaction,
  organisationId: OrganisationId,
  holdId: string,
): Promise<LegalHold> {
  const [hold] = await listHolds(trx, organisationId, { holdId })
  if (hold === undefined) throw problem('hold-not-found')
  return hold
}

function toHold(row: Row): LegalHold {
  return {
    holdId: row.hold_id,
    subject:
      row.person_id !== null
        ? { kind: 'person', personId: row.person_id }
        : { kind: 'policy', policyId: row.policy_id! },
    holder: row.holder,
    reason: row.reason,
    reviewOn: row.review_on,
    placedBy: row.placed_by,
    placedAt: row.placed_at,
    entryId: row.entry_id,
    release:
      row.releaser === null
        ? null
        : { releaser: row.releaser, reason: row.release_reason, releasedBy: row.released_by, releasedAt: row.released_at }, // prettier-ignore
  }
}
