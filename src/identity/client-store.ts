import { problem, type ClientId, type Instant, type OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { RightName, RoleName } from './rights.ts'

type ClientTable = {
  organisation_id: string
  client_id: string
  name: string
  role: RoleName
  created_at: Instant
  created_by: string | null
  disabled_at: Instant | null
  /** A human who signs in has a row here as well, so that what they did refers to it; they never have a key. */
  kind: 'program' | 'staff'
}

type KeyTable = {
  organisation_id: string
  key_id: string
  client_id: string
  secret_hmac: Buffer
  scopes: string[] | null
  created_at: Instant
  expires_at: Instant
  revoked_at: Instant | null
}

declare module '../database/tables.ts' {
  interface Tables {
    api_client: ClientTable
    api_key: KeyTable
  }
}

/** A program that calls this interface for an organisation, in one role. */
export type ApiClient = {
  readonly clientId: ClientId
  readonly name: string
  readonly role: RoleName
  readonly createdAt: Instant
  readonly createdBy: ClientId | null
  readonly disabledAt: Instant | null
}

/** A key of a client, without anything that could be used as one. */
export type ApiKey = {
  readonly keyId: string
  readonly clientId: ClientId
  readonly scopes: readonly RightName[] | null
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly revokedAt: Instant | null
}

/** What is needed to accept a key. */
export type KeyRecord = ApiKey & {
  readonly secretHmac: Buffer
  readonly role: RoleName
  readonly disabledAt: Instant | null
}

const clientColumns = [
  'api_client.client_id',
  'api_client.name',
  'api_client.role',
  'api_client.created_at',
  'api_client.created_by',
  'api_client.disabled_at',
] as const

const keyColumns = [
  'api_key.key_id',
  'api_key.client_id',
  'api_key.scopes',
  'api_key.created_at',
  'api_key.expires_at',
  'api_key.revoked_at',
] as const

function toClient(row: Omit<ClientTable, 'organisation_id' | 'kind'>): ApiClient {
  return {
    clientId: row.client_id as ClientId,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    createdBy: row.created_by as ClientId | null,
    disabledAt: row.disabled_at,
  }
}

function toKey(row: Omit<KeyTable, 'organisation_id' | 'secret_hmac'>): ApiKey {
  return {
    keyId: row.key_id,
    clientId: row.client_id as ClientId,
    scopes: row.scopes as RightName[] | null,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  }
}

export async function insertClient(
  trx: Transaction,
  organisationId: OrganisationId,
  client: ApiClient,
  kind: ClientTable['kind'] = 'program',
): Promise<void> {
  await trx
    .insertInto('api_client')
    .values({
      organisation_id: organisationId,
      client_id: client.clientId,
      name: client.name,
      role: client.role,
      created_at: client.createdAt,
      created_by: client.createdBy,
      disabled_at: client.disabledAt,
      kind,
    })
    .execute()
}

/** Gives the row of a human the name and role of their newest sign-in. */
export async function updateStaffClient(
  trx: Transaction,
  organisationId: OrganisationId,
  clientId: ClientId,
  now: Pick<ApiClient, 'name' | 'role'>,
): Promise<void> {
  await trx
    .updateTable('api_client')
    .set({ name: now.name, role: now.role })
    .where('organisation_id', '=', organisationId)
    .where('client_id', '=', clientId)
    .where('kind', '=', 'staff')
    .execute()
}

export async function getClient(
  trx: Transaction,
  organisationId: OrganisationId,
  clientId: ClientId,
): Promise<ApiClient> {
  const row = await trx
    .selectFrom('api_client')
    .select(clientColumns)
    .where('api_client.organisation_id', '=', organisationId)
    .where('api_client.client_id', '=', clientId)
    .where('api_client.kind', '=', 'program')
    .executeTakeFirst()
  if (row === undefined) throw problem('client-not-found')
  return toClient(row)
}

/** Takes the client's row, so that two requests cannot both count its keys and both add one. */
export async function lockClient(
  trx: Transaction,
  organisationId: OrganisationId,
  clientId: ClientId,
): Promise<ApiClient> {
  const row = await trx
    .selectFrom('api_client')
    .select(clientColumns)
    .where('api_client.organisation_id', '=', organisationId)
    .where('api_client.client_id', '=', clientId)
    .where('api_client.kind', '=', 'program')
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw problem('client-not-found')
  return toClient(row)
}

/** Clients in the order in which they were made, after the given one. */
export async function listClients(
  trx: Transaction,
  organisationId: OrganisationId,
  after: string | undefined,
  limit: number,
): Promise<ApiClient[]> {
  const rows = await trx
    .selectFrom('api_client')
    .select(clientColumns)
    .where('api_client.organisation_id', '=', organisationId)
    .where('api_client.kind', '=', 'program')
    .$if(after !== undefined, (query) => query.where('api_client.client_id', '>', after!))
    .orderBy('api_client.client_id')
    .limit(limit)
    .execute()
  return rows.map(toClient)
}

export async function insertKey(
  trx: Transaction,
  organisationId: OrganisationId,
  key: ApiKey,
  secretHmac: Buffer,
): Promise<void> {
  await trx
    .insertInto('api_key')
    .values({
      organisation_id: organisationId,
      key_id: key.keyId,
      client_id: key.clientId,
      secret_hmac: secretHmac,
      scopes: key.scopes === null ? null : [...key.scopes],
      created_at: key.createdAt,
      expires_at: key.expiresAt,
      revoked_at: key.revokedAt,
    })
    .execute()
}

/** The keys of a client, oldest first; expired and revoked ones too. */
export async function listKeys(
  trx: Transaction,
  organisationId: OrganisationId,
  clientId: ClientId,
): Promise<ApiKey[]> {
  const rows = await trx
    .selectFrom('api_key')
    .select(keyColumns)
    .where('api_key.organisation_id', '=', organisationId)
    .where('api_key.client_id', '=', clientId)
    .orderBy('api_key.key_id')
    .execute()
  return rows.map(toKey)
}

/** Revokes a key from this moment. False when it was revoked before; throws `key-not-found`. */
export async function revokeKeyRow(
  trx: Transaction,
  organisationId: OrganisationId,
  clientId: ClientId,
  keyId: string,
  at: Instant,
): Promise<boolean> {
  const keys = await listKeys(trx, organisationId, clientId)
  const key = keys.find((each) => each.keyId === keyId)
  if (key === undefined) throw problem('key-not-found')
  const result = await trx
    .updateTable('api_key')
    .set({ revoked_at: at })
    .where('organisation_id', '=', organisationId)
    .where('key_id', '=', keyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** What a presented key must be held against. */
export async function findKeyRecord(
  trx: Transaction,
  organisationId: OrganisationId,
  keyId: string,
): Promise<KeyRecord | undefined> {
  const row = await trx
    .selectFrom('api_key')
    .innerJoin('api_client', (join) =>
      join
        .onRef('api_client.organisation_id', '=', 'api_key.organisation_id')
        .onRef('api_client.client_id', '=', 'api_key.client_id'),
    )
    .select([...keyColumns, 'api_key.secret_hmac', 'api_client.role', 'api_client.disabled_at'])
    .where('api_key.organisation_id', '=', organisationId)
    .where('api_key.key_id', '=', keyId)
    .where('api_client.kind', '=', 'program')
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { ...toKey(row), secretHmac: row.secret_hmac, role: row.role, disabledAt: row.disabled_at }
}
