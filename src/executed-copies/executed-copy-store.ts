import { sql } from 'kysely'
import type { DocumentId, OrganisationId } from '#core'
import { sha256 } from '#core'
import type { Transaction } from '#database'
import type { ExecutedCopy, Party } from './executed-copy.ts'

/** What a copy is made once for: its acts, in whatever order they are named. */
export function actsSha256Of(parties: readonly Party[]): Buffer {
  const acts = parties.map(({ actId }) => actId).sort()
  return sha256(acts.map((actId) => `${actId}\n`).join(''))
}

/**
 * Waits until no erasure of the organisation is under way and keeps others waiting until the transaction ends, so that
 * what is read after this is still there when a copy of it is written. Comes before the ledger's lock, as everywhere.
 */
export async function lockErasures(trx: Transaction, organisationId: OrganisationId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding.erasure ' || ${organisationId}::uuid, 0))`.execute(
    trx,
  )
}

/** Writes a copy with its parties and its file. The entry and the document must already be there. */
export async function insertCopy(
  trx: Transaction,
  organisationId: OrganisationId,
  copy: ExecutedCopy & { readonly documentId: DocumentId },
): Promise<void> {
  await sql`
    insert into executed_copy (organisation_id, executed_copy_id, version_id, bundle_sha256, edition_document_id,
                               edition_sha256, acts_sha256, document_sha256, byte_length, made_by, made_at, entry_id)
    values (${organisationId}::uuid, ${copy.executedCopyId}::uuid, ${copy.versionId}::uuid,
            ${copy.bundleSha256 === null ? null : Buffer.from(copy.bundleSha256, 'hex')}, ${copy.edition.documentId}::uuid,
            ${Buffer.from(copy.edition.sha256, 'hex')}, ${actsSha256Of(copy.parties)}, ${Buffer.from(copy.documentSha256, 'hex')},
            ${copy.byteLength}, ${copy.madeBy}::uuid, ${copy.madeAt}::timestamptz, ${copy.entryId}::uuid)`.execute(
    trx,
  )
  await sql`
    insert into executed_copy_party (organisation_id, executed_copy_id, party_number, act_id, capacity)
    select ${organisationId}::uuid, ${copy.executedCopyId}::uuid, party.number, party.act_id, party.capacity
    from unnest(${copy.parties.map(({ actId }) => actId)}::uuid[], ${copy.parties.map(({ capacity }) => capacity)}::text[])
      with ordinality as party (act_id, capacity, number)`.execute(trx)
  await sql`
    insert into executed_copy_document (organisation_id, executed_copy_id, document_id)
    values (${organisationId}::uuid, ${copy.executedCopyId}::uuid, ${copy.documentId}::uuid)`.execute(trx)
}
