-- Foundations: the schema, the two protections every table gets, and the organisation.
--
-- Every tenant table carries organisation_id first in its primary key and in every foreign key, because foreign
-- keys bypass row level security. An index that is not a key begins with the column it is for: one that began with the
-- organisation too would tie with the keys while a table is small, and a plan made then would read all its rows. Evidence tables can only be inserted into and read by the application role.
-- Tables are created by beding_owner; beding_app owns nothing (decision 0004).

create function current_organisation() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('beding.organisation', true), '')::uuid;

create function refuse_change() returns trigger
  language plpgsql as $$
begin
  raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
end $$;

-- A mutable tenant table: rows of one organisation only, for the owner too.
create procedure protect_tenant_table(target regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_organisation on %s using (organisation_id = current_organisation()) with check (organisation_id = current_organisation())', target);
  execute format('comment on table %s is %L', target, 'tenant');
  execute format('grant select, insert, update, delete on %s to beding_app', target);
end $$;

-- An evidence table: as above, and nothing in it ever changes or goes.
create procedure protect_evidence_table(target regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_organisation on %s using (organisation_id = current_organisation()) with check (organisation_id = current_organisation())', target);
  execute format('create trigger append_only_rows before update or delete on %s for each row execute function refuse_change()', target);
  execute format('create trigger append_only_table before truncate on %s for each statement execute function refuse_change()', target);
  execute format('comment on table %s is %L', target, 'evidence');
  execute format('grant select, insert on %s to beding_app', target);
end $$;

create table organisation (
  organisation_id uuid not null,
  name text not null constraint organisation_name_length check (char_length(name) between 1 and 200),
  created_at timestamptz(3) not null,
  constraint organisation_pk primary key (organisation_id)
);
call protect_evidence_table('organisation');

-- The one row that says which organisation was made as an example at first start. Not tenant data.
create table installation (
  singleton boolean not null default true constraint installation_single check (singleton),
  example_organisation_id uuid not null,
  created_at timestamptz(3) not null,
  constraint installation_pk primary key (singleton)
);
comment on table installation is 'installation';
grant select, insert on installation to beding_app;

-- The answer that was given under an Idempotency-Key, written in the transaction of the effect: no row, no effect.
create table idempotency (
  organisation_id uuid not null,
  client_id uuid not null,
  operation text not null,
  idempotency_key text not null,
  fingerprint bytea not null constraint idempotency_fingerprint_sha256 check (octet_length(fingerprint) = 32),
  status smallint not null,
  location text,
  etag text,
  -- null where the answer is made again from evidence that cannot change (an act and its receipt)
  body text,
  subject_id uuid,
  created_at timestamptz(3) not null,
  constraint idempotency_pk primary key (organisation_id, client_id, operation, idempotency_key),
  constraint idempotency_organisation_fk foreign key (organisation_id) references organisation (organisation_id)
);
call protect_evidence_table('idempotency');

-- Which organisations have background work, and from when. Ids only, so it is not tenant data: the worker reads it
-- to know whose rows to look at, then works inside that organisation like any request.
create table work_due (
  organisation_id uuid not null,
  kind text not null constraint work_due_kind_known check (kind in ('delivery')),
  due_at timestamptz(3) not null,
  constraint work_due_pk primary key (organisation_id, kind)
);
create index work_due_by_time on work_due (due_at);
comment on table work_due is 'installation';
grant select, insert, update, delete on work_due to beding_app;
