-- What is said against an act after it was recorded: the person denies it, the employer writes down a denial that reached it
-- another way, the person takes a denial back, a court finds. Steps of one act are numbered; each says what holds after it.
-- The act and its receipt stay as they are (art. 159 lid 2 Rv; decision 0146).

create table denial_step (
  organisation_id uuid not null,
  act_id uuid not null,
  step_number integer not null constraint denial_step_number_range check (step_number between 1 and 50),
  kind text not null constraint denial_step_kind_known check (kind in ('denied', 'denial-recorded', 'denial-withdrawn', 'court-finding')),
  ground text constraint denial_step_ground_known check (ground in ('not-me', 'other-text', 'under-pressure', 'other')),
  -- how the person was known when they said it; null for what others wrote down
  assurance text,
  -- the client that wrote it down; null for what the person said
  recorded_by uuid,
  -- of a court: whether the act is the person's, and whether nothing can be lodged against the judgment any more
  finding text constraint denial_step_finding_known check (finding in ('attributed', 'not-attributed')),
  final boolean,
  -- what holds for the act after this step
  status text not null constraint denial_step_status_known
    check (status in ('undisputed', 'denied', 'denial-withdrawn', 'attributed-by-court', 'not-attributed-by-court')),
  recorded_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint denial_step_pk primary key (organisation_id, act_id, step_number),
  constraint denial_step_ground_whole check ((ground is not null) = (kind in ('denied', 'denial-recorded'))),
  constraint denial_step_speaker_whole check ((recorded_by is not null) = (kind in ('denial-recorded', 'court-finding'))
                                              and (assurance is null) = (recorded_by is not null)),
  constraint denial_step_finding_whole check ((kind = 'court-finding') = (finding is not null) and (finding is null) = (final is null)),
  constraint denial_step_act_fk foreign key (organisation_id, act_id) references act (organisation_id, act_id),
  constraint denial_step_client_fk foreign key (organisation_id, recorded_by) references api_client (organisation_id, client_id),
  constraint denial_step_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('denial_step');

-- What holds for an act now: 'undisputed' until somebody says otherwise.
create function act_status(asked_act uuid) returns text
  language sql stable
begin atomic
  select coalesce((select denial_step.status from denial_step
    where denial_step.organisation_id = current_organisation() and denial_step.act_id = asked_act
    order by denial_step.step_number desc limit 1), 'undisputed');
end;

-- What a person said against an act is content of that act: it goes with it. Runs as whoever erases: only erase_items, as the
-- owner, gets past the triggers of the tables.
create function take_denials() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
declare
  gone uuid[];
begin
  if new.outcome <> 'erased' then
    return null;
  end if;
  select array_agg(denial_step.entry_id) into gone from erasure_item
    join act on act.organisation_id = erasure_item.organisation_id and act.assignment_id = erasure_item.assignment_id
    join denial_step on denial_step.organisation_id = act.organisation_id and denial_step.act_id = act.act_id
    where erasure_item.organisation_id = new.organisation_id and erasure_item.proposal_id = new.proposal_id
      and erasure_item.item_number = new.item_number and erasure_item.what = 'content';
  if gone is null then
    return null;
  end if;
  insert into entry_erasure (organisation_id, entry_id, erasure_entry_id)
    select new.organisation_id, entry.id, new.erasure_entry_id from unnest(gone) as entry (id)
    on conflict on constraint entry_erasure_pk do nothing;
  update entry_disclosure set disclosures = array_fill(null::text, array[cardinality(entry_disclosure.disclosures)])
    where entry_disclosure.organisation_id = new.organisation_id and entry_disclosure.entry_id = any(gone);
  return null;
end $$;
create trigger erasure_result_takes_denials after insert on erasure_result
  for each row execute function take_denials();

-- What is known about whose act it is, as it was put together on one day (art. 159 lid 2 Rv; decision 0148). Its hash stands in
-- the ledger; its text goes with the content of the act or the row of the person.
create table attribution_pack (
  organisation_id uuid not null,
  pack_id uuid not null,
  act_id uuid not null,
  -- the dossier of the person that it points into
  dossier_id uuid not null,
  attribution_sha256 bytea not null constraint attribution_pack_sha256 check (octet_length(attribution_sha256) = 32),
  made_by uuid not null,
  made_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint attribution_pack_pk primary key (organisation_id, pack_id),
  constraint attribution_pack_act_fk foreign key (organisation_id, act_id) references act (organisation_id, act_id),
  constraint attribution_pack_dossier_fk foreign key (organisation_id, dossier_id) references dossier (organisation_id, dossier_id),
  constraint attribution_pack_maker_fk foreign key (organisation_id, made_by) references api_client (organisation_id, client_id),
  constraint attribution_pack_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index attribution_pack_by_act on attribution_pack (act_id, organisation_id);
call protect_evidence_table('attribution_pack');

-- Canonical JSON, as long as it is there.
create table attribution_text (
  organisation_id uuid not null,
  pack_id uuid not null,
  attribution text not null,
  constraint attribution_text_pk primary key (organisation_id, pack_id),
  constraint attribution_text_pack_fk foreign key (organisation_id, pack_id) references attribution_pack (organisation_id, pack_id)
);
call protect_evidence_table('attribution_text');
drop trigger append_only_rows on attribution_text;
create trigger append_only_rows before update or delete on attribution_text
  for each row execute function refuse_change_but_letter_erasure();

-- Whatever is erased of a person takes the packs about their acts: they tell addresses, devices and days.
create function take_attributions() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  if new.outcome = 'erased' then
    delete from attribution_text using attribution_pack, act, erasure_item
      where erasure_item.organisation_id = new.organisation_id and erasure_item.proposal_id = new.proposal_id
        and erasure_item.item_number = new.item_number
        and act.organisation_id = erasure_item.organisation_id and act.person_id = erasure_item.person_id
        and attribution_pack.organisation_id = act.organisation_id and attribution_pack.act_id = act.act_id
        and attribution_text.organisation_id = attribution_pack.organisation_id and attribution_text.pack_id = attribution_pack.pack_id;
  end if;
  return null;
end $$;
create trigger erasure_result_takes_attributions after insert on erasure_result
  for each row execute function take_attributions();
