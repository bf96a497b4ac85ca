-- One ceremony for all acts. An assignment is the ceremony: one person, one thing, one day. The thing is a policy version or
-- a bundle: documents that were frozen together, with the statements that are asked about them, each answered by itself.

create table bundle (
  organisation_id uuid not null,
  bundle_id uuid not null,
  person_id uuid not null,
  purpose text not null constraint bundle_purpose_known check (purpose in ('information', 'instruction', 'contract-term', 'penalty',
    'covenant', 'statutory-statement', 'settlement', 'data-consent', 'warning', 'notice')),
  language text not null constraint bundle_language_known check (language in ('nl', 'en')),
  -- of the manifest, which names every document with its hash and stands in bundle_content as long as it is there
  manifest_sha256 bytea not null constraint bundle_manifest_sha256 check (octet_length(manifest_sha256) = 32),
  created_at timestamptz(3) not null,
  constraint bundle_pk primary key (organisation_id, bundle_id),
  constraint bundle_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id)
);
create index bundle_by_person on bundle (person_id, organisation_id);
call protect_evidence_table('bundle');

-- The manifest holds titles and subjects, which can name people, so it goes with the content of its ceremony.
create table bundle_content (
  organisation_id uuid not null,
  bundle_id uuid not null,
  manifest text not null,
  constraint bundle_content_pk primary key (organisation_id, bundle_id),
  constraint bundle_content_bundle_fk foreign key (organisation_id, bundle_id) references bundle (organisation_id, bundle_id)
);
call protect_evidence_table('bundle_content');

create table bundle_document (
  organisation_id uuid not null,
  bundle_id uuid not null,
  -- in the order of the manifest, from 1
  position smallint not null constraint bundle_document_position_range check (position between 1 and 20),
  -- without a foreign key: the file of a letter can go, and what was in the bundle stays
  document_id uuid not null,
  role text not null constraint bundle_document_role_known check (role in ('main', 'annex')),
  document_sha256 bytea not null constraint bundle_document_sha256 check (octet_length(document_sha256) = 32),
  constraint bundle_document_pk primary key (organisation_id, bundle_id, position),
  constraint bundle_document_once unique (organisation_id, bundle_id, document_id),
  constraint bundle_document_main_first check ((position = 1) = (role = 'main')),
  constraint bundle_document_bundle_fk foreign key (organisation_id, bundle_id) references bundle (organisation_id, bundle_id)
);
create index bundle_document_by_document on bundle_document (document_id, organisation_id);
call protect_evidence_table('bundle_document');

create table bundle_statement (
  organisation_id uuid not null,
  bundle_id uuid not null,
  position smallint not null constraint bundle_statement_position_range check (position between 1 and 20),
  statement_id text not null constraint bundle_statement_id_form check (statement_id ~ '^[a-z][a-z0-9-]{0,39}$'),
  kind text not null constraint bundle_statement_kind_known check (kind in ('main', 'clause')),
  constraint bundle_statement_pk primary key (organisation_id, bundle_id, position),
  constraint bundle_statement_once unique (organisation_id, bundle_id, statement_id),
  constraint bundle_statement_main_first check ((position = 1) = (kind = 'main') and (kind = 'main') = (statement_id = 'main')),
  constraint bundle_statement_bundle_fk foreign key (organisation_id, bundle_id) references bundle (organisation_id, bundle_id)
);
call protect_evidence_table('bundle_statement');

alter table assignment
  add constraint assignment_bundle_fk foreign key (organisation_id, bundle_id) references bundle (organisation_id, bundle_id);
-- The document of an act is that of a version, which never goes, or of a bundle, whose file can go with its person.
alter table act
  drop constraint act_document_fk,
  add constraint act_bundle_fk foreign key (organisation_id, bundle_id) references bundle (organisation_id, bundle_id);

