-- API clients and their keys. A key is prefix_id_secret; only an HMAC of the secret is kept. Two keys of one
-- client may be valid at the same moment, so that a key can be replaced without a gap.

create table api_client (
  organisation_id uuid not null,
  client_id uuid not null,
  name text not null constraint api_client_name_length check (char_length(name) between 1 and 200),
  role text not null constraint api_client_role_known check (role in
    ('organisation-admin', 'hr-author', 'hr-approver', 'hr-publisher', 'hr-reader', 'lawyer', 'auditor')),
  created_at timestamptz(3) not null,
  created_by uuid,
  disabled_at timestamptz(3),
  constraint api_client_pk primary key (organisation_id, client_id),
  constraint api_client_organisation_fk foreign key (organisation_id) references organisation (organisation_id)
);
call protect_tenant_table('api_client');

create table api_key (
  organisation_id uuid not null,
  key_id uuid not null,
  client_id uuid not null,
  secret_hmac bytea not null constraint api_key_hmac_sha256 check (octet_length(secret_hmac) = 32),
  -- null: all rights of the role; otherwise the subset this key may use
  scopes text[],
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  constraint api_key_pk primary key (organisation_id, key_id),
  constraint api_key_client_fk foreign key (organisation_id, client_id) references api_client (organisation_id, client_id)
);
create index api_key_by_client on api_key (client_id, organisation_id);
call protect_tenant_table('api_key');
