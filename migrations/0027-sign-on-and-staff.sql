-- Signing in at the identity provider of an organisation: for persons, and for the people of the employer and its lawyers.
-- Who is bound to which account is a state; that it was bound, refused or bound anew is in the ledger (decisions 0134 to
-- 0139). No table holds a code, an access token or a client secret in the clear.

create table sign_on_provider (
  organisation_id uuid not null,
  provider_id uuid not null,
  name text not null constraint sign_on_provider_name_length check (char_length(name) between 1 and 100),
  -- exactly as the provider names itself; never changes, because accounts are bound to it
  issuer text not null constraint sign_on_provider_issuer_length check (char_length(issuer) between 1 and 2048),
  client_id text not null constraint sign_on_provider_client_length check (char_length(client_id) between 1 and 255),
  client_authentication text not null constraint sign_on_provider_authentication_known
    check (client_authentication in ('client-secret-basic', 'client-secret-post', 'private-key-jwt')),
  -- the client secret, or the private key as JWK; sealed under the master key
  sealed_secret bytea not null,
  -- of the private key; null where there is none
  public_jwk text,
  algorithms text[] not null,
  scopes text[] not null,
  for_persons boolean not null,
  for_staff boolean not null,
  person_claim text not null,
  person_matches text not null constraint sign_on_provider_matches_known check (person_matches in ('work-email', 'external-id')),
  -- the claim that must be true for an e-mail address to count
  verified_claim text not null,
  role_claim text,
  -- [{"value": …, "role": …}]
  role_mapping jsonb not null,
  second_factor_amr text[] not null,
  second_factor_acr text[] not null,
  max_age_s integer not null constraint sign_on_provider_max_age_range check (max_age_s between 0 and 86400),
  state text not null constraint sign_on_provider_state_known check (state in ('enabled', 'disabled')),
  created_by uuid not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint sign_on_provider_pk primary key (organisation_id, provider_id),
  constraint sign_on_provider_organisation_fk foreign key (organisation_id) references organisation (organisation_id),
  constraint sign_on_provider_maker_fk foreign key (organisation_id, created_by) references api_client (organisation_id, client_id),
  constraint sign_on_provider_key check ((client_authentication = 'private-key-jwt') = (public_jwk is not null))
);
call protect_tenant_table('sign_on_provider');

-- Sign-ins that were completed, so that none is completed twice. Rows go once the sign-in would have expired anyway.
create table sign_on_completion (
  organisation_id uuid not null,
  attempt_id uuid not null,
  completed_at timestamptz(3) not null,
  constraint sign_on_completion_pk primary key (organisation_id, attempt_id),
  constraint sign_on_completion_organisation_fk foreign key (organisation_id) references organisation (organisation_id)
);
create index sign_on_completion_by_time on sign_on_completion (completed_at, organisation_id);
call protect_tenant_table('sign_on_completion');

-- The one account of a provider that speaks for a person, and the one person for whom an account speaks.
create table sign_on_binding (
  organisation_id uuid not null,
  binding_id uuid not null,
  provider_id uuid not null,
  subject text not null constraint sign_on_binding_subject_length check (char_length(subject) between 1 and 255),
  person_id uuid not null,
  bound_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint sign_on_binding_pk primary key (organisation_id, binding_id),
  constraint sign_on_binding_person_once unique (organisation_id, provider_id, person_id),
  constraint sign_on_binding_subject_once unique (organisation_id, provider_id, subject),
  constraint sign_on_binding_provider_fk foreign key (organisation_id, provider_id) references sign_on_provider (organisation_id, provider_id),
  constraint sign_on_binding_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint sign_on_binding_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index sign_on_binding_by_person on sign_on_binding (person_id, organisation_id);
call protect_tenant_table('sign_on_binding');

-- The organisation asked to bind a person to another account. It waits, and only the person's own sign-in completes it.
create table sign_on_rebinding (
  organisation_id uuid not null,
  rebinding_id uuid not null,
  provider_id uuid not null,
  person_id uuid not null,
  reason text not null constraint sign_on_rebinding_reason_length check (char_length(reason) between 1 and 500),
  requested_by uuid not null,
  requested_at timestamptz(3) not null,
  -- before this moment the old account is still the only one
  usable_from timestamptz(3) not null,
  state text not null constraint sign_on_rebinding_state_known check (state in ('waiting', 'done', 'cancelled')),
  ended_at timestamptz(3),
  entry_id uuid not null,
  constraint sign_on_rebinding_pk primary key (organisation_id, rebinding_id),
  constraint sign_on_rebinding_provider_fk foreign key (organisation_id, provider_id) references sign_on_provider (organisation_id, provider_id),
  constraint sign_on_rebinding_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint sign_on_rebinding_client_fk foreign key (organisation_id, requested_by) references api_client (organisation_id, client_id),
  constraint sign_on_rebinding_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id),
  constraint sign_on_rebinding_ended check ((state = 'waiting') = (ended_at is null)),
  constraint sign_on_rebinding_waits check (usable_from > requested_at)
);
create unique index sign_on_rebinding_one_waiting on sign_on_rebinding (organisation_id, provider_id, person_id) where state = 'waiting';
call protect_tenant_table('sign_on_rebinding');

create index person_by_work_email on person (lower(work_email), organisation_id);

-- What ties a person to an account goes when the person is erased. Runs as whoever erases: the owner, for one organisation.
create function take_sign_on_bindings() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  delete from sign_on_binding
    where sign_on_binding.organisation_id = new.organisation_id and sign_on_binding.person_id = new.person_id;
  delete from sign_on_rebinding
    where sign_on_rebinding.organisation_id = new.organisation_id and sign_on_rebinding.person_id = new.person_id;
  return null;
