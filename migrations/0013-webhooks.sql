-- Events for other systems. What happened is evidence and keeps its exact text, so that every attempt sends the same
-- bytes; where it goes and how far that has come are states (decisions 0064 and 0065). No row holds a person or a secret.

create table webhook_endpoint (
  organisation_id uuid not null,
  endpoint_id uuid not null,
  -- never changes: another receiver is another endpoint, with secrets of its own
  url text not null constraint webhook_endpoint_url_length check (char_length(url) between 1 and 2048),
  -- null: every type, also those that come later
  event_types text[],
  state text not null constraint webhook_endpoint_state_known check (state in ('enabled', 'disabled')),
  disabled_because text constraint webhook_endpoint_reason_known check (disabled_because in ('asked', 'gone')),
  -- the secrets themselves are derived from the master key and these ids
  secret_id uuid not null,
  previous_secret_id uuid,
  previous_secret_until timestamptz(3),
  -- failures in a row, and until when nothing is sent because of them
  failures integer not null default 0 constraint webhook_endpoint_failures_range check (failures >= 0),
  paused_until timestamptz(3),
  created_by uuid not null,
  created_at timestamptz(3) not null,
  constraint webhook_endpoint_pk primary key (organisation_id, endpoint_id),
  constraint webhook_endpoint_organisation_fk foreign key (organisation_id) references organisation (organisation_id),
  constraint webhook_endpoint_disabled check ((state = 'disabled') = (disabled_because is not null)),
  constraint webhook_endpoint_previous_secret check ((previous_secret_id is null) = (previous_secret_until is null))
);
call protect_tenant_table('webhook_endpoint');

create table webhook_event (
  organisation_id uuid not null,
  event_id uuid not null,
  type text not null,
  subject text,
  -- the bytes that are signed and sent, as UTF-8
  body text not null,
  occurred_at timestamptz(3) not null,
  constraint webhook_event_pk primary key (organisation_id, event_id),
  constraint webhook_event_organisation_fk foreign key (organisation_id) references organisation (organisation_id)
);
call protect_evidence_table('webhook_event');

-- One event on its way to one endpoint. 'queued' goes to 'delivered', 'failed' (given up) or 'cancelled' (the endpoint was
-- disabled); a client may queue any of these again.
create table webhook_delivery (
  organisation_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  state text not null constraint webhook_delivery_state_known check (state in ('queued', 'delivered', 'failed', 'cancelled')),
  attempts integer not null default 0,
  next_attempt_at timestamptz(3) not null,
  give_up_at timestamptz(3) not null,
  last_attempt_at timestamptz(3),
  -- status of the last answer; null when there was none
  last_status smallint,
  last_detail text,
  delivered_at timestamptz(3),
  constraint webhook_delivery_pk primary key (organisation_id, endpoint_id, event_id),
  constraint webhook_delivery_endpoint_fk foreign key (organisation_id, endpoint_id) references webhook_endpoint (organisation_id, endpoint_id),
  constraint webhook_delivery_event_fk foreign key (organisation_id, event_id) references webhook_event (organisation_id, event_id),
  constraint webhook_delivery_delivered check ((state = 'delivered') = (delivered_at is not null))
);
create index webhook_delivery_due on webhook_delivery (endpoint_id, next_attempt_at, organisation_id) where state = 'queued';
call protect_tenant_table('webhook_delivery');
