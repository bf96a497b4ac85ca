import { sql } from 'kysely'
import type { ActId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import type { Facts } from '#evidence'
import { readEntries, remainingFacts } from '#evidence'

/** An entry with what is left of its facts. */
export type KnownEntry = {
  readonly index: number
  readonly kind: string
  readonly at: Instant
  readonly facts: Facts
}

/** What the records of other tables say around one act. */
export type Surroundings = {
  readonly deliveries: readonly Row[]
  /** Addresses to which anything was sent before the act. */
  readonly earlierAddresses: readonly string[]
  readonly openings: readonly Row[]
  /** The entries of the kinds that matter in the days around it, in the order of the ledger. */
  readonly entries: readonly KnownEntry[]
}
type Row = Readonly<Record<string, string | number | boolean | null>>

/** Kinds of entries by which somebody other than the person changes how the person is reached or known, or who may do what. */
export const privilegedKinds = [
  'api-client-created',
  'api-key-issued',
  'private-mailbox-proposed',
  'sign-on-rebinding-asked',
  'signing-provider-set',
  'signing-reset',
] as const

const personalKinds = [
  'person-authenticated',
  'private-mailbox-confirmed',
  'signing-credential-enrolled',
  'signing-credential-revoked',
  'sign-on-refused',
] as const

/** Reads what happened around an act. Entries about other persons are left out; those about nobody stay. */
export async function readSurroundings(
  trx: Transaction,
  organisationId: OrganisationId,
  act: { readonly actId: ActId; readonly personId: PersonId; readonly assignmentId: string },
  window: { readonly from: Instant; readonly until: Instant },
): Promise<Surroundings> {
  const { rows: deliveries } = await sql<Row>`
    select delivery_event.kind, delivery_event.channel, delivery_event.address, delivery_event.detail,
           delivery_event.occurred_at as at
    from delivery_event
    where delivery_event.organisation_id = ${organisationId}::uuid and delivery_event.assignment_id = ${act.assignmentId}::uuid
    order by delivery_event.occurred_at, delivery_event.event_id`.execute(trx)
  const { rows: addresses } = await sql<{ address: string }>`
    select distinct delivery_event.address from delivery_event
    join assignment using (organisation_id, assignment_id)
    where delivery_event.organisation_id = ${organisationId}::uuid and assignment.person_id = ${act.personId}::uuid
      and assignment.assignment_id <> ${act.assignmentId}::uuid and delivery_event.occurred_at < ${window.until}::timestamptz
      and delivery_event.address <> ''
    order by delivery_event.address`.execute(trx)
  const { rows: openings } = await sql<Row>`
    select opening.language, opening.opened_at as at, opening.user_agent as "userAgent", opening.network_class as "networkClass"
    from opening
    where opening.organisation_id = ${organisationId}::uuid and opening.assignment_id = ${act.assignmentId}::uuid
    order by opening.opened_at, opening.language`.execute(trx)
  return {
    deliveries,
    earlierAddresses: addresses.map((row) => row.address),
    openings,
    entries: await entriesAround(trx, organisationId, act.personId, window),
  }
}

async function entriesAround(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  window: { readonly from: Instant; readonly until: Instant },
): Promise<KnownEntry[]> {
  const { rows } = await sql<{ entry_id: EntryId }>`
    select ledger_entry.entry_id from ledger_entry
    where ledger_entry.organisation_id = ${organisationId}::uuid
      and ledger_entry.kind = any(${[...privilegedKinds, ...personalKinds]}::text[])
      and ledger_entry.recorded_at between ${window.from}::timestamptz and ${window.until}::timestamptz
    order by ledger_entry.recorded_at, ledger_entry.entry_index`.execute(trx)
  const entries = await readEntries(trx, organisationId, rows.map((row) => row.entry_id)) // prettier-ignore
  return entries
    .map((entry) => ({
      index: entry.entryIndex,
      kind: entry.kind,
      at: entry.recordedAt,
      facts: remainingFacts(entry.disclosures),
    })) // prettier-ignore
    .filter(({ facts }) => facts['personId'] === undefined || facts['personId'] === personId)
}
