-- Agreements: a main document and annexes that were frozen together and put before the employee and before somebody who signs for
-- the employer. What came of it is a row of its own; what holds on a day follows from rows and is stored nowhere.

create table agreement (
  organisation_id uuid not null,
  agreement_id uuid not null,
  employment_id uuid not null,
  -- the employee
  person_id uuid not null,
  -- the contract that it makes or belongs to; null where it was taken over without one
  contract_id uuid,
  provenance text not null constraint agreement_provenance_known check (provenance in ('ceremony', 'imported')),
  -- who signs for the employer, and the mandate by which
  representative_id uuid,
  mandate_id uuid,
  -- of the one manifest that both were shown
  bundle_sha256 bytea constraint agreement_bundle_sha256 check (octet_length(bundle_sha256) = 32),
  employee_assignment_id uuid,
  representative_assignment_id uuid,
  -- what the rules said when it was offered or taken over
  sign_check_id uuid,
  -- of what was taken over: on which day it was signed, as the employer says
  signed_on date,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint agreement_pk primary key (organisation_id, agreement_id),
  constraint agreement_offered_whole check ((provenance = 'ceremony') = (representative_id is not null)
    and (representative_id is null) = (mandate_id is null) and (representative_id is null) = (bundle_sha256 is null)
    and (representative_id is null) = (employee_assignment_id is null)
    and (representative_id is null) = (representative_assignment_id is null)
    and (provenance = 'imported' or contract_id is not null)),
  constraint agreement_two_persons check (representative_id <> person_id),
  constraint agreement_employee_ceremony_once unique (organisation_id, employee_assignment_id),
  constraint agreement_representative_ceremony_once unique (organisation_id, representative_assignment_id),
  constraint agreement_employment_fk foreign key (organisation_id, employment_id) references employment (organisation_id, employment_id),
  constraint agreement_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint agreement_contract_fk foreign key (organisation_id, contract_id) references contract (organisation_id, contract_id),
  constraint agreement_representative_fk foreign key (organisation_id, representative_id) references person (organisation_id, person_id),
  constraint agreement_mandate_fk foreign key (organisation_id, mandate_id) references mandate (organisation_id, mandate_id),
  constraint agreement_employee_ceremony_fk foreign key (organisation_id, employee_assignment_id) references assignment (organisation_id, assignment_id),
  constraint agreement_representative_ceremony_fk foreign key (organisation_id, representative_assignment_id) references assignment (organisation_id, assignment_id),
  constraint agreement_sign_check_fk foreign key (organisation_id, sign_check_id) references legal_check (organisation_id, legal_check_id),
  constraint agreement_maker_fk foreign key (organisation_id, created_by) references api_client (organisation_id, client_id),
  constraint agreement_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index agreement_by_person on agreement (person_id, agreement_id, organisation_id);
create index agreement_by_employment on agreement (employment_id, agreement_id, organisation_id);
create index agreement_by_representative on agreement (representative_id, organisation_id) where representative_id is not null;
call protect_evidence_table('agreement');

-- The annexes of its bundle in their order. With role main the annex is the main document itself: an addendum.
create table agreement_annex (
  organisation_id uuid not null,
  agreement_id uuid not null,
  position smallint not null constraint agreement_annex_position_range check (position between 1 and 20),
  annex_id uuid not null,
  role text not null constraint agreement_annex_role_known check (role in ('main', 'annex')),
  constraint agreement_annex_pk primary key (organisation_id, agreement_id, position),
  constraint agreement_annex_once unique (organisation_id, agreement_id, annex_id),
  constraint agreement_annex_main_first check (role = 'annex' or position = 1),
  constraint agreement_annex_agreement_fk foreign key (organisation_id, agreement_id) references agreement (organisation_id, agreement_id),
  constraint agreement_annex_annex_fk foreign key (organisation_id, annex_id) references annex (organisation_id, annex_id)
);
create index agreement_annex_by_annex on agreement_annex (annex_id, organisation_id);
call protect_evidence_table('agreement_annex');

-- What the two acts came to. blocked: a rule that stops saw a defect that only the acts could show, so it is never in force.
create table agreement_conclusion (
  organisation_id uuid not null,
  agreement_id uuid not null,
  outcome text not null constraint agreement_conclusion_outcome_known check (outcome in ('concluded', 'blocked')),
  -- when the second of the two acts was done
  concluded_at timestamptz(3) not null,
  legal_check_id uuid not null,
  -- why it is blocked: rules, or that whoever signed for the employer had no authority that day
  blocked_by text[] not null,
  recorded_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint agreement_conclusion_blocked_whole check ((outcome = 'blocked') = (cardinality(blocked_by) > 0)),
  constraint agreement_conclusion_pk primary key (organisation_id, agreement_id),
  constraint agreement_conclusion_agreement_fk foreign key (organisation_id, agreement_id) references agreement (organisation_id, agreement_id),
  constraint agreement_conclusion_check_fk foreign key (organisation_id, legal_check_id) references legal_check (organisation_id, legal_check_id),
  constraint agreement_conclusion_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('agreement_conclusion');

-- From which day an agreement, or one annex of it, is no longer in force, and why.
create table agreement_end (
  organisation_id uuid not null,
  end_id uuid not null,
  agreement_id uuid not null,
  -- null: all of it
  annex_id uuid,
  -- the first day on which it is not in force
  ended_on date not null,
  how text not null constraint agreement_end_how_known check (how in ('ended', 'superseded', 'exit')),
  -- the agreement that came in its place; while that one is denied, this end does not count
  superseded_by uuid,
  -- null: the service itself, when another agreement was concluded
  ended_by uuid,
  recorded_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint agreement_end_pk primary key (organisation_id, end_id),
  constraint agreement_end_whole check ((how = 'superseded') = (superseded_by is not null)),
  constraint agreement_end_agreement_fk foreign key (organisation_id, agreement_id) references agreement (organisation_id, agreement_id),
  constraint agreement_end_annex_fk foreign key (organisation_id, annex_id) references annex (organisation_id, annex_id),
  constraint agreement_end_successor_fk foreign key (organisation_id, superseded_by) references agreement (organisation_id, agreement_id),
  constraint agreement_end_client_fk foreign key (organisation_id, ended_by) references api_client (organisation_id, client_id),
  constraint agreement_end_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index agreement_end_by_agreement on agreement_end (agreement_id, organisation_id);
create index agreement_end_by_successor on agreement_end (superseded_by, organisation_id) where superseded_by is not null;
call protect_evidence_table('agreement_end');

-- Words about a person: of what was taken over, what the text referred to and what was attached; of an end, its reason.
create table agreement_content (
  organisation_id uuid not null,
  agreement_id uuid not null,
  -- canonical JSON (RFC 8785)
  content text not null,
  constraint agreement_content_pk primary key (organisation_id, agreement_id),
  constraint agreement_content_agreement_fk foreign key (organisation_id, agreement_id) references agreement (organisation_id, agreement_id)
);
call protect_content_table('agreement_content');

create table agreement_end_content (
  organisation_id uuid not null,
  end_id uuid not null,
  reason text not null constraint agreement_end_content_reason_length check (char_length(reason) between 1 and 2000),
  constraint agreement_end_content_pk primary key (organisation_id, end_id),
  constraint agreement_end_content_end_fk foreign key (organisation_id, end_id) references agreement_end (organisation_id, end_id)
);
call protect_content_table('agreement_end_content');

-- That somebody of the employer held a proof of identity of a person against that person. The employer's word; without it no
-- signature here counts as one of a person whose identity was proven.
create table identity_check (
  organisation_id uuid not null,
  identity_check_id uuid not null,
  person_id uuid not null,
  document_kind text not null constraint identity_check_document_known check (document_kind in ('passport', 'identity-card', 'residence-permit')),
  checked_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint identity_check_pk primary key (organisation_id, identity_check_id),
  constraint identity_check_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint identity_check_client_fk foreign key (organisation_id, recorded_by) references api_client (organisation_id, client_id),
  constraint identity_check_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index identity_check_by_person on identity_check (person_id, recorded_at, organisation_id);
call protect_evidence_table('identity_check');

-- Copies of bundles: one for each document of a bundle that all parties were shown. The file of a document can go with its
-- person, so the copy names it by its hash and points at it without a foreign key.
alter table executed_copy
  alter column version_id drop not null,
  add column edition_sha256 bytea constraint executed_copy_edition_sha256 check (octet_length(edition_sha256) = 32),
  add column bundle_sha256 bytea constraint executed_copy_bundle_sha256 check (octet_length(bundle_sha256) = 32),
  drop constraint executed_copy_once,
  drop constraint executed_copy_edition_fk,
  add constraint executed_copy_once unique (organisation_id, acts_sha256, edition_document_id),
  add constraint executed_copy_about_one_thing check ((version_id is null) = (bundle_sha256 is not null)
    and (version_id is not null or edition_sha256 is not null));

-- What goes with the last of a person: words, and the manifest that the representative was shown, which is about the employee.
create or replace function erase_agreement_content(organisation uuid, erased_person uuid) returns uuid[]
  language plpgsql set search_path = beding, pg_temp as $$
declare
  entries uuid[];
begin
  select coalesce(array_agg(each.entry_id), '{}') into entries from (
    select agreement.entry_id from agreement
      where agreement.organisation_id = organisation and agreement.person_id = erased_person
    union
    select agreement_conclusion.entry_id from agreement_conclusion join agreement using (organisation_id, agreement_id)
      where agreement.organisation_id = organisation and agreement.person_id = erased_person
    union
    select agreement_end.entry_id from agreement_end join agreement using (organisation_id, agreement_id)
      where agreement.organisation_id = organisation and agreement.person_id = erased_person
    union
    select identity_check.entry_id from identity_check
      where identity_check.organisation_id = organisation and identity_check.person_id = erased_person
  ) as each;
  delete from agreement_content using agreement
    where agreement_content.organisation_id = organisation
      and agreement.organisation_id = organisation and agreement.agreement_id = agreement_content.agreement_id
      and agreement.person_id = erased_person;
  delete from agreement_end_content using agreement_end, agreement
    where agreement_end_content.organisation_id = organisation
      and agreement_end.organisation_id = organisation and agreement_end.end_id = agreement_end_content.end_id
      and agreement.organisation_id = organisation and agreement.agreement_id = agreement_end.agreement_id
      and agreement.person_id = erased_person;
  delete from bundle_content using assignment, agreement
    where bundle_content.organisation_id = organisation
      and agreement.organisation_id = organisation and agreement.person_id = erased_person
      and assignment.organisation_id = organisation and assignment.assignment_id = agreement.representative_assignment_id
      and bundle_content.bundle_id = assignment.bundle_id;
  return entries;
end $$;