end $$;
create trigger person_erased_takes_bindings after update of erased_at on person
  for each row when (old.erased_at is null and new.erased_at is not null) execute function take_sign_on_bindings();

-- Who acts for the organisation: a program with keys, or a human who signs in. One table, because whatever was done
-- refers to it; a human never gets a key.
alter table api_client
  add column kind text not null default 'program' constraint api_client_kind_known check (kind in ('program', 'staff'));

create table staff_account (
  organisation_id uuid not null,
  client_id uuid not null,
  provider_id uuid not null,
  subject text not null constraint staff_account_subject_length check (char_length(subject) between 1 and 255),
  email text,
  blocked_at timestamptz(3),
  first_signed_in_at timestamptz(3) not null,
  last_signed_in_at timestamptz(3) not null,
  constraint staff_account_pk primary key (organisation_id, client_id),
  constraint staff_account_subject_once unique (organisation_id, provider_id, subject),
  constraint staff_account_client_fk foreign key (organisation_id, client_id) references api_client (organisation_id, client_id),
  constraint staff_account_provider_fk foreign key (organisation_id, provider_id) references sign_on_provider (organisation_id, provider_id)
);
call protect_tenant_table('staff_account');

create table staff_session (
  organisation_id uuid not null,
  session_id uuid not null,
  token_sha256 bytea not null constraint staff_session_token_sha256 check (octet_length(token_sha256) = 32),
  client_id uuid not null,
  -- as of this sign-in
  name text not null,
  role text not null,
  -- of the provider, for a logout that it announces
  provider_session text,
  authenticated_at timestamptz(3) not null,
  second_factor_at timestamptz(3),
  opened_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  ended_because text constraint staff_session_end_known
    check (ended_because in ('signed-out', 'replaced', 'ended-by-organisation', 'role-changed', 'signed-out-at-provider')),
  constraint staff_session_pk primary key (organisation_id, session_id),
  constraint staff_session_token_once unique (organisation_id, token_sha256),
  constraint staff_session_account_fk foreign key (organisation_id, client_id) references staff_account (organisation_id, client_id),
  constraint staff_session_ended check ((ended_at is null) = (ended_because is null))
);
create index staff_session_by_account on staff_session (client_id, organisation_id) where ended_at is null;
call protect_tenant_table('staff_session');

-- What a lawyer is asked to look at: one person, or one policy.
create table matter (
  organisation_id uuid not null,
  matter_id uuid not null,
  title text not null constraint matter_title_length check (char_length(title) between 1 and 200),
  person_id uuid,
  policy_id uuid,
  opened_by uuid not null,
  opened_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint matter_pk primary key (organisation_id, matter_id),
  constraint matter_one_subject check ((person_id is null) <> (policy_id is null)),
  constraint matter_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint matter_policy_fk foreign key (organisation_id, policy_id) references policy (organisation_id, policy_id),
  constraint matter_client_fk foreign key (organisation_id, opened_by) references api_client (organisation_id, client_id),
  constraint matter_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('matter');

create table matter_access (
  organisation_id uuid not null,
  access_id uuid not null,
  matter_id uuid not null,
  -- the lawyer
  client_id uuid not null,
  -- from the first moment, until before the second
  readable_from timestamptz(3) not null,
  readable_until timestamptz(3) not null,
  granted_by uuid not null,
  granted_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint matter_access_pk primary key (organisation_id, access_id),
  constraint matter_access_matter_fk foreign key (organisation_id, matter_id) references matter (organisation_id, matter_id),
  constraint matter_access_account_fk foreign key (organisation_id, client_id) references staff_account (organisation_id, client_id),
  constraint matter_access_granter_fk foreign key (organisation_id, granted_by) references api_client (organisation_id, client_id),
  constraint matter_access_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id),
  constraint matter_access_order check (readable_until > readable_from),
  constraint matter_access_not_to_self check (granted_by <> client_id)
);
create index matter_access_by_account on matter_access (client_id, organisation_id);
create index matter_access_by_matter on matter_access (matter_id, organisation_id);
call protect_evidence_table('matter_access');

-- Access that was taken back before its end.
create table matter_access_end (
  organisation_id uuid not null,
  access_id uuid not null,
  ended_by uuid not null,
  ended_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint matter_access_end_pk primary key (organisation_id, access_id),
  constraint matter_access_end_access_fk foreign key (organisation_id, access_id) references matter_access (organisation_id, access_id),
  constraint matter_access_end_client_fk foreign key (organisation_id, ended_by) references api_client (organisation_id, client_id),
  constraint matter_access_end_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('matter_access_end');

-- Everything that a lawyer read, written before it was answered.
create table staff_read (
  organisation_id uuid not null,
  read_id uuid not null,
  matter_id uuid not null,
  access_id uuid not null,
  client_id uuid not null,
  session_id uuid not null,
  -- method and pattern of the route
  operation text not null,
  thing text not null,
  thing_id uuid not null,
  request_id text not null,
  read_at timestamptz(3) not null,
  constraint staff_read_pk primary key (organisation_id, read_id),
  constraint staff_read_matter_fk foreign key (organisation_id, matter_id) references matter (organisation_id, matter_id),
  constraint staff_read_access_fk foreign key (organisation_id, access_id) references matter_access (organisation_id, access_id),
  constraint staff_read_session_fk foreign key (organisation_id, session_id) references staff_session (organisation_id, session_id)
);
create index staff_read_by_matter on staff_read (matter_id, read_id, organisation_id);
call protect_evidence_table('staff_read');

-- The human who made a dossier, as the provider named them then; null where a program did.
alter table dossier add column exported_by text;
