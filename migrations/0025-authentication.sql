-- Sessions of persons, how each was proven, the mailboxes of persons, and the notices that go there. No row holds a token, a
-- code or a TOTP secret in the clear: of a token only its SHA-256 is kept, of a code a keyed hash, and the secret of an
-- authenticator is sealed under the master key (decisions 0128 to 0131).

-- A link that stands for a session of the person was never handed over: it has no delivery, and no token either.
alter table link alter column delivery_id drop not null;

create table person_session (
  organisation_id uuid not null,
  session_id uuid not null,
  token_sha256 bytea not null constraint person_session_token_sha256 check (octet_length(token_sha256) = 32),
  person_id uuid not null,
  kind text not null constraint person_session_kind_known check (kind in ('visit', 'person')),
  -- the link that a visit came from, and the one ceremony that it is for
  link_token_sha256 bytea,
  assignment_id uuid,
  -- what the browser said of itself, so that a person knows their own devices
  user_agent text not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint person_session_pk primary key (organisation_id, session_id),
  constraint person_session_token_once unique (organisation_id, token_sha256),
  constraint person_session_visit_whole check
    ((kind = 'visit') = (link_token_sha256 is not null) and (kind = 'visit') = (assignment_id is not null)),
  constraint person_session_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint person_session_link_fk foreign key (organisation_id, link_token_sha256) references link (organisation_id, token_sha256)
);
create index person_session_by_person on person_session (person_id, organisation_id);
call protect_tenant_table('person_session');

-- One proof of who somebody is. The row stays; what it says of the person stands in the table below it.
create table person_authentication (
  organisation_id uuid not null,
  authentication_id uuid not null,
  session_id uuid not null,
  person_id uuid not null,
  method text not null constraint person_authentication_method_known check (method in ('link', 'mailbox-code', 'totp', 'oidc')),
  assurance text not null constraint person_authentication_assurance_known check (assurance in
    ('mailbox-employer', 'mailbox-private', 'phone-otp', 'sso', 'sso-mfa')),
  authenticated_at timestamptz(3) not null,
  fresh_until timestamptz(3) not null,
  record_sha256 bytea not null constraint person_authentication_record_sha256 check (octet_length(record_sha256) = 32),
  -- null for a visit: that a link was opened stands elsewhere
  entry_id uuid,
  constraint person_authentication_pk primary key (organisation_id, authentication_id),
  constraint person_authentication_session_fk foreign key (organisation_id, session_id) references person_session (organisation_id, session_id),
  constraint person_authentication_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index person_authentication_by_session on person_authentication (session_id, organisation_id);
create index person_authentication_by_person on person_authentication (person_id, authenticated_at, organisation_id);
call protect_evidence_table('person_authentication');

-- The record beding-authentication/v1, verbatim. Goes with the person.
create table authentication_record (
  organisation_id uuid not null,
  authentication_id uuid not null,
  person_id uuid not null,
  record text not null,
  constraint authentication_record_pk primary key (organisation_id, authentication_id),
  constraint authentication_record_authentication_fk foreign key (organisation_id, authentication_id)
    references person_authentication (organisation_id, authentication_id)
);
create index authentication_record_by_person on authentication_record (person_id, organisation_id);
call protect_tenant_table('authentication_record');

-- The private mailbox that a person confirmed from a session of their own. At most one; a former one is gone.
create table private_mailbox (
  organisation_id uuid not null,
  person_id uuid not null,
  address text not null constraint private_mailbox_address_length check (char_length(address) between 3 and 254),
  confirmed_at timestamptz(3) not null,
  -- how the person was known when they confirmed it, and until when it gives no more than that
  known_by text not null,
  cooling_until timestamptz(3),
  entry_id uuid not null,
  constraint private_mailbox_pk primary key (organisation_id, person_id),
  constraint private_mailbox_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint private_mailbox_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_tenant_table('private_mailbox');

-- A private mailbox that somebody at the employer knows of. Counts for nothing until the person takes it over.
create table private_mailbox_proposal (
  organisation_id uuid not null,
  proposal_id uuid not null,
  person_id uuid not null,
  address text not null constraint private_mailbox_proposal_address_length check (char_length(address) between 3 and 254),
  proposed_by uuid not null,
  proposed_at timestamptz(3) not null,
  -- what became of it: taken over by the person, set aside by them, or followed by another
  settled_at timestamptz(3),
  constraint private_mailbox_proposal_pk primary key (organisation_id, proposal_id),
  constraint private_mailbox_proposal_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id)
);
create unique index private_mailbox_proposal_one_open on private_mailbox_proposal (organisation_id, person_id) where settled_at is null;
call protect_tenant_table('private_mailbox_proposal');

-- A message about a person's own access: something to know, or a code. Its text is made when it is handed over.
create table notice (
  organisation_id uuid not null,
  notice_id uuid not null,
  person_id uuid not null,
  kind text not null constraint notice_kind_form check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  mailbox text not null constraint notice_mailbox_known check (mailbox in ('work', 'private')),
  address text not null,
  -- canonical JSON of short texts that stand in the message
  facts text not null,
  state text not null constraint notice_state_known check (state in ('queued', 'handed-over', 'refused', 'bounced', 'too-late')),
  attempts integer not null,
  next_attempt_at timestamptz(3) not null,
  -- a message that comes later than this is of no use; null: it always is
  useful_until timestamptz(3),
  -- the channel's own words about the last attempt
  detail text not null,
  created_at timestamptz(3) not null,
  constraint notice_pk primary key (organisation_id, notice_id),
  constraint notice_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id)
);
create index notice_due on notice (organisation_id, next_attempt_at) where state = 'queued';
create index notice_by_person on notice (person_id, created_at, organisation_id);
call protect_tenant_table('notice');

