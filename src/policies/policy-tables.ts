import type { ColumnType } from 'kysely'
import type {
  CivilDate,
  ClientId,
  DocumentId,
  EntryId,
  Instant,
  OrganisationId,
  PolicyId,
  VersionId,
} from '#core'
import type { Language, LegalNature, Materiality } from './content.ts'

/** A column that is written once: the application role may neither update nor delete evidence. */
type Written<T> = ColumnType<T, T, never>

type PolicyTable = {
  organisation_id: Written<OrganisationId>
  policy_id: Written<PolicyId>
  name: Written<string>
  owner: Written<string>
  legal_nature: Written<LegalNature>
  created_at: Written<Instant>
  created_by: Written<ClientId>
}

type PolicyDraftTable = {
  organisation_id: Written<OrganisationId>
  policy_id: Written<PolicyId>
  version_number: Written<number>
  content: string
  content_sha256: Buffer
  revision: number
  author_id: ClientId
  approved_by: ClientId | null
  approved_at: Instant | null
  created_at: Written<Instant>
  updated_at: Instant
}

type PolicyVersionTable = {
  organisation_id: Written<OrganisationId>
  version_id: Written<VersionId>
  policy_id: Written<PolicyId>
  version_number: Written<number>
  content: Written<string>
  content_sha256: Written<Buffer>
  materiality: Written<Materiality>
  effective_from: Written<CivilDate>
  author_id: Written<ClientId>
  approved_by: Written<ClientId>
  approved_at: Written<Instant>
  published_by: Written<ClientId>
  published_at: Written<Instant>
  entry_id: Written<EntryId>
}

type PolicyEditionTable = {
  organisation_id: Written<OrganisationId>
  version_id: Written<VersionId>
  language: Written<Language>
  document_id: Written<DocumentId>
}

type PolicyWithdrawalTable = {
  organisation_id: Written<OrganisationId>
  version_id: Written<VersionId>
  withdrawn_from: Written<CivilDate>
  reason: Written<string>
  withdrawn_by: Written<ClientId>
  withdrawn_at: Written<Instant>
  entry_id: Written<EntryId>
}

declare module '../database/tables.ts' {
  interface Tables {
    policy: PolicyTable
    policy_draft: PolicyDraftTable
    policy_version: PolicyVersionTable
    policy_edition: PolicyEditionTable
    policy_withdrawal: PolicyWithdrawalTable
  }
}
