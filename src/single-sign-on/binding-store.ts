import { sql } from 'kysely'
import type { CivilDate, ClientId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { KnownPerson } from './binding-decisions.ts'
import type { PersonMatch } from './provider.ts'

type BindingTable = {
  organisation_id: string
  binding_id: string
  provider_id: string
  subject: string
  person_id: string
  bound_at: Instant
  entry_id: string
}

type RebindingTable = {
  organisation_id: string
  rebinding_id: string
  provider_id: string
  person_id: string
  reason: string
  requested_by: string
  requested_at: Instant
  usable_from: Instant
  state: 'waiting' | 'done' | 'cancelled'
  ended_at: Instant | null
  entry_id: string
}

declare module '../database/tables.ts' {
  interface Tables {
    sign_on_binding: BindingTable
    sign_on_rebinding: RebindingTable
  }
}

/** A request to bind a person to another account, while it waits. */
export type Rebinding = {
  readonly rebindingId: string
  readonly providerId: string
  readonly personId: PersonId
  readonly reason: string
  readonly requestedBy: ClientId
  readonly requestedAt: Instant
  readonly usableFrom: Instant
}

/** One sign-in at a time binds an account of this provider, so that two at once cannot bind one person twice. */
export async function lockBindings(
  trx: Transaction,
  organisationId: OrganisationId,
  providerId: string,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding.sign-on ' || ${organisationId}::uuid || ' ' || ${providerId}::uuid, 0))`.execute(
    trx,
  )
}

/** The person to whom an account is bound. Nobody who was erased. */
export async function findBoundPerson(
  trx: Transaction,
  organisationId: OrganisationId,
  providerId: string,
  subject: string,
): Promise<KnownPerson | null> {
  const { rows } = await sql<{ person_id: PersonId; employed_until: CivilDate | null }>`
    select person.person_id, person.employed_until from sign_on_binding
    join person on person.organisation_id = sign_on_binding.organisation_id and person.person_id = sign_on_binding.person_id
    where sign_on_binding.organisation_id = ${organisationId}::uuid and sign_on_binding.provider_id = ${providerId}::uuid
      and sign_on_binding.subject = ${subject} and person.erased_at is null`.execute(trx)
  return rows[0] === undefined ? null : { personId: rows[0].person_id, employedUntil: rows[0].employed_until }
}

/** Everybody whom a value fits; two are enough to know that it does not name one. */
export async function findMatchingPersons(
  trx: Transaction,
  organisationId: OrganisationId,
  matches: PersonMatch,
  value: string,
): Promise<KnownPerson[]> {
  const condition =
    matches === 'external-id' ? sql`person.external_id = ${value}` : sql`lower(person.work_email) = ${value}`
  const { rows } = await sql<{ person_id: PersonId; employed_until: CivilDate | null }>`
    select person.person_id, person.employed_until from person
    where person.organisation_id = ${organisationId}::uuid and person.erased_at is null and ${condition} limit 2`.execute(
    trx,
  )
  return rows.map((row) => ({ personId: row.person_id, employedUntil: row.employed_until }))
}

/** Whether the person has an account of this provider, and from when on another one may take its place. */
export async function findPersonState(
  trx: Transaction,
  organisationId: OrganisationId,
  providerId: string,
  personId: PersonId,
): Promise<{ readonly bound: boolean; readonly rebinding: Rebinding | undefined }> {
  const binding = await trx
    .selectFrom('sign_on_binding')
    .select('sign_on_binding.binding_id')
    .where('sign_on_binding.organisation_id', '=', organisationId)
    .where('sign_on_binding.provider_id', '=', providerId)
    .where('sign_on_binding.person_id', '=', personId)
    .executeTakeFirst()
  const [rebinding] = await listWaiting(trx, organisationId, personId, providerId)
  return { bound: binding !== undefined, rebinding }
}

/** What is waiting for a person, oldest first. */
export async function listWaiting(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  providerId?: string,
): Promise<Rebinding[]> {
  const rows = await trx
    .selectFrom('sign_on_rebinding')
    .select([
      'sign_on_rebinding.rebinding_id',
      'sign_on_rebinding.provider_id',
      'sign_on_rebinding.person_id',
      'sign_on_rebinding.reason',
      'sign_on_rebinding.requested_by',
      'sign_on_rebinding.requested_at',
      'sign_on_rebinding.usable_from',
    ])
    .where('sign_on_rebinding.organisation_id', '=', organisationId)
    .where('sign_on_rebinding.person_id', '=', personId)
    .where('sign_on_rebinding.state', '=', 'waiting')
    .$if(providerId !== undefined, (query) => query.where('sign_on_rebinding.provider_id', '=', providerId!))
    .orderBy('sign_on_rebinding.rebinding_id')
    .execute()
  return rows.map((row) => ({
    rebindingId: row.rebinding_id,
    providerId: row.provider_id,
    personId: row.person_id as PersonId,
    reason: row.reason,
    requestedBy: row.requested_by as ClientId,
    requestedAt: row.requested_at,
    usableFrom: row.usable_from,
  }))
}

/** Binds an account to a person, in the place of the one before it. */
export async function writeBinding(
  trx: Transaction,
  organisationId: OrganisationId,
  binding: {
    readonly bindingId: string
    readonly providerId: string
    readonly subject: string
    readonly personId: PersonId
    readonly boundAt: Instant
    readonly entryId: EntryId
  },
): Promise<void> {
  await trx
    .deleteFrom('sign_on_binding')
    .where('organisation_id', '=', organisationId)
    .where('provider_id', '=', binding.providerId)
    .where('person_id', '=', binding.personId)
    .execute()
  await trx
    .insertInto('sign_on_binding')
    .values({
      organisation_id: organisationId,
      binding_id: binding.bindingId,
      provider_id: binding.providerId,
      subject: binding.subject,
      person_id: binding.personId,
      bound_at: binding.boundAt,
      entry_id: binding.entryId,
    })
    .execute()
}

export async function insertRebinding(
  trx: Transaction,
  organisationId: OrganisationId,
  rebinding: Rebinding & { readonly entryId: EntryId },
): Promise<void> {
  await trx
    .insertInto('sign_on_rebinding')
    .values({
      organisation_id: organisationId,
      rebinding_id: rebinding.rebindingId,
      provider_id: rebinding.providerId,
      person_id: rebinding.personId,
      reason: rebinding.reason,
      requested_by: rebinding.requestedBy,
      requested_at: rebinding.requestedAt,
      usable_from: rebinding.usableFrom,
      state: 'waiting',
      ended_at: null,
      entry_id: rebinding.entryId,
    })
    .execute()
}

/** Ends what waits. Throws `sign-on-rebinding-not-found` when it did not. */
export async function endRebinding(
  trx: Transaction,
  organisationId: OrganisationId,
  rebindingId: string,
  state: 'done' | 'cancelled',
  at: Instant,
): Promise<void> {
  const result = await trx
    .updateTable('sign_on_rebinding')
    .set({ state, ended_at: at })
    .where('organisation_id', '=', organisationId)
    .where('rebinding_id', '=', rebindingId)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) throw problem('sign-on-rebinding-not-found')
}
