-- Employments: what was true of an employment on a day, and what was known of that at a moment. Facts have a day from which
-- they hold and a moment at which they were recorded; nothing is ever changed, and what turns out wrong is retracted by a later
-- row. Values are personal and stand in tables of content, which go with the person; what is left says that there was a fact.

-- Content of evidence: rows go only within an erasure, by the owner.
create procedure protect_content_table(target regclass)
  language plpgsql as $$
begin
  call protect_evidence_table(target);
  execute format('drop trigger append_only_rows on %s', target);
  execute format('create trigger append_only_rows before update or delete on %s for each row execute function refuse_change_but_letter_erasure()', target);
end $$;

create table employment (
  organisation_id uuid not null,
  employment_id uuid not null,
  person_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint employment_pk primary key (organisation_id, employment_id),
  constraint employment_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint employment_maker_fk foreign key (organisation_id, recorded_by) references api_client (organisation_id, client_id),
  constraint employment_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index employment_by_person on employment (person_id, employment_id, organisation_id);
call protect_evidence_table('employment');

create table employment_fact (
  organisation_id uuid not null,
  fact_id uuid not null,
  employment_id uuid not null,
  kind text not null constraint employment_fact_kind_known check (kind in (
    'started', 'birth-date', 'languages', 'function', 'grade', 'wage', 'area', 'client-access', 'reporting', 'last-day',
    'works-council')),
  -- the first day on which it holds; what does not depend on a day has one that lies before every employment
  valid_from date not null,
  recorded_by uuid not null,
  recorded_at timestamptz(3) not null,
  -- the fact that this row takes back; such a row states nothing itself
  retracts uuid,
  entry_id uuid not null,
  constraint employment_fact_pk primary key (organisation_id, fact_id),
  constraint employment_fact_timeless check (kind not in ('started', 'birth-date') or valid_from = date '1900-01-01'),
  constraint employment_fact_retracted_once unique (organisation_id, retracts),
  constraint employment_fact_employment_fk foreign key (organisation_id, employment_id) references employment (organisation_id, employment_id),
  constraint employment_fact_retracts_fk foreign key (organisation_id, retracts) references employment_fact (organisation_id, fact_id),
  constraint employment_fact_maker_fk foreign key (organisation_id, recorded_by) references api_client (organisation_id, client_id),
  constraint employment_fact_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index employment_fact_by_employment on employment_fact (employment_id, kind, valid_from, organisation_id);
call protect_evidence_table('employment_fact');

create table employment_fact_content (
  organisation_id uuid not null,
  fact_id uuid not null,
  -- canonical JSON (RFC 8785); of a retraction its reason
  value text not null,
  constraint employment_fact_content_pk primary key (organisation_id, fact_id),
  constraint employment_fact_content_fact_fk foreign key (organisation_id, fact_id) references employment_fact (organisation_id, fact_id)
);
call protect_content_table('employment_fact_content');

-- The same of the organisation itself: how many work there, and which body of employees it has. Nothing personal.
create table organisation_fact (
  organisation_id uuid not null,
  fact_id uuid not null,
  kind text not null constraint organisation_fact_kind_known check (kind in ('headcount', 'employee-body')),
  valid_from date not null,
  recorded_by uuid not null,
  recorded_at timestamptz(3) not null,
  retracts uuid,
  value text not null,
  entry_id uuid not null,
  constraint organisation_fact_pk primary key (organisation_id, fact_id),
  constraint organisation_fact_retracted_once unique (organisation_id, retracts),
  constraint organisation_fact_organisation_fk foreign key (organisation_id) references organisation (organisation_id),
  constraint organisation_fact_retracts_fk foreign key (organisation_id, retracts) references organisation_fact (organisation_id, fact_id),
  constraint organisation_fact_maker_fk foreign key (organisation_id, recorded_by) references api_client (organisation_id, client_id),
  constraint organisation_fact_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index organisation_fact_by_kind on organisation_fact (kind, valid_from, organisation_id);
call protect_evidence_table('organisation_fact');

create table contract (
  organisation_id uuid not null,
  contract_id uuid not null,
  employment_id uuid not null,
  kind text not null constraint contract_kind_known check (kind in ('indefinite', 'fixed-term', 'settlement', 'addendum')),
  starts_on date not null,
  -- the last day of a fixed term
  ends_on date,
  -- without a foreign key: the file can go with its person, and what the contract was stays
  document_id uuid,
  document_sha256 bytea constraint contract_file_sha256 check (octet_length(document_sha256) = 32),
  follows uuid,
  follow_kind text constraint contract_follow_kind_known check (follow_kind in ('renewal', 'conversion')),
  -- whether more than the term differs from the contract that it follows
  changed_more boolean not null,
  provenance text not null constraint contract_provenance_known check (provenance in ('made-here', 'uploaded', 'elsewhere')),
  recorded_by uuid not null,
  recorded_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint contract_pk primary key (organisation_id, contract_id),
  constraint contract_follows_whole check ((follows is null) = (follow_kind is null) and (follows is not null or not changed_more)),
  constraint contract_term_whole check ((kind = 'fixed-term') = (ends_on is not null)),
  constraint contract_ends_later check (ends_on >= starts_on),
  -- what was made here as an addendum has its file as an annex; of what was made elsewhere nothing is here
  constraint contract_document_whole check ((document_id is null) = (document_sha256 is null)
    and (provenance <> 'uploaded' or document_id is not null) and (provenance <> 'elsewhere' or document_id is null)),
  constraint contract_employment_fk foreign key (organisation_id, employment_id) references employment (organisation_id, employment_id),
  constraint contract_follows_fk foreign key (organisation_id, follows) references contract (organisation_id, contract_id),
  constraint contract_maker_fk foreign key (organisation_id, recorded_by) references api_client (organisation_id, client_id),
  constraint contract_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index contract_by_employment on contract (employment_id, starts_on, organisation_id);
create index contract_by_document on contract (document_id, organisation_id) where document_id is not null;
call protect_evidence_table('contract');

create table contract_content (
  organisation_id uuid not null,
  contract_id uuid not null,
  -- canonical JSON (RFC 8785): the dispute that a settlement ends
  value text not null,
  constraint contract_content_pk primary key (organisation_id, contract_id),
  constraint contract_content_contract_fk foreign key (organisation_id, contract_id) references contract (organisation_id, contract_id)
);
call protect_content_table('contract_content');

-- A contract that was recorded in error. It stays, and from this moment on it is not known to have been one.
create table contract_retraction (
  organisation_id uuid not null,
  contract_id uuid not null,
  retracted_by uuid not null,
  retracted_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint contract_retraction_pk primary key (organisation_id, contract_id),
  constraint contract_retraction_contract_fk foreign key (organisation_id, contract_id) references contract (organisation_id, contract_id),
  constraint contract_retraction_maker_fk foreign key (organisation_id, retracted_by) references api_client (organisation_id, client_id),
  constraint contract_retraction_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('contract_retraction');

-- A contract that was made elsewhere, byte for byte as it was sent. It is never sealed and never changed: the bytes are what
-- both parties signed or will sign.
alter table document
  drop constraint document_kind_known,
  add constraint document_kind_known check (kind in ('policy-edition', 'receipt', 'annex', 'warning', 'dossier-report',
    'executed-copy', 'contract-upload', 'exit-letter')),
  alter column seal_level drop not null,
  alter column seal_key_id drop not null,
  add constraint document_sealed_unless_uploaded check (
    (kind = 'contract-upload') = (seal_level is null) and (seal_level is null) = (seal_key_id is null));

create table contract_document (
  organisation_id uuid not null,
  -- without a foreign key: the file goes with its person
  document_id uuid not null,
  person_id uuid not null,
  document_sha256 bytea not null constraint contract_document_sha256 check (octet_length(document_sha256) = 32),
  pages smallint not null constraint contract_document_pages_range check (pages between 1 and 2000),
  uploaded_by uuid not null,
  uploaded_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint contract_document_pk primary key (organisation_id, document_id),
  constraint contract_document_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint contract_document_maker_fk foreign key (organisation_id, uploaded_by) references api_client (organisation_id, client_id),
  constraint contract_document_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index contract_document_by_person on contract_document (person_id, document_id, organisation_id);
call protect_evidence_table('contract_document');

-- The text of each page as the examining process read it.
create table contract_page_content (
  organisation_id uuid not null,
  document_id uuid not null,
  page smallint not null,
  page_text text not null,
  constraint contract_page_content_pk primary key (organisation_id, document_id, page),
  constraint contract_page_content_document_fk foreign key (organisation_id, document_id) references contract_document (organisation_id, document_id)
);
call protect_content_table('contract_page_content');

-- Who may sign for the employer, what, and from when.
create table mandate (
  organisation_id uuid not null,
  mandate_id uuid not null,
  person_id uuid not null,
  covers text[] not null constraint mandate_covers_known check (
    covers <@ array['annex', 'contract', 'exit-letter'] and cardinality(covers) between 1 and 3),
  valid_from date not null,
  valid_to date,
  recorded_by uuid not null,
  recorded_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint mandate_pk primary key (organisation_id, mandate_id),
  constraint mandate_ends_later check (valid_to >= valid_from),
  constraint mandate_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint mandate_maker_fk foreign key (organisation_id, recorded_by) references api_client (organisation_id, client_id),
  constraint mandate_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index mandate_by_person on mandate (person_id, valid_from, organisation_id);
call protect_evidence_table('mandate');

create table mandate_content (
  organisation_id uuid not null,
  mandate_id uuid not null,
  -- canonical JSON (RFC 8785): on what it rests, such as an entry in the trade register or a power of attorney
  value text not null,
  constraint mandate_content_pk primary key (organisation_id, mandate_id),
  constraint mandate_content_mandate_fk foreign key (organisation_id, mandate_id) references mandate (organisation_id, mandate_id)
);
call protect_content_table('mandate_content');

create table mandate_end (
  organisation_id uuid not null,
  mandate_id uuid not null,
  -- the last day on which it counts
  last_day date not null,
  ended_by uuid not null,
  ended_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint mandate_end_pk primary key (organisation_id, mandate_id),
  constraint mandate_end_mandate_fk foreign key (organisation_id, mandate_id) references mandate (organisation_id, mandate_id),
  constraint mandate_end_maker_fk foreign key (organisation_id, ended_by) references api_client (organisation_id, client_id),
  constraint mandate_end_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('mandate_end');

-- What changed and was not looked at yet by those who have to ask the law again. A row goes when it has been dealt with; the
-- job employment-changed reads them.
create table employment_change (
  organisation_id uuid not null,
  change_id uuid not null,
  -- null: of the organisation
  employment_id uuid,
  subject text not null constraint employment_change_subject_known check (subject in ('fact', 'contract', 'organisation-fact')),
  -- the fact or contract that was recorded, or the one that was retracted
  subject_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamptz(3) not null,
  constraint employment_change_pk primary key (organisation_id, change_id),
  constraint employment_change_whole check ((subject = 'organisation-fact') = (employment_id is null)),
  constraint employment_change_employment_fk foreign key (organisation_id, employment_id) references employment (organisation_id, employment_id)
);
call protect_tenant_table('employment_change');

-- As before, and every file may go within an erasure but the editions of policies, which are nobody's.
create or replace function refuse_change_but_erasure() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  if current_user <> 'beding_owner' or coalesce(current_setting('beding.erasure', true), '') = '' then
    raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
  end if;
  if tg_op = 'DELETE' then
    if tg_table_name in ('act_receipt', 'executed_copy_document', 'idempotency') then
      return old;
    elsif tg_table_name = 'document' then
      if old.kind <> 'policy-edition' then return old; end if;
    end if;
  elsif tg_table_name = 'entry_disclosure' then
    if new.organisation_id = old.organisation_id and new.entry_id = old.entry_id
       and cardinality(new.disclosures) = cardinality(old.disclosures)
       and not exists (select from unnest(old.disclosures, new.disclosures) as each (before, after)
                       where each.after is not null and each.after is distinct from each.before) then
      return new;
    end if;
  elsif tg_table_name = 'opening' then
    if new.user_agent = '' and new.network_class = ''
       and to_jsonb(new) - '{user_agent,network_class}'::text[] = to_jsonb(old) - '{user_agent,network_class}'::text[] then
      return new;
    end if;
  elsif tg_table_name = 'delivery_event' then
    if new.detail = '' and new.address in ('', old.address)
       and to_jsonb(new) - '{address,detail}'::text[] = to_jsonb(old) - '{address,detail}'::text[] then
      return new;
    end if;
  end if;
  raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
end $$;

/*
 * What goes with the last of a person in each room about employments. Each takes away its own content and gives the entries of
 * the log whose facts go with it; erase_items takes those facts and records that it did. They run as whoever erases: only
 * erase_items, as the owner, gets past the triggers of the tables.
 */
create function erase_employment_content(organisation uuid, erased_person uuid) returns uuid[]
  language plpgsql set search_path = beding, pg_temp as $$
declare
  entries uuid[];
begin
  select coalesce(array_agg(each.entry_id), '{}') into entries from (
    select employment.entry_id from employment
      where employment.organisation_id = organisation and employment.person_id = erased_person
    union
    select employment_fact.entry_id from employment_fact join employment using (organisation_id, employment_id)
      where employment_fact.organisation_id = organisation and employment.person_id = erased_person
    union
    select contract.entry_id from contract join employment using (organisation_id, employment_id)
      where contract.organisation_id = organisation and employment.person_id = erased_person
    union
    select contract_retraction.entry_id from contract_retraction
      join contract using (organisation_id, contract_id) join employment using (organisation_id, employment_id)
      where contract_retraction.organisation_id = organisation and employment.person_id = erased_person
    union
    select contract_document.entry_id from contract_document
      where contract_document.organisation_id = organisation and contract_document.person_id = erased_person
    union
    select mandate.entry_id from mandate
      where mandate.organisation_id = organisation and mandate.person_id = erased_person
    union
    select mandate_end.entry_id from mandate_end join mandate using (organisation_id, mandate_id)
      where mandate_end.organisation_id = organisation and mandate.person_id = erased_person
  ) as each;
  delete from employment_fact_content using employment_fact, employment
    where employment_fact_content.organisation_id = organisation
      and employment_fact.organisation_id = organisation and employment_fact.fact_id = employment_fact_content.fact_id
      and employment.organisation_id = organisation and employment.employment_id = employment_fact.employment_id
      and employment.person_id = erased_person;
  delete from contract_content using contract, employment
    where contract_content.organisation_id = organisation
      and contract.organisation_id = organisation and contract.contract_id = contract_content.contract_id
      and employment.organisation_id = organisation and employment.employment_id = contract.employment_id
      and employment.person_id = erased_person;
  delete from contract_page_content using contract_document
    where contract_page_content.organisation_id = organisation
      and contract_document.organisation_id = organisation
      and contract_document.document_id = contract_page_content.document_id
      and contract_document.person_id = erased_person;
  delete from document using contract_document
    where document.organisation_id = organisation and document.kind = 'contract-upload'
      and contract_document.organisation_id = organisation and contract_document.document_id = document.document_id
      and contract_document.person_id = erased_person;
  delete from mandate_content using mandate
    where mandate_content.organisation_id = organisation
      and mandate.organisation_id = organisation and mandate.mandate_id = mandate_content.mandate_id
      and mandate.person_id = erased_person;
  return entries;
end $$;
create function erase_annex_content(organisation uuid, erased_person uuid) returns uuid[] language sql return '{}'::uuid[];
create function erase_agreement_content(organisation uuid, erased_person uuid) returns uuid[] language sql return '{}'::uuid[];
create function erase_obligation_content(organisation uuid, erased_person uuid) returns uuid[] language sql return '{}'::uuid[];
create function erase_change_content(organisation uuid, erased_person uuid) returns uuid[] language sql return '{}'::uuid[];
create function erase_exit_content(organisation uuid, erased_person uuid) returns uuid[] language sql return '{}'::uuid[];

do $$
declare
  room text;
begin
  foreach room in array array['employment', 'annex', 'agreement', 'obligation', 'change', 'exit'] loop
    execute format('revoke execute on function erase_%s_content(uuid, uuid) from public', room);
  end loop;
end $$;

-- As before, and with the row of a person goes what the rooms about employments hold.
create or replace function erase_items(erased_proposal uuid, numbers integer[], erasure_entry uuid, executed timestamptz)
  returns table (item_number integer, outcome text, entry_id uuid, hold_id uuid)
  language plpgsql security definer set search_path = beding, pg_temp as $$
#variable_conflict use_column
declare
  organisation uuid := current_organisation();
  fields text[];
  item record;
  became text;
  held_by uuid;
  of_entry uuid;
  with_person uuid[];
  seen integer := 0;
begin
  if organisation is null then
    raise exception 'an erasure belongs to an organisation' using errcode = 'BE002';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('beding.erasure ' || organisation, 0));
  select proposal.fields into fields from erasure_proposal as proposal
    join erasure_decision as decision on decision.organisation_id = proposal.organisation_id and decision.proposal_id = proposal.proposal_id
    where proposal.organisation_id = organisation and proposal.proposal_id = erased_proposal
      and decision.verdict = 'confirm' and decision.decided_by is distinct from proposal.made_by;
  if not found then
    raise exception 'the erasure was not confirmed' using errcode = 'BE002';
  end if;
  perform set_config('beding.erasure', erased_proposal::text, true);
  for item in
    select each.item_number, each.what, each.person_id, each.assignment_id from erasure_item as each
    where each.organisation_id = organisation and each.proposal_id = erased_proposal and each.item_number = any(numbers)
      and not exists (select from erasure_result as done where done.organisation_id = organisation
                      and done.proposal_id = erased_proposal and done.item_number = each.item_number)
    order by each.what = 'person', each.item_number
  loop
    seen := seen + 1;
    became := 'erased';
    of_entry := null;
    held_by := active_hold(item.person_id, item.assignment_id);
    if held_by is not null then
      became := 'held';
    elsif item.what <> 'person' then
      of_entry := erase_assignment(item.assignment_id, case when item.what = 'traces' then fields else '{}' end);
      if of_entry is not null then
        insert into entry_erasure (organisation_id, entry_id, erasure_entry_id) values (organisation, of_entry, erasure_entry);
      end if;
    elsif exists (
      select from assignment where assignment.organisation_id = organisation and assignment.person_id = item.person_id
        and not exists (select from erasure_item as gone
          join erasure_result as done on done.organisation_id = gone.organisation_id and done.proposal_id = gone.proposal_id and done.item_number = gone.item_number
          where gone.organisation_id = organisation and gone.assignment_id = assignment.assignment_id
            and gone.what = 'content' and done.outcome = 'erased'))
    then
      became := 'kept';
    else
      update person set external_id = 'erased ' || person.person_id, given_name = 'Erased', family_name = 'person',
        work_email = 'erased@invalid', department = null, job_title = null, employed_until = null,
        erased_at = executed, updated_at = executed
      where person.organisation_id = organisation and person.person_id = item.person_id and person.erased_at is null;
      with_person := erase_employment_content(organisation, item.person_id) || erase_annex_content(organisation, item.person_id)
        || erase_agreement_content(organisation, item.person_id) || erase_obligation_content(organisation, item.person_id)
        || erase_change_content(organisation, item.person_id) || erase_exit_content(organisation, item.person_id);
      insert into entry_erasure (organisation_id, entry_id, erasure_entry_id)
        select distinct organisation, gone.id, erasure_entry from unnest(with_person) as gone (id)
        on conflict on constraint entry_erasure_pk do nothing;
      update entry_disclosure set disclosures = array_fill(null::text, array[cardinality(entry_disclosure.disclosures)])
        where entry_disclosure.organisation_id = organisation and entry_disclosure.entry_id = any(with_person);
    end if;
    insert into erasure_result (organisation_id, proposal_id, item_number, outcome, hold_id, executed_at, erasure_entry_id)
      values (organisation, erased_proposal, item.item_number, became, held_by, executed,
              case when became = 'erased' then erasure_entry end);
    item_number := item.item_number;
    outcome := became;
    entry_id := of_entry;
    hold_id := held_by;
    return next;
  end loop;
  perform set_config('beding.erasure', '', true);
  if seen <> cardinality(numbers) then
    raise exception 'an item that is not there, or has been done' using errcode = 'BE002';
  end if;
end $$;
