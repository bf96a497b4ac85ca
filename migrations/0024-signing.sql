-- Signing credentials: keys on a person's own device that sign the exact statement and document hashes. A credential is
-- enrolled by its person, by an entry in the ledger that has to be anchored before first use; it never changes afterwards.
-- There are no credentials to log in with (decision 0120).

-- A question that was put to a person's device or signing provider: the manifest to be signed, and its hash. Used once.
create table signing_challenge (
  organisation_id uuid not null,
  challenge_id uuid not null,
  purpose text not null constraint signing_challenge_purpose_known check (purpose in ('enrolment', 'act')),
  method text not null constraint signing_challenge_method_known check (method in ('webauthn', 'csc')),
  person_id uuid not null,
  -- the visit or session that asked: 'link:' and the hash of its token, or 'session:' and its id
  session text not null constraint signing_challenge_session_length check (char_length(session) between 1 and 200),
  challenge bytea not null constraint signing_challenge_sha256 check (octet_length(challenge) = 32),
  -- canonical JSON (RFC 8785)
  manifest text not null,
  -- what the method has to remember until the answer comes; null when that is nothing
  state text,
  issued_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  -- an enrolment that came of it; an act keeps the challenge in its own row
  used_at timestamptz(3),
  constraint signing_challenge_pk primary key (organisation_id, challenge_id),
  constraint signing_challenge_once unique (organisation_id, challenge),
  constraint signing_challenge_lives check (expires_at > issued_at),
  constraint signing_challenge_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id)
);
create index signing_challenge_by_person on signing_challenge (person_id, expires_at, organisation_id);
call protect_tenant_table('signing_challenge');

