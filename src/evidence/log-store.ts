import type { Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { KeyPurpose, StoredKey } from './signing-key.ts'

type NewSigningKey = StoredKey & { readonly createdAt: Instant }

/** Stores a key that this room made. */
export async function insertSigningKey(trx: Transaction, key: NewSigningKey): Promise<void> {
  await trx
    .insertInto('signing_key')
    .values({
      organisation_id: key.organisationId,
      key_id: key.keyId,
      purpose: key.purpose,
      algorithm: 'ed25519',
      public_key: key.publicKey,
      private_key_sealed: key.sealed,
      created_at: key.createdAt,
    })
    .execute()
}

type NewLog = {
  readonly organisationId: OrganisationId
  readonly logId: LogId
  readonly origin: string
  readonly keyId: string
  readonly createdAt: Instant
}

/** Stores a log with its head, without entries. */
export async function insertLog(trx: Transaction, log: NewLog): Promise<void> {
  await insertLogRow(trx, log)
  await trx
    .insertInto('ledger_head')
    .values({
      organisation_id: log.organisationId,
      log_id: log.logId,
      size: 0,
      frontier: Buffer.alloc(0),
      last_at: log.createdAt,
    })
    .execute()
}

/** Stores a log and gives it the organisation's head, which leaves the log that had it: nothing is appended there again. */
export async function insertSuccessor(trx: Transaction, log: NewLog): Promise<void> {
  await insertLogRow(trx, log)
  await trx
    .updateTable('ledger_head')
    .set({ log_id: log.logId, size: 0, frontier: Buffer.alloc(0), last_at: log.createdAt, stopped_at: null })
    .where('ledger_head.organisation_id', '=', log.organisationId)
    .execute()
}

async function insertLogRow(trx: Transaction, log: NewLog): Promise<void> {
  await trx
    .insertInto('ledger_log')
    .values({
      organisation_id: log.organisationId,
      log_id: log.logId,
      origin: log.origin,
      key_id: log.keyId,
      created_at: log.createdAt,
    })
    .execute()
}

/** The newest key of a purpose. */
export async function findSigningKey(
  trx: Transaction,
  organisationId: OrganisationId,
  purpose: KeyPurpose,
): Promise<StoredKey | undefined> {
  const row = await trx
    .selectFrom('signing_key')
    .select(['signing_key.key_id', 'signing_key.public_key', 'signing_key.private_key_sealed'])
    .where('signing_key.organisation_id', '=', organisationId)
    .where('signing_key.purpose', '=', purpose)
    .orderBy('signing_key.created_at', 'desc')
    .orderBy('signing_key.key_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    organisationId,
    keyId: row.key_id,
    purpose,
    publicKey: row.public_key,
    // Only seals may have their private half elsewhere.
    sealed: row.private_key_sealed!,
  }
}
