-- The answer that is kept under an Idempotency-Key can say something of a person: a fact of their employment, a title, a text.
-- Such an answer names them, and goes with the last of the person like the content that it repeats.

-- Answers of acts have no body and are found by their link; they stay out of this index.
create index idempotency_by_person on idempotency (subject_id, organisation_id) where subject_id is not null and body is not null;

-- Runs as whoever erases: only erase_items, as the owner, gets past the triggers of the table.
create function take_kept_answers() returns trigger
  language plpgsql set search_path = beding, pg_temp as $$
begin
  delete from idempotency
    where idempotency.organisation_id = new.organisation_id and idempotency.subject_id = new.person_id
      and idempotency.subject_id is not null and idempotency.body is not null;
  return null;
end $$;
create trigger person_takes_kept_answers after update of erased_at on person
  for each row when (old.erased_at is null and new.erased_at is not null) execute function take_kept_answers();
