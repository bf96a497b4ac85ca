-- Captures: dated prints of a contact that somebody made, as they were handed in. What was kept, of which day and with which
-- hash stays; the bytes and the words about it can name people, so they go when the row of their person goes.

create table contact_capture (
  organisation_id uuid not null,
  capture_id uuid not null,
  -- whose contact it shows
  person_id uuid not null,
  -- the day of the print as whoever handed it in states it; kept_at is our own clock
  captured_on date not null,
  -- who could see what it shows: everybody, whoever is signed in there, the connections of one account, one addressee
  visibility text not null constraint contact_capture_visibility_known check (visibility in ('public', 'members', 'connections', 'addressee')),
  media_type text not null constraint contact_capture_media_type_known check (media_type in ('image/png', 'image/jpeg', 'application/pdf')),
  byte_length integer not null constraint contact_capture_byte_length_range check (byte_length between 1 and 10485760),
  content_sha256 bytea not null constraint contact_capture_sha256 check (octet_length(content_sha256) = 32),
  kept_by uuid not null,
  kept_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint contact_capture_pk primary key (organisation_id, capture_id),
  constraint contact_capture_once unique (organisation_id, person_id, content_sha256),
  constraint contact_capture_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint contact_capture_maker_fk foreign key (organisation_id, kept_by) references api_client (organisation_id, client_id),
  constraint contact_capture_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('contact_capture');

create table contact_capture_content (
  organisation_id uuid not null,
  capture_id uuid not null,
  bytes bytea not null,
  -- where it was taken from, in the words of whoever handed it in
  source text not null constraint contact_capture_content_source_length check (char_length(source) between 1 and 2000),
  -- what is to be seen on it
  shows text not null constraint contact_capture_content_shows_length check (char_length(shows) between 1 and 2000),
  constraint contact_capture_content_pk primary key (organisation_id, capture_id),
  constraint contact_capture_content_capture_fk foreign key (organisation_id, capture_id) references contact_capture (organisation_id, capture_id)
);
call protect_content_table('contact_capture_content');

-- What goes with the last of a person: the bytes of captures of their contacts, the words about them, and what the entries disclose.
create or replace function erase_obligation_content(organisation uuid, erased_person uuid) returns uuid[]
  language plpgsql set search_path = beding, pg_temp as $$
declare
  entries uuid[];
begin
  select coalesce(array_agg(contact_capture.entry_id), '{}') into entries from contact_capture
    where contact_capture.organisation_id = organisation and contact_capture.person_id = erased_person;
  delete from contact_capture_content using contact_capture
    where contact_capture_content.organisation_id = organisation
      and contact_capture.organisation_id = organisation and contact_capture.capture_id = contact_capture_content.capture_id
      and contact_capture.person_id = erased_person;
  return entries;
end $$;
