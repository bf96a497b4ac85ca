import type { ColumnType } from 'kysely'
import type { DocumentId, Instant, OrganisationId } from '#core'
import type { DocumentKind } from './document-inputs.ts'
import type { PadesLevel } from './document-level.ts'
import type { SealKeyLocationKind } from './seal-key-location.ts'

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
  kind: Written<DocumentKind>
  media_type: Written<string>
  title: Written<string>
  language: Written<'nl' | 'en'>
  bytes: Written<Buffer>
  sha256: Written<Buffer>
  rendered_length: Written<number>
  rendered_sha256: Written<Buffer>
  /** Null, as its key is, of a file that came from elsewhere: nobody here seals over it. */
  seal_level: Written<'B-B' | null>
  seal_key_id: Written<string | null>
  created_at: Written<Instant>
  /** Computed by the database from the bytes; see migration 0018. */
  file_identifier: ColumnType<string | null, never, never>
}

type DocumentRevisionTable = {
  organisation_id: Written<OrganisationId>
  document_id: Written<DocumentId>
  number: Written<number>
  kind: Written<'timestamp' | 'validation-data'>
  bytes: Written<Buffer>
  base_sha256: Written<Buffer>
  length: Written<number>
  sha256: Written<Buffer>
  level: Written<PadesLevel>
  authority: Written<string | null>
  development: Written<boolean | null>
  proven_at: Written<Instant | null>
  chain_ends_at: Written<Instant | null>
  algorithms: Written<string[] | null>
  created_at: Written<Instant>
}

type SealKeyUseTable = {
  organisation_id: Written<OrganisationId>
  use_number: Written<number>
  key_id: Written<string>
  location: Written<SealKeyLocationKind>
  settings: Written<string>
  registered_at: Written<Instant>
}

// `signing_key` holds the seal keys as well; its shape stands with the ledger's keys.
declare module '../database/tables.ts' {
  interface Tables {
    certificate_authority: CertificateAuthorityTable
    document: DocumentTable
    document_revision: DocumentRevisionTable
    seal_key_use: SealKeyUseTable
  }
}
