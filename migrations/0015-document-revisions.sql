-- What is appended to a stored file so that its seal can still be judged when its certificates have ended: time-stamps and
-- validation data (EN 319 142-1). A file is `document.bytes` and then the bytes of its revisions in order; none ever changes. What is
-- to be done next about a document stands in document_preservation (decisions 0070 to 0073).

create table document_revision (
  organisation_id uuid not null,
  document_id uuid not null,
  -- its place in the file; 0 is the rendered one, the first that is appended comes after those in document.bytes
  number integer not null constraint document_revision_number_range check (number >= 2),
  kind text not null constraint document_revision_kind_known check (kind in ('timestamp', 'validation-data')),
  -- what is appended, nothing of what was there before
  bytes bytea not null constraint document_revision_bytes_length check (octet_length(bytes) between 1 and 16777216),
  -- the whole file that it was made for
  base_sha256 bytea not null constraint document_revision_base_sha256 check (octet_length(base_sha256) = 32),
  -- the whole file with it
  length integer not null,
  sha256 bytea not null constraint document_revision_sha256 check (octet_length(sha256) = 32),
  -- what the whole file has, as computed from its bytes
  level text not null constraint document_revision_level_known check (level in ('B-B', 'B-T', 'B-LT', 'B-LTA')),
  -- of a time-stamp: who gave it, whether that proves something to others, what it says, and what ends when
  authority text,
  development boolean,
  proven_at timestamptz(3),
  chain_ends_at timestamptz(3),
  algorithms text[],
  created_at timestamptz(3) not null,
  constraint document_revision_pk primary key (organisation_id, document_id, number),
  constraint document_revision_document_fk foreign key (organisation_id, document_id) references document (organisation_id, document_id),
  constraint document_revision_timestamp_whole check ((kind = 'timestamp') = (authority is not null)
    and (kind = 'timestamp') = (development is not null) and (kind = 'timestamp') = (proven_at is not null)
    and (kind = 'timestamp') = (chain_ends_at is not null) and (kind = 'timestamp') = (algorithms is not null))
);
alter table document_revision alter column bytes set storage external;
create index document_revision_by_sha256 on document_revision (sha256, organisation_id);
call protect_evidence_table('document_revision');

-- A revision continues the newest state of its file and nothing else, so that a file never forks: of two that were made for the
-- same state the second meets the primary key, or this.
create function expect_document_continues() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
declare
  newest record;
begin
  select document_revision.number, document_revision.length, document_revision.sha256 into newest from document_revision
    where document_revision.organisation_id = new.organisation_id and document_revision.document_id = new.document_id
    order by document_revision.number desc limit 1;
  if not found then
    select new.number - 1 as number, octet_length(document.bytes) as length, document.sha256 into newest from document
      where document.organisation_id = new.organisation_id and document.document_id = new.document_id;
  end if;
  if newest.number is distinct from new.number - 1 or newest.sha256 is distinct from new.base_sha256
     or newest.length + octet_length(new.bytes) is distinct from new.length then
    raise exception 'the revision does not continue the file as it is' using errcode = '23514',
      constraint = 'document_revision_continues', table = 'document_revision';
  end if;
  return new;
end $$;
create trigger document_revision_continues before insert on document_revision
  for each row execute function expect_document_continues();

-- What becomes of a document next. A state, no evidence: it can be made again from the file.
create table document_preservation (
  organisation_id uuid not null,
  document_id uuid not null,
  level text not null constraint document_preservation_level_known check (level in ('B-B', 'B-T', 'B-LT', 'B-LTA')),
  step text not null constraint document_preservation_step_known check (step in ('timestamp', 'validation-data', 'renewal')),
  due_at timestamptz(3) not null,
  -- attempts in a row that failed, why the last one did, and since when it has been failing
  failures integer not null default 0 constraint document_preservation_failures_range check (failures >= 0),
  waiting_because text,
  waiting_detail text,
  waiting_since timestamptz(3),
  -- since when somebody has asked for a renewal that is not there yet
  requested_at timestamptz(3),
  constraint document_preservation_pk primary key (organisation_id, document_id),
  constraint document_preservation_document_fk foreign key (organisation_id, document_id) references document (organisation_id, document_id),
  constraint document_preservation_waiting_whole check ((failures > 0) = (waiting_because is not null)
    and (failures > 0) = (waiting_detail is not null) and (failures > 0) = (waiting_since is not null))
);
create index document_preservation_by_time on document_preservation (due_at, organisation_id);
create index document_preservation_by_level on document_preservation (level, document_id, organisation_id);
create index document_preservation_waiting on document_preservation (waiting_because, organisation_id) where failures > 0;
call protect_tenant_table('document_preservation');

-- Somebody asked for the next time-stamp before it was due: who, when and why.
create table document_renewal_request (
  organisation_id uuid not null,
  request_id uuid not null,
  document_id uuid not null,
  requested_by uuid not null,
  reason text not null constraint document_renewal_request_reason_length check (char_length(reason) between 1 and 500),
  requested_at timestamptz(3) not null,
  constraint document_renewal_request_pk primary key (organisation_id, request_id)
);
call protect_evidence_table('document_renewal_request');

-- With a document that is erased go its revisions. Whether it may go, its own trigger has said before this one comes.
create function refuse_change_but_with_document() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  if tg_op = 'DELETE' and current_user = 'beding_owner' and coalesce(current_setting('beding.erasure', true), '') <> ''
     and pg_trigger_depth() > 1 then
    return old;
  end if;
  raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
end $$;
drop trigger append_only_rows on document_revision;
create trigger append_only_rows before update or delete on document_revision
  for each row execute function refuse_change_but_with_document();

create function erase_with_document() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  delete from document_revision
    where document_revision.organisation_id = old.organisation_id and document_revision.document_id = old.document_id;
  delete from document_preservation
    where document_preservation.organisation_id = old.organisation_id and document_preservation.document_id = old.document_id;
  return old;
end $$;
-- By its name after append_only_rows: triggers run in the order of their names.
create trigger erase_revisions before delete on document for each row execute function erase_with_document();

-- Which state of each document a dossier holds: the one there was when it was frozen. No number: the file as it was sealed.
create table dossier_document (
  organisation_id uuid not null,
  dossier_id uuid not null,
  document_id uuid not null,
  revision_number integer,
  constraint dossier_document_pk primary key (organisation_id, dossier_id, document_id),
  constraint dossier_document_freeze_fk foreign key (organisation_id, dossier_id) references dossier_freeze (organisation_id, dossier_id)
);
call protect_evidence_table('dossier_document');

-- Documents from before are preserved like new ones. Row level security is forced on the owner too and no organisation is set
-- here, so it is lifted for these statements; the tables stay locked until it is back.
alter table document no force row level security;
alter table document_preservation no force row level security;
insert into document_preservation (organisation_id, document_id, level, step, due_at)
  select document.organisation_id, document.document_id, document.seal_level, 'timestamp', now() from document;
insert into work_due (organisation_id, kind, due_at)
  select distinct document.organisation_id, 'preservation', now() from document
  on conflict on constraint work_due_pk do nothing;
alter table document_preservation force row level security;
alter table document force row level security;
