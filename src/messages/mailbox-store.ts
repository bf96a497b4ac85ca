import { sql } from 'kysely'
import type { EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

/** The private mailbox of a person. */
export type PrivateMailbox = {
  readonly address: string
  readonly confirmedAt: Instant
  /** How the person was known when they confirmed it. */
  readonly knownBy: string
  /** Until this moment it gives no more than that; null where it never had to wait. */
  readonly coolingUntil: Instant | null
  readonly entryId: EntryId
}

/** The addresses of a person, taken for update so that changes to them come one after the other. */
export type PersonMailboxes = { readonly work: string; readonly private: PrivateMailbox | null }

/** Where a person can be reached; undefined when there is no such person here. */
export async function lockMailboxes(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<PersonMailboxes | undefined> {
  await sql`
    select person.person_id from person
    where person.organisation_id = ${organisationId}::uuid and person.person_id = ${personId}::uuid
    for no key update`.execute(trx)
  return readMailboxes(trx, organisationId, personId)
}

/** The same without taking them. */
export async function readMailboxes(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<PersonMailboxes | undefined> {
  const { rows } = await sql<{
    work_email: string
    address: string | null
    confirmed_at: Instant
    known_by: string
    cooling_until: Instant | null
    entry_id: EntryId
  }>`
    select person.work_email, private_mailbox.address, private_mailbox.confirmed_at, private_mailbox.known_by,
           private_mailbox.cooling_until, private_mailbox.entry_id
    from person
    left join private_mailbox on private_mailbox.organisation_id = person.organisation_id
                             and private_mailbox.person_id = person.person_id
    where person.organisation_id = ${organisationId}::uuid and person.person_id = ${personId}::uuid
      and person.erased_at is null`.execute(trx)
  const row = rows[0]
  if (row === undefined) return undefined
  if (row.address === null) return { work: row.work_email, private: null }
  const { address, confirmed_at, known_by, cooling_until, entry_id } = row
  return {
    work: row.work_email,
    private: {
      address,
      confirmedAt: confirmed_at,
      knownBy: known_by,
      coolingUntil: cooling_until,
      entryId: entry_id,
    },
  }
}

/** Writes the private mailbox of a person in the place of the one before. */
export async function savePrivateMailbox(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  mailbox: PrivateMailbox,
): Promise<void> {
  await removePrivateMailbox(trx, organisationId, personId)
  await sql`
    insert into private_mailbox (organisation_id, person_id, address, confirmed_at, known_by, cooling_until, entry_id)
    values (${organisationId}::uuid, ${personId}::uuid, ${mailbox.address}, ${mailbox.confirmedAt}::timestamptz,
            ${mailbox.knownBy}, ${mailbox.coolingUntil}::timestamptz, ${mailbox.entryId}::uuid)`.execute(trx)
}

/** Takes the private mailbox of a person away. */
export async function removePrivateMailbox(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<void> {
  await sql`
    delete from private_mailbox
    where private_mailbox.organisation_id = ${organisationId}::uuid
      and private_mailbox.person_id = ${personId}::uuid`.execute(trx)
}
