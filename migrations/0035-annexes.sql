-- Annexes that are composed of clauses, policy versions and lists of relations. What an annex is made of never changes: a next
-- one replaces it. Its file is that of a letter, and goes with the last of the person, as do the words it was composed of;
-- what it was made from, with which hashes, stays.

create table annex (
  organisation_id uuid not null,
  annex_id uuid not null,
  employment_id uuid not null,
  person_id uuid not null,
  contract_id uuid not null,
  -- how the contract calls it: `B`
  mark text not null constraint annex_mark_form check (mark ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,9}$'),
  kind text not null constraint annex_kind_known check (kind in ('clauses', 'relation-list')),
  language text not null constraint annex_language_known check (language in ('nl', 'en')),
  effective_from date not null,
  effective_until date,
  replaces uuid,
  -- also the identifier of its letter
  document_id uuid not null,
  -- of the file as it was sealed, and of the canonical JSON of what it was composed of; they stay when both have gone
  document_sha256 bytea not null constraint annex_document_sha256 check (octet_length(document_sha256) = 32),
  content_sha256 bytea not null constraint annex_content_sha256 check (octet_length(content_sha256) = 32),
  -- what the rules of law said of the draft
  draft_check_id uuid not null,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint annex_pk primary key (organisation_id, annex_id),
  constraint annex_days check (effective_until is null or effective_until >= effective_from),
  -- two annexes cannot both come in the place of a third
  constraint annex_replaced_once unique (organisation_id, replaces),
  constraint annex_employment_fk foreign key (organisation_id, employment_id) references employment (organisation_id, employment_id),
  constraint annex_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint annex_contract_fk foreign key (organisation_id, contract_id) references contract (organisation_id, contract_id),
  constraint annex_replaces_fk foreign key (organisation_id, replaces) references annex (organisation_id, annex_id),
  constraint annex_letter_fk foreign key (organisation_id, document_id) references letter (organisation_id, letter_id),
  constraint annex_check_fk foreign key (organisation_id, draft_check_id) references legal_check (organisation_id, legal_check_id),
  constraint annex_maker_fk foreign key (organisation_id, created_by) references api_client (organisation_id, client_id),
  constraint annex_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index annex_by_employment on annex (employment_id, created_at, organisation_id);
create index annex_by_person on annex (person_id, created_at, organisation_id);
-- which annex bears this mark in this contract
create index annex_by_mark on annex (contract_id, mark, organisation_id);
-- one annex of a mark in a contract that comes in the place of none
create unique index annex_first_of_mark on annex (organisation_id, contract_id, mark) where replaces is null;
create unique index annex_by_document on annex (document_id, organisation_id);
call protect_evidence_table('annex');

create table annex_clause (
  organisation_id uuid not null,
  annex_id uuid not null,
  -- its mark and number: `B.1`
  clause_id text not null constraint annex_clause_id_form check (char_length(clause_id) between 1 and 20),
  position smallint not null constraint annex_clause_position_range check (position between 1 and 100),
  kind text not null constraint annex_clause_kind_known check (kind in (
    'relatiebeding', 'concurrentiebeding', 'ronselbeding', 'geheimhoudingsbeding', 'boetebeding', 'nevenwerkzaamhedenbeding',
    'wijzigingsbeding', 'social-mediabeding')),
  template_id uuid not null,
  version_number integer not null,
  -- of the text of the template version
  content_sha256 bytea not null constraint annex_clause_content_sha256 check (octet_length(content_sha256) = 32),
  -- what counsel had said of that text when the annex was composed
  counsel text not null constraint annex_clause_counsel_known check (counsel in ('reviewed', 'not-reviewed')),
  months smallint,
  -- the annex that lists the relations, by its mark and as it was then
  relation_list_mark text,
  relation_list_id uuid,
  constraint annex_clause_pk primary key (organisation_id, annex_id, clause_id),
  constraint annex_clause_position_once unique (organisation_id, annex_id, position),
  constraint annex_clause_list_whole check ((relation_list_mark is null) = (relation_list_id is null)),
  constraint annex_clause_annex_fk foreign key (organisation_id, annex_id) references annex (organisation_id, annex_id),
  constraint annex_clause_template_fk foreign key (organisation_id, template_id, version_number) references clause_template_version (organisation_id, template_id, version_number),
  constraint annex_clause_list_fk foreign key (organisation_id, relation_list_id) references annex (organisation_id, annex_id)
);
create index annex_clause_by_kind on annex_clause (kind, annex_id, organisation_id);
create index annex_clause_by_template on annex_clause (template_id, version_number, organisation_id);
call protect_evidence_table('annex_clause');

-- The policy versions that are part of an annex, each with the file that it is.
create table annex_policy (
  organisation_id uuid not null,
  annex_id uuid not null,
  policy_id uuid not null,
  version_number integer not null,
  version_id uuid not null,
  -- of the sealed edition in the language of the annex
  document_sha256 bytea not null constraint annex_policy_document_sha256 check (octet_length(document_sha256) = 32),
  constraint annex_policy_pk primary key (organisation_id, annex_id, policy_id),
  constraint annex_policy_annex_fk foreign key (organisation_id, annex_id) references annex (organisation_id, annex_id),
  constraint annex_policy_version_fk foreign key (organisation_id, version_id) references policy_version (organisation_id, version_id)
);
create index annex_policy_by_version on annex_policy (version_id, organisation_id);
call protect_evidence_table('annex_policy');

-- Everything an annex was composed of, as canonical JSON (RFC 8785), as long as it is there.
create table annex_content (
  organisation_id uuid not null,
  annex_id uuid not null,
  title text not null constraint annex_content_title_length check (char_length(title) between 1 and 200),
  content text not null,
  constraint annex_content_pk primary key (organisation_id, annex_id),
  constraint annex_content_annex_fk foreign key (organisation_id, annex_id) references annex (organisation_id, annex_id)
);
call protect_content_table('annex_content');

-- For which function a motivation was written, found by its words: the very same words for another function tell a lawyer that
-- they were not written for this employee.
create table annex_motivation_content (
  organisation_id uuid not null,
  annex_id uuid not null,
  clause_id text not null,
  -- of the text without differences of space and case
  text_sha256 bytea not null constraint annex_motivation_content_text_sha256 check (octet_length(text_sha256) = 32),
  function_ref text not null,
  constraint annex_motivation_content_pk primary key (organisation_id, annex_id, clause_id),
  constraint annex_motivation_content_clause_fk foreign key (organisation_id, annex_id, clause_id) references annex_clause (organisation_id, annex_id, clause_id)
);
create index annex_motivation_content_by_text on annex_motivation_content (text_sha256, organisation_id);
call protect_content_table('annex_motivation_content');

-- What goes with the last of a person. The file, its subject and what the entry discloses go as those of every letter do.
create or replace function erase_annex_content(organisation uuid, erased_person uuid) returns uuid[]
  language plpgsql set search_path = beding, pg_temp as $$
begin
  delete from annex_motivation_content using annex
    where annex_motivation_content.organisation_id = organisation
      and annex.organisation_id = organisation and annex.annex_id = annex_motivation_content.annex_id
      and annex.person_id = erased_person;
  delete from annex_content using annex
    where annex_content.organisation_id = organisation
      and annex.organisation_id = organisation and annex.annex_id = annex_content.annex_id
      and annex.person_id = erased_person;
  return '{}'::uuid[];
end $$;
