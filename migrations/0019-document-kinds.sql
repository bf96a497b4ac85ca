-- More kinds of documents: what HR composes outside policies (annexes to contracts, warnings), and the report of a dossier.
-- Letters go when the last of their person goes; a report goes with the first fact that is erased of what it lists.

alter table document drop constraint document_kind_known;
alter table document add constraint document_kind_known
  check (kind in ('policy-edition', 'receipt', 'annex', 'warning', 'dossier-report'));

create table letter (
  organisation_id uuid not null,
  -- also the identifier of its document
  letter_id uuid not null,
  kind text not null constraint letter_kind_known check (kind in ('annex', 'warning')),
  person_id uuid not null,
  -- of a warning: the day on which it was given; of an annex: the first day on which it holds
  holds_from date not null,
  -- of the file as it was sealed; it stays when the file has gone
  document_sha256 bytea not null constraint letter_document_sha256 check (octet_length(document_sha256) = 32),
  made_by uuid not null,
  made_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint letter_pk primary key (organisation_id, letter_id),
  constraint letter_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint letter_maker_fk foreign key (organisation_id, made_by) references api_client (organisation_id, client_id),
  constraint letter_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index letter_by_person on letter (person_id, organisation_id);
call protect_evidence_table('letter');

-- The file of a letter, as long as it is there.
create table letter_document (
  organisation_id uuid not null,
  letter_id uuid not null,
  document_id uuid not null,
  -- what it is about in the words of the employer
  subject text not null constraint letter_document_subject_length check (char_length(subject) between 1 and 200),
  constraint letter_document_pk primary key (organisation_id, letter_id),
  constraint letter_document_letter_fk foreign key (organisation_id, letter_id) references letter (organisation_id, letter_id),
  constraint letter_document_document_fk foreign key (organisation_id, document_id) references document (organisation_id, document_id)
);
create index letter_document_by_document on letter_document (document_id, organisation_id);
call protect_evidence_table('letter_document');

-- The report of a dossier in one language, as long as it is there. Made when somebody first asks for it.
create table dossier_report (
  organisation_id uuid not null,
  dossier_id uuid not null,
  language text not null constraint dossier_report_language_known check (language in ('nl', 'en')),
  document_id uuid not null,
  constraint dossier_report_pk primary key (organisation_id, dossier_id, language),
  constraint dossier_report_dossier_fk foreign key (organisation_id, dossier_id) references dossier (organisation_id, dossier_id),
  constraint dossier_report_document_fk foreign key (organisation_id, document_id) references document (organisation_id, document_id)
);
create index dossier_report_by_document on dossier_report (document_id, organisation_id);
call protect_evidence_table('dossier_report');

-- As refuse_change_but_erasure, for the tables of this file: rows go only within an erasure, by the owner.
create function refuse_change_but_letter_erasure() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  if tg_op = 'DELETE' and current_user = 'beding_owner' and coalesce(current_setting('beding.erasure', true), '') <> '' then
    return old;
  end if;
  raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
end $$;

do $$
declare
  target text;
begin
  foreach target in array array['letter_document', 'dossier_report'] loop
    execute format('drop trigger append_only_rows on %I', target);
    execute format('create trigger append_only_rows before update or delete on %I for each row execute function refuse_change_but_letter_erasure()', target);
  end loop;
end $$;

-- With the last of a person go the letters to them: file, subject, and what their entries disclose. Runs as whoever
-- erases: only erase_items, as the owner, gets past the triggers of the tables.
create function take_letters() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
declare
  gone uuid[];
begin
  if new.outcome <> 'erased' then
    return null;
  end if;
  select array_agg(letter.letter_id) into gone from erasure_item
    join letter on letter.organisation_id = erasure_item.organisation_id and letter.person_id = erasure_item.person_id
    join letter_document on letter_document.organisation_id = letter.organisation_id and letter_document.letter_id = letter.letter_id
    where erasure_item.organisation_id = new.organisation_id and erasure_item.proposal_id = new.proposal_id
      and erasure_item.item_number = new.item_number and erasure_item.what = 'person';
  if gone is null then
    return null;
  end if;
  insert into entry_erasure (organisation_id, entry_id, erasure_entry_id)
    select letter.organisation_id, letter.entry_id, new.erasure_entry_id from letter
    where letter.organisation_id = new.organisation_id and letter.letter_id = any(gone);
  update entry_disclosure set disclosures = array_fill(null::text, array[cardinality(entry_disclosure.disclosures)])
    from letter
    where letter.organisation_id = new.organisation_id and letter.letter_id = any(gone)
      and entry_disclosure.organisation_id = letter.organisation_id and entry_disclosure.entry_id = letter.entry_id;
  delete from letter_document where letter_document.organisation_id = new.organisation_id and letter_document.letter_id = any(gone);
  delete from document where document.organisation_id = new.organisation_id and document.document_id = any(gone);
  return null;
end $$;
create trigger erasure_result_takes_letters after insert on erasure_result
  for each row execute function take_letters();

-- Reports of dossiers list what acts disclose, so they go with the first fact of an act or a letter that is erased, for
-- every dossier about its person or its policy. They are made again, with what is left, when somebody asks.
create function take_dossier_reports() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
declare
  gone uuid[];
begin
  if not exists (select from unnest(old.disclosures, new.disclosures) as each (before, after)
                 where each.after is null and each.before is not null) then
    return null;
  end if;
  select array_agg(dossier_report.document_id) into gone from dossier_report
    join dossier on dossier.organisation_id = dossier_report.organisation_id and dossier.dossier_id = dossier_report.dossier_id
    where dossier_report.organisation_id = new.organisation_id and exists (
      select from act
      join policy_version on policy_version.organisation_id = act.organisation_id and policy_version.version_id = act.version_id
      where act.organisation_id = new.organisation_id and act.entry_id = new.entry_id
        and (dossier.person_id = act.person_id or dossier.policy_id = policy_version.policy_id)
      union all
      select from letter where letter.organisation_id = new.organisation_id and letter.entry_id = new.entry_id
        and dossier.person_id = letter.person_id);
  delete from dossier_report where dossier_report.organisation_id = new.organisation_id and dossier_report.document_id = any(gone);
  delete from document where document.organisation_id = new.organisation_id and document.document_id = any(gone);
  return null;
end $$;
create trigger entry_disclosure_takes_reports after update on entry_disclosure
  for each row execute function take_dossier_reports();
