-- The ledger: one RFC 6962 log per organisation. An entry holds salted commitments only; what they commit to
-- stands in entry_disclosure and can be erased later without touching a proof (decision 0012).

create table signing_key (
  organisation_id uuid not null,
  key_id text not null,
  purpose text not null constraint signing_key_purpose_known check (purpose in ('log', 'dossier', 'seal')),
  algorithm text not null constraint signing_key_algorithm_known check (algorithm in ('ed25519', 'ecdsa-p256')),
  public_key bytea not null,
  -- AES-256-GCM under a key derived from the master key: 12-byte nonce, ciphertext, 16-byte tag
  private_key_sealed bytea not null,
  -- PEM, leaf first; only for seals
  certificate_chain text,
  created_at timestamptz(3) not null,
  constraint signing_key_pk primary key (organisation_id, key_id),
  constraint signing_key_organisation_fk foreign key (organisation_id) references organisation (organisation_id)
);
call protect_evidence_table('signing_key');

-- The certificate authority of this installation. Not tenant data. A development authority says so in its name.
create table certificate_authority (
  authority_id uuid not null,
  certificate text not null,
  private_key_sealed bytea not null,
  development boolean not null,
  created_at timestamptz(3) not null,
  constraint certificate_authority_pk primary key (authority_id)
);
comment on table certificate_authority is 'installation';
grant select, insert on certificate_authority to beding_app;

create table ledger_log (
  organisation_id uuid not null,
  log_id uuid not null,
  -- the checkpoint's first line and the name of its key
  origin text not null,
  key_id text not null,
  created_at timestamptz(3) not null,
  constraint ledger_log_pk primary key (organisation_id, log_id),
  constraint ledger_log_origin_once unique (organisation_id, origin),
  constraint ledger_log_key_fk foreign key (organisation_id, key_id) references signing_key (organisation_id, key_id)
);
call protect_evidence_table('ledger_log');

-- The one mutable row of a log: who holds its lock may append. One log per organisation is open at a time.
create table ledger_head (
  organisation_id uuid not null,
  log_id uuid not null,
  size bigint not null constraint ledger_head_size_range check (size between 0 and 9007199254740991),
  -- the compact range: hashes of the full subtrees, largest first, 32 bytes each
  frontier bytea not null constraint ledger_head_frontier_hashes check (octet_length(frontier) % 32 = 0),
  last_at timestamptz(3) not null,
  constraint ledger_head_pk primary key (organisation_id),
  constraint ledger_head_log_fk foreign key (organisation_id, log_id) references ledger_log (organisation_id, log_id)
) with (fillfactor = 50);
call protect_tenant_table('ledger_head');

create table ledger_entry (
  organisation_id uuid not null,
  log_id uuid not null,
  entry_index bigint not null,
  entry_id uuid not null,
  kind text not null,
  -- the exact bytes of the leaf
  entry bytea not null constraint ledger_entry_length check (octet_length(entry) between 2 and 65535),
  leaf_hash bytea not null constraint ledger_entry_leaf_sha256 check (octet_length(leaf_hash) = 32),
  -- the inclusion proof in the checkpoint of the flush that wrote it: hashes, 32 bytes each, lowest first
  proof_size bigint not null,
  proof bytea not null constraint ledger_entry_proof_hashes check (octet_length(proof) % 32 = 0),
  recorded_at timestamptz(3) not null,
  constraint ledger_entry_pk primary key (organisation_id, log_id, entry_index),
  constraint ledger_entry_id_once unique (organisation_id, entry_id),
  constraint ledger_entry_inside_proof check (entry_index >= 0 and entry_index < proof_size),
  constraint ledger_entry_log_fk foreign key (organisation_id, log_id) references ledger_log (organisation_id, log_id)
);
call protect_evidence_table('ledger_entry');

-- RFC 9901 disclosures, verbatim, in the order of the entry's commitments.
create table entry_disclosure (
  organisation_id uuid not null,
  entry_id uuid not null,
  disclosures text[] not null,
  constraint entry_disclosure_pk primary key (organisation_id, entry_id),
  constraint entry_disclosure_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('entry_disclosure');

create table ledger_checkpoint (
  organisation_id uuid not null,
  log_id uuid not null,
  size bigint not null,
  root bytea not null constraint ledger_checkpoint_root_sha256 check (octet_length(root) = 32),
  -- the signed note as it was released
  note text not null,
  created_at timestamptz(3) not null,
  constraint ledger_checkpoint_pk primary key (organisation_id, log_id, size),
  constraint ledger_checkpoint_log_fk foreign key (organisation_id, log_id) references ledger_log (organisation_id, log_id)
);
call protect_evidence_table('ledger_checkpoint');

-- Full tiles of 256 hashes (C2SP tlog-tiles), level 0 upwards. Partial tiles are made from ledger_entry.
create table ledger_tile (
  organisation_id uuid not null,
  log_id uuid not null,
  level smallint not null,
  tile_index bigint not null,
  hashes bytea not null constraint ledger_tile_full check (octet_length(hashes) = 8192),
  constraint ledger_tile_pk primary key (organisation_id, log_id, level, tile_index),
  constraint ledger_tile_log_fk foreign key (organisation_id, log_id) references ledger_log (organisation_id, log_id)
);
call protect_evidence_table('ledger_tile');
