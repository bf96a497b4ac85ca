-- The development TSA of this installation. Not tenant data. Its root key was never kept: the root signed one
-- certificate and can sign no other (decision 0050). Rows stay, because tokens stay.

create table timestamp_authority (
  authority_id uuid not null,
  -- DER
  root bytea not null,
  certificate bytea not null,
  -- AES-256-GCM under a key derived from the master key: 12-byte nonce, ciphertext, 16-byte tag
  private_key_sealed bytea not null,
  created_at timestamptz(3) not null,
  constraint timestamp_authority_pk primary key (authority_id)
);
comment on table timestamp_authority is 'installation';
grant select, insert on timestamp_authority to beding_app;