create table signing_credential (
  organisation_id uuid not null,
  signing_credential_id uuid not null,
  person_id uuid not null,
  -- as the authenticator calls it
  credential_id bytea not null constraint signing_credential_id_length check (octet_length(credential_id) between 1 and 1023),
  -- COSE (RFC 9053): -7 ES256, -8 EdDSA, -257 RS256
  algorithm integer not null constraint signing_credential_algorithm_known check (algorithm in (-7, -8, -257)),
  public_key_cose bytea not null,
  public_key_spki bytea not null,
  -- the key may be copied to other devices by whoever keeps them
  backup_eligible boolean not null,
  -- a maker under a configured root says which model of device holds the key
  attested boolean not null,
  aaguid uuid not null,
  transports text[] not null,
  rp_id text not null,
  allowed_origins text[] not null,
  -- how the person was known when they enrolled; stays with every act
  enrolled_by text not null constraint signing_credential_enrolled_by_known check (enrolled_by in
    ('mailbox-employer', 'mailbox-private', 'phone-otp', 'sso', 'sso-mfa', 'passkey-bound', 'passkey-bound-attested', 'qualified')),
  user_agent text not null,
  challenge bytea not null,
  enrolled_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint signing_credential_pk primary key (organisation_id, signing_credential_id),
  constraint signing_credential_once unique (organisation_id, credential_id),
  constraint signing_credential_challenge_once unique (organisation_id, challenge),
  constraint signing_credential_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint signing_credential_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index signing_credential_by_person on signing_credential (person_id, signing_credential_id, organisation_id);
call protect_evidence_table('signing_credential');

-- Somebody of the employer ended all credentials of a person, because the person lost them.
create table signing_reset (
  organisation_id uuid not null,
  reset_id uuid not null,
  person_id uuid not null,
  reason text not null constraint signing_reset_reason_length check (char_length(reason) between 1 and 2000),
  reset_by uuid not null,
  reset_at timestamptz(3) not null,
  -- until then what a new credential signs counts for no more than how its person was known when they enrolled it
  cooling_until timestamptz(3) not null,
  entry_id uuid not null,
  constraint signing_reset_pk primary key (organisation_id, reset_id),
  constraint signing_reset_cools check (cooling_until > reset_at),
  constraint signing_reset_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint signing_reset_client_fk foreign key (organisation_id, reset_by) references api_client (organisation_id, client_id),
  constraint signing_reset_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index signing_reset_by_person on signing_reset (person_id, reset_at, organisation_id);
call protect_evidence_table('signing_reset');

create table signing_revocation (
  organisation_id uuid not null,
  signing_credential_id uuid not null,
  revoked_at timestamptz(3) not null,
  -- null: by the person
  reset_id uuid,
  entry_id uuid not null,
  constraint signing_revocation_pk primary key (organisation_id, signing_credential_id),
  constraint signing_revocation_credential_fk foreign key (organisation_id, signing_credential_id) references signing_credential (organisation_id, signing_credential_id),
  constraint signing_revocation_reset_fk foreign key (organisation_id, reset_id) references signing_reset (organisation_id, reset_id),
  constraint signing_revocation_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index signing_revocation_by_reset on signing_revocation (reset_id, organisation_id) where reset_id is not null;
call protect_evidence_table('signing_revocation');

-- The highest counter that a key was seen with, and for which challenge. Only for keys that count.
create table signing_counter (
  organisation_id uuid not null,
  signing_credential_id uuid not null,
  counter bigint not null constraint signing_counter_range check (counter between 1 and 4294967295),
  challenge bytea not null,
  constraint signing_counter_pk primary key (organisation_id, signing_credential_id),
  constraint signing_counter_credential_fk foreign key (organisation_id, signing_credential_id) references signing_credential (organisation_id, signing_credential_id)
);
call protect_tenant_table('signing_counter');

-- Of which files the page consisted, once for each release and organisation.
create table page_release (
  organisation_id uuid not null,
  release text not null constraint page_release_hex check (release ~ '^[0-9a-f]{16,64}$'),
  recorded_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint page_release_pk primary key (organisation_id, release),
  constraint page_release_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('page_release');

-- Rows of the three tables about a person go only within an erasure, by the owner.
create function refuse_change_but_signing_erasure() returns trigger
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
  foreach target in array array['signing_credential', 'signing_reset', 'signing_revocation'] loop
    execute format('drop trigger append_only_rows on %I', target);
    execute format('create trigger append_only_rows before update or delete on %I for each row execute function refuse_change_but_signing_erasure()', target);
  end loop;
end $$;

-- With the last of a person go their credentials, and what the entries about them disclose. Runs as whoever erases: only
-- erase_items, as the owner, gets past the triggers of the tables.
create function take_signing_credentials() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
declare
  erased_person uuid;
  gone uuid[];
begin
  if new.outcome <> 'erased' then
    return null;
  end if;
  select erasure_item.person_id into erased_person from erasure_item
    where erasure_item.organisation_id = new.organisation_id and erasure_item.proposal_id = new.proposal_id
      and erasure_item.item_number = new.item_number and erasure_item.what = 'person';
  if erased_person is null then
    return null;
  end if;
  select array_agg(distinct each.entry_id) into gone from (
    select signing_credential.entry_id from signing_credential
      where signing_credential.organisation_id = new.organisation_id and signing_credential.person_id = erased_person
    union all select signing_revocation.entry_id from signing_revocation
      join signing_credential using (organisation_id, signing_credential_id)
      where signing_revocation.organisation_id = new.organisation_id and signing_credential.person_id = erased_person
    union all select signing_reset.entry_id from signing_reset
      where signing_reset.organisation_id = new.organisation_id and signing_reset.person_id = erased_person) as each;
  delete from signing_challenge where signing_challenge.organisation_id = new.organisation_id and signing_challenge.person_id = erased_person;
  if gone is null then
    return null;
  end if;
  insert into entry_erasure (organisation_id, entry_id, erasure_entry_id)
    select new.organisation_id, each, new.erasure_entry_id from unnest(gone) as each;
  update entry_disclosure set disclosures = array_fill(null::text, array[cardinality(entry_disclosure.disclosures)])
    where entry_disclosure.organisation_id = new.organisation_id and entry_disclosure.entry_id = any(gone);
  delete from signing_counter using signing_credential
    where signing_credential.organisation_id = new.organisation_id and signing_credential.person_id = erased_person
      and signing_counter.organisation_id = new.organisation_id
      and signing_counter.signing_credential_id = signing_credential.signing_credential_id;
  delete from signing_revocation using signing_credential
    where signing_credential.organisation_id = new.organisation_id and signing_credential.person_id = erased_person
      and signing_revocation.organisation_id = new.organisation_id
      and signing_revocation.signing_credential_id = signing_credential.signing_credential_id;
  delete from signing_credential where signing_credential.organisation_id = new.organisation_id and signing_credential.person_id = erased_person;
  delete from signing_reset where signing_reset.organisation_id = new.organisation_id and signing_reset.person_id = erased_person;
  return null;
end $$;
create trigger erasure_result_takes_credentials after insert on erasure_result
  for each row execute function take_signing_credentials();
