import {
  addMilliseconds,
  problem,
  type ClientId,
  type EntryId,
  type Instant,
  type OrganisationId,
} from '#core'
import type { Transaction } from '#database'
import { appendEntries, type EntryDraft } from '#evidence'
import type { Platform } from '#platform'
import { isValidAt, keyHmac, keyValidity_days, makeKeyText, validKeysMax } from './api-key.ts'
import {
  insertClient,
  insertKey,
  listKeys,
  lockClient,
  revokeKeyRow,
  type ApiClient,
  type ApiKey,
} from './client-store.ts'
import { keyPepper } from './keyring.ts'
import { effectiveRights, type RightName, type RoleName } from './rights.ts'

const day_ms = 24 * 60 * 60 * 1000

/** Who does it: a client, or null where the service itself makes the first client of an organisation. */
export type Actor = { readonly organisationId: OrganisationId; readonly clientId: ClientId | null }

export type NewClient = { readonly name: string; readonly role: RoleName }

export type NewKey = {
  readonly clientId: ClientId
  /** The rights the key is narrowed to; null for all of the role's. */
  readonly scopes: readonly RightName[] | null
  readonly validDays?: number
}

/** A key that has just been made. `text` is what the client sends; it exists nowhere else and is never shown again. */
export type IssuedKey = ApiKey & { readonly text: string }

/** Makes a client in a role. It can do nothing until a key is issued. Recorded in the ledger. */
export async function createClient(
  platform: Platform,
  trx: Transaction,
  actor: Actor,
  wanted: NewClient,
): Promise<ApiClient> {
  const now = platform.clock()
  const client: ApiClient = {
    clientId: platform.newId() as ClientId,
    name: wanted.name,
    role: wanted.role,
    createdAt: now,
    createdBy: actor.clientId,
    disabledAt: null,
  }
  await insertClient(trx, actor.organisationId, client)
  const facts = { clientId: client.clientId, name: client.name, role: client.role }
  await record(platform, trx, actor, 'api-client-created', now, facts)
  return client
}

/**
 * Issues a key. Throws `client-not-found`, `key-limit-reached` when two keys of the client are valid, and
 * `scope-not-in-role` when the key would do more than its client. Recorded in the ledger, without the secret.
 */
export async function issueKey(
  platform: Platform,
  trx: Transaction,
  actor: Actor,
  wanted: NewKey,
): Promise<IssuedKey> {
  const now = platform.clock()
  const { organisationId } = actor
  const client = await lockClient(trx, organisationId, wanted.clientId)
  const held = effectiveRights(client.role, null)
  if (wanted.scopes?.some((scope) => !held.has(scope)) === true) throw problem('scope-not-in-role')
  const valid = (await listKeys(trx, organisationId, client.clientId)).filter((key) => isValidAt(key, now))
  if (valid.length >= validKeysMax) throw problem('key-limit-reached')
  const keyId = platform.newId()
  const text = makeKeyText({ organisationId, keyId }, platform.randomBytes)
  const key: ApiKey = {
    keyId,
    clientId: client.clientId,
    scopes: wanted.scopes,
    createdAt: now,
    expiresAt: addMilliseconds(now, (wanted.validDays ?? keyValidity_days.usual) * day_ms),
    revokedAt: null,
  }
  await insertKey(trx, organisationId, key, keyHmac(keyPepper(platform.secrets), text))
  const facts = { clientId: client.clientId, keyId, scopes: key.scopes, expiresAt: key.expiresAt }
  await record(platform, trx, actor, 'api-key-issued', now, facts)
  return { ...key, text }
}

/** Revokes a key from now. Doing it again changes nothing. Throws `client-not-found` or `key-not-found`. */
export async function revokeKey(
  platform: Platform,
  trx: Transaction,
  actor: Actor,
  clientId: ClientId,
  keyId: string,
): Promise<void> {
  const now = platform.clock()
  await lockClient(trx, actor.organisationId, clientId)
  const revoked = await revokeKeyRow(trx, actor.organisationId, clientId, keyId, now)
  if (revoked) await record(platform, trx, actor, 'api-key-revoked', now, { clientId, keyId })
}

async function record(
  platform: Platform,
  trx: Transaction,
  actor: Actor,
  kind: string,
  at: Instant,
  facts: EntryDraft['facts'],
): Promise<void> {
  const draft: EntryDraft = {
    entryId: platform.newId() as EntryId,
    kind,
    at,
    facts: { ...facts, by: actor.clientId },
  }
  await appendEntries(platform, trx, actor.organisationId, [draft])
}
