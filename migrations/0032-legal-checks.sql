-- Evaluations of the law's rules. What was asked, when, under which rule set and with which hashes stays; the facts and
-- findings themselves may hold personal data and go with the person they are about.

create table legal_check (
  organisation_id uuid not null,
  legal_check_id uuid not null,
  -- whom it is about, where that is said
  person_id uuid,
  jurisdiction text not null,
  rule_set_version text not null,
  regime text not null,
  as_of date not null,
  moments text[] not null,
  facts_sha256 bytea not null constraint legal_check_facts_sha256 check (octet_length(facts_sha256) = 32),
  findings_sha256 bytea not null constraint legal_check_findings_sha256 check (octet_length(findings_sha256) = 32),
  made_by uuid not null,
  made_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint legal_check_pk primary key (organisation_id, legal_check_id),
  constraint legal_check_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint legal_check_maker_fk foreign key (organisation_id, made_by) references api_client (organisation_id, client_id),
  constraint legal_check_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index legal_check_by_person on legal_check (person_id, legal_check_id, organisation_id);
call protect_evidence_table('legal_check');

create table legal_check_content (
  organisation_id uuid not null,
  legal_check_id uuid not null,
  -- canonical JSON (RFC 8785)
  facts text not null,
  findings text not null,
  constraint legal_check_content_pk primary key (organisation_id, legal_check_id),
  constraint legal_check_content_check_fk foreign key (organisation_id, legal_check_id) references legal_check (organisation_id, legal_check_id)
);
call protect_tenant_table('legal_check_content');

-- What a named person decided about a finding. Bound to the hash of the inputs, so it holds for every later evaluation of
-- the same inputs and for no other.
create table legal_review (
  organisation_id uuid not null,
  legal_review_id uuid not null,
  legal_check_id uuid not null,
  rule_id text not null,
  clause_id text,
  input_sha256 bytea not null constraint legal_review_input_sha256 check (octet_length(input_sha256) = 32),
  kind text not null constraint legal_review_kind_known check (kind in ('review', 'override')),
  outcome text not null constraint legal_review_outcome_known check (outcome in ('pass', 'fail')),
  reviewer text not null,
  reason text not null,
  made_by uuid not null,
  made_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint legal_review_pk primary key (organisation_id, legal_review_id),
  constraint legal_review_check_fk foreign key (organisation_id, legal_check_id) references legal_check (organisation_id, legal_check_id),
  constraint legal_review_maker_fk foreign key (organisation_id, made_by) references api_client (organisation_id, client_id),
  constraint legal_review_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index legal_review_by_input on legal_review (input_sha256, made_at, organisation_id);
call protect_evidence_table('legal_review');

-- The content goes when nothing that tells who the person was is left.
create function take_legal_check_content() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  delete from legal_check_content using legal_check
    where legal_check_content.organisation_id = new.organisation_id
      and legal_check.organisation_id = new.organisation_id
      and legal_check.legal_check_id = legal_check_content.legal_check_id
      and legal_check.person_id = new.person_id;
  return null;
end $$;
create trigger person_takes_legal_checks after update of erased_at on person
  for each row when (old.erased_at is null and new.erased_at is not null) execute function take_legal_check_content();
