import type { ClientId, Instant, OrganisationId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { insertClient, updateStaffClient, type RoleName } from '#identity'
import type { StaffAccount } from './staff.ts'

type AccountTable = {
  organisation_id: string
  client_id: string
  provider_id: string
  subject: string
  email: string | null
  blocked_at: Instant | null
  first_signed_in_at: Instant
  last_signed_in_at: Instant
}

declare module '../database/tables.ts' {
  interface Tables {
    staff_account: AccountTable
  }
}

function accounts(trx: Transaction, organisationId: OrganisationId) {
  return trx
    .selectFrom('staff_account')
    .innerJoin('api_client', (join) =>
      join
        .onRef('api_client.organisation_id', '=', 'staff_account.organisation_id')
        .onRef('api_client.client_id', '=', 'staff_account.client_id'),
    )
    .select([
      'staff_account.client_id',
      'staff_account.provider_id',
      'staff_account.subject',
      'staff_account.email',
      'staff_account.blocked_at',
      'staff_account.first_signed_in_at',
      'staff_account.last_signed_in_at',
      'api_client.name',
      'api_client.role',
    ])
    .where('staff_account.organisation_id', '=', organisationId)
}

/** The account of a subject of a provider, taken for this sign-in. */
export async function findAccountBySubject(
  trx: Transaction,
  organisationId: OrganisationId,
  providerId: string,
  subject: string,
): Promise<StaffAccount | undefined> {
  const row = await accounts(trx, organisationId)
    .where('staff_account.provider_id', '=', providerId)
    .where('staff_account.subject', '=', subject)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? undefined : toAccount(row)
}

/** The account, or the problem `staff-not-found`. */
export async function getAccount(
  trx: Transaction,
  organisationId: OrganisationId,
  clientId: ClientId,
): Promise<StaffAccount> {
  const row = await accounts(trx, organisationId)
    .where('staff_account.client_id', '=', clientId)
    .executeTakeFirst()
  if (row === undefined) throw problem('staff-not-found')
  return toAccount(row)
}

/** Accounts in the order in which they were made, after the given one. */
export async function listAccounts(
  trx: Transaction,
  organisationId: OrganisationId,
  after: string | undefined,
  limit: number,
): Promise<StaffAccount[]> {
  const rows = await accounts(trx, organisationId)
    .$if(after !== undefined, (query) => query.where('staff_account.client_id', '>', after!))
    .orderBy('staff_account.client_id')
    .limit(limit)
    .execute()
  return rows.map(toAccount)
}

/** Writes a new account, and its row among the clients, which has no key and never gets one. */
export async function insertAccount(
  trx: Transaction,
  organisationId: OrganisationId,
  account: StaffAccount,
): Promise<void> {
  const { clientId, name, role, firstSignedInAt } = account
  const client = { clientId, name, role, createdAt: firstSignedInAt, createdBy: null, disabledAt: null }
  await insertClient(trx, organisationId, client, 'staff')
  await trx
    .insertInto('staff_account')
    .values({
      organisation_id: organisationId,
      client_id: clientId,
      provider_id: account.providerId,
      subject: account.subject,
      email: account.email,
      blocked_at: null,
      first_signed_in_at: firstSignedInAt,
      last_signed_in_at: account.lastSignedInAt,
    })
    .execute()
}

/** Brings an account up to date with a sign-in. */
export async function renewAccount(
  trx: Transaction,
  organisationId: OrganisationId,
  account: Pick<StaffAccount, 'clientId' | 'name' | 'email' | 'lastSignedInAt'> & { readonly role: RoleName },
): Promise<void> {
  await updateStaffClient(trx, organisationId, account.clientId, account)
  await trx
    .updateTable('staff_account')
    .set({ email: account.email, last_signed_in_at: account.lastSignedInAt })
    .where('organisation_id', '=', organisationId)
    .where('client_id', '=', account.clientId)
    .execute()
}

export async function setBlocked(
  trx: Transaction,
  organisationId: OrganisationId,
  clientId: ClientId,
  blockedAt: Instant | null,
): Promise<void> {
  await trx
    .updateTable('staff_account')
    .set({ blocked_at: blockedAt })
    .where('organisation_id', '=', organisationId)
    .where('client_id', '=', clientId)
    .execute()
}

function toAccount(
  row: Omit<AccountTable, 'organisation_id'> & { name: string; role: RoleName },
): StaffAccount {
  return {
    clientId: row.client_id as ClientId,
    providerId: row.provider_id,
    subject: row.subject,
    name: row.name,
    role: row.role,
    email: row.email,
    blockedAt: row.blocked_at,
    firstSignedInAt: row.first_signed_in_at,
    lastSignedInAt: row.last_signed_in_at,
  }
}
