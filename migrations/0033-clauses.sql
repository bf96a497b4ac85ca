-- The clause library. A version of a text never changes; what counsel said is bound to the hash of exactly that text.

create table clause_template (
  organisation_id uuid not null,
  template_id uuid not null,
  kind text not null constraint clause_template_kind_known check (kind in (
    'relatiebeding', 'concurrentiebeding', 'ronselbeding', 'geheimhoudingsbeding', 'boetebeding', 'nevenwerkzaamhedenbeding',
    'wijzigingsbeding', 'social-mediabeding')),
  name text not null constraint clause_template_name_length check (char_length(name) between 1 and 200),
  starter_id text,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  constraint clause_template_pk primary key (organisation_id, template_id),
  constraint clause_template_name_once unique (organisation_id, name),
  constraint clause_template_maker_fk foreign key (organisation_id, created_by) references api_client (organisation_id, client_id)
);
call protect_evidence_table('clause_template');

create table clause_template_version (
  organisation_id uuid not null,
  template_id uuid not null,
  version_number integer not null constraint clause_template_version_number_range check (version_number >= 1),
  -- canonical JSON (RFC 8785)
  content text not null,
  content_sha256 bytea not null constraint clause_template_version_sha256 check (octet_length(content_sha256) = 32),
  created_by uuid not null,
  created_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint clause_template_version_pk primary key (organisation_id, template_id, version_number),
  constraint clause_template_version_template_fk foreign key (organisation_id, template_id) references clause_template (organisation_id, template_id),
  constraint clause_template_version_maker_fk foreign key (organisation_id, created_by) references api_client (organisation_id, client_id),
  constraint clause_template_version_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('clause_template_version');

create table clause_review (
  organisation_id uuid not null,
  review_id uuid not null,
  template_id uuid not null,
  version_number integer not null,
  content_sha256 bytea not null constraint clause_review_sha256 check (octet_length(content_sha256) = 32),
  reviewer text not null,
  outcome text not null constraint clause_review_outcome_known check (outcome in ('approved', 'rejected')),
  remarks text not null,
  reviewed_by uuid not null,
  reviewed_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint clause_review_pk primary key (organisation_id, review_id),
  constraint clause_review_version_fk foreign key (organisation_id, template_id, version_number) references clause_template_version (organisation_id, template_id, version_number),
  constraint clause_review_maker_fk foreign key (organisation_id, reviewed_by) references api_client (organisation_id, client_id),
  constraint clause_review_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index clause_review_by_version on clause_review (template_id, version_number, reviewed_at, organisation_id);
call protect_evidence_table('clause_review');
