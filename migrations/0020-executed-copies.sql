-- Executed copies: a document on which several parties agreed, with the sheet that names them, as one sealed file. Made
-- once for each set of acts. The file prints names, so it goes when a fact that stands in it is erased; what was made, of
-- which acts and with which hash, stays.

alter table document drop constraint document_kind_known;
alter table document add constraint document_kind_known
  check (kind in ('policy-edition', 'receipt', 'annex', 'warning', 'dossier-report', 'executed-copy'));

create table executed_copy (
  organisation_id uuid not null,
  executed_copy_id uuid not null,
  version_id uuid not null,
  -- the document that each party was shown; the copy begins with its bytes
  edition_document_id uuid not null,
  -- SHA-256 of the identifiers of the acts, sorted, with a line feed behind each
  acts_sha256 bytea not null constraint executed_copy_acts_sha256 check (octet_length(acts_sha256) = 32),
  -- of the file as it was sealed; they stay when the file has gone
  document_sha256 bytea not null constraint executed_copy_document_sha256 check (octet_length(document_sha256) = 32),
  byte_length integer not null,
  made_by uuid not null,
  made_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint executed_copy_pk primary key (organisation_id, executed_copy_id),
  constraint executed_copy_once unique (organisation_id, acts_sha256),
  constraint executed_copy_version_fk foreign key (organisation_id, version_id) references policy_version (organisation_id, version_id),
  constraint executed_copy_edition_fk foreign key (organisation_id, edition_document_id) references document (organisation_id, document_id),
  constraint executed_copy_maker_fk foreign key (organisation_id, made_by) references api_client (organisation_id, client_id),
  constraint executed_copy_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('executed_copy');

create table executed_copy_party (
  organisation_id uuid not null,
  executed_copy_id uuid not null,
  -- 1 for the first block of the sheet
  party_number smallint not null constraint executed_copy_party_number_range check (party_number between 1 and 10),
  act_id uuid not null,
  -- as the employer stated it
  capacity text not null constraint executed_copy_party_capacity_known check (capacity in ('employee', 'employer-representative')),
  constraint executed_copy_party_pk primary key (organisation_id, executed_copy_id, party_number),
  constraint executed_copy_party_once unique (organisation_id, executed_copy_id, act_id),
  constraint executed_copy_party_copy_fk foreign key (organisation_id, executed_copy_id) references executed_copy (organisation_id, executed_copy_id),
  constraint executed_copy_party_act_fk foreign key (organisation_id, act_id) references act (organisation_id, act_id)
);
create index executed_copy_party_by_act on executed_copy_party (act_id, organisation_id);
call protect_evidence_table('executed_copy_party');

-- The file of a copy, as long as it is there.
create table executed_copy_document (
  organisation_id uuid not null,
  executed_copy_id uuid not null,
  document_id uuid not null,
  constraint executed_copy_document_pk primary key (organisation_id, executed_copy_id),
  constraint executed_copy_document_copy_fk foreign key (organisation_id, executed_copy_id) references executed_copy (organisation_id, executed_copy_id),
  constraint executed_copy_document_document_fk foreign key (organisation_id, document_id) references document (organisation_id, document_id)
);
create index executed_copy_document_by_document on executed_copy_document (document_id, organisation_id);
call protect_evidence_table('executed_copy_document');

-- As before, and the files of executed copies, letters and reports of dossiers may go.
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
      if old.kind in ('receipt', 'executed-copy', 'annex', 'warning', 'dossier-report') then return old; end if;
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

drop trigger append_only_rows on executed_copy_document;
create trigger append_only_rows before update or delete on executed_copy_document
  for each row execute function refuse_change_but_erasure();

-- The facts of an act that stand on a signature sheet.
create function facts_on_sheet() returns text[]
  language sql immutable parallel safe
  return array['actId', 'actedAt', 'assurance', 'documentSha256', 'documentTitle', 'evidenceLevel', 'method',
               'organisationName', 'personName', 'statement', 'versionNumber'];

-- The copies of an act go with the first of its facts that stands in them. Runs as whoever erases: only erase_items, as
-- the owner, gets past the triggers of the two tables.
create function take_executed_copies() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
declare
  gone uuid[];
begin
  if not exists (select from unnest(old.disclosures, new.disclosures) as each (before, after)
                 where each.after is null and disclosed_name(each.before) = any(facts_on_sheet())) then
    return null;
  end if;
  select array_agg(executed_copy_document.document_id) into gone from act
    join executed_copy_party using (organisation_id, act_id)
    join executed_copy_document using (organisation_id, executed_copy_id)
    where act.organisation_id = new.organisation_id and act.entry_id = new.entry_id;
  delete from executed_copy_document
    where executed_copy_document.organisation_id = new.organisation_id and executed_copy_document.document_id = any(gone);
  delete from document where document.organisation_id = new.organisation_id and document.document_id = any(gone);
  return null;
end $$;
create trigger entry_disclosure_takes_copies after update on entry_disclosure
  for each row execute function take_executed_copies();

-- As before, and a hold on one party of an executed copy keeps what the other parties agreed to there: without it the
-- copy would go.
create or replace function active_hold(held_person uuid, held_assignment uuid) returns uuid
  language sql stable
begin atomic
  select legal_hold.hold_id from legal_hold
  where legal_hold.organisation_id = current_organisation()
    and (legal_hold.person_id = held_person or legal_hold.policy_id in (
      select policy_version.policy_id from assignment
      join policy_version on policy_version.organisation_id = assignment.organisation_id and policy_version.version_id = assignment.version_id
      where assignment.organisation_id = current_organisation() and assignment.person_id = held_person
        and (held_assignment is null or assignment.assignment_id = held_assignment))
      or legal_hold.person_id in (
      select party.person_id from act
      join executed_copy_party as own on own.organisation_id = act.organisation_id and own.act_id = act.act_id
      join executed_copy_document as kept on kept.organisation_id = own.organisation_id and kept.executed_copy_id = own.executed_copy_id
      join executed_copy_party as other on other.organisation_id = own.organisation_id and other.executed_copy_id = own.executed_copy_id
      join act as party on party.organisation_id = other.organisation_id and party.act_id = other.act_id
      where act.organisation_id = current_organisation() and act.person_id = held_person
        and (held_assignment is null or act.assignment_id = held_assignment)))
    and not exists (select from legal_hold_release where legal_hold_release.organisation_id = legal_hold.organisation_id
                    and legal_hold_release.hold_id = legal_hold.hold_id)
  order by legal_hold.placed_at, legal_hold.hold_id limit 1;
end;
