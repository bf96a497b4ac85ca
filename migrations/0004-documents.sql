-- Documents: immutable bytes with a SHA-256. What is served is what is hashed is what was sealed.

create table document (
  organisation_id uuid not null,
  document_id uuid not null,
  kind text not null constraint document_kind_known check (kind in ('policy-edition', 'receipt')),
  media_type text not null,
  title text not null,
  language text not null constraint document_language_known check (language in ('nl', 'en')),
  bytes bytea not null,
  sha256 bytea not null constraint document_sha256 check (octet_length(sha256) = 32),
  -- the revision before the seal: its length and hash, so that a verifier can hold revision 0 against it
  rendered_length integer not null,
  rendered_sha256 bytea not null constraint document_rendered_sha256 check (octet_length(rendered_sha256) = 32),
  -- PAdES level that the stored bytes have; never a level that was only asked for
  seal_level text not null constraint document_seal_level_known check (seal_level in ('B-B')),
  seal_key_id text not null,
  created_at timestamptz(3) not null,
  constraint document_pk primary key (organisation_id, document_id),
  constraint document_seal_key_fk foreign key (organisation_id, seal_key_id) references signing_key (organisation_id, key_id)
);
alter table document alter column bytes set storage external;
create index document_by_sha256 on document (sha256, organisation_id);
call protect_evidence_table('document');
