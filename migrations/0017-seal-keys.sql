-- Seal keys of more kinds and in more places: a file, a token or a service of the operator (decisions 0087 and 0088).

alter table signing_key drop constraint signing_key_algorithm_known;
alter table signing_key add constraint signing_key_algorithm_known
  check (algorithm in ('ed25519', 'ecdsa-p256', 'rsa-3072', 'rsa-4096'));

-- Null for a seal key that lives outside this database.
alter table signing_key alter column private_key_sealed drop not null;
alter table signing_key add constraint signing_key_private_half_here
  check (private_key_sealed is not null or purpose = 'seal');

-- Which seal key is used from when, and where its private half is found. The newest counts; a key may come back. An
-- organisation from before this table has none: then its newest seal key counts, which lives in the database.
create table seal_key_use (
  organisation_id uuid not null,
  use_number integer not null constraint seal_key_use_number_positive check (use_number >= 1),
  key_id text not null,
  location text not null
    constraint seal_key_use_location_known check (location in ('database', 'file', 'token', 'service')),
  -- JSON of paths, labels and addresses; never a PIN, a bearer token or a key
  settings text not null,
  registered_at timestamptz(3) not null,
  constraint seal_key_use_pk primary key (organisation_id, use_number),
  constraint seal_key_use_key_fk foreign key (organisation_id, key_id) references signing_key (organisation_id, key_id)
);
call protect_evidence_table('seal_key_use');
