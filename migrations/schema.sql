-- What the migrations add up to, read back from the catalogue. Made by: npm run db:schema
-- Kept for review and compared by a test; nothing runs it.

-- functions

CREATE OR REPLACE FUNCTION beding.current_organisation()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('beding.organisation'::text, true), ''::text))::uuid;
CREATE OR REPLACE PROCEDURE beding.protect_evidence_table(IN target regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_organisation on %s using (organisation_id = current_organisation()) with check (organisation_id = current_organisation())', target);
  execute format('create trigger append_only_rows before update or delete on %s for each row execute function refuse_change()', target);
  execute format('create trigger append_only_table before truncate on %s for each statement execute function refuse_change()', target);
  execute format('comment on table %s is %L', target, 'evidence');
  execute format('grant select, insert on %s to beding_app', target);
end $procedure$;
CREATE OR REPLACE PROCEDURE beding.protect_tenant_table(IN target regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_organisation on %s using (organisation_id = current_organisation()) with check (organisation_id = current_organisation())', target);
  execute format('comment on table %s is %L', target, 'tenant');
  execute format('grant select, insert, update, delete on %s to beding_app', target);
end $procedure$;
CREATE OR REPLACE FUNCTION beding.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
end $function$;

-- tables

create table act (
  organisation_id uuid not null,
  act_id uuid not null,
  assignment_id uuid not null,
  person_id uuid not null,
  version_id uuid not null,
  document_id uuid not null,
  language text not null,
  choice text not null,
  assurance text not null,
  evidence_level text not null,
  acted_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table act_receipt (
  organisation_id uuid not null,
  act_id uuid not null,
  document_id uuid not null
);
create table api_client (
  organisation_id uuid not null,
  client_id uuid not null,
  name text not null,
  role text not null,
  created_at timestamp(3) with time zone not null,
  created_by uuid,
  disabled_at timestamp(3) with time zone
);
create table api_key (
  organisation_id uuid not null,
  key_id uuid not null,
  client_id uuid not null,
  secret_hmac bytea not null,
  scopes text[],
  created_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  revoked_at timestamp(3) with time zone
);
create table assignment (
  organisation_id uuid not null,
  assignment_id uuid not null,
  version_id uuid not null,
  person_id uuid not null,
  due_date date not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table certificate_authority (
  authority_id uuid not null,
  certificate text not null,
  private_key_sealed bytea not null,
  development boolean not null,
  created_at timestamp(3) with time zone not null
);
create table delivery (
  organisation_id uuid not null,
  delivery_id uuid not null,
  assignment_id uuid not null,
  address text not null,
  state text not null,
  attempts integer not null,
  next_attempt_at timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone not null
);
create table delivery_event (
  organisation_id uuid not null,
  event_id uuid not null,
  delivery_id uuid not null,
  assignment_id uuid not null,
  kind text not null,
  channel text not null,
  address text not null,
  detail text not null,
  occurred_at timestamp(3) with time zone not null
);
create table document (
  organisation_id uuid not null,
  document_id uuid not null,
  kind text not null,
  media_type text not null,
  title text not null,
  language text not null,
  bytes bytea not null,
  sha256 bytea not null,
  rendered_length integer not null,
  rendered_sha256 bytea not null,
  seal_level text not null,
  seal_key_id text not null,
  created_at timestamp(3) with time zone not null
);
create table dossier (
  organisation_id uuid not null,
  dossier_id uuid not null,
  person_id uuid,
  policy_id uuid,
  purpose text not null,
  log_id uuid not null,
  tree_size bigint not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table entry_disclosure (
  organisation_id uuid not null,
  entry_id uuid not null,
  disclosures text[] not null
);
create table idempotency (
  organisation_id uuid not null,
  client_id uuid not null,
  operation text not null,
  idempotency_key text not null,
  fingerprint bytea not null,
  status smallint not null,
  location text,
  etag text,
  body text,
  subject_id uuid,
  created_at timestamp(3) with time zone not null
);
create table installation (
  singleton boolean not null default true,
  example_organisation_id uuid not null,
  created_at timestamp(3) with time zone not null
);
create table ledger_checkpoint (
  organisation_id uuid not null,
  log_id uuid not null,
  size bigint not null,
  root bytea not null,
  note text not null,
  created_at timestamp(3) with time zone not null
);
create table ledger_entry (
  organisation_id uuid not null,
  log_id uuid not null,
  entry_index bigint not null,
  entry_id uuid not null,
  kind text not null,
  entry bytea not null,
  leaf_hash bytea not null,
  proof_size bigint not null,
  proof bytea not null,
  recorded_at timestamp(3) with time zone not null
);
create table ledger_head (
  organisation_id uuid not null,
  log_id uuid not null,
  size bigint not null,
  frontier bytea not null,
  last_at timestamp(3) with time zone not null
) with (fillfactor=50);
create table ledger_log (
  organisation_id uuid not null,
  log_id uuid not null,
  origin text not null,
  key_id text not null,
  created_at timestamp(3) with time zone not null
);
create table ledger_tile (
  organisation_id uuid not null,
  log_id uuid not null,
  level smallint not null,
  tile_index bigint not null,
  hashes bytea not null
);
create table link (
  organisation_id uuid not null,
  token_sha256 bytea not null,
  assignment_id uuid not null,
  delivery_id uuid not null,
  issued_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null
);
create table migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp(3) with time zone not null default now()
);
create table opening (
  organisation_id uuid not null,
  token_sha256 bytea not null,
  language text not null,
  assignment_id uuid not null,
  opened_at timestamp(3) with time zone not null,
  user_agent text not null,
  network_class text not null
);
create table organisation (
  organisation_id uuid not null,
  name text not null,
  created_at timestamp(3) with time zone not null
);
create table person (
  organisation_id uuid not null,
  person_id uuid not null,
  external_id text not null,
  given_name text not null,
  family_name text not null,
  work_email text not null,
  language text not null,
  department text,
  job_title text,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null
);
create table policy (
  organisation_id uuid not null,
  policy_id uuid not null,
  name text not null,
  owner text not null,
  legal_nature text not null,
  created_at timestamp(3) with time zone not null,
  created_by uuid not null
);
create table policy_draft (
  organisation_id uuid not null,
  policy_id uuid not null,
  version_number integer not null,
  content text not null,
  content_sha256 bytea not null,
  revision integer not null,
  author_id uuid not null,
  approved_by uuid,
  approved_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null
);
create table policy_edition (
  organisation_id uuid not null,
  version_id uuid not null,
  language text not null,
  document_id uuid not null
);
create table policy_version (
  organisation_id uuid not null,
  version_id uuid not null,
  policy_id uuid not null,
  version_number integer not null,
  content text not null,
  content_sha256 bytea not null,
  materiality text not null,
  effective_from date not null,
  author_id uuid not null,
  approved_by uuid not null,
  approved_at timestamp(3) with time zone not null,
  published_by uuid not null,
  published_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table policy_withdrawal (
  organisation_id uuid not null,
  version_id uuid not null,
  withdrawn_from date not null,
  reason text not null,
  withdrawn_by uuid not null,
  withdrawn_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table signing_key (
  organisation_id uuid not null,
  key_id text not null,
  purpose text not null,
  algorithm text not null,
  public_key bytea not null,
  private_key_sealed bytea not null,
  certificate_chain text,
  created_at timestamp(3) with time zone not null
);
create table work_due (
  organisation_id uuid not null,
  kind text not null,
  due_at timestamp(3) with time zone not null
);

-- column storage

alter table document alter column bytes set storage external;

-- constraints

alter table act add constraint act_pk PRIMARY KEY (organisation_id, act_id);
alter table act add constraint act_once UNIQUE (organisation_id, assignment_id);
alter table act add constraint act_assurance_known CHECK ((assurance = 'mailbox-employer'::text));
alter table act add constraint act_choice_known CHECK ((choice = ANY (ARRAY['seen'::text, 'agreed'::text, 'not-agreed'::text, 'declined'::text])));
alter table act add constraint act_evidence_level_known CHECK ((evidence_level = ANY (ARRAY['E0'::text, 'E1'::text, 'E2'::text, 'E3'::text, 'E4'::text, 'E5'::text, 'E6'::text])));
alter table act add constraint act_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table act add constraint act_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table act add constraint act_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, document_id);
alter table act add constraint act_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table act_receipt add constraint act_receipt_pk PRIMARY KEY (organisation_id, act_id);
alter table act_receipt add constraint act_receipt_act_fk FOREIGN KEY (organisation_id, act_id) REFERENCES act(organisation_id, act_id);
alter table act_receipt add constraint act_receipt_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, document_id);
alter table api_client add constraint api_client_pk PRIMARY KEY (organisation_id, client_id);
alter table api_client add constraint api_client_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)));
alter table api_client add constraint api_client_role_known CHECK ((role = ANY (ARRAY['organisation-admin'::text, 'hr-author'::text, 'hr-approver'::text, 'hr-publisher'::text, 'hr-reader'::text, 'lawyer'::text, 'auditor'::text])));
alter table api_client add constraint api_client_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table api_key add constraint api_key_pk PRIMARY KEY (organisation_id, key_id);
alter table api_key add constraint api_key_hmac_sha256 CHECK ((octet_length(secret_hmac) = 32));
alter table api_key add constraint api_key_client_fk FOREIGN KEY (organisation_id, client_id) REFERENCES api_client(organisation_id, client_id);
alter table assignment add constraint assignment_pk PRIMARY KEY (organisation_id, assignment_id);
alter table assignment add constraint assignment_once UNIQUE (organisation_id, version_id, person_id);
alter table assignment add constraint assignment_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table assignment add constraint assignment_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table assignment add constraint assignment_version_fk FOREIGN KEY (organisation_id, version_id) REFERENCES policy_version(organisation_id, version_id);
alter table certificate_authority add constraint certificate_authority_pk PRIMARY KEY (authority_id);
alter table delivery add constraint delivery_pk PRIMARY KEY (organisation_id, delivery_id);
alter table delivery add constraint delivery_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'handed-over'::text, 'failed'::text])));
alter table delivery add constraint delivery_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table delivery_event add constraint delivery_event_pk PRIMARY KEY (organisation_id, event_id);
alter table delivery_event add constraint delivery_event_channel_known CHECK ((channel = ANY (ARRAY['smtp'::text, 'local-outbox'::text])));
alter table delivery_event add constraint delivery_event_kind_known CHECK ((kind = ANY (ARRAY['handed-over'::text, 'refused'::text])));
alter table delivery_event add constraint delivery_event_delivery_fk FOREIGN KEY (organisation_id, delivery_id) REFERENCES delivery(organisation_id, delivery_id);
alter table document add constraint document_pk PRIMARY KEY (organisation_id, document_id);
alter table document add constraint document_kind_known CHECK ((kind = ANY (ARRAY['policy-edition'::text, 'receipt'::text])));
alter table document add constraint document_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table document add constraint document_rendered_sha256 CHECK ((octet_length(rendered_sha256) = 32));
alter table document add constraint document_seal_level_known CHECK ((seal_level = 'B-B'::text));
alter table document add constraint document_sha256 CHECK ((octet_length(sha256) = 32));
alter table document add constraint document_seal_key_fk FOREIGN KEY (organisation_id, seal_key_id) REFERENCES signing_key(organisation_id, key_id);
alter table dossier add constraint dossier_pk PRIMARY KEY (organisation_id, dossier_id);
alter table dossier add constraint dossier_one_subject CHECK (((person_id IS NULL) <> (policy_id IS NULL)));
alter table dossier add constraint dossier_purpose_length CHECK (((char_length(purpose) >= 1) AND (char_length(purpose) <= 500)));
alter table dossier add constraint dossier_checkpoint_fk FOREIGN KEY (organisation_id, log_id, tree_size) REFERENCES ledger_checkpoint(organisation_id, log_id, size);
alter table dossier add constraint dossier_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table dossier add constraint dossier_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table dossier add constraint dossier_policy_fk FOREIGN KEY (organisation_id, policy_id) REFERENCES policy(organisation_id, policy_id);
alter table entry_disclosure add constraint entry_disclosure_pk PRIMARY KEY (organisation_id, entry_id);
alter table entry_disclosure add constraint entry_disclosure_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table idempotency add constraint idempotency_pk PRIMARY KEY (organisation_id, client_id, operation, idempotency_key);
alter table idempotency add constraint idempotency_fingerprint_sha256 CHECK ((octet_length(fingerprint) = 32));
alter table idempotency add constraint idempotency_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table installation add constraint installation_pk PRIMARY KEY (singleton);
alter table installation add constraint installation_single CHECK (singleton);
alter table ledger_checkpoint add constraint ledger_checkpoint_pk PRIMARY KEY (organisation_id, log_id, size);
alter table ledger_checkpoint add constraint ledger_checkpoint_root_sha256 CHECK ((octet_length(root) = 32));
alter table ledger_checkpoint add constraint ledger_checkpoint_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table ledger_entry add constraint ledger_entry_pk PRIMARY KEY (organisation_id, log_id, entry_index);
alter table ledger_entry add constraint ledger_entry_id_once UNIQUE (organisation_id, entry_id);
alter table ledger_entry add constraint ledger_entry_inside_proof CHECK (((entry_index >= 0) AND (entry_index < proof_size)));
alter table ledger_entry add constraint ledger_entry_leaf_sha256 CHECK ((octet_length(leaf_hash) = 32));
alter table ledger_entry add constraint ledger_entry_length CHECK (((octet_length(entry) >= 2) AND (octet_length(entry) <= 65535)));
alter table ledger_entry add constraint ledger_entry_proof_hashes CHECK (((octet_length(proof) % 32) = 0));
alter table ledger_entry add constraint ledger_entry_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table ledger_head add constraint ledger_head_pk PRIMARY KEY (organisation_id);
alter table ledger_head add constraint ledger_head_frontier_hashes CHECK (((octet_length(frontier) % 32) = 0));
alter table ledger_head add constraint ledger_head_size_range CHECK (((size >= 0) AND (size <= '9007199254740991'::bigint)));
alter table ledger_head add constraint ledger_head_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table ledger_log add constraint ledger_log_pk PRIMARY KEY (organisation_id, log_id);
alter table ledger_log add constraint ledger_log_origin_once UNIQUE (organisation_id, origin);
alter table ledger_log add constraint ledger_log_key_fk FOREIGN KEY (organisation_id, key_id) REFERENCES signing_key(organisation_id, key_id);
alter table ledger_tile add constraint ledger_tile_pk PRIMARY KEY (organisation_id, log_id, level, tile_index);
alter table ledger_tile add constraint ledger_tile_full CHECK ((octet_length(hashes) = 8192));
alter table ledger_tile add constraint ledger_tile_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table link add constraint link_pk PRIMARY KEY (organisation_id, token_sha256);
alter table link add constraint link_token_sha256 CHECK ((octet_length(token_sha256) = 32));
alter table link add constraint link_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table migration add constraint migration_pk PRIMARY KEY (name);
alter table migration add constraint migration_sha256_hex CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text));
alter table opening add constraint opening_pk PRIMARY KEY (organisation_id, token_sha256, language);
alter table opening add constraint opening_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table opening add constraint opening_link_fk FOREIGN KEY (organisation_id, token_sha256) REFERENCES link(organisation_id, token_sha256);
alter table organisation add constraint organisation_pk PRIMARY KEY (organisation_id);
alter table organisation add constraint organisation_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)));
alter table person add constraint person_pk PRIMARY KEY (organisation_id, person_id);
alter table person add constraint person_external_id_once UNIQUE (organisation_id, external_id);
alter table person add constraint person_department_length CHECK (((char_length(department) >= 1) AND (char_length(department) <= 100)));
alter table person add constraint person_external_id_length CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 100)));
alter table person add constraint person_family_name_length CHECK (((char_length(family_name) >= 1) AND (char_length(family_name) <= 100)));
alter table person add constraint person_given_name_length CHECK (((char_length(given_name) >= 1) AND (char_length(given_name) <= 100)));
alter table person add constraint person_job_title_length CHECK (((char_length(job_title) >= 1) AND (char_length(job_title) <= 100)));
alter table person add constraint person_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table person add constraint person_work_email_length CHECK (((char_length(work_email) >= 3) AND (char_length(work_email) <= 254)));
alter table person add constraint person_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table policy add constraint policy_pk PRIMARY KEY (organisation_id, policy_id);
alter table policy add constraint policy_legal_nature_known CHECK ((legal_nature = ANY (ARRAY['information'::text, 'instruction'::text, 'contract-term'::text])));
alter table policy add constraint policy_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)));
alter table policy add constraint policy_owner_length CHECK (((char_length(owner) >= 1) AND (char_length(owner) <= 200)));
alter table policy add constraint policy_creator_fk FOREIGN KEY (organisation_id, created_by) REFERENCES api_client(organisation_id, client_id);
alter table policy_draft add constraint policy_draft_pk PRIMARY KEY (organisation_id, policy_id, version_number);
alter table policy_draft add constraint policy_draft_approval_whole CHECK (((approved_by IS NULL) = (approved_at IS NULL)));
alter table policy_draft add constraint policy_draft_content_sha256 CHECK ((octet_length(content_sha256) = 32));
alter table policy_draft add constraint policy_draft_four_eyes CHECK ((approved_by <> author_id));
alter table policy_draft add constraint policy_draft_number_positive CHECK ((version_number >= 1));
alter table policy_draft add constraint policy_draft_revision_positive CHECK ((revision >= 1));
alter table policy_draft add constraint policy_draft_approver_fk FOREIGN KEY (organisation_id, approved_by) REFERENCES api_client(organisation_id, client_id);
alter table policy_draft add constraint policy_draft_author_fk FOREIGN KEY (organisation_id, author_id) REFERENCES api_client(organisation_id, client_id);
alter table policy_draft add constraint policy_draft_policy_fk FOREIGN KEY (organisation_id, policy_id) REFERENCES policy(organisation_id, policy_id);
alter table policy_edition add constraint policy_edition_pk PRIMARY KEY (organisation_id, version_id, language);
alter table policy_edition add constraint policy_edition_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table policy_edition add constraint policy_edition_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, document_id);
alter table policy_edition add constraint policy_edition_version_fk FOREIGN KEY (organisation_id, version_id) REFERENCES policy_version(organisation_id, version_id);
alter table policy_version add constraint policy_version_pk PRIMARY KEY (organisation_id, version_id);
alter table policy_version add constraint policy_version_effective_once UNIQUE (organisation_id, policy_id, effective_from);
alter table policy_version add constraint policy_version_number_once UNIQUE (organisation_id, policy_id, version_number);
alter table policy_version add constraint policy_version_content_sha256 CHECK ((octet_length(content_sha256) = 32));
alter table policy_version add constraint policy_version_four_eyes CHECK ((approved_by <> author_id));
alter table policy_version add constraint policy_version_materiality_known CHECK ((materiality = ANY (ARRAY['material'::text, 'editorial'::text])));
alter table policy_version add constraint policy_version_number_positive CHECK ((version_number >= 1));
alter table policy_version add constraint policy_version_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table policy_version add constraint policy_version_policy_fk FOREIGN KEY (organisation_id, policy_id) REFERENCES policy(organisation_id, policy_id);
alter table policy_withdrawal add constraint policy_withdrawal_pk PRIMARY KEY (organisation_id, version_id);
alter table policy_withdrawal add constraint policy_withdrawal_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 2000)));
alter table policy_withdrawal add constraint policy_withdrawal_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table policy_withdrawal add constraint policy_withdrawal_version_fk FOREIGN KEY (organisation_id, version_id) REFERENCES policy_version(organisation_id, version_id);
alter table signing_key add constraint signing_key_pk PRIMARY KEY (organisation_id, key_id);
alter table signing_key add constraint signing_key_algorithm_known CHECK ((algorithm = ANY (ARRAY['ed25519'::text, 'ecdsa-p256'::text])));
alter table signing_key add constraint signing_key_purpose_known CHECK ((purpose = ANY (ARRAY['log'::text, 'dossier'::text, 'seal'::text])));
alter table signing_key add constraint signing_key_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table work_due add constraint work_due_pk PRIMARY KEY (organisation_id, kind);
alter table work_due add constraint work_due_kind_known CHECK ((kind = 'delivery'::text));

