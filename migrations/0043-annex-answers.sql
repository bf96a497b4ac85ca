-- As before, and with what an annex was composed of goes the answer that was kept under the Idempotency-Key of its making, which
-- holds the same words.
create or replace function erase_annex_content(organisation uuid, erased_person uuid) returns uuid[]
  language plpgsql set search_path = beding, pg_temp as $$
begin
  delete from idempotency using annex
    where idempotency.organisation_id = organisation and idempotency.client_id = annex.created_by
      and idempotency.operation = 'POST /v1/annexes' and idempotency.location = '/v1/annexes/' || annex.annex_id
      and annex.organisation_id = organisation and annex.person_id = erased_person;
  delete from annex_motivation_content using annex
    where annex_motivation_content.organisation_id = organisation
      and annex.organisation_id = organisation and annex.annex_id = annex_motivation_content.annex_id
      and annex.person_id = erased_person;
  delete from annex_content using annex
    where annex_content.organisation_id = organisation
      and annex.organisation_id = organisation and annex.annex_id = annex_content.annex_id
      and annex.person_id = erased_person;
  return '{}'::uuid[];
end $$;
