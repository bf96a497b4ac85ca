-- Background work of any kind. A row says that an organisation has work of a kind, and from when; a worker takes it with a
-- lease, so a worker that dies gives the work back by doing nothing (decision 0049).

alter table work_due drop constraint work_due_kind_known;
alter table work_due
  add constraint work_due_kind_form check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  -- until when a worker has this round
  add column leased_until timestamptz(3),
  -- failures in a row since the last round that ended well
  add column failures integer not null default 0 constraint work_due_failures_range check (failures >= 0);

-- Acts of one person are numbered, and each names the entry of the one before, so that a withheld act leaves a gap.
-- 0 stands for an act from before there were numbers.
alter table act
  add column person_entry_number integer not null default 0 constraint act_person_entry_number_range check (person_entry_number >= 0);
alter table act alter column person_entry_number drop default;
create index act_by_person_number on act (person_id, person_entry_number, organisation_id);

-- A dossier waits until its own checkpoint was anchored, or that was tried in vain. What it holds is then frozen: the
-- anchors that had been obtained by that moment.
create table dossier_freeze (
  organisation_id uuid not null,
  dossier_id uuid not null,
  frozen_at timestamptz(3) not null,
  -- why there is no anchor at the dossier's own size; null when there is one
  unanchored_because text,
  constraint dossier_freeze_pk primary key (organisation_id, dossier_id),
  constraint dossier_freeze_dossier_fk foreign key (organisation_id, dossier_id) references dossier (organisation_id, dossier_id)
);
call protect_evidence_table('dossier_freeze');