-- indexes

CREATE INDEX act_by_person ON beding.act USING btree (person_id, act_id, organisation_id);
CREATE INDEX act_by_version ON beding.act USING btree (version_id, act_id, organisation_id);
CREATE INDEX api_key_by_client ON beding.api_key USING btree (client_id, organisation_id);
CREATE INDEX assignment_by_person ON beding.assignment USING btree (person_id, assignment_id, organisation_id);
CREATE INDEX assignment_by_version ON beding.assignment USING btree (version_id, assignment_id, organisation_id);
CREATE INDEX delivery_by_assignment ON beding.delivery USING btree (assignment_id, organisation_id);
CREATE INDEX delivery_due ON beding.delivery USING btree (organisation_id, next_attempt_at) WHERE (state = 'queued'::text);
CREATE INDEX delivery_event_by_assignment ON beding.delivery_event USING btree (assignment_id, occurred_at, organisation_id);
CREATE INDEX document_by_sha256 ON beding.document USING btree (sha256, organisation_id);
CREATE INDEX link_by_assignment ON beding.link USING btree (assignment_id, organisation_id);
CREATE INDEX opening_by_assignment ON beding.opening USING btree (assignment_id, opened_at, organisation_id);
CREATE INDEX person_by_department ON beding.person USING btree (department, organisation_id, person_id);
CREATE INDEX work_due_by_time ON beding.work_due USING btree (due_at);

