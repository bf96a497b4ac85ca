-- What each purpose asks, as dated configuration of an organisation, and what the employer says happened without an own act.

-- From a day on, how well a person must be known for a purpose. A new rule is a new row; what held on a day can be told.
create table assurance_rule (
  organisation_id uuid not null,
  rule_id uuid not null,
  purpose text not null constraint assurance_rule_purpose_known check (purpose in
    ('information', 'instruction', 'contract-term', 'penalty', 'covenant', 'statutory-statement', 'settlement', 'data-consent', 'warning', 'notice')),
  level text not null constraint assurance_rule_level_known check (level in
    ('mailbox-employer', 'mailbox-private', 'phone-otp', 'sso', 'sso-mfa', 'passkey-bound', 'passkey-bound-attested', 'qualified')),
  min_reading_s integer not null constraint assurance_rule_min_reading_range check (min_reading_s between 0 and 3600),
  effective_from date not null,
  reason text not null constraint assurance_rule_reason_length check (char_length(reason) between 1 and 2000),
  made_by uuid not null,
  made_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint assurance_rule_pk primary key (organisation_id, rule_id),
  constraint assurance_rule_organisation_fk foreign key (organisation_id) references organisation (organisation_id),
  constraint assurance_rule_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index assurance_rule_by_purpose on assurance_rule (purpose, effective_from, made_at, organisation_id);
call protect_evidence_table('assurance_rule');

-- The employer's own word that something happened on paper, orally, in a workshop or elsewhere. Never an act of the person, and
-- no table of acts, assignments or ceremonies knows of it.
create table attestation (
  organisation_id uuid not null,
  attestation_id uuid not null,
  person_id uuid not null,
  assignment_id uuid,
  kind text not null constraint attestation_kind_known check (kind in ('imported', 'paper', 'oral', 'workshop')),
  happened_on date not null,
  -- of a scan or file that the employer keeps; null where there is none
  evidence_sha256 bytea constraint attestation_evidence_sha256 check (octet_length(evidence_sha256) = 32),
  attested_by uuid not null,
  attested_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint attestation_pk primary key (organisation_id, attestation_id),
  constraint attestation_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint attestation_assignment_fk foreign key (organisation_id, assignment_id) references assignment (organisation_id, assignment_id),
  constraint attestation_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index attestation_by_person on attestation (person_id, attestation_id, organisation_id);
create index attestation_by_assignment on attestation (assignment_id, organisation_id) where assignment_id is not null;
call protect_evidence_table('attestation');

-- What the employer says happened, in words; the entry commits to them with the salt. Goes with the person.
create table attestation_text (
  organisation_id uuid not null,
  attestation_id uuid not null,
  person_id uuid not null,
  what text not null constraint attestation_text_what_length check (char_length(what) between 1 and 2000),
  salt bytea not null constraint attestation_text_salt_length check (octet_length(salt) = 16),
  constraint attestation_text_pk primary key (organisation_id, attestation_id),
  constraint attestation_text_attestation_fk foreign key (organisation_id, attestation_id) references attestation (organisation_id, attestation_id)
);
create index attestation_text_by_person on attestation_text (person_id, organisation_id);
call protect_tenant_table('attestation_text');

create function forget_attestations() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  delete from attestation_text where attestation_text.organisation_id = new.organisation_id and attestation_text.person_id = new.person_id;
  return null;
end $$;
create trigger person_attestations_forgotten after update of erased_at on person
  for each row when (old.erased_at is null and new.erased_at is not null) execute function forget_attestations();