-- How a ceremony ended that was not answered. One that was answered ends by its acts; never is there an end without an entry.
create table ceremony_end (
  organisation_id uuid not null,
  assignment_id uuid not null,
  how text not null constraint ceremony_end_how_known check (how in ('lapsed', 'withdrawn', 'superseded')),
  -- the ceremony that came in its place
  superseded_by uuid,
  -- null: the service itself, when the term had run
  ended_by uuid,
  ended_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint ceremony_end_pk primary key (organisation_id, assignment_id),
  constraint ceremony_end_whole check ((how = 'superseded') = (superseded_by is not null) and (how = 'lapsed') = (ended_by is null)),
  constraint ceremony_end_assignment_fk foreign key (organisation_id, assignment_id) references assignment (organisation_id, assignment_id),
  constraint ceremony_end_successor_fk foreign key (organisation_id, superseded_by) references assignment (organisation_id, assignment_id),
  constraint ceremony_end_client_fk foreign key (organisation_id, ended_by) references api_client (organisation_id, client_id),
  constraint ceremony_end_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index ceremony_end_by_successor on ceremony_end (superseded_by, organisation_id) where superseded_by is not null;
create index ceremony_end_by_entry on ceremony_end (entry_id, organisation_id);
call protect_evidence_table('ceremony_end');
create index assignment_by_due_date on assignment (due_date, assignment_id, organisation_id);

-- Whether nothing is left to answer: of a policy its one statement, of a bundle every statement or the refusal of the whole.
create function ceremony_answered(asked uuid) returns boolean
  language sql stable
begin atomic
  select exists (
    select from act
    join assignment on assignment.organisation_id = act.organisation_id and assignment.assignment_id = act.assignment_id
    where act.organisation_id = current_organisation() and act.assignment_id = asked
      and (assignment.bundle_id is null
        or (act.statement_id = 'main' and act.choice = 'declined')
        or (select count(*) from act as given
            where given.organisation_id = act.organisation_id and given.assignment_id = act.assignment_id)
         = (select count(*) from bundle_statement
            where bundle_statement.organisation_id = act.organisation_id and bundle_statement.bundle_id = assignment.bundle_id)));
end;

-- Whoever opened a link said that it is not for them. The link takes no act from then on; the ceremony goes on.
create table misdelivery (
  organisation_id uuid not null,
  token_sha256 bytea not null,
  assignment_id uuid not null,
  reported_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint misdelivery_pk primary key (organisation_id, token_sha256),
  constraint misdelivery_link_fk foreign key (organisation_id, token_sha256) references link (organisation_id, token_sha256),
  constraint misdelivery_assignment_fk foreign key (organisation_id, assignment_id) references assignment (organisation_id, assignment_id),
  constraint misdelivery_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index misdelivery_by_assignment on misdelivery (assignment_id, organisation_id);
call protect_evidence_table('misdelivery');

-- Why a message goes to this address, and that it came back.
alter table delivery
  add column address_basis text not null default 'personnel-record'
    constraint delivery_address_basis_known check (address_basis in ('personnel-record')),
  drop constraint delivery_state_known,
  add constraint delivery_state_known check (state in ('queued', 'handed-over', 'failed', 'bounced'));
alter table delivery_event
  -- of what came back: the entry that says so
  add column entry_id uuid,
  add constraint delivery_event_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id),
  add constraint delivery_event_bounce_whole check ((kind = 'bounced') = (entry_id is not null)),
  drop constraint delivery_event_kind_known,
  add constraint delivery_event_kind_known check (kind in ('handed-over', 'refused', 'bounced'));

drop trigger append_only_rows on bundle_content;
create trigger append_only_rows before update or delete on bundle_content
  for each row execute function refuse_change_but_letter_erasure();

-- What goes with a ceremony beside the one act that erase_assignment takes: its other acts with their receipts, and of a
-- bundle the manifest and what the entry of its offer discloses. Runs as whoever erases: only erase_items, as the owner,
-- gets past the triggers of the tables.
create function take_ceremony() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
declare
  item record;
  named text[];
  taken uuid[];
  receipts uuid[];
begin
  if new.outcome <> 'erased' then
    return null;
  end if;
  select erasure_item.what, erasure_item.assignment_id, assignment.bundle_id, assignment.entry_id, erasure_proposal.fields
    into item
    from erasure_item
    join erasure_proposal using (organisation_id, proposal_id)
    join assignment using (organisation_id, assignment_id)
    where erasure_item.organisation_id = new.organisation_id and erasure_item.proposal_id = new.proposal_id
      and erasure_item.item_number = new.item_number and erasure_item.what in ('content', 'traces');
  if not found or item.bundle_id is null then
    return null;
  end if;
  named := case when item.what = 'traces' then item.fields else '{}'::text[] end;
  select array_agg(act.entry_id) into taken from act
    where act.organisation_id = new.organisation_id and act.assignment_id = item.assignment_id
      and not exists (select from entry_erasure as done where done.organisation_id = act.organisation_id
                      and done.entry_id = act.entry_id and done.erasure_entry_id = new.erasure_entry_id);
  if cardinality(named) = 0 then
    taken := array_append(taken, item.entry_id);
    delete from bundle_content
      where bundle_content.organisation_id = new.organisation_id and bundle_content.bundle_id = item.bundle_id;
  end if;
  if taken is null then
    return null;
  end if;
  update entry_disclosure set disclosures = (
    select coalesce(array_agg(case when cardinality(named) = 0 or disclosed_name(each.disclosure) = any(named) then null else each.disclosure end order by each.place), '{}')
    from unnest(entry_disclosure.disclosures) with ordinality as each (disclosure, place))
    where entry_disclosure.organisation_id = new.organisation_id and entry_disclosure.entry_id = any(taken);
  select array_agg(act_receipt.document_id) into receipts from act_receipt join act using (organisation_id, act_id)
    where act_receipt.organisation_id = new.organisation_id and act.entry_id = any(taken);
  delete from act_receipt where act_receipt.organisation_id = new.organisation_id and act_receipt.document_id = any(receipts);
  delete from document where document.organisation_id = new.organisation_id and document.document_id = any(receipts);
  insert into entry_erasure (organisation_id, entry_id, erasure_entry_id)
    select new.organisation_id, one.entry_id, new.erasure_entry_id from unnest(taken) as one (entry_id);
  return null;
end $$;
create trigger erasure_result_takes_ceremony after insert on erasure_result
  for each row execute function take_ceremony();

-- As before, and also for acts and offers of bundles, which have no policy.
create or replace function take_dossier_reports() returns trigger
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
      left join policy_version on policy_version.organisation_id = act.organisation_id and policy_version.version_id = act.version_id
      where act.organisation_id = new.organisation_id and act.entry_id = new.entry_id
        and (dossier.person_id = act.person_id or dossier.policy_id = policy_version.policy_id)
      union all
      select from assignment where assignment.organisation_id = new.organisation_id and assignment.entry_id = new.entry_id
        and assignment.bundle_id is not null and dossier.person_id = assignment.person_id
      union all
      select from letter where letter.organisation_id = new.organisation_id and letter.entry_id = new.entry_id
        and dossier.person_id = letter.person_id);
  delete from dossier_report where dossier_report.organisation_id = new.organisation_id and dossier_report.document_id = any(gone);
  delete from document where document.organisation_id = new.organisation_id and document.document_id = any(gone);
  return null;
end $$;
