-- How long things are kept, what may not go, and how content goes. Evidence stays append-only for the service itself:
-- content leaves by one function that runs as the owner, under the caller's organisation, for a confirmed proposal, and
-- never past a legal hold (decision 0060). Commitments, entries and proofs stay.

alter table person
  -- the last day of employment; retention terms of what the person answered run from it
  add column employed_until date,
  add column erased_at timestamptz(3),
  add constraint person_erased_whole check (erased_at is null or
    (external_id = 'erased ' || person_id and given_name = 'Erased' and family_name = 'person'
     and work_email = 'erased@invalid' and department is null and job_title is null and employed_until is null));
create index person_by_end_of_employment on person (employed_until, organisation_id, person_id) where employed_until is not null;

-- From a day on, how long a class is kept in this organisation. A new rule is a new row; what held on a day can be told.
create table retention_rule (
  organisation_id uuid not null,
  rule_id uuid not null,
  retention_class text not null constraint retention_rule_class_known check (retention_class in ('R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7')),
  -- null: kept for ever
  months integer constraint retention_rule_months_range check (months between 1 and 1200),
  effective_from date not null,
  reason text not null constraint retention_rule_reason_length check (char_length(reason) between 1 and 2000),
  made_by uuid not null,
  made_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint retention_rule_pk primary key (organisation_id, rule_id),
  constraint retention_rule_maker_fk foreign key (organisation_id, made_by) references api_client (organisation_id, client_id),
  constraint retention_rule_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('retention_rule');

create table legal_hold (
  organisation_id uuid not null,
  hold_id uuid not null,
  person_id uuid,
  policy_id uuid,
  -- who asks that nothing goes, as people know them
  holder text not null constraint legal_hold_holder_length check (char_length(holder) between 1 and 200),
  reason text not null constraint legal_hold_reason_length check (char_length(reason) between 1 and 2000),
  review_on date not null,
  placed_by uuid not null,
  placed_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint legal_hold_pk primary key (organisation_id, hold_id),
  constraint legal_hold_one_subject check ((person_id is null) <> (policy_id is null)),
  constraint legal_hold_review_in_time check (review_on <= ((placed_at at time zone 'Europe/Amsterdam') + interval '6 months')::date),
  constraint legal_hold_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint legal_hold_policy_fk foreign key (organisation_id, policy_id) references policy (organisation_id, policy_id),
  constraint legal_hold_placer_fk foreign key (organisation_id, placed_by) references api_client (organisation_id, client_id),
  constraint legal_hold_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index legal_hold_by_person on legal_hold (person_id, organisation_id) where person_id is not null;
create index legal_hold_by_policy on legal_hold (policy_id, organisation_id) where policy_id is not null;
call protect_evidence_table('legal_hold');

create table legal_hold_release (
  organisation_id uuid not null,
  hold_id uuid not null,
  releaser text not null constraint legal_hold_release_releaser_length check (char_length(releaser) between 1 and 200),
  reason text not null constraint legal_hold_release_reason_length check (char_length(reason) between 1 and 2000),
  released_by uuid not null,
  released_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint legal_hold_release_pk primary key (organisation_id, hold_id),
  constraint legal_hold_release_hold_fk foreign key (organisation_id, hold_id) references legal_hold (organisation_id, hold_id),
  constraint legal_hold_release_client_fk foreign key (organisation_id, released_by) references api_client (organisation_id, client_id),
  constraint legal_hold_release_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('legal_hold_release');

-- What could go, and why. The nightly job proposes by class; a client proposes for one person.
create table erasure_proposal (
  organisation_id uuid not null,
  proposal_id uuid not null,
  retention_class text not null constraint erasure_proposal_class_known check (retention_class in ('R2', 'R3', 'R5', 'request')),
  ground text not null constraint erasure_proposal_ground_length check (char_length(ground) between 1 and 2000),
  -- names of the facts that go; empty when all do
  fields text[] not null,
  person_id uuid,
  -- null: the nightly job
  made_by uuid,
  made_at timestamptz(3) not null,
  constraint erasure_proposal_pk primary key (organisation_id, proposal_id),
  constraint erasure_proposal_request_whole check
    ((retention_class = 'request') = (person_id is not null) and (person_id is null) = (made_by is null)),
  constraint erasure_proposal_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint erasure_proposal_maker_fk foreign key (organisation_id, made_by) references api_client (organisation_id, client_id)
);
call protect_evidence_table('erasure_proposal');

create table erasure_item (
  organisation_id uuid not null,
  proposal_id uuid not null,
  item_number integer not null,
  what text not null constraint erasure_item_what_known check (what in ('content', 'traces', 'person')),
  person_id uuid not null,
  -- what goes with an assignment: the act's content, its receipt, messages and openings; null for the person's own row
  assignment_id uuid,
  constraint erasure_item_pk primary key (organisation_id, proposal_id, item_number),
  constraint erasure_item_whole check ((what = 'person') = (assignment_id is null)),
  constraint erasure_item_proposal_fk foreign key (organisation_id, proposal_id) references erasure_proposal (organisation_id, proposal_id),
  constraint erasure_item_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint erasure_item_assignment_fk foreign key (organisation_id, assignment_id) references assignment (organisation_id, assignment_id)
);
create index erasure_item_by_assignment on erasure_item (assignment_id, organisation_id) where assignment_id is not null;
create index erasure_item_by_person on erasure_item (person_id, organisation_id);
call protect_evidence_table('erasure_item');

create table erasure_decision (
  organisation_id uuid not null,
  proposal_id uuid not null,
  verdict text not null constraint erasure_decision_verdict_known check (verdict in ('confirm', 'reject')),
  reason text not null constraint erasure_decision_reason_length check (char_length(reason) between 1 and 2000),
  decided_by uuid not null,
  decided_at timestamptz(3) not null,
  constraint erasure_decision_pk primary key (organisation_id, proposal_id),
  constraint erasure_decision_proposal_fk foreign key (organisation_id, proposal_id) references erasure_proposal (organisation_id, proposal_id),
  constraint erasure_decision_client_fk foreign key (organisation_id, decided_by) references api_client (organisation_id, client_id)
);
call protect_evidence_table('erasure_decision');

-- What became of each item. Written by erase_items alone, as is the next table.
create table erasure_result (
  organisation_id uuid not null,
  proposal_id uuid not null,
  item_number integer not null,
  -- 'kept': the row of a person of whom something is left
  outcome text not null constraint erasure_result_outcome_known check (outcome in ('erased', 'held', 'kept')),
  hold_id uuid,
  executed_at timestamptz(3) not null,
  erasure_entry_id uuid,
  constraint erasure_result_pk primary key (organisation_id, proposal_id, item_number),
  constraint erasure_result_whole check ((outcome = 'held') = (hold_id is not null) and (outcome = 'erased') = (erasure_entry_id is not null)),
  constraint erasure_result_item_fk foreign key (organisation_id, proposal_id, item_number) references erasure_item (organisation_id, proposal_id, item_number),
  constraint erasure_result_hold_fk foreign key (organisation_id, hold_id) references legal_hold (organisation_id, hold_id),
  -- looked at when the transaction commits: nothing goes unless the entry that says so is in the log by then
  constraint erasure_result_entry_fk foreign key (organisation_id, erasure_entry_id) references ledger_entry (organisation_id, entry_id) deferrable initially deferred
);
call protect_evidence_table('erasure_result');
revoke insert on erasure_result from beding_app;

-- Which entry of kind content-erased says that content of an entry went.
create table entry_erasure (
  organisation_id uuid not null,
  entry_id uuid not null,
  erasure_entry_id uuid not null,
  constraint entry_erasure_pk primary key (organisation_id, entry_id, erasure_entry_id),
  constraint entry_erasure_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id),
  constraint entry_erasure_erasure_fk foreign key (organisation_id, erasure_entry_id) references ledger_entry (organisation_id, entry_id) deferrable initially deferred
);
call protect_evidence_table('entry_erasure');
revoke insert on entry_erasure from beding_app;

-- An erasure and a hold wait for each other, so that a hold that was answered is seen by every erasure after it.
create function wait_for_erasures() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('beding.erasure ' || new.organisation_id, 0));
  return new;
end $$;
create trigger legal_hold_waits before insert on legal_hold for each row execute function wait_for_erasures();

create function require_erasure_entry() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  if new.erasure_entry_id is not null and not exists (
    select from ledger_entry where ledger_entry.organisation_id = new.organisation_id
      and ledger_entry.entry_id = new.erasure_entry_id and ledger_entry.kind = 'content-erased') then
    raise exception 'an erasure without its entry in the log' using errcode = 'BE003';
  end if;
  return null;
end $$;
create constraint trigger erasure_result_has_entry after insert on erasure_result
  deferrable initially deferred for each row execute function require_erasure_entry();

-- As refuse_change, but for what erase_items takes away. Even that can only take away: no value is ever replaced by another.
create function refuse_change_but_erasure() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  if current_user <> 'beding_owner' or coalesce(current_setting('beding.erasure', true), '') = '' then
    raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
  end if;
  if tg_op = 'DELETE' then
    if tg_table_name in ('act_receipt', 'idempotency') then
      return old;
    elsif tg_table_name = 'document' then
      if old.kind = 'receipt' then return old; end if;
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

do $$
declare
  target text;
begin
  foreach target in array array['entry_disclosure', 'act_receipt', 'document', 'opening', 'delivery_event', 'idempotency'] loop
    execute format('drop trigger append_only_rows on %I', target);
    execute format('create trigger append_only_rows before update or delete on %I for each row execute function refuse_change_but_erasure()', target);
  end loop;
end $$;

-- The name of the fact that a disclosure discloses: the second of ["<salt>","<name>",<value>] (RFC 9901 section 4.2.1).
create function disclosed_name(disclosure text) returns text
  language sql immutable strict parallel safe
  return convert_from(decode(rpad(translate(disclosure, '-_', '+/'), (char_length(disclosure) + 3) / 4 * 4, '='), 'base64'), 'UTF8')::json ->> 1;

-- The oldest hold that is not released and covers a person, or the policy of an assignment; every one of the person's
-- assignments when none is given.
create function active_hold(held_person uuid, held_assignment uuid) returns uuid
  language sql stable
begin atomic
  select legal_hold.hold_id from legal_hold
  where legal_hold.organisation_id = current_organisation()
    and (legal_hold.person_id = held_person or legal_hold.policy_id in (
      select policy_version.policy_id from assignment
      join policy_version on policy_version.organisation_id = assignment.organisation_id and policy_version.version_id = assignment.version_id
      where assignment.organisation_id = current_organisation() and assignment.person_id = held_person
        and (held_assignment is null or assignment.assignment_id = held_assignment)))
    and not exists (select from legal_hold_release where legal_hold_release.organisation_id = legal_hold.organisation_id
                    and legal_hold_release.hold_id = legal_hold.hold_id)
  order by legal_hold.placed_at, legal_hold.hold_id limit 1;
end;

-- What goes with an assignment. With fields: only those facts of the act, and the technical traces. Gives the entry of
-- the act, if there was one. Runs as its caller: only erase_items, as the owner, gets past the triggers.
create function erase_assignment(erased uuid, fields text[]) returns uuid
  language plpgsql set search_path = beding, pg_temp as $$
declare
  organisation uuid := current_organisation();
  done record;
  receipt uuid;
  everything boolean := cardinality(fields) = 0;
begin
  select act.act_id, act.entry_id into done from act
    where act.organisation_id = organisation and act.assignment_id = erased;
  if found then
    update entry_disclosure set disclosures = (
      select coalesce(array_agg(case when everything or disclosed_name(each.disclosure) = any(fields) then null else each.disclosure end order by each.place), '{}')
      from unnest(entry_disclosure.disclosures) with ordinality as each (disclosure, place))
    where entry_disclosure.organisation_id = organisation and entry_disclosure.entry_id = done.entry_id;
    delete from act_receipt where act_receipt.organisation_id = organisation and act_receipt.act_id = done.act_id
      returning act_receipt.document_id into receipt;
    delete from document where document.organisation_id = organisation and document.document_id = receipt;
  end if;
  update opening set user_agent = '', network_class = ''
    where opening.organisation_id = organisation and opening.assignment_id = erased;
  update delivery_event set detail = '', address = case when everything then '' else delivery_event.address end
    where delivery_event.organisation_id = organisation and delivery_event.assignment_id = erased;
  if everything then
    update delivery set address = '', state = case when delivery.state = 'queued' then 'failed' else delivery.state end
      where delivery.organisation_id = organisation and delivery.assignment_id = erased;
    -- The key of an act stands with a hash of what was sent, and its client is made from the link's.
    delete from idempotency using link
      where link.organisation_id = organisation and link.assignment_id = erased
        and idempotency.organisation_id = organisation and idempotency.operation = 'recordAct'
        and idempotency.client_id = encode(substring(link.token_sha256 from 1 for 16), 'hex')::uuid;
  end if;
  return done.entry_id;
end $$;
revoke execute on function erase_assignment(uuid, text[]) from public;

/*
 * The one way by which content goes. Runs as the owner of the tables, and sees and touches the rows of the caller's
 * organisation only (row level security is forced). Takes items of a proposal that was confirmed, by another client than
 * the one that made it; passes over what a hold covers; and refuses to commit unless the entry that says so is in the log
 * by then. Answers what became of each item and the entry whose content went. Items that have a result are refused, so a
 * batch that was committed is never done again.
 */
create function erase_items(erased_proposal uuid, numbers integer[], erasure_entry uuid, executed timestamptz)
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
revoke execute on function erase_items(uuid, integer[], uuid, timestamptz) from public;
grant execute on function erase_items(uuid, integer[], uuid, timestamptz) to beding_app;