-- row level security

alter table act enable row level security;
alter table act force row level security;
alter table act_receipt enable row level security;
alter table act_receipt force row level security;
alter table api_client enable row level security;
alter table api_client force row level security;
alter table api_key enable row level security;
alter table api_key force row level security;
alter table assignment enable row level security;
alter table assignment force row level security;
alter table delivery enable row level security;
alter table delivery force row level security;
alter table delivery_event enable row level security;
alter table delivery_event force row level security;
alter table document enable row level security;
alter table document force row level security;
alter table dossier enable row level security;
alter table dossier force row level security;
alter table entry_disclosure enable row level security;
alter table entry_disclosure force row level security;
alter table idempotency enable row level security;
alter table idempotency force row level security;
alter table ledger_checkpoint enable row level security;
alter table ledger_checkpoint force row level security;
alter table ledger_entry enable row level security;
alter table ledger_entry force row level security;
alter table ledger_head enable row level security;
alter table ledger_head force row level security;
alter table ledger_log enable row level security;
alter table ledger_log force row level security;
alter table ledger_tile enable row level security;
alter table ledger_tile force row level security;
alter table link enable row level security;
alter table link force row level security;
alter table opening enable row level security;
alter table opening force row level security;
alter table organisation enable row level security;
alter table organisation force row level security;
alter table person enable row level security;
alter table person force row level security;
alter table policy enable row level security;
alter table policy force row level security;
alter table policy_draft enable row level security;
alter table policy_draft force row level security;
alter table policy_edition enable row level security;
alter table policy_edition force row level security;
alter table policy_version enable row level security;
alter table policy_version force row level security;
alter table policy_withdrawal enable row level security;
alter table policy_withdrawal force row level security;
alter table signing_key enable row level security;
alter table signing_key force row level security;

