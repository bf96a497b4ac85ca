-- Providers of remote qualified signatures in the shape of the CSC API (decision 0151): at which one the persons of an
-- organisation sign, and how this service proves to it who asks. At most one is in use; one that was retired stays, because
-- signatures were made there.

create table csc_provider (
  organisation_id uuid not null,
  provider_id uuid not null,
  name text not null constraint csc_provider_name_length check (char_length(name) between 1 and 100),
  -- what the paths of the API are put behind, such as https://signing.example/csc/v2
  base_url text not null constraint csc_provider_url_length check (char_length(base_url) between 1 and 2048),
  client_id text not null constraint csc_provider_client_length check (char_length(client_id) between 1 and 255),
  -- the client secret, sealed under the master key
  sealed_secret bytea not null,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  retired_at timestamptz(3),
  constraint csc_provider_pk primary key (organisation_id, provider_id),
  constraint csc_provider_organisation_fk foreign key (organisation_id) references organisation (organisation_id),
  constraint csc_provider_maker_fk foreign key (organisation_id, created_by) references api_client (organisation_id, client_id),
  constraint csc_provider_retires_later check (retired_at is null or retired_at >= created_at)
);
create unique index csc_provider_one_in_use on csc_provider (organisation_id) where retired_at is null;
call protect_tenant_table('csc_provider');
