import type { ColumnType } from 'kysely'
import type { ClientId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'

type Kept<T> = ColumnType<T, T, never>

declare module '../database/tables.ts' {
  interface Tables {
    idempotency: {
      organisation_id: Kept<OrganisationId>
      client_id: Kept<ClientId>
      operation: Kept<string>
      idempotency_key: Kept<string>
      fingerprint: Kept<Buffer>
      status: Kept<number>
      location: Kept<string | null>
      etag: Kept<string | null>
      body: Kept<string | null>
      subject_id: Kept<string | null>
      created_at: Kept<Instant>
    }
  }
}

/** Where an answer is kept: one intention of one client for one operation. */
export type Slot = {
  readonly organisationId: OrganisationId
  readonly clientId: ClientId
  /** Method and route pattern, for example `POST /v1/dossiers`. */
  readonly operation: string
  readonly key: string
}

export type KeptAnswer = {
  readonly fingerprint: Buffer
  readonly status: number
  readonly location: string | null
  readonly etag: string | null
  readonly body: string | null
}

/** An answer with the person whose content it repeats, if it repeats any: it goes when they are erased. */
export type NewAnswer = KeptAnswer & { readonly personId: string | null }

/** The answer that was given under this key, if one was. */
export async function findKeptAnswer(trx: Transaction, slot: Slot): Promise<KeptAnswer | undefined> {
  return trx
    .selectFrom('idempotency')
    .select(['fingerprint', 'status', 'location', 'etag', 'body'])
    .where('organisation_id', '=', slot.organisationId)
    .where('client_id', '=', slot.clientId)
    .where('operation', '=', slot.operation)
    .where('idempotency_key', '=', slot.key)
    .executeTakeFirst()
}

/**
 * Keeps the answer in the transaction of its effect. Fails on `idempotency_pk` when another request with the same key
 * was first; then the whole transaction goes.
 */
export async function keepAnswer(
  trx: Transaction,
  slot: Slot,
  answer: NewAnswer,
  at: Instant,
): Promise<void> {
  await trx
    .insertInto('idempotency')
    .values({
      organisation_id: slot.organisationId,
      client_id: slot.clientId,
      operation: slot.operation,
      idempotency_key: slot.key,
      fingerprint: answer.fingerprint,
      status: answer.status,
      location: answer.location,
      etag: answer.etag,
      body: answer.body,
      subject_id: answer.personId,
      created_at: at,
    })
    .execute()
}
