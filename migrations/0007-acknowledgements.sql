-- Assignments, their delivery, and the act. Delivered, opened and acted are different facts in different tables.
-- The token of a link is made when the message is handed to the channel and is never stored: only its SHA-256.

create table assignment (
  organisation_id uuid not null,
  assignment_id uuid not null,
  version_id uuid not null,
  person_id uuid not null,
  due_date date not null,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint assignment_pk primary key (organisation_id, assignment_id),
  constraint assignment_once unique (organisation_id, version_id, person_id),
  constraint assignment_version_fk foreign key (organisation_id, version_id) references policy_version (organisation_id, version_id),
  constraint assignment_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint assignment_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index assignment_by_person on assignment (person_id, assignment_id, organisation_id);
create index assignment_by_version on assignment (version_id, assignment_id, organisation_id);
call protect_evidence_table('assignment');

-- Work to do: a message for an assignment. Goes to 'handed-over' or 'failed'; never holds a token.
create table delivery (
  organisation_id uuid not null,
  delivery_id uuid not null,
  assignment_id uuid not null,
  address text not null,
  state text not null constraint delivery_state_known check (state in ('queued', 'handed-over', 'failed')),
  attempts integer not null,
  next_attempt_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  constraint delivery_pk primary key (organisation_id, delivery_id),
  constraint delivery_assignment_fk foreign key (organisation_id, assignment_id) references assignment (organisation_id, assignment_id)
);
create index delivery_due on delivery (organisation_id, next_attempt_at) where state = 'queued';
create index delivery_by_assignment on delivery (assignment_id, organisation_id);
call protect_tenant_table('delivery');

create table delivery_event (
  organisation_id uuid not null,
  event_id uuid not null,
  delivery_id uuid not null,
  assignment_id uuid not null,
  kind text not null constraint delivery_event_kind_known check (kind in ('handed-over', 'refused')),
  channel text not null constraint delivery_event_channel_known check (channel in ('smtp', 'local-outbox')),
  address text not null,
  detail text not null,
  occurred_at timestamptz(3) not null,
  constraint delivery_event_pk primary key (organisation_id, event_id),
  constraint delivery_event_delivery_fk foreign key (organisation_id, delivery_id) references delivery (organisation_id, delivery_id)
);
create index delivery_event_by_assignment on delivery_event (assignment_id, occurred_at, organisation_id);
call protect_evidence_table('delivery_event');

create table link (
  organisation_id uuid not null,
  token_sha256 bytea not null constraint link_token_sha256 check (octet_length(token_sha256) = 32),
  assignment_id uuid not null,
  delivery_id uuid not null,
  issued_at timestamptz(3) not null,
  -- after this moment the link can no longer be used to act; it still gives the person their receipt
  expires_at timestamptz(3) not null,
  constraint link_pk primary key (organisation_id, token_sha256),
  constraint link_assignment_fk foreign key (organisation_id, assignment_id) references assignment (organisation_id, assignment_id)
);
create index link_by_assignment on link (assignment_id, organisation_id);
call protect_evidence_table('link');

-- The first time each link was opened in each language. One row at most, so a robot cannot fill the table.
create table opening (
  organisation_id uuid not null,
  token_sha256 bytea not null,
  language text not null constraint opening_language_known check (language in ('nl', 'en')),
  assignment_id uuid not null,
  opened_at timestamptz(3) not null,
  user_agent text not null,
  network_class text not null,
  constraint opening_pk primary key (organisation_id, token_sha256, language),
  constraint opening_link_fk foreign key (organisation_id, token_sha256) references link (organisation_id, token_sha256)
);
create index opening_by_assignment on opening (assignment_id, opened_at, organisation_id);
call protect_evidence_table('opening');

-- What the person did. Everything personal about it stands in the disclosures of its entry.
create table act (
  organisation_id uuid not null,
  act_id uuid not null,
  assignment_id uuid not null,
  person_id uuid not null,
  version_id uuid not null,
  document_id uuid not null,
  language text not null constraint act_language_known check (language in ('nl', 'en')),
  choice text not null constraint act_choice_known check (choice in ('seen', 'agreed', 'not-agreed', 'declined')),
  assurance text not null constraint act_assurance_known check (assurance in ('mailbox-employer')),
  evidence_level text not null constraint act_evidence_level_known check (evidence_level in ('E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6')),
  acted_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint act_pk primary key (organisation_id, act_id),
  constraint act_once unique (organisation_id, assignment_id),
  constraint act_assignment_fk foreign key (organisation_id, assignment_id) references assignment (organisation_id, assignment_id),
  constraint act_document_fk foreign key (organisation_id, document_id) references document (organisation_id, document_id),
  constraint act_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
create index act_by_person on act (person_id, act_id, organisation_id);
create index act_by_version on act (version_id, act_id, organisation_id);
call protect_evidence_table('act');

-- The sealed receipt of an act, made once when it is first asked for.
create table act_receipt (
  organisation_id uuid not null,
  act_id uuid not null,
  document_id uuid not null,
  constraint act_receipt_pk primary key (organisation_id, act_id),
  constraint act_receipt_act_fk foreign key (organisation_id, act_id) references act (organisation_id, act_id),
  constraint act_receipt_document_fk foreign key (organisation_id, document_id) references document (organisation_id, document_id)
);
call protect_evidence_table('act_receipt');