-- policies

create policy own_organisation on act as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on act_receipt as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on api_client as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on api_key as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on assignment as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on delivery as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on delivery_event as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on document as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on dossier as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on entry_disclosure as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on idempotency as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_checkpoint as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_entry as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_head as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_log as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_tile as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on link as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on opening as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on organisation as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on person as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on policy as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on policy_draft as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on policy_edition as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on policy_version as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on policy_withdrawal as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on signing_key as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));

-- triggers

CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.act FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.act FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.act_receipt FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.act_receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.assignment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.assignment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.delivery_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.delivery_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.document FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.dossier FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.dossier FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.entry_disclosure FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.entry_disclosure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.idempotency FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.idempotency FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_checkpoint FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_tile FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_tile FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.link FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.link FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.opening FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.opening FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.organisation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.organisation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.policy FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.policy_edition FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.policy_edition FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.policy_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.policy_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.policy_withdrawal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.policy_withdrawal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.signing_key FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.signing_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- rights

grant usage on schema beding to beding_app;

-- rights on tables

grant insert, select on act to beding_app;
grant insert, select on act_receipt to beding_app;
grant delete, insert, select, update on api_client to beding_app;
grant delete, insert, select, update on api_key to beding_app;
grant insert, select on assignment to beding_app;
grant insert, select on certificate_authority to beding_app;
grant delete, insert, select, update on delivery to beding_app;
grant insert, select on delivery_event to beding_app;
grant insert, select on document to beding_app;
grant insert, select on dossier to beding_app;
grant insert, select on entry_disclosure to beding_app;
grant insert, select on idempotency to beding_app;
grant insert, select on installation to beding_app;
grant insert, select on ledger_checkpoint to beding_app;
grant insert, select on ledger_entry to beding_app;
grant delete, insert, select, update on ledger_head to beding_app;
grant insert, select on ledger_log to beding_app;
grant insert, select on ledger_tile to beding_app;
grant insert, select on link to beding_app;
grant select on migration to beding_app;
grant insert, select on opening to beding_app;
grant insert, select on organisation to beding_app;
grant delete, insert, select, update on person to beding_app;
grant insert, select on policy to beding_app;
grant delete, insert, select, update on policy_draft to beding_app;
grant insert, select on policy_edition to beding_app;
grant insert, select on policy_version to beding_app;
grant insert, select on policy_withdrawal to beding_app;
grant insert, select on signing_key to beding_app;
grant delete, insert, select, update on work_due to beding_app;

-- classes of tables

comment on table act is 'evidence';
comment on table act_receipt is 'evidence';
comment on table api_client is 'tenant';
comment on table api_key is 'tenant';
comment on table assignment is 'evidence';
comment on table certificate_authority is 'installation';
comment on table delivery is 'tenant';
comment on table delivery_event is 'evidence';
comment on table document is 'evidence';
comment on table dossier is 'evidence';
comment on table entry_disclosure is 'evidence';
comment on table idempotency is 'evidence';
comment on table installation is 'installation';
comment on table ledger_checkpoint is 'evidence';
comment on table ledger_entry is 'evidence';
comment on table ledger_head is 'tenant';
comment on table ledger_log is 'evidence';
comment on table ledger_tile is 'evidence';
comment on table link is 'evidence';
comment on table migration is 'installation';
comment on table opening is 'evidence';
comment on table organisation is 'evidence';
comment on table person is 'tenant';
comment on table policy is 'evidence';
comment on table policy_draft is 'tenant';
comment on table policy_edition is 'evidence';
comment on table policy_version is 'evidence';
comment on table policy_withdrawal is 'evidence';
comment on table signing_key is 'evidence';
comment on table work_due is 'installation';
