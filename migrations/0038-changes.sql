-- What a change makes necessary. Agreements are evaluated again when something changes or the rules do; what differs opens tasks,
-- and a task closes once. Of a person there is nothing here in clear but identifiers and what somebody wrote when dismissing a task.

-- An evaluation that nobody asked for: the service made it, because something changed.
alter table legal_check alter column made_by drop not null;

-- An agreement that was concluded, taken over or ended is a change as well.
alter table employment_change
  drop constraint employment_change_subject_known,
  add constraint employment_change_subject_known check (subject in ('fact', 'contract', 'organisation-fact', 'agreement'));

-- Changes that hold from a day to come. They go back into the queue on that day.
create table awaited_change (
  organisation_id uuid not null,
  change_id uuid not null,
  employment_id uuid,
  subject text not null,
  subject_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamptz(3) not null,
  due_on date not null,
  constraint awaited_change_pk primary key (organisation_id, change_id)
);
create index awaited_change_by_day on awaited_change (organisation_id, due_on);
call protect_tenant_table('awaited_change');

-- Where the evaluation of an agreement stands: the newest one, and what it rests on. Not evidence: every evaluation is kept, and this
-- finds those that rest on other rules without reading them. An agreement that has ended has no row.
create table agreement_watch (
  organisation_id uuid not null,
  agreement_id uuid not null,
  legal_check_id uuid not null,
  -- jurisdiction, version of the rule set and regime, with a space between
  basis text collate "C" not null,
  constraint agreement_watch_pk primary key (organisation_id, agreement_id),
  constraint agreement_watch_agreement_fk foreign key (organisation_id, agreement_id) references agreement (organisation_id, agreement_id),
  constraint agreement_watch_check_fk foreign key (organisation_id, legal_check_id) references legal_check (organisation_id, legal_check_id)
);
create index agreement_watch_by_basis on agreement_watch (organisation_id, basis, agreement_id);
call protect_tenant_table('agreement_watch');

-- That an agreement was evaluated again, because of what, and whether anything came out otherwise than before.
create table re_evaluation (
  organisation_id uuid not null,
  legal_check_id uuid not null,
  agreement_id uuid not null,
  -- null: the first
  previous_check_id uuid,
  -- what changed, in the order in which it was recorded; empty when only the rules did
  cause_subjects text[] not null,
  cause_ids uuid[] not null,
  differs boolean not null,
  constraint re_evaluation_pk primary key (organisation_id, legal_check_id),
  constraint re_evaluation_causes_pair check (cardinality(cause_subjects) = cardinality(cause_ids)),
  constraint re_evaluation_causes_known check (cause_subjects <@ array['fact', 'contract', 'agreement']),
  constraint re_evaluation_check_fk foreign key (organisation_id, legal_check_id) references legal_check (organisation_id, legal_check_id),
  constraint re_evaluation_previous_fk foreign key (organisation_id, previous_check_id) references legal_check (organisation_id, legal_check_id),
  constraint re_evaluation_agreement_fk foreign key (organisation_id, agreement_id) references agreement (organisation_id, agreement_id)
);
create index re_evaluation_by_agreement on re_evaluation (agreement_id, legal_check_id, organisation_id);
call protect_evidence_table('re_evaluation');

