import { sql } from 'kysely'
import type { BundleId, Instant, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Bundle, BundleManifest } from './bundle.ts'

/** Keeps a frozen bundle for ever; its manifest until the content of its ceremony is erased. */
export async function insertBundle(
  trx: Transaction,
  organisationId: OrganisationId,
  bundle: Bundle,
  record: { readonly personId: PersonId; readonly createdAt: Instant },
): Promise<void> {
  const { bundleId, manifest, manifestText, manifestSha256 } = bundle
  const { documents, statements } = manifest
  await sql`
    insert into bundle (organisation_id, bundle_id, person_id, purpose, language, manifest_sha256, created_at)
    values (${organisationId}::uuid, ${bundleId}::uuid, ${record.personId}::uuid, ${manifest.purpose}, ${manifest.language},
            decode(${manifestSha256}, 'hex'), ${record.createdAt}::timestamptz)`.execute(trx)
  await sql`
    insert into bundle_content (organisation_id, bundle_id, manifest)
    values (${organisationId}::uuid, ${bundleId}::uuid, ${manifestText})`.execute(trx)
  await sql`
    insert into bundle_document (organisation_id, bundle_id, position, document_id, role, document_sha256)
    select ${organisationId}::uuid, ${bundleId}::uuid, one.position, one.document_id, one.role, decode(one.sha256, 'hex')
    from unnest(${documents.map((each) => each.documentId)}::uuid[], ${documents.map((each) => each.role)}::text[],
                ${documents.map((each) => each.sha256)}::text[]) with ordinality as one (document_id, role, sha256, position)`.execute(
    trx,
  )
  await sql`
    insert into bundle_statement (organisation_id, bundle_id, position, statement_id, kind)
    select ${organisationId}::uuid, ${bundleId}::uuid, one.position, one.statement_id, one.kind
    from unnest(${statements.map((each) => each.statementId)}::text[], ${statements.map((each) => each.kind)}::text[])
      with ordinality as one (statement_id, kind, position)`.execute(trx)
}

/** The bundle as it was frozen. Throws `content-erased` when its manifest has gone. */
export async function getBundle(
  trx: Transaction,
  organisationId: OrganisationId,
  bundleId: BundleId,
): Promise<Bundle> {
  const { rows } = await sql<{ manifest: string; sha256: string }>`
    select bundle_content.manifest, encode(bundle.manifest_sha256, 'hex') as sha256
    from bundle join bundle_content using (organisation_id, bundle_id)
    where bundle.organisation_id = ${organisationId}::uuid and bundle.bundle_id = ${bundleId}::uuid`.execute(
    trx,
  )
  const row = rows[0]
  if (row === undefined) throw problem('content-erased')
  return {
    bundleId,
    manifest: JSON.parse(row.manifest) as BundleManifest,
    manifestText: row.manifest,
    manifestSha256: row.sha256,
  }
}
