-- Anchors: what somebody outside said about a checkpoint. A timestamp says that it existed at a moment (RFC 3161), a
-- cosignature that a witness had seen nothing that contradicts it (C2SP tlog-cosignature). A timestamp is renewed by another one over
-- the bytes of the answer before it, so that the proof outlives certificates (decisions 0054, 0055).

create table ledger_anchor (
  organisation_id uuid not null,
  anchor_id uuid not null,
  log_id uuid not null,
  size bigint not null,
  kind text not null constraint ledger_anchor_kind_known check (kind in ('timestamp', 'cosignature')),
  -- 1, 2, … in the order in which anchors of one kind came for one checkpoint
  sequence integer not null constraint ledger_anchor_sequence_range check (sequence >= 1),
  -- of a timestamp the authority's name in the settings; of a cosignature the name of the witness's key
  authority text not null,
  -- made by an authority of this installation, which proves nothing to others
  development boolean not null,
  -- the TimeStampResp as received, DER; or the signature line without its newline
  evidence bytea not null constraint ledger_anchor_evidence_length check (octet_length(evidence) between 1 and 1048576),
  -- the genTime of a timestamp, the time of a cosignature: what the other side says
  proven_at timestamptz(3) not null,
  -- when it was kept; ascending and never the same twice within a log
  obtained_at timestamptz(3) not null,
  -- this clock minus that of the authority, as little as explains what was seen
  clock_skew_ms bigint,
  -- the earliest end in the authority's chain
  certificate_ends_at timestamptz(3),
  -- from when it should be renewed, as judged when it came
  renew_from timestamptz(3),
  -- lower-case names of the hash and signature algorithms that the proof rests on
  algorithms text[],
  -- how many entries the log had once a first token was there: entries from that index on were appended after it
  settled_size bigint,
  renews uuid,
  constraint ledger_anchor_pk primary key (organisation_id, anchor_id),
  constraint ledger_anchor_sequence_once unique (organisation_id, log_id, size, kind, sequence),
  constraint ledger_anchor_renewed_once unique (organisation_id, renews),
  constraint ledger_anchor_checkpoint_fk foreign key (organisation_id, log_id, size) references ledger_checkpoint (organisation_id, log_id, size),
  constraint ledger_anchor_renews_fk foreign key (organisation_id, renews) references ledger_anchor (organisation_id, anchor_id),
  constraint ledger_anchor_timestamp_whole check ((kind = 'timestamp') = (certificate_ends_at is not null)
    and (kind = 'timestamp') = (renew_from is not null) and (kind = 'timestamp') = (algorithms is not null)),
  constraint ledger_anchor_first_token_whole check ((kind = 'timestamp' and renews is null) = (settled_size is not null)),
  constraint ledger_anchor_settled_range check (settled_size >= size),
  constraint ledger_anchor_renewal_is_timestamp check (renews is null or kind = 'timestamp')
);
create index ledger_anchor_by_renewal on ledger_anchor (renew_from) where kind = 'timestamp';
create index ledger_anchor_by_authority on ledger_anchor (authority, log_id, size) where kind = 'cosignature';
create index ledger_anchor_by_moment on ledger_anchor (proven_at) where settled_size is not null;
call protect_evidence_table('ledger_anchor');

-- How the anchoring of a log stands. Anchors themselves are never here; this only says when to try again and what was told.
create table anchor_state (
  organisation_id uuid not null,
  log_id uuid not null,
  anchored_size bigint,
  anchored_at timestamptz(3),
  -- since when somebody waits for an anchor that they asked for
  requested_at timestamptz(3),
  -- since when an anchor has been due that could not be had; null when there is none
  due_since timestamptz(3),
  -- when the present delay was told to other systems
  alarmed_at timestamptz(3),
  failures integer not null default 0 constraint anchor_state_failures_range check (failures >= 0),
  last_failure text,
  -- the newest moment that was given out: to an anchor, or to whoever froze what there is
  last_moment timestamptz(3) not null,
  constraint anchor_state_pk primary key (organisation_id, log_id),
  constraint anchor_state_log_fk foreign key (organisation_id, log_id) references ledger_log (organisation_id, log_id),
  constraint anchor_state_anchored_whole check ((anchored_size is null) = (anchored_at is null))
);
call protect_tenant_table('anchor_state');

-- Whose cosignatures an organisation asks for, and how many it wants (C2SP tlog-policy). The newest revision counts.
create table witness_policy (
  organisation_id uuid not null,
  revision integer not null constraint witness_policy_revision_range check (revision >= 1),
  policy text not null constraint witness_policy_length check (char_length(policy) between 1 and 65536),
  created_by uuid not null,
  created_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint witness_policy_pk primary key (organisation_id, revision),
  constraint witness_policy_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('witness_policy');

-- Logs that were opened before there were anchors get their first one now. Row level security is forced on the owner too
-- and no organisation is set here, so it is lifted for this one statement; the table stays locked until it is back.
alter table ledger_log no force row level security;
insert into work_due (organisation_id, kind, due_at)
  select distinct ledger_log.organisation_id, 'anchoring', now() from ledger_log
  on conflict on constraint work_due_pk do nothing;
alter table ledger_log force row level security;