create table task (
  organisation_id uuid not null,
  task_id uuid not null,
  kind text not null constraint task_kind_known check (kind in ('re-affirm', 're-motivate', 'renew', 'notify', 'review')),
  -- null: about the organisation itself
  employment_id uuid,
  person_id uuid,
  agreement_id uuid,
  opened_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint task_pk primary key (organisation_id, task_id),
  constraint task_about_one_thing check ((employment_id is null) = (person_id is null) and (employment_id is null) = (agreement_id is null)),
  constraint task_employment_fk foreign key (organisation_id, employment_id) references employment (organisation_id, employment_id),
  constraint task_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint task_agreement_fk foreign key (organisation_id, agreement_id) references agreement (organisation_id, agreement_id),
  constraint task_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index task_by_person on task (person_id, task_id, organisation_id);
call protect_evidence_table('task');

-- Which tasks are open: one of a kind for each agreement, or for the organisation itself. Not evidence: a task is open until its
-- closing, and this keeps two workers from opening one twice.
create table open_task (
  organisation_id uuid not null,
  -- the agreement, or the organisation
  subject_id uuid not null,
  kind text not null,
  task_id uuid not null,
  constraint open_task_pk primary key (organisation_id, subject_id, kind),
  constraint open_task_once unique (organisation_id, task_id),
  constraint open_task_task_fk foreign key (organisation_id, task_id) references task (organisation_id, task_id)
);
call protect_tenant_table('open_task');

-- Why a task is there. The first ground opens it; a later change that says the same of other facts gives the open task another.
-- Only the newest ground counts.
create table task_ground (
  organisation_id uuid not null,
  task_id uuid not null,
  ground_number integer not null constraint task_ground_number_range check (ground_number >= 1),
  -- null: it rests on no rule of a rule set
  legal_check_id uuid,
  cause_subjects text[] not null,
  cause_ids uuid[] not null,
  given_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint task_ground_pk primary key (organisation_id, task_id, ground_number),
  constraint task_ground_causes_pair check (cardinality(cause_subjects) = cardinality(cause_ids)),
  constraint task_ground_causes_known check (cause_subjects <@ array['fact', 'contract', 'organisation-fact', 'agreement']),
  constraint task_ground_task_fk foreign key (organisation_id, task_id) references task (organisation_id, task_id),
  constraint task_ground_check_fk foreign key (organisation_id, legal_check_id) references legal_check (organisation_id, legal_check_id),
  constraint task_ground_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('task_ground');

-- The findings of a ground: which rule, of which clause, with what result, on which inputs.
create table task_reason (
  organisation_id uuid not null,
  task_id uuid not null,
  ground_number integer not null,
  reason_number smallint not null constraint task_reason_number_range check (reason_number >= 1),
  rule_id text not null,
  clause_id text,
  result text not null constraint task_reason_result_known check (result in ('fail', 'lawyer', 'unknown')),
  -- what a review is bound to; null where no rule of a rule set was run
  input_sha256 bytea constraint task_reason_input_sha256 check (octet_length(input_sha256) = 32),
  constraint task_reason_pk primary key (organisation_id, task_id, ground_number, reason_number),
  constraint task_reason_ground_fk foreign key (organisation_id, task_id, ground_number) references task_ground (organisation_id, task_id, ground_number)
);
call protect_evidence_table('task_reason');

create table task_closing (
  organisation_id uuid not null,
  task_id uuid not null,
  -- agreed: a later agreement; reviewed: a lawyer's decision; settled: the facts are otherwise; ended: what it was about has ended
  how text not null constraint task_closing_how_known check (how in ('agreed', 'reviewed', 'settled', 'ended', 'dismissed')),
  agreement_id uuid,
  legal_check_id uuid,
  legal_review_id uuid,
  -- null: the service saw it by itself
  closed_by uuid,
  closed_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint task_closing_pk primary key (organisation_id, task_id),
  constraint task_closing_shows_by_what check (
    case how when 'agreed' then agreement_id is not null and closed_by is null
             when 'reviewed' then legal_review_id is not null and closed_by is null
             when 'dismissed' then closed_by is not null and agreement_id is null and legal_review_id is null
             else closed_by is null end),
  constraint task_closing_task_fk foreign key (organisation_id, task_id) references task (organisation_id, task_id),
  constraint task_closing_agreement_fk foreign key (organisation_id, agreement_id) references agreement (organisation_id, agreement_id),
  constraint task_closing_check_fk foreign key (organisation_id, legal_check_id) references legal_check (organisation_id, legal_check_id),
  constraint task_closing_review_fk foreign key (organisation_id, legal_review_id) references legal_review (organisation_id, legal_review_id),
  constraint task_closing_closer_fk foreign key (organisation_id, closed_by) references api_client (organisation_id, client_id),
  constraint task_closing_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('task_closing');

-- Who dismissed a task and why, in words.
create table task_closing_content (
  organisation_id uuid not null,
  task_id uuid not null,
  closer text not null constraint task_closing_content_closer_length check (char_length(closer) between 1 and 200),
  reason text not null constraint task_closing_content_reason_length check (char_length(reason) between 10 and 5000),
  constraint task_closing_content_pk primary key (organisation_id, task_id),
  constraint task_closing_content_closing_fk foreign key (organisation_id, task_id) references task_closing (organisation_id, task_id)
);
call protect_content_table('task_closing_content');

-- With a person go the words about their tasks and what the entries of these disclose, and nothing of theirs is evaluated again.
create or replace function erase_change_content(organisation uuid, erased_person uuid) returns uuid[]
  language plpgsql set search_path = beding, pg_temp as $$
declare
  entries uuid[];
begin
  select coalesce(array_agg(each.entry_id), '{}') into entries from (
    select task.entry_id from task where task.organisation_id = organisation and task.person_id = erased_person
    union
    select task_ground.entry_id from task_ground join task using (organisation_id, task_id)
      where task_ground.organisation_id = organisation and task.person_id = erased_person
    union
    select task_closing.entry_id from task_closing join task using (organisation_id, task_id)
      where task_closing.organisation_id = organisation and task.person_id = erased_person
  ) as each;
  delete from task_closing_content using task
    where task_closing_content.organisation_id = organisation
      and task.organisation_id = organisation and task.task_id = task_closing_content.task_id
      and task.person_id = erased_person;
  delete from open_task using task
    where open_task.organisation_id = organisation
      and task.organisation_id = organisation and task.task_id = open_task.task_id and task.person_id = erased_person;
  delete from agreement_watch using agreement
    where agreement_watch.organisation_id = organisation
      and agreement.organisation_id = organisation and agreement.agreement_id = agreement_watch.agreement_id
      and agreement.person_id = erased_person;
  return entries;
end $$;