create table notice_event (
  organisation_id uuid not null,
  event_id uuid not null,
  notice_id uuid not null,
  kind text not null constraint notice_event_kind_known check (kind in ('handed-over', 'refused', 'given-up', 'bounced')),
  channel text not null constraint notice_event_channel_known check (channel in ('smtp', 'local-outbox')),
  -- the answer of a mail server: its reply code or enhanced status; null where there was none
  status text constraint notice_event_status_length check (char_length(status) <= 20),
  occurred_at timestamptz(3) not null,
  constraint notice_event_pk primary key (organisation_id, event_id),
  constraint notice_event_notice_fk foreign key (organisation_id, notice_id) references notice (organisation_id, notice_id)
);
create index notice_event_by_notice on notice_event (notice_id, occurred_at, organisation_id);
call protect_evidence_table('notice_event');

-- A code that a person asked for. Its row is there also when nobody has the address that was named: then no code is ever
-- made, and nothing that can be seen from outside tells the difference.
create table mailbox_code (
  organisation_id uuid not null,
  code_id uuid not null,
  purpose text not null constraint mailbox_code_purpose_known check (purpose in ('sign-in', 'step-up', 'confirm-mailbox')),
  -- HMAC of the address: says which requests are about the same mailbox, and no address
  mailbox_mark bytea not null constraint mailbox_code_mark_sha256 check (octet_length(mailbox_mark) = 32),
  person_id uuid,
  -- the session that asked; null for a sign-in
  session_id uuid,
  mailbox text constraint mailbox_code_mailbox_known check (mailbox in ('work', 'private')),
  address text,
  notice_id uuid,
  requested_at timestamptz(3) not null,
  -- HMAC of the code, from the moment at which its message was handed over
  code_hmac bytea constraint mailbox_code_hmac_sha256 check (octet_length(code_hmac) = 32),
  expires_at timestamptz(3) not null,
  tries integer not null default 0 constraint mailbox_code_tries_range check (tries between 0 and 5),
  -- used, or followed by a newer one for the same mailbox and purpose
  closed_at timestamptz(3),
  constraint mailbox_code_pk primary key (organisation_id, code_id),
  constraint mailbox_code_organisation_fk foreign key (organisation_id) references organisation (organisation_id),
  constraint mailbox_code_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint mailbox_code_notice_fk foreign key (organisation_id, notice_id) references notice (organisation_id, notice_id)
);
create index mailbox_code_by_mark on mailbox_code (mailbox_mark, requested_at, organisation_id);
create index mailbox_code_by_notice on mailbox_code (notice_id, organisation_id) where notice_id is not null;
create index mailbox_code_by_person on mailbox_code (person_id, organisation_id) where person_id is not null;
call protect_tenant_table('mailbox_code');

-- An authenticator app (RFC 6238). The step that was used last is never taken again.
create table totp_authenticator (
  organisation_id uuid not null,
  authenticator_id uuid not null,
  person_id uuid not null,
  -- null once it was removed
  secret_sealed bytea,
  state text not null constraint totp_authenticator_state_known check (state in ('pending', 'active', 'removed')),
  made_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  known_by text not null,
  cooling_until timestamptz(3),
  last_step bigint,
  failures integer not null default 0 constraint totp_authenticator_failures_range check (failures >= 0),
  locked_until timestamptz(3),
  entry_id uuid,
  constraint totp_authenticator_pk primary key (organisation_id, authenticator_id),
  constraint totp_authenticator_whole check ((state = 'removed') = (secret_sealed is null) and (state = 'active') <= (confirmed_at is not null and entry_id is not null)),
  constraint totp_authenticator_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint totp_authenticator_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create unique index totp_authenticator_one_active on totp_authenticator (organisation_id, person_id) where state = 'active';
create index totp_authenticator_by_person on totp_authenticator (person_id, organisation_id);
call protect_tenant_table('totp_authenticator');

-- When a person is erased, everything by which they could sign in and every address goes with them, whoever erases.
create function forget_access() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  delete from authentication_record where authentication_record.organisation_id = new.organisation_id and authentication_record.person_id = new.person_id;
  delete from private_mailbox where private_mailbox.organisation_id = new.organisation_id and private_mailbox.person_id = new.person_id;
  delete from private_mailbox_proposal where private_mailbox_proposal.organisation_id = new.organisation_id and private_mailbox_proposal.person_id = new.person_id;
  delete from mailbox_code where mailbox_code.organisation_id = new.organisation_id and mailbox_code.person_id = new.person_id;
  delete from totp_authenticator where totp_authenticator.organisation_id = new.organisation_id and totp_authenticator.person_id = new.person_id;
  update notice set address = '', facts = '{}', detail = '', state = case when notice.state = 'queued' then 'too-late' else notice.state end
    where notice.organisation_id = new.organisation_id and notice.person_id = new.person_id;
  update person_session set user_agent = '', ended_at = coalesce(person_session.ended_at, new.erased_at)
    where person_session.organisation_id = new.organisation_id and person_session.person_id = new.person_id;
  return null;
end $$;
create trigger person_access_forgotten after update of erased_at on person
  for each row when (old.erased_at is null and new.erased_at is not null) execute function forget_access();
