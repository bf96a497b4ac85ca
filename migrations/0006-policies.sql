-- Policies. A draft can change and has an ETag; a published version is evidence and never changes. That a version
-- is superseded is not stored: it follows from the effective day of the next one.

create table policy (
  organisation_id uuid not null,
  policy_id uuid not null,
  name text not null constraint policy_name_length check (char_length(name) between 1 and 200),
  owner text not null constraint policy_owner_length check (char_length(owner) between 1 and 200),
  legal_nature text not null constraint policy_legal_nature_known check (legal_nature in ('information', 'instruction', 'contract-term')),
  created_at timestamptz(3) not null,
  created_by uuid not null,
  constraint policy_pk primary key (organisation_id, policy_id),
  constraint policy_creator_fk foreign key (organisation_id, created_by) references api_client (organisation_id, client_id)
);
call protect_evidence_table('policy');

-- One row per version that is being written. It goes when the version is published.
create table policy_draft (
  organisation_id uuid not null,
  policy_id uuid not null,
  version_number integer not null constraint policy_draft_number_positive check (version_number >= 1),
  -- canonical JSON (RFC 8785) of the content
  content text not null,
  content_sha256 bytea not null constraint policy_draft_content_sha256 check (octet_length(content_sha256) = 32),
  revision integer not null constraint policy_draft_revision_positive check (revision >= 1),
  author_id uuid not null,
  -- approval is of exactly this revision; any change takes it away
  approved_by uuid,
  approved_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint policy_draft_pk primary key (organisation_id, policy_id, version_number),
  constraint policy_draft_policy_fk foreign key (organisation_id, policy_id) references policy (organisation_id, policy_id),
  constraint policy_draft_author_fk foreign key (organisation_id, author_id) references api_client (organisation_id, client_id),
  constraint policy_draft_approver_fk foreign key (organisation_id, approved_by) references api_client (organisation_id, client_id),
  constraint policy_draft_approval_whole check ((approved_by is null) = (approved_at is null)),
  constraint policy_draft_four_eyes check (approved_by <> author_id)
);
call protect_tenant_table('policy_draft');

create table policy_version (
  organisation_id uuid not null,
  version_id uuid not null,
  policy_id uuid not null,
  version_number integer not null constraint policy_version_number_positive check (version_number >= 1),
  content text not null,
  content_sha256 bytea not null constraint policy_version_content_sha256 check (octet_length(content_sha256) = 32),
  materiality text not null constraint policy_version_materiality_known check (materiality in ('material', 'editorial')),
  effective_from date not null,
  author_id uuid not null,
  approved_by uuid not null,
  approved_at timestamptz(3) not null,
  published_by uuid not null,
  published_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint policy_version_pk primary key (organisation_id, version_id),
  constraint policy_version_number_once unique (organisation_id, policy_id, version_number),
  constraint policy_version_effective_once unique (organisation_id, policy_id, effective_from),
  constraint policy_version_four_eyes check (approved_by <> author_id),
  constraint policy_version_policy_fk foreign key (organisation_id, policy_id) references policy (organisation_id, policy_id),
  constraint policy_version_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('policy_version');

create table policy_edition (
  organisation_id uuid not null,
  version_id uuid not null,
  language text not null constraint policy_edition_language_known check (language in ('nl', 'en')),
  document_id uuid not null,
  constraint policy_edition_pk primary key (organisation_id, version_id, language),
  constraint policy_edition_version_fk foreign key (organisation_id, version_id) references policy_version (organisation_id, version_id),
  constraint policy_edition_document_fk foreign key (organisation_id, document_id) references document (organisation_id, document_id)
);
call protect_evidence_table('policy_edition');

create table policy_withdrawal (
  organisation_id uuid not null,
  version_id uuid not null,
  -- the first day on which the version no longer holds
  withdrawn_from date not null,
  reason text not null constraint policy_withdrawal_reason_length check (char_length(reason) between 1 and 2000),
  withdrawn_by uuid not null,
  withdrawn_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint policy_withdrawal_pk primary key (organisation_id, version_id),
  constraint policy_withdrawal_version_fk foreign key (organisation_id, version_id) references policy_version (organisation_id, version_id),
  constraint policy_withdrawal_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('policy_withdrawal');
