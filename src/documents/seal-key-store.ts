import { sql } from 'kysely'
import { sha256Hex, type Instant, type OrganisationId } from '#core'
import type { Transaction } from '#database'
import { certificatePem, certificatesOfPem } from './pem.ts'
import type { SealKeyKind } from './seal-algorithm.ts'
import { readLocation, settingsOf, type SealKeyLocation } from './seal-key-location.ts'
import { SealKeyFailure } from './seal-key.ts'
import './document-tables.ts'

/** A seal key as it is stored; certificates are DER, leaf first. */
export type StoredSealKey = {
  readonly keyId: string
  readonly certificates: readonly Buffer[]
  readonly location: SealKeyLocation
  /** PKCS #8, sealed for its organisation; null when the key lives elsewhere. */
  readonly sealedPrivateKey: Buffer | null
}

/** What is stored of a new key. */
export type NewSealKey = {
  readonly kind: SealKeyKind
  /** SPKI, DER. */
  readonly publicKey: Buffer
  /** DER, leaf first, root last. */
  readonly certificates: readonly Buffer[]
  readonly location: SealKeyLocation
  readonly sealedPrivateKey: Buffer | null
}

/** The name of a key with these certificates: another chain above the same key is another one. */
export function sealKeyIdOf(certificates: readonly Buffer[]): string {
  return `seal-${sha256Hex(Buffer.concat(certificates)).slice(0, 16)}`
}

/**
 * Keeps a key and puts it to use from now on. The same certificates again leave the key as it is and only say where it
 * lives now; a key that was elsewhere is not taken in later (SealKeyFailure). Of two that are put to use at once one is refused by the database (`seal_key_use_pk`).
 */
export async function insertSealKey(
  trx: Transaction,
  organisationId: OrganisationId,
  key: NewSealKey,
  now: Instant,
): Promise<{ readonly keyId: string }> {
  const keyId = sealKeyIdOf(key.certificates)
  await trx
    .insertInto('signing_key')
    .values({
      organisation_id: organisationId,
      key_id: keyId,
      purpose: 'seal',
      algorithm: key.kind,
      public_key: key.publicKey,
      private_key_sealed: key.sealedPrivateKey,
      certificate_chain: key.certificates.map(certificatePem).join(''),
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'key_id']).doNothing())
    .execute()
  const { rows } = await sql<{ next: number; is_here: boolean }>`
    select signing_key.private_key_sealed is not null as is_here,
      (select coalesce(max(seal_key_use.use_number), 0) + 1 from seal_key_use
       where seal_key_use.organisation_id = signing_key.organisation_id) as next
    from signing_key
    where signing_key.organisation_id = ${organisationId}::uuid and signing_key.key_id = ${keyId}`.execute(
    trx,
  )
  if (key.location.kind === 'database' && !rows[0]!.is_here)
    throw new SealKeyFailure(
      'this certificate is known with its key elsewhere; a key that is taken in needs a new one',
    )
  await trx
    .insertInto('seal_key_use')
    .values({
      organisation_id: organisationId,
      use_number: rows[0]!.next,
      key_id: keyId,
      location: key.location.kind,
      settings: settingsOf(key.location),
      registered_at: now,
    })
    .execute()
  return { keyId }
}

/** The key that an organisation uses now; undefined when it has none. */
export async function findSealKeyInUse(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<StoredSealKey | undefined> {
  const row = await trx
    .selectFrom('signing_key')
    .leftJoin('seal_key_use', (join) =>
      join
        .onRef('seal_key_use.organisation_id', '=', 'signing_key.organisation_id')
        .onRef('seal_key_use.key_id', '=', 'signing_key.key_id'),
    )
    .select(['signing_key.key_id', 'signing_key.private_key_sealed', 'signing_key.certificate_chain'])
    .select(['seal_key_use.location', 'seal_key_use.settings'])
    .where('signing_key.organisation_id', '=', organisationId)
    .where('signing_key.purpose', '=', 'seal')
    .orderBy('seal_key_use.use_number', (order) => order.desc().nullsLast())
    .orderBy('signing_key.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    keyId: row.key_id,
    certificates: certificatesOfPem(row.certificate_chain ?? ''),
    location: readLocation(row.location ?? 'database', row.settings ?? '{}'),
    sealedPrivateKey: row.private_key_sealed,
  }
}

/** A seal key's certificates, and since when it is there. */
export type StoredCertificates = {
  readonly keyId: string
  readonly certificates: readonly Buffer[]
  readonly createdAt: Instant
}

/** The certificates of every seal key an organisation ever had, oldest first. */
export async function listSealCertificates(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<StoredCertificates[]> {
  const rows = await trx
    .selectFrom('signing_key')
    .select(['signing_key.key_id', 'signing_key.certificate_chain', 'signing_key.created_at'])
    .where('signing_key.organisation_id', '=', organisationId)
    .where('signing_key.purpose', '=', 'seal')
    .orderBy('signing_key.created_at')
    .orderBy('signing_key.key_id')
    .execute()
  return rows.map((row) => ({
    keyId: row.key_id,
    certificates: certificatesOfPem(row.certificate_chain ?? ''),
    createdAt: row.created_at,
  }))
}
