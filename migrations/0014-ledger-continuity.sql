-- What happens when the database is no longer where the ledger was: a log that lies behind what is known outside is
-- stopped for good, a successor is opened, receipts that people kept are put beside it (decisions 0066 and 0067); and
-- where the audit of a ledger stands and what it found (decision 0068).

-- A log that must not be signed any more. There is no way back: what ends a stop is a successor log.
create table ledger_stop (
  organisation_id uuid not null,
  log_id uuid not null,
  reason text not null constraint ledger_stop_reason_known check (reason in ('log-behind', 'root-differs', 'log-unknown')),
  -- where the newer head was known: a file, a witness, an anchor, an operator
  source text not null,
  known_origin text not null,
  known_size bigint not null,
  -- the checkpoint that contradicts the log, when it was seen and not only its size
  known_note text,
  head_size bigint not null,
  -- of the first head_size entries, so that the record says what was found
  head_root bytea not null constraint ledger_stop_root_sha256 check (octet_length(head_root) = 32),
  stopped_at timestamptz(3) not null,
  constraint ledger_stop_pk primary key (organisation_id, log_id),
  constraint ledger_stop_log_fk foreign key (organisation_id, log_id) references ledger_log (organisation_id, log_id)
);
call protect_evidence_table('ledger_stop');

-- In the row whose lock every writer takes, so that one who waited for that lock sees it too.
alter table ledger_head add column stopped_at timestamptz(3);

-- Which open logs are stopped, for the health of the installation. Ids only, so it is not tenant data.
create table stopped_ledger (
  organisation_id uuid not null,
  stopped_at timestamptz(3) not null,
  constraint stopped_ledger_pk primary key (organisation_id)
);
comment on table stopped_ledger is 'installation';
grant select, insert, delete on stopped_ledger to beding_app;

-- Receipts of a closed log that its entries do not hold any more, as somebody kept them.
create table imported_receipt (
  organisation_id uuid not null,
  -- the closed log that signed the receipt, and the place it gave it
  log_id uuid not null,
  entry_index bigint not null,
  -- the entry of the open log that says it was imported
  entry_id uuid not null,
  leaf_hash bytea not null constraint imported_receipt_leaf_sha256 check (octet_length(leaf_hash) = 32),
  tlog_proof text not null,
  imported_at timestamptz(3) not null,
  constraint imported_receipt_pk primary key (organisation_id, log_id, entry_index, leaf_hash),
  constraint imported_receipt_log_fk foreign key (organisation_id, log_id) references ledger_log (organisation_id, log_id),
  constraint imported_receipt_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('imported_receipt');

-- What an imported receipt discloses. Content, so it can be erased; the receipt itself holds commitments only.
create table imported_disclosure (
  organisation_id uuid not null,
  entry_id uuid not null,
  disclosures text[] not null,
  constraint imported_disclosure_pk primary key (organisation_id, entry_id),
  constraint imported_disclosure_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_tenant_table('imported_disclosure');

-- Where an audit stands: all it needs to go on with the next slice, whoever does it.
create table ledger_audit_state (
  organisation_id uuid not null,
  scope text not null constraint ledger_audit_state_scope_known check (scope in ('slice', 'complete')),
  log_id uuid not null,
  next_index bigint not null,
  frontier bytea not null,
  -- per level of tiles the hashes of the tile that is not full yet
  open_tiles bytea[] not null,
  last_at timestamptz(3),
  -- findings so far
  findings integer not null,
  started_at timestamptz(3) not null,
  constraint ledger_audit_state_pk primary key (organisation_id, scope),
  constraint ledger_audit_state_log_fk foreign key (organisation_id, log_id) references ledger_log (organisation_id, log_id)
);
call protect_tenant_table('ledger_audit_state');

-- A complete audit of one log, from its first entry to its head.
create table ledger_audit_run (
  organisation_id uuid not null,
  run_id uuid not null,
  log_id uuid not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3) not null,
  entries bigint not null,
  root bytea not null constraint ledger_audit_run_root_sha256 check (octet_length(root) = 32),
  -- size of the newest anchored checkpoint that it was held against
  anchored_size bigint,
  findings integer not null,
  constraint ledger_audit_run_pk primary key (organisation_id, run_id),
  constraint ledger_audit_run_log_fk foreign key (organisation_id, log_id) references ledger_log (organisation_id, log_id)
);
call protect_evidence_table('ledger_audit_run');

-- Each contradiction once, however often it is found again.
create table ledger_audit_finding (
  organisation_id uuid not null,
  log_id uuid not null,
  name text not null,
  subject text not null,
  found_at timestamptz(3) not null,
  constraint ledger_audit_finding_pk primary key (organisation_id, log_id, name, subject),
  constraint ledger_audit_finding_log_fk foreign key (organisation_id, log_id) references ledger_log (organisation_id, log_id)
);
call protect_evidence_table('ledger_audit_finding');
