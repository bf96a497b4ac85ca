import type { ColumnType } from 'kysely'
import type { DocumentId, Instant, OrganisationId } from '#core'

/** A column that is written once: the application role may neither update nor delete documents. */
type Written<T> = ColumnType<T, T, never>

type CertificateAuthorityTable = {
  authority_id: Written<string>
  certificate: Written<string>
  private_key_sealed: Written<Buffer>
  development: Written<boolean>
  created_at: Written<Instant>
}

type DocumentTable = {
  organisation_id: Written<OrganisationId>
  document_id: Written<DocumentId>
  kind: Written<'policy-edition' | 'receipt'>
  media_type: Written<string>
  title: Written<string>
  language: Written<'nl' | 'en'>
  bytes: Written<Buffer>
  sha256: Written<Buffer>
  rendered_length: Written<number>
  rendered_sha256: Written<Buffer>
  seal_level: Written<'B-B'>
  seal_key_id: Written<string>
  created_at: Written<Instant>
  /** Computed by the database from the bytes; see migration 0018. */
  file_identifier: ColumnType<string | null, never, never>
}

// `signing_key` holds the seal keys as well; its shape stands with the ledger's keys.
declare module '../database/tables.ts' {
  interface Tables {
    certificate_authority: CertificateAuthorityTable
    document: DocumentTable
  }
}
