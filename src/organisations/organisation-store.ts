import type { Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'

type OrganisationTable = { organisation_id: string; name: string; created_at: string }

declare module '../database/tables.ts' {
  interface Tables {
    organisation: OrganisationTable
  }
}

/** The employer: the tenant whose rows, ledger and keys stand apart from every other's. */
export type Organisation = {
  readonly organisationId: OrganisationId
  readonly name: string
  readonly createdAt: Instant
}

/** Writes a new organisation. The transaction must already work inside it (`inOrganisation` with its id). */
export async function insertOrganisation(trx: Transaction, organisation: Organisation): Promise<void> {
  await trx
    .insertInto('organisation')
    .values({
      organisation_id: organisation.organisationId,
      name: organisation.name,
      created_at: organisation.createdAt,
    })
    .execute()
}

/** The organisation the transaction works in, or undefined when there is none with this id. */
export async function findOrganisation(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<Organisation | undefined> {
  const row = await trx
    .selectFrom('organisation')
    .select(['organisation.name', 'organisation.created_at'])
    .where('organisation.organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { organisationId, name: row.name, createdAt: row.created_at as Instant }
}

/** The organisation the transaction works in. Throws when it does not exist: then something is wrong in here. */
export async function getOrganisation(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<Organisation> {
  const organisation = await findOrganisation(trx, organisationId)
  if (organisation === undefined) throw new Error('the organisation of this transaction does not exist')
  return organisation
}
