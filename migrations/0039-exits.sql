-- The end of an employment: the last day as it was stated, what was made of it, and the letter about what goes on. An exit never
-- changes; a correction is a next one that replaces it. What was stated is personal and goes with the person; that there was
-- an exit, its letter by its hash, and what the rules of law said by their hashes stay.

-- An exit letter is a letter: it is one person's, and its file, subject and facts go with the last of them.
alter table letter drop constraint letter_kind_known;
alter table letter add constraint letter_kind_known check (kind in ('annex', 'warning', 'exit-letter'));

create table employment_exit (
  organisation_id uuid not null,
  exit_id uuid not null,
  employment_id uuid not null,
  person_id uuid not null,
  -- the exit that this one corrects
  replaces uuid,
  -- the fact with the last day
  fact_id uuid not null,
  -- also the identifier of its letter
  document_id uuid not null,
  -- of the file as it was sealed, and of the canonical JSON of what was stated and followed; they stay when both have gone
  document_sha256 bytea not null constraint employment_exit_document_sha256 check (octet_length(document_sha256) = 32),
  content_sha256 bytea not null constraint employment_exit_content_sha256 check (octet_length(content_sha256) = 32),
  -- who gives the letter for the employer, and the mandate by which
  given_by uuid not null,
  mandate_id uuid not null,
  -- the ceremony in which the letter is handed over
  assignment_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint employment_exit_pk primary key (organisation_id, exit_id),
  -- two exits cannot both come in the place of a third
  constraint employment_exit_replaced_once unique (organisation_id, replaces),
  constraint employment_exit_of_employment unique (organisation_id, exit_id, employment_id),
  constraint employment_exit_employment_fk foreign key (organisation_id, employment_id) references employment (organisation_id, employment_id),
  constraint employment_exit_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint employment_exit_replaces_fk foreign key (organisation_id, replaces, employment_id) references employment_exit (organisation_id, exit_id, employment_id),
  constraint employment_exit_fact_fk foreign key (organisation_id, fact_id) references employment_fact (organisation_id, fact_id),
  constraint employment_exit_letter_fk foreign key (organisation_id, document_id) references letter (organisation_id, letter_id),
  constraint employment_exit_giver_fk foreign key (organisation_id, given_by) references person (organisation_id, person_id),
  constraint employment_exit_mandate_fk foreign key (organisation_id, mandate_id) references mandate (organisation_id, mandate_id),
  constraint employment_exit_assignment_fk foreign key (organisation_id, assignment_id) references assignment (organisation_id, assignment_id),
  constraint employment_exit_maker_fk foreign key (organisation_id, recorded_by) references api_client (organisation_id, client_id),
  constraint employment_exit_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index employment_exit_by_employment on employment_exit (employment_id, recorded_at, organisation_id);
create index employment_exit_by_person on employment_exit (person_id, recorded_at, organisation_id);
-- the first exit of an employment
create unique index employment_exit_first on employment_exit (organisation_id, employment_id) where replaces is null;
call protect_evidence_table('employment_exit');

-- What the rules of the moment exit said of each agreement.
create table employment_exit_check (
  organisation_id uuid not null,
  exit_id uuid not null,
  agreement_id uuid not null,
  legal_check_id uuid not null,
  constraint employment_exit_check_pk primary key (organisation_id, exit_id, agreement_id),
  constraint employment_exit_check_exit_fk foreign key (organisation_id, exit_id) references employment_exit (organisation_id, exit_id),
  constraint employment_exit_check_agreement_fk foreign key (organisation_id, agreement_id) references agreement (organisation_id, agreement_id),
  constraint employment_exit_check_check_fk foreign key (organisation_id, legal_check_id) references legal_check (organisation_id, legal_check_id)
);
create index employment_exit_check_by_agreement on employment_exit_check (agreement_id, organisation_id);
call protect_evidence_table('employment_exit_check');

-- The lists of relations as they stood on the last day: each is a signed annex that never changes.
create table employment_exit_list (
  organisation_id uuid not null,
  exit_id uuid not null,
  mark text not null,
  annex_id uuid not null,
  constraint employment_exit_list_pk primary key (organisation_id, exit_id, mark),
  constraint employment_exit_list_exit_fk foreign key (organisation_id, exit_id) references employment_exit (organisation_id, exit_id),
  constraint employment_exit_list_annex_fk foreign key (organisation_id, annex_id) references annex (organisation_id, annex_id)
);
create index employment_exit_list_by_annex on employment_exit_list (annex_id, organisation_id);
call protect_evidence_table('employment_exit_list');

-- What was stated and what followed from it, as canonical JSON (RFC 8785), as long as it is there.
create table employment_exit_content (
  organisation_id uuid not null,
  exit_id uuid not null,
  content text not null,
  constraint employment_exit_content_pk primary key (organisation_id, exit_id),
  constraint employment_exit_content_exit_fk foreign key (organisation_id, exit_id) references employment_exit (organisation_id, exit_id)
);
call protect_content_table('employment_exit_content');

-- The file, its subject and what the entry discloses go as those of every letter do; this takes what was stated.
create or replace function erase_exit_content(organisation uuid, erased_person uuid) returns uuid[]
  language plpgsql set search_path = beding, pg_temp as $$
begin
  delete from employment_exit_content using employment_exit
    where employment_exit_content.organisation_id = organisation
      and employment_exit.organisation_id = organisation and employment_exit.exit_id = employment_exit_content.exit_id
      and employment_exit.person_id = erased_person;
  return '{}'::uuid[];
end $$;
