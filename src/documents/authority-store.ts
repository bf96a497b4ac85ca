import type { Insertable } from 'kysely'
import { sql } from 'kysely'
import type { Tables, Transaction } from '#database'
import './document-tables.ts'

type AuthorityRow = Insertable<Tables['certificate_authority']>

/** Lets one transaction at a time look for the authority and make it, in all processes of this installation. */
export async function lockAuthority(trx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding/certificate-authority', 0))`.execute(trx)
}

/** The newest authority as it is stored, if there is one. */
export async function findAuthorityRow(
  trx: Transaction,
): Promise<{ readonly certificate: string; readonly private_key_sealed: Buffer } | undefined> {
  return trx
    .selectFrom('certificate_authority')
    .select(['certificate_authority.certificate', 'certificate_authority.private_key_sealed'])
    .orderBy('certificate_authority.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The certificates of every authority there ever was, newest first, as PEM. */
export async function listAuthorityCertificates(trx: Transaction): Promise<string[]> {
  const rows = await trx
    .selectFrom('certificate_authority')
    .select('certificate_authority.certificate')
    .orderBy('certificate_authority.created_at', 'desc')
    .execute()
  return rows.map((row) => row.certificate)
}

/** Keeps a new authority. */
export async function insertAuthorityRow(trx: Transaction, row: AuthorityRow): Promise<void> {
  await trx.insertInto('certificate_authority').values(row).execute()
}
