-- What the migrations add up to, read back from the catalogue. Made by: npm run db:schema
-- Kept for review and compared by a test; nothing runs it.

-- functions

CREATE OR REPLACE FUNCTION beding.act_status(asked_act uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT COALESCE(( SELECT denial_step.status
            FROM denial_step
           WHERE ((denial_step.organisation_id = current_organisation()) AND (denial_step.act_id = act_status.asked_act))
           ORDER BY denial_step.step_number DESC
          LIMIT 1), 'undisputed'::text) AS "coalesce";
END;
CREATE OR REPLACE FUNCTION beding.active_hold(held_person uuid, held_assignment uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT legal_hold.hold_id
    FROM legal_hold
   WHERE ((legal_hold.organisation_id = current_organisation()) AND ((legal_hold.person_id = active_hold.held_person) OR (legal_hold.policy_id IN ( SELECT policy_version.policy_id
            FROM (assignment
              JOIN policy_version ON (((policy_version.organisation_id = assignment.organisation_id) AND (policy_version.version_id = assignment.version_id))))
           WHERE ((assignment.organisation_id = current_organisation()) AND (assignment.person_id = active_hold.held_person) AND ((active_hold.held_assignment IS NULL) OR (assignment.assignment_id = active_hold.held_assignment))))) OR (legal_hold.person_id IN ( SELECT party.person_id
            FROM ((((act
              JOIN executed_copy_party own ON (((own.organisation_id = act.organisation_id) AND (own.act_id = act.act_id))))
              JOIN executed_copy_document kept ON (((kept.organisation_id = own.organisation_id) AND (kept.executed_copy_id = own.executed_copy_id))))
              JOIN executed_copy_party other ON (((other.organisation_id = own.organisation_id) AND (other.executed_copy_id = own.executed_copy_id))))
              JOIN act party ON (((party.organisation_id = other.organisation_id) AND (party.act_id = other.act_id))))
           WHERE ((act.organisation_id = current_organisation()) AND (act.person_id = active_hold.held_person) AND ((active_hold.held_assignment IS NULL) OR (act.assignment_id = active_hold.held_assignment)))))) AND (NOT (EXISTS ( SELECT
            FROM legal_hold_release
           WHERE ((legal_hold_release.organisation_id = legal_hold.organisation_id) AND (legal_hold_release.hold_id = legal_hold.hold_id))))))
   ORDER BY legal_hold.placed_at, legal_hold.hold_id
  LIMIT 1;
END;
CREATE OR REPLACE FUNCTION beding.ceremony_answered(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM (act
              JOIN assignment ON (((assignment.organisation_id = act.organisation_id) AND (assignment.assignment_id = act.assignment_id))))
           WHERE ((act.organisation_id = current_organisation()) AND (act.assignment_id = ceremony_answered.asked) AND ((assignment.bundle_id IS NULL) OR ((act.statement_id = 'main'::text) AND (act.choice = 'declined'::text)) OR (( SELECT count(*) AS count
                    FROM act given
                   WHERE ((given.organisation_id = act.organisation_id) AND (given.assignment_id = act.assignment_id))) = ( SELECT count(*) AS count
                    FROM bundle_statement
                   WHERE ((bundle_statement.organisation_id = act.organisation_id) AND (bundle_statement.bundle_id = assignment.bundle_id)))))))) AS "exists";
END;
CREATE OR REPLACE FUNCTION beding.current_organisation()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('beding.organisation'::text, true), ''::text))::uuid;
CREATE OR REPLACE FUNCTION beding.disclosed_name(disclosure text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ((convert_from(decode(rpad(translate(disclosure, '-_'::text, '+/'::text), (((char_length(disclosure) + 3) / 4) * 4), '='::text), 'base64'::text), 'UTF8'::name))::json ->> 1);
CREATE OR REPLACE FUNCTION beding.erase_agreement_content(organisation uuid, erased_person uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  entries uuid[];
begin
  select coalesce(array_agg(each.entry_id), '{}') into entries from (
    select agreement.entry_id from agreement
      where agreement.organisation_id = organisation and agreement.person_id = erased_person
    union
    select agreement_conclusion.entry_id from agreement_conclusion join agreement using (organisation_id, agreement_id)
      where agreement.organisation_id = organisation and agreement.person_id = erased_person
    union
    select agreement_end.entry_id from agreement_end join agreement using (organisation_id, agreement_id)
      where agreement.organisation_id = organisation and agreement.person_id = erased_person
    union
    select identity_check.entry_id from identity_check
      where identity_check.organisation_id = organisation and identity_check.person_id = erased_person
  ) as each;
  delete from agreement_content using agreement
    where agreement_content.organisation_id = organisation
      and agreement.organisation_id = organisation and agreement.agreement_id = agreement_content.agreement_id
      and agreement.person_id = erased_person;
  delete from agreement_end_content using agreement_end, agreement
    where agreement_end_content.organisation_id = organisation
      and agreement_end.organisation_id = organisation and agreement_end.end_id = agreement_end_content.end_id
      and agreement.organisation_id = organisation and agreement.agreement_id = agreement_end.agreement_id
      and agreement.person_id = erased_person;
  delete from bundle_content using assignment, agreement
    where bundle_content.organisation_id = organisation
      and agreement.organisation_id = organisation and agreement.person_id = erased_person
      and assignment.organisation_id = organisation and assignment.assignment_id = agreement.representative_assignment_id
      and bundle_content.bundle_id = assignment.bundle_id;
  return entries;
end $function$;
CREATE OR REPLACE FUNCTION beding.erase_annex_content(organisation uuid, erased_person uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  delete from annex_motivation_content using annex
    where annex_motivation_content.organisation_id = organisation
      and annex.organisation_id = organisation and annex.annex_id = annex_motivation_content.annex_id
      and annex.person_id = erased_person;
  delete from annex_content using annex
    where annex_content.organisation_id = organisation
      and annex.organisation_id = organisation and annex.annex_id = annex_content.annex_id
      and annex.person_id = erased_person;
  return '{}'::uuid[];
end $function$;
CREATE OR REPLACE FUNCTION beding.erase_assignment(erased uuid, fields text[])
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  organisation uuid := current_organisation();
  done record;
  receipt uuid;
  everything boolean := cardinality(fields) = 0;
begin
  select act.act_id, act.entry_id into done from act
    where act.organisation_id = organisation and act.assignment_id = erased;
  if found then
    update entry_disclosure set disclosures = (
      select coalesce(array_agg(case when everything or disclosed_name(each.disclosure) = any(fields) then null else each.disclosure end order by each.place), '{}')
      from unnest(entry_disclosure.disclosures) with ordinality as each (disclosure, place))
    where entry_disclosure.organisation_id = organisation and entry_disclosure.entry_id = done.entry_id;
    delete from act_receipt where act_receipt.organisation_id = organisation and act_receipt.act_id = done.act_id
      returning act_receipt.document_id into receipt;
    delete from document where document.organisation_id = organisation and document.document_id = receipt;
  end if;
  update opening set user_agent = '', network_class = ''
    where opening.organisation_id = organisation and opening.assignment_id = erased;
  update delivery_event set detail = '', address = case when everything then '' else delivery_event.address end
    where delivery_event.organisation_id = organisation and delivery_event.assignment_id = erased;
  if everything then
    update delivery set address = '', state = case when delivery.state = 'queued' then 'failed' else delivery.state end
      where delivery.organisation_id = organisation and delivery.assignment_id = erased;
    -- The key of an act stands with a hash of what was sent, and its client is made from the link's.
    delete from idempotency using link
      where link.organisation_id = organisation and link.assignment_id = erased
        and idempotency.organisation_id = organisation and idempotency.operation = 'recordAct'
        and idempotency.client_id = encode(substring(link.token_sha256 from 1 for 16), 'hex')::uuid;
  end if;
  return done.entry_id;
end $function$;
CREATE OR REPLACE FUNCTION beding.erase_change_content(organisation uuid, erased_person uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  entries uuid[];
begin
  select coalesce(array_agg(each.entry_id), '{}') into entries from (
    select task.entry_id from task where task.organisation_id = organisation and task.person_id = erased_person
    union
    select task_ground.entry_id from task_ground join task using (organisation_id, task_id)
      where task_ground.organisation_id = organisation and task.person_id = erased_person
    union
    select task_closing.entry_id from task_closing join task using (organisation_id, task_id)
      where task_closing.organisation_id = organisation and task.person_id = erased_person
  ) as each;
  delete from task_closing_content using task
    where task_closing_content.organisation_id = organisation
      and task.organisation_id = organisation and task.task_id = task_closing_content.task_id
      and task.person_id = erased_person;
  delete from open_task using task
    where open_task.organisation_id = organisation
      and task.organisation_id = organisation and task.task_id = open_task.task_id and task.person_id = erased_person;
  delete from agreement_watch using agreement
    where agreement_watch.organisation_id = organisation
      and agreement.organisation_id = organisation and agreement.agreement_id = agreement_watch.agreement_id
      and agreement.person_id = erased_person;
  return entries;
end $function$;
CREATE OR REPLACE FUNCTION beding.erase_employment_content(organisation uuid, erased_person uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  entries uuid[];
begin
  select coalesce(array_agg(each.entry_id), '{}') into entries from (
    select employment.entry_id from employment
      where employment.organisation_id = organisation and employment.person_id = erased_person
    union
    select employment_fact.entry_id from employment_fact join employment using (organisation_id, employment_id)
      where employment_fact.organisation_id = organisation and employment.person_id = erased_person
    union
    select contract.entry_id from contract join employment using (organisation_id, employment_id)
      where contract.organisation_id = organisation and employment.person_id = erased_person
    union
    select contract_retraction.entry_id from contract_retraction
      join contract using (organisation_id, contract_id) join employment using (organisation_id, employment_id)
      where contract_retraction.organisation_id = organisation and employment.person_id = erased_person
    union
    select contract_document.entry_id from contract_document
      where contract_document.organisation_id = organisation and contract_document.person_id = erased_person
    union
    select mandate.entry_id from mandate
      where mandate.organisation_id = organisation and mandate.person_id = erased_person
    union
    select mandate_end.entry_id from mandate_end join mandate using (organisation_id, mandate_id)
      where mandate_end.organisation_id = organisation and mandate.person_id = erased_person
  ) as each;
  delete from employment_fact_content using employment_fact, employment
    where employment_fact_content.organisation_id = organisation
      and employment_fact.organisation_id = organisation and employment_fact.fact_id = employment_fact_content.fact_id
      and employment.organisation_id = organisation and employment.employment_id = employment_fact.employment_id
      and employment.person_id = erased_person;
  delete from contract_content using contract, employment
    where contract_content.organisation_id = organisation
      and contract.organisation_id = organisation and contract.contract_id = contract_content.contract_id
      and employment.organisation_id = organisation and employment.employment_id = contract.employment_id
      and employment.person_id = erased_person;
  delete from contract_page_content using contract_document
    where contract_page_content.organisation_id = organisation
      and contract_document.organisation_id = organisation
      and contract_document.document_id = contract_page_content.document_id
      and contract_document.person_id = erased_person;
  delete from document using contract_document
    where document.organisation_id = organisation and document.kind = 'contract-upload'
      and contract_document.organisation_id = organisation and contract_document.document_id = document.document_id
      and contract_document.person_id = erased_person;
  delete from mandate_content using mandate
    where mandate_content.organisation_id = organisation
      and mandate.organisation_id = organisation and mandate.mandate_id = mandate_content.mandate_id
      and mandate.person_id = erased_person;
  return entries;
end $function$;
CREATE OR REPLACE FUNCTION beding.erase_exit_content(organisation uuid, erased_person uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  delete from employment_exit_content using employment_exit
    where employment_exit_content.organisation_id = organisation
      and employment_exit.organisation_id = organisation and employment_exit.exit_id = employment_exit_content.exit_id
      and employment_exit.person_id = erased_person;
  return '{}'::uuid[];
end $function$;
CREATE OR REPLACE FUNCTION beding.erase_items(erased_proposal uuid, numbers integer[], erasure_entry uuid, executed timestamp with time zone)
 RETURNS TABLE(item_number integer, outcome text, entry_id uuid, hold_id uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'beding', 'pg_temp'
AS $function$
#variable_conflict use_column
declare
  organisation uuid := current_organisation();
  fields text[];
  item record;
  became text;
  held_by uuid;
  of_entry uuid;
  with_person uuid[];
  seen integer := 0;
begin
  if organisation is null then
    raise exception 'an erasure belongs to an organisation' using errcode = 'BE002';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('beding.erasure ' || organisation, 0));
  select proposal.fields into fields from erasure_proposal as proposal
    join erasure_decision as decision on decision.organisation_id = proposal.organisation_id and decision.proposal_id = proposal.proposal_id
    where proposal.organisation_id = organisation and proposal.proposal_id = erased_proposal
      and decision.verdict = 'confirm' and decision.decided_by is distinct from proposal.made_by;
  if not found then
    raise exception 'the erasure was not confirmed' using errcode = 'BE002';
  end if;
  perform set_config('beding.erasure', erased_proposal::text, true);
  for item in
    select each.item_number, each.what, each.person_id, each.assignment_id from erasure_item as each
    where each.organisation_id = organisation and each.proposal_id = erased_proposal and each.item_number = any(numbers)
      and not exists (select from erasure_result as done where done.organisation_id = organisation
                      and done.proposal_id = erased_proposal and done.item_number = each.item_number)
    order by each.what = 'person', each.item_number
  loop
    seen := seen + 1;
    became := 'erased';
    of_entry := null;
    held_by := active_hold(item.person_id, item.assignment_id);
    if held_by is not null then
      became := 'held';
    elsif item.what <> 'person' then
      of_entry := erase_assignment(item.assignment_id, case when item.what = 'traces' then fields else '{}' end);
      if of_entry is not null then
        insert into entry_erasure (organisation_id, entry_id, erasure_entry_id) values (organisation, of_entry, erasure_entry);
      end if;
    elsif exists (
      select from assignment where assignment.organisation_id = organisation and assignment.person_id = item.person_id
        and not exists (select from erasure_item as gone
          join erasure_result as done on done.organisation_id = gone.organisation_id and done.proposal_id = gone.proposal_id and done.item_number = gone.item_number
          where gone.organisation_id = organisation and gone.assignment_id = assignment.assignment_id
            and gone.what = 'content' and done.outcome = 'erased'))
    then
      became := 'kept';
    else
      update person set external_id = 'erased ' || person.person_id, given_name = 'Erased', family_name = 'person',
        work_email = 'erased@invalid', department = null, job_title = null, employed_until = null,
        erased_at = executed, updated_at = executed
      where person.organisation_id = organisation and person.person_id = item.person_id and person.erased_at is null;
      with_person := erase_employment_content(organisation, item.person_id) || erase_annex_content(organisation, item.person_id)
        || erase_agreement_content(organisation, item.person_id) || erase_obligation_content(organisation, item.person_id)
        || erase_change_content(organisation, item.person_id) || erase_exit_content(organisation, item.person_id);
      insert into entry_erasure (organisation_id, entry_id, erasure_entry_id)
        select distinct organisation, gone.id, erasure_entry from unnest(with_person) as gone (id)
        on conflict on constraint entry_erasure_pk do nothing;
      update entry_disclosure set disclosures = array_fill(null::text, array[cardinality(entry_disclosure.disclosures)])
        where entry_disclosure.organisation_id = organisation and entry_disclosure.entry_id = any(with_person);
    end if;
    insert into erasure_result (organisation_id, proposal_id, item_number, outcome, hold_id, executed_at, erasure_entry_id)
      values (organisation, erased_proposal, item.item_number, became, held_by, executed,
              case when became = 'erased' then erasure_entry end);
    item_number := item.item_number;
    outcome := became;
    entry_id := of_entry;
    hold_id := held_by;
    return next;
  end loop;
  perform set_config('beding.erasure', '', true);
  if seen <> cardinality(numbers) then
    raise exception 'an item that is not there, or has been done' using errcode = 'BE002';
  end if;
end $function$;
CREATE OR REPLACE FUNCTION beding.erase_obligation_content(organisation uuid, erased_person uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
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
end $function$;
CREATE OR REPLACE FUNCTION beding.erase_with_document()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  delete from document_revision
    where document_revision.organisation_id = old.organisation_id and document_revision.document_id = old.document_id;
  delete from document_preservation
    where document_preservation.organisation_id = old.organisation_id and document_preservation.document_id = old.document_id;
  return old;
end $function$;
CREATE OR REPLACE FUNCTION beding.expect_document_continues()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  newest record;
begin
  select document_revision.number, document_revision.length, document_revision.sha256 into newest from document_revision
    where document_revision.organisation_id = new.organisation_id and document_revision.document_id = new.document_id
    order by document_revision.number desc limit 1;
  if not found then
    select new.number - 1 as number, octet_length(document.bytes) as length, document.sha256 into newest from document
      where document.organisation_id = new.organisation_id and document.document_id = new.document_id;
  end if;
  if newest.number is distinct from new.number - 1 or newest.sha256 is distinct from new.base_sha256
     or newest.length + octet_length(new.bytes) is distinct from new.length then
    raise exception 'the revision does not continue the file as it is' using errcode = '23514',
      constraint = 'document_revision_continues', table = 'document_revision';
  end if;
  return new;
end $function$;
CREATE OR REPLACE FUNCTION beding.facts_on_sheet()
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ARRAY['actId'::text, 'actedAt'::text, 'assurance'::text, 'documentSha256'::text, 'documentTitle'::text, 'evidenceLevel'::text, 'method'::text, 'organisationName'::text, 'personName'::text, 'statement'::text, 'versionNumber'::text];
CREATE OR REPLACE FUNCTION beding.forget_access()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  delete from authentication_record where authentication_record.organisation_id = new.organisation_id and authentication_record.person_id = new.person_id;
  delete from private_mailbox where private_mailbox.organisation_id = new.organisation_id and private_mailbox.person_id = new.person_id;
  delete from private_mailbox_proposal where private_mailbox_proposal.organisation_id = new.organisation_id and private_mailbox_proposal.person_id = new.person_id;
  delete from mailbox_code where mailbox_code.organisation_id = new.organisation_id and mailbox_code.person_id = new.person_id;
  delete from totp_authenticator where totp_authenticator.organisation_id = new.organisation_id and totp_authenticator.person_id = new.person_id;
  update notice set address = '', facts = '{}', detail = '', state = case when notice.state = 'queued' then 'too-late' else notice.state end
    where notice.organisation_id = new.organisation_id and notice.person_id = new.person_id;
  update person_session set user_agent = '', ended_at = coalesce(person_session.ended_at, new.erased_at)
    where person_session.organisation_id = new.organisation_id and person_session.person_id = new.person_id;
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.forget_attestations()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  delete from attestation_text where attestation_text.organisation_id = new.organisation_id and attestation_text.person_id = new.person_id;
  return null;
end $function$;
CREATE OR REPLACE PROCEDURE beding.protect_content_table(IN target regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  call protect_evidence_table(target);
  execute format('drop trigger append_only_rows on %s', target);
  execute format('create trigger append_only_rows before update or delete on %s for each row execute function refuse_change_but_letter_erasure()', target);
end $procedure$;
CREATE OR REPLACE PROCEDURE beding.protect_evidence_table(IN target regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_organisation on %s using (organisation_id = current_organisation()) with check (organisation_id = current_organisation())', target);
  execute format('create trigger append_only_rows before update or delete on %s for each row execute function refuse_change()', target);
  execute format('create trigger append_only_table before truncate on %s for each statement execute function refuse_change()', target);
  execute format('comment on table %s is %L', target, 'evidence');
  execute format('grant select, insert on %s to beding_app', target);
end $procedure$;
CREATE OR REPLACE PROCEDURE beding.protect_tenant_table(IN target regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_organisation on %s using (organisation_id = current_organisation()) with check (organisation_id = current_organisation())', target);
  execute format('comment on table %s is %L', target, 'tenant');
  execute format('grant select, insert, update, delete on %s to beding_app', target);
end $procedure$;
CREATE OR REPLACE FUNCTION beding.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
end $function$;
CREATE OR REPLACE FUNCTION beding.refuse_change_but_erasure()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  if current_user <> 'beding_owner' or coalesce(current_setting('beding.erasure', true), '') = '' then
    raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
  end if;
  if tg_op = 'DELETE' then
    if tg_table_name in ('act_receipt', 'executed_copy_document', 'idempotency') then
      return old;
    elsif tg_table_name = 'document' then
      if old.kind <> 'policy-edition' then return old; end if;
    end if;
  elsif tg_table_name = 'entry_disclosure' then
    if new.organisation_id = old.organisation_id and new.entry_id = old.entry_id
       and cardinality(new.disclosures) = cardinality(old.disclosures)
       and not exists (select from unnest(old.disclosures, new.disclosures) as each (before, after)
                       where each.after is not null and each.after is distinct from each.before) then
      return new;
    end if;
  elsif tg_table_name = 'opening' then
    if new.user_agent = '' and new.network_class = ''
       and to_jsonb(new) - '{user_agent,network_class}'::text[] = to_jsonb(old) - '{user_agent,network_class}'::text[] then
      return new;
    end if;
  elsif tg_table_name = 'delivery_event' then
    if new.detail = '' and new.address in ('', old.address)
       and to_jsonb(new) - '{address,detail}'::text[] = to_jsonb(old) - '{address,detail}'::text[] then
      return new;
    end if;
  end if;
  raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
end $function$;
CREATE OR REPLACE FUNCTION beding.refuse_change_but_letter_erasure()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  if tg_op = 'DELETE' and current_user = 'beding_owner' and coalesce(current_setting('beding.erasure', true), '') <> '' then
    return old;
  end if;
  raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
end $function$;
CREATE OR REPLACE FUNCTION beding.refuse_change_but_signing_erasure()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  if tg_op = 'DELETE' and current_user = 'beding_owner' and coalesce(current_setting('beding.erasure', true), '') <> '' then
    return old;
  end if;
  raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
end $function$;
CREATE OR REPLACE FUNCTION beding.refuse_change_but_with_document()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  if tg_op = 'DELETE' and current_user = 'beding_owner' and coalesce(current_setting('beding.erasure', true), '') <> ''
     and pg_trigger_depth() > 1 then
    return old;
  end if;
  raise exception 'table % is append-only', tg_table_name using errcode = 'BE001';
end $function$;
CREATE OR REPLACE FUNCTION beding.require_erasure_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  if new.erasure_entry_id is not null and not exists (
    select from ledger_entry where ledger_entry.organisation_id = new.organisation_id
      and ledger_entry.entry_id = new.erasure_entry_id and ledger_entry.kind = 'content-erased') then
    raise exception 'an erasure without its entry in the log' using errcode = 'BE003';
  end if;
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.take_attributions()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  if new.outcome = 'erased' then
    delete from attribution_text using attribution_pack, act, erasure_item
      where erasure_item.organisation_id = new.organisation_id and erasure_item.proposal_id = new.proposal_id
        and erasure_item.item_number = new.item_number
        and act.organisation_id = erasure_item.organisation_id and act.person_id = erasure_item.person_id
        and attribution_pack.organisation_id = act.organisation_id and attribution_pack.act_id = act.act_id
        and attribution_text.organisation_id = attribution_pack.organisation_id and attribution_text.pack_id = attribution_pack.pack_id;
  end if;
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.take_ceremony()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  item record;
  named text[];
  taken uuid[];
  receipts uuid[];
begin
  if new.outcome <> 'erased' then
    return null;
  end if;
  select erasure_item.what, erasure_item.assignment_id, assignment.bundle_id, assignment.entry_id, erasure_proposal.fields
    into item
    from erasure_item
    join erasure_proposal using (organisation_id, proposal_id)
    join assignment using (organisation_id, assignment_id)
    where erasure_item.organisation_id = new.organisation_id and erasure_item.proposal_id = new.proposal_id
      and erasure_item.item_number = new.item_number and erasure_item.what in ('content', 'traces');
  if not found or item.bundle_id is null then
    return null;
  end if;
  named := case when item.what = 'traces' then item.fields else '{}'::text[] end;
  select array_agg(act.entry_id) into taken from act
    where act.organisation_id = new.organisation_id and act.assignment_id = item.assignment_id
      and not exists (select from entry_erasure as done where done.organisation_id = act.organisation_id
                      and done.entry_id = act.entry_id and done.erasure_entry_id = new.erasure_entry_id);
  if cardinality(named) = 0 then
    taken := array_append(taken, item.entry_id);
    delete from bundle_content
      where bundle_content.organisation_id = new.organisation_id and bundle_content.bundle_id = item.bundle_id;
  end if;
  if taken is null then
    return null;
  end if;
  update entry_disclosure set disclosures = (
    select coalesce(array_agg(case when cardinality(named) = 0 or disclosed_name(each.disclosure) = any(named) then null else each.disclosure end order by each.place), '{}')
    from unnest(entry_disclosure.disclosures) with ordinality as each (disclosure, place))
    where entry_disclosure.organisation_id = new.organisation_id and entry_disclosure.entry_id = any(taken);
  select array_agg(act_receipt.document_id) into receipts from act_receipt join act using (organisation_id, act_id)
    where act_receipt.organisation_id = new.organisation_id and act.entry_id = any(taken);
  delete from act_receipt where act_receipt.organisation_id = new.organisation_id and act_receipt.document_id = any(receipts);
  delete from document where document.organisation_id = new.organisation_id and document.document_id = any(receipts);
  insert into entry_erasure (organisation_id, entry_id, erasure_entry_id)
    select new.organisation_id, one.entry_id, new.erasure_entry_id from unnest(taken) as one (entry_id);
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.take_denials()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  gone uuid[];
begin
  if new.outcome <> 'erased' then
    return null;
  end if;
  select array_agg(denial_step.entry_id) into gone from erasure_item
    join act on act.organisation_id = erasure_item.organisation_id and act.assignment_id = erasure_item.assignment_id
    join denial_step on denial_step.organisation_id = act.organisation_id and denial_step.act_id = act.act_id
    where erasure_item.organisation_id = new.organisation_id and erasure_item.proposal_id = new.proposal_id
      and erasure_item.item_number = new.item_number and erasure_item.what = 'content';
  if gone is null then
    return null;
  end if;
  insert into entry_erasure (organisation_id, entry_id, erasure_entry_id)
    select new.organisation_id, entry.id, new.erasure_entry_id from unnest(gone) as entry (id)
    on conflict on constraint entry_erasure_pk do nothing;
  update entry_disclosure set disclosures = array_fill(null::text, array[cardinality(entry_disclosure.disclosures)])
    where entry_disclosure.organisation_id = new.organisation_id and entry_disclosure.entry_id = any(gone);
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.take_dossier_reports()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  gone uuid[];
begin
  if not exists (select from unnest(old.disclosures, new.disclosures) as each (before, after)
                 where each.after is null and each.before is not null) then
    return null;
  end if;
  select array_agg(dossier_report.document_id) into gone from dossier_report
    join dossier on dossier.organisation_id = dossier_report.organisation_id and dossier.dossier_id = dossier_report.dossier_id
    where dossier_report.organisation_id = new.organisation_id and exists (
      select from act
      left join policy_version on policy_version.organisation_id = act.organisation_id and policy_version.version_id = act.version_id
      where act.organisation_id = new.organisation_id and act.entry_id = new.entry_id
        and (dossier.person_id = act.person_id or dossier.policy_id = policy_version.policy_id)
      union all
      select from assignment where assignment.organisation_id = new.organisation_id and assignment.entry_id = new.entry_id
        and assignment.bundle_id is not null and dossier.person_id = assignment.person_id
      union all
      select from letter where letter.organisation_id = new.organisation_id and letter.entry_id = new.entry_id
        and dossier.person_id = letter.person_id);
  delete from dossier_report where dossier_report.organisation_id = new.organisation_id and dossier_report.document_id = any(gone);
  delete from document where document.organisation_id = new.organisation_id and document.document_id = any(gone);
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.take_executed_copies()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  gone uuid[];
begin
  if not exists (select from unnest(old.disclosures, new.disclosures) as each (before, after)
                 where each.after is null and disclosed_name(each.before) = any(facts_on_sheet())) then
    return null;
  end if;
  select array_agg(executed_copy_document.document_id) into gone from act
    join executed_copy_party using (organisation_id, act_id)
    join executed_copy_document using (organisation_id, executed_copy_id)
    where act.organisation_id = new.organisation_id and act.entry_id = new.entry_id;
  delete from executed_copy_document
    where executed_copy_document.organisation_id = new.organisation_id and executed_copy_document.document_id = any(gone);
  delete from document where document.organisation_id = new.organisation_id and document.document_id = any(gone);
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.take_kept_answers()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  delete from idempotency
    where idempotency.organisation_id = new.organisation_id and idempotency.subject_id = new.person_id
      and idempotency.subject_id is not null and idempotency.body is not null;
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.take_legal_check_content()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  delete from legal_check_content using legal_check
    where legal_check_content.organisation_id = new.organisation_id
      and legal_check.organisation_id = new.organisation_id
      and legal_check.legal_check_id = legal_check_content.legal_check_id
      and legal_check.person_id = new.person_id;
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.take_letters()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  gone uuid[];
begin
  if new.outcome <> 'erased' then
    return null;
  end if;
  select array_agg(letter.letter_id) into gone from erasure_item
    join letter on letter.organisation_id = erasure_item.organisation_id and letter.person_id = erasure_item.person_id
    join letter_document on letter_document.organisation_id = letter.organisation_id and letter_document.letter_id = letter.letter_id
    where erasure_item.organisation_id = new.organisation_id and erasure_item.proposal_id = new.proposal_id
      and erasure_item.item_number = new.item_number and erasure_item.what = 'person';
  if gone is null then
    return null;
  end if;
  insert into entry_erasure (organisation_id, entry_id, erasure_entry_id)
    select letter.organisation_id, letter.entry_id, new.erasure_entry_id from letter
    where letter.organisation_id = new.organisation_id and letter.letter_id = any(gone);
  update entry_disclosure set disclosures = array_fill(null::text, array[cardinality(entry_disclosure.disclosures)])
    from letter
    where letter.organisation_id = new.organisation_id and letter.letter_id = any(gone)
      and entry_disclosure.organisation_id = letter.organisation_id and entry_disclosure.entry_id = letter.entry_id;
  delete from letter_document where letter_document.organisation_id = new.organisation_id and letter_document.letter_id = any(gone);
  delete from document where document.organisation_id = new.organisation_id and document.document_id = any(gone);
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.take_sign_on_bindings()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  delete from sign_on_binding
    where sign_on_binding.organisation_id = new.organisation_id and sign_on_binding.person_id = new.person_id;
  delete from sign_on_rebinding
    where sign_on_rebinding.organisation_id = new.organisation_id and sign_on_rebinding.person_id = new.person_id;
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.take_signing_credentials()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
declare
  erased_person uuid;
  gone uuid[];
begin
  if new.outcome <> 'erased' then
    return null;
  end if;
  select erasure_item.person_id into erased_person from erasure_item
    where erasure_item.organisation_id = new.organisation_id and erasure_item.proposal_id = new.proposal_id
      and erasure_item.item_number = new.item_number and erasure_item.what = 'person';
  if erased_person is null then
    return null;
  end if;
  select array_agg(distinct each.entry_id) into gone from (
    select signing_credential.entry_id from signing_credential
      where signing_credential.organisation_id = new.organisation_id and signing_credential.person_id = erased_person
    union all select signing_revocation.entry_id from signing_revocation
      join signing_credential using (organisation_id, signing_credential_id)
      where signing_revocation.organisation_id = new.organisation_id and signing_credential.person_id = erased_person
    union all select signing_reset.entry_id from signing_reset
      where signing_reset.organisation_id = new.organisation_id and signing_reset.person_id = erased_person) as each;
  delete from signing_challenge where signing_challenge.organisation_id = new.organisation_id and signing_challenge.person_id = erased_person;
  if gone is null then
    return null;
  end if;
  insert into entry_erasure (organisation_id, entry_id, erasure_entry_id)
    select new.organisation_id, each, new.erasure_entry_id from unnest(gone) as each;
  update entry_disclosure set disclosures = array_fill(null::text, array[cardinality(entry_disclosure.disclosures)])
    where entry_disclosure.organisation_id = new.organisation_id and entry_disclosure.entry_id = any(gone);
  delete from signing_counter using signing_credential
    where signing_credential.organisation_id = new.organisation_id and signing_credential.person_id = erased_person
      and signing_counter.organisation_id = new.organisation_id
      and signing_counter.signing_credential_id = signing_credential.signing_credential_id;
  delete from signing_revocation using signing_credential
    where signing_credential.organisation_id = new.organisation_id and signing_credential.person_id = erased_person
      and signing_revocation.organisation_id = new.organisation_id
      and signing_revocation.signing_credential_id = signing_credential.signing_credential_id;
  delete from signing_credential where signing_credential.organisation_id = new.organisation_id and signing_credential.person_id = erased_person;
  delete from signing_reset where signing_reset.organisation_id = new.organisation_id and signing_reset.person_id = erased_person;
  return null;
end $function$;
CREATE OR REPLACE FUNCTION beding.wait_for_erasures()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'beding', 'pg_temp'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('beding.erasure ' || new.organisation_id, 0));
  return new;
end $function$;

-- tables

create table act (
  organisation_id uuid not null,
  act_id uuid not null,
  assignment_id uuid not null,
  person_id uuid not null,
  version_id uuid,
  document_id uuid not null,
  language text not null,
  choice text not null,
  assurance text not null,
  evidence_level text not null,
  acted_at timestamp(3) with time zone not null,
  entry_id uuid not null,
  person_entry_number integer not null,
  bundle_id uuid,
  statement_id text not null,
  signing_credential_id text,
  challenge_sha256 bytea
);
create table act_receipt (
  organisation_id uuid not null,
  act_id uuid not null,
  document_id uuid not null
);
create table agreement (
  organisation_id uuid not null,
  agreement_id uuid not null,
  employment_id uuid not null,
  person_id uuid not null,
  contract_id uuid,
  provenance text not null,
  representative_id uuid,
  mandate_id uuid,
  bundle_sha256 bytea,
  employee_assignment_id uuid,
  representative_assignment_id uuid,
  sign_check_id uuid,
  signed_on date,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table agreement_annex (
  organisation_id uuid not null,
  agreement_id uuid not null,
  "position" smallint not null,
  annex_id uuid not null,
  role text not null
);
create table agreement_conclusion (
  organisation_id uuid not null,
  agreement_id uuid not null,
  outcome text not null,
  concluded_at timestamp(3) with time zone not null,
  legal_check_id uuid not null,
  blocked_by text[] not null,
  recorded_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table agreement_content (
  organisation_id uuid not null,
  agreement_id uuid not null,
  content text not null
);
create table agreement_end (
  organisation_id uuid not null,
  end_id uuid not null,
  agreement_id uuid not null,
  annex_id uuid,
  ended_on date not null,
  how text not null,
  superseded_by uuid,
  ended_by uuid,
  recorded_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table agreement_end_content (
  organisation_id uuid not null,
  end_id uuid not null,
  reason text not null
);
create table agreement_watch (
  organisation_id uuid not null,
  agreement_id uuid not null,
  legal_check_id uuid not null,
  basis text not null
);
create table anchor_state (
  organisation_id uuid not null,
  log_id uuid not null,
  anchored_size bigint,
  anchored_at timestamp(3) with time zone,
  requested_at timestamp(3) with time zone,
  due_since timestamp(3) with time zone,
  alarmed_at timestamp(3) with time zone,
  failures integer not null default 0,
  last_failure text,
  last_moment timestamp(3) with time zone not null
);
create table annex (
  organisation_id uuid not null,
  annex_id uuid not null,
  employment_id uuid not null,
  person_id uuid not null,
  contract_id uuid not null,
  mark text not null,
  kind text not null,
  language text not null,
  effective_from date not null,
  effective_until date,
  replaces uuid,
  document_id uuid not null,
  document_sha256 bytea not null,
  content_sha256 bytea not null,
  draft_check_id uuid not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table annex_clause (
  organisation_id uuid not null,
  annex_id uuid not null,
  clause_id text not null,
  "position" smallint not null,
  kind text not null,
  template_id uuid not null,
  version_number integer not null,
  content_sha256 bytea not null,
  counsel text not null,
  months smallint,
  relation_list_mark text,
  relation_list_id uuid
);
create table annex_content (
  organisation_id uuid not null,
  annex_id uuid not null,
  title text not null,
  content text not null
);
create table annex_motivation_content (
  organisation_id uuid not null,
  annex_id uuid not null,
  clause_id text not null,
  text_sha256 bytea not null,
  function_ref text not null
);
create table annex_policy (
  organisation_id uuid not null,
  annex_id uuid not null,
  policy_id uuid not null,
  version_number integer not null,
  version_id uuid not null,
  document_sha256 bytea not null
);
create table api_client (
  organisation_id uuid not null,
  client_id uuid not null,
  name text not null,
  role text not null,
  created_at timestamp(3) with time zone not null,
  created_by uuid,
  disabled_at timestamp(3) with time zone,
  kind text not null default 'program'::text
);
create table api_key (
  organisation_id uuid not null,
  key_id uuid not null,
  client_id uuid not null,
  secret_hmac bytea not null,
  scopes text[],
  created_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  revoked_at timestamp(3) with time zone
);
create table assignment (
  organisation_id uuid not null,
  assignment_id uuid not null,
  version_id uuid,
  person_id uuid not null,
  due_date date not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  entry_id uuid not null,
  bundle_id uuid
);
create table assurance_rule (
  organisation_id uuid not null,
  rule_id uuid not null,
  purpose text not null,
  level text not null,
  min_reading_s integer not null,
  effective_from date not null,
  reason text not null,
  made_by uuid not null,
  made_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table attestation (
  organisation_id uuid not null,
  attestation_id uuid not null,
  person_id uuid not null,
  assignment_id uuid,
  kind text not null,
  happened_on date not null,
  evidence_sha256 bytea,
  attested_by uuid not null,
  attested_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table attestation_text (
  organisation_id uuid not null,
  attestation_id uuid not null,
  person_id uuid not null,
  what text not null,
  salt bytea not null
);
create table attribution_pack (
  organisation_id uuid not null,
  pack_id uuid not null,
  act_id uuid not null,
  dossier_id uuid not null,
  attribution_sha256 bytea not null,
  made_by uuid not null,
  made_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table attribution_text (
  organisation_id uuid not null,
  pack_id uuid not null,
  attribution text not null
);
create table authentication_record (
  organisation_id uuid not null,
  authentication_id uuid not null,
  person_id uuid not null,
  record text not null
);
create table awaited_change (
  organisation_id uuid not null,
  change_id uuid not null,
  employment_id uuid,
  subject text not null,
  subject_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null,
  due_on date not null
);
create table bundle (
  organisation_id uuid not null,
  bundle_id uuid not null,
  person_id uuid not null,
  purpose text not null,
  language text not null,
  manifest_sha256 bytea not null,
  created_at timestamp(3) with time zone not null
);
create table bundle_content (
  organisation_id uuid not null,
  bundle_id uuid not null,
  manifest text not null
);
create table bundle_document (
  organisation_id uuid not null,
  bundle_id uuid not null,
  "position" smallint not null,
  document_id uuid not null,
  role text not null,
  document_sha256 bytea not null
);
create table bundle_statement (
  organisation_id uuid not null,
  bundle_id uuid not null,
  "position" smallint not null,
  statement_id text not null,
  kind text not null
);
create table ceremony_end (
  organisation_id uuid not null,
  assignment_id uuid not null,
  how text not null,
  superseded_by uuid,
  ended_by uuid,
  ended_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table certificate_authority (
  authority_id uuid not null,
  certificate text not null,
  private_key_sealed bytea not null,
  development boolean not null,
  created_at timestamp(3) with time zone not null
);
create table clause_review (
  organisation_id uuid not null,
  review_id uuid not null,
  template_id uuid not null,
  version_number integer not null,
  content_sha256 bytea not null,
  reviewer text not null,
  outcome text not null,
  remarks text not null,
  reviewed_by uuid not null,
  reviewed_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table clause_template (
  organisation_id uuid not null,
  template_id uuid not null,
  kind text not null,
  name text not null,
  starter_id text,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null
);
create table clause_template_version (
  organisation_id uuid not null,
  template_id uuid not null,
  version_number integer not null,
  content text not null,
  content_sha256 bytea not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table contact_capture (
  organisation_id uuid not null,
  capture_id uuid not null,
  person_id uuid not null,
  captured_on date not null,
  visibility text not null,
  media_type text not null,
  byte_length integer not null,
  content_sha256 bytea not null,
  kept_by uuid not null,
  kept_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table contact_capture_content (
  organisation_id uuid not null,
  capture_id uuid not null,
  bytes bytea not null,
  source text not null,
  shows text not null
);
create table contract (
  organisation_id uuid not null,
  contract_id uuid not null,
  employment_id uuid not null,
  kind text not null,
  starts_on date not null,
  ends_on date,
  document_id uuid,
  document_sha256 bytea,
  follows uuid,
  follow_kind text,
  changed_more boolean not null,
  provenance text not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table contract_content (
  organisation_id uuid not null,
  contract_id uuid not null,
  value text not null
);
create table contract_document (
  organisation_id uuid not null,
  document_id uuid not null,
  person_id uuid not null,
  document_sha256 bytea not null,
  pages smallint not null,
  uploaded_by uuid not null,
  uploaded_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table contract_page_content (
  organisation_id uuid not null,
  document_id uuid not null,
  page smallint not null,
  page_text text not null
);
create table contract_retraction (
  organisation_id uuid not null,
  contract_id uuid not null,
  retracted_by uuid not null,
  retracted_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table csc_provider (
  organisation_id uuid not null,
  provider_id uuid not null,
  name text not null,
  base_url text not null,
  client_id text not null,
  sealed_secret bytea not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  retired_at timestamp(3) with time zone
);
create table delivery (
  organisation_id uuid not null,
  delivery_id uuid not null,
  assignment_id uuid not null,
  address text not null,
  state text not null,
  attempts integer not null,
  next_attempt_at timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone not null,
  address_basis text not null default 'personnel-record'::text
);
create table delivery_event (
  organisation_id uuid not null,
  event_id uuid not null,
  delivery_id uuid not null,
  assignment_id uuid not null,
  kind text not null,
  channel text not null,
  address text not null,
  detail text not null,
  occurred_at timestamp(3) with time zone not null,
  entry_id uuid
);
create table denial_step (
  organisation_id uuid not null,
  act_id uuid not null,
  step_number integer not null,
  kind text not null,
  ground text,
  assurance text,
  recorded_by uuid,
  finding text,
  final boolean,
  status text not null,
  recorded_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table document (
  organisation_id uuid not null,
  document_id uuid not null,
  kind text not null,
  media_type text not null,
  title text not null,
  language text not null,
  bytes bytea not null,
  sha256 bytea not null,
  rendered_length integer not null,
  rendered_sha256 bytea not null,
  seal_level text,
  seal_key_id text,
  created_at timestamp(3) with time zone not null,
  file_identifier text generated always as ("substring"(encode(SUBSTRING(bytes FROM (rendered_length - 399) FOR 400), 'escape'::text), '/ID [[]<([0-9a-f]{32})>'::text)) stored
);
create table document_preservation (
  organisation_id uuid not null,
  document_id uuid not null,
  level text not null,
  step text not null,
  due_at timestamp(3) with time zone not null,
  failures integer not null default 0,
  waiting_because text,
  waiting_detail text,
  waiting_since timestamp(3) with time zone,
  requested_at timestamp(3) with time zone
);
create table document_renewal_request (
  organisation_id uuid not null,
  request_id uuid not null,
  document_id uuid not null,
  requested_by uuid not null,
  reason text not null,
  requested_at timestamp(3) with time zone not null
);
create table document_revision (
  organisation_id uuid not null,
  document_id uuid not null,
  number integer not null,
  kind text not null,
  bytes bytea not null,
  base_sha256 bytea not null,
  length integer not null,
  sha256 bytea not null,
  level text not null,
  authority text,
  development boolean,
  proven_at timestamp(3) with time zone,
  chain_ends_at timestamp(3) with time zone,
  algorithms text[],
  created_at timestamp(3) with time zone not null
);
create table dossier (
  organisation_id uuid not null,
  dossier_id uuid not null,
  person_id uuid,
  policy_id uuid,
  purpose text not null,
  log_id uuid not null,
  tree_size bigint not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  entry_id uuid not null,
  exported_by text
);
create table dossier_document (
  organisation_id uuid not null,
  dossier_id uuid not null,
  document_id uuid not null,
  revision_number integer
);
create table dossier_freeze (
  organisation_id uuid not null,
  dossier_id uuid not null,
  frozen_at timestamp(3) with time zone not null,
  unanchored_because text
);
create table dossier_report (
  organisation_id uuid not null,
  dossier_id uuid not null,
  language text not null,
  document_id uuid not null
);
create table employment (
  organisation_id uuid not null,
  employment_id uuid not null,
  person_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table employment_change (
  organisation_id uuid not null,
  change_id uuid not null,
  employment_id uuid,
  subject text not null,
  subject_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null
);
create table employment_exit (
  organisation_id uuid not null,
  exit_id uuid not null,
  employment_id uuid not null,
  person_id uuid not null,
  replaces uuid,
  fact_id uuid not null,
  document_id uuid not null,
  document_sha256 bytea not null,
  content_sha256 bytea not null,
  given_by uuid not null,
  mandate_id uuid not null,
  assignment_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table employment_exit_check (
  organisation_id uuid not null,
  exit_id uuid not null,
  agreement_id uuid not null,
  legal_check_id uuid not null
);
create table employment_exit_content (
  organisation_id uuid not null,
  exit_id uuid not null,
  content text not null
);
create table employment_exit_list (
  organisation_id uuid not null,
  exit_id uuid not null,
  mark text not null,
  annex_id uuid not null
);
create table employment_fact (
  organisation_id uuid not null,
  fact_id uuid not null,
  employment_id uuid not null,
  kind text not null,
  valid_from date not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null,
  retracts uuid,
  entry_id uuid not null
);
create table employment_fact_content (
  organisation_id uuid not null,
  fact_id uuid not null,
  value text not null
);
create table entry_disclosure (
  organisation_id uuid not null,
  entry_id uuid not null,
  disclosures text[] not null
) with (toast_tuple_target=8160);
create table entry_erasure (
  organisation_id uuid not null,
  entry_id uuid not null,
  erasure_entry_id uuid not null
);
create table erasure_decision (
  organisation_id uuid not null,
  proposal_id uuid not null,
  verdict text not null,
  reason text not null,
  decided_by uuid not null,
  decided_at timestamp(3) with time zone not null
);
create table erasure_item (
  organisation_id uuid not null,
  proposal_id uuid not null,
  item_number integer not null,
  what text not null,
  person_id uuid not null,
  assignment_id uuid
);
create table erasure_proposal (
  organisation_id uuid not null,
  proposal_id uuid not null,
  retention_class text not null,
  ground text not null,
  fields text[] not null,
  person_id uuid,
  made_by uuid,
  made_at timestamp(3) with time zone not null
);
create table erasure_result (
  organisation_id uuid not null,
  proposal_id uuid not null,
  item_number integer not null,
  outcome text not null,
  hold_id uuid,
  executed_at timestamp(3) with time zone not null,
  erasure_entry_id uuid
);
create table executed_copy (
  organisation_id uuid not null,
  executed_copy_id uuid not null,
  version_id uuid,
  edition_document_id uuid not null,
  acts_sha256 bytea not null,
  document_sha256 bytea not null,
  byte_length integer not null,
  made_by uuid not null,
  made_at timestamp(3) with time zone not null,
  entry_id uuid not null,
  edition_sha256 bytea,
  bundle_sha256 bytea
);
create table executed_copy_document (
  organisation_id uuid not null,
  executed_copy_id uuid not null,
  document_id uuid not null
);
create table executed_copy_party (
  organisation_id uuid not null,
  executed_copy_id uuid not null,
  party_number smallint not null,
  act_id uuid not null,
  capacity text not null
);
create table idempotency (
  organisation_id uuid not null,
  client_id uuid not null,
  operation text not null,
  idempotency_key text not null,
  fingerprint bytea not null,
  status smallint not null,
  location text,
  etag text,
  body text,
  subject_id uuid,
  created_at timestamp(3) with time zone not null
);
create table identity_check (
  organisation_id uuid not null,
  identity_check_id uuid not null,
  person_id uuid not null,
  document_kind text not null,
  checked_on date not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table imported_disclosure (
  organisation_id uuid not null,
  entry_id uuid not null,
  disclosures text[] not null
);
create table imported_receipt (
  organisation_id uuid not null,
  log_id uuid not null,
  entry_index bigint not null,
  entry_id uuid not null,
  leaf_hash bytea not null,
  tlog_proof text not null,
  imported_at timestamp(3) with time zone not null
);
create table installation (
  singleton boolean not null default true,
  example_organisation_id uuid not null,
  created_at timestamp(3) with time zone not null
);
create table ledger_anchor (
  organisation_id uuid not null,
  anchor_id uuid not null,
  log_id uuid not null,
  size bigint not null,
  kind text not null,
  sequence integer not null,
  authority text not null,
  development boolean not null,
  evidence bytea not null,
  proven_at timestamp(3) with time zone not null,
  obtained_at timestamp(3) with time zone not null,
  clock_skew_ms bigint,
  certificate_ends_at timestamp(3) with time zone,
  renew_from timestamp(3) with time zone,
  algorithms text[],
  settled_size bigint,
  renews uuid
);
create table ledger_audit_finding (
  organisation_id uuid not null,
  log_id uuid not null,
  name text not null,
  subject text not null,
  found_at timestamp(3) with time zone not null
);
create table ledger_audit_run (
  organisation_id uuid not null,
  run_id uuid not null,
  log_id uuid not null,
  started_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone not null,
  entries bigint not null,
  root bytea not null,
  anchored_size bigint,
  findings integer not null
);
create table ledger_audit_state (
  organisation_id uuid not null,
  scope text not null,
  log_id uuid not null,
  next_index bigint not null,
  frontier bytea not null,
  open_tiles bytea[] not null,
  last_at timestamp(3) with time zone,
  findings integer not null,
  started_at timestamp(3) with time zone not null
);
create table ledger_checkpoint (
  organisation_id uuid not null,
  log_id uuid not null,
  size bigint not null,
  root bytea not null,
  note text not null,
  created_at timestamp(3) with time zone not null
);
create table ledger_entry (
  organisation_id uuid not null,
  log_id uuid not null,
  entry_index bigint not null,
  entry_id uuid not null,
  kind text not null,
  entry bytea not null,
  leaf_hash bytea not null,
  proof_size bigint not null,
  proof bytea not null,
  recorded_at timestamp(3) with time zone not null
) with (toast_tuple_target=8160);
create table ledger_head (
  organisation_id uuid not null,
  log_id uuid not null,
  size bigint not null,
  frontier bytea not null,
  last_at timestamp(3) with time zone not null,
  stopped_at timestamp(3) with time zone
) with (fillfactor=50);
create table ledger_log (
  organisation_id uuid not null,
  log_id uuid not null,
  origin text not null,
  key_id text not null,
  created_at timestamp(3) with time zone not null
);
create table ledger_stop (
  organisation_id uuid not null,
  log_id uuid not null,
  reason text not null,
  source text not null,
  known_origin text not null,
  known_size bigint not null,
  known_note text,
  head_size bigint not null,
  head_root bytea not null,
  stopped_at timestamp(3) with time zone not null
);
create table ledger_tile (
  organisation_id uuid not null,
  log_id uuid not null,
  level smallint not null,
  tile_index bigint not null,
  hashes bytea not null
);
create table legal_check (
  organisation_id uuid not null,
  legal_check_id uuid not null,
  person_id uuid,
  jurisdiction text not null,
  rule_set_version text not null,
  regime text not null,
  as_of date not null,
  moments text[] not null,
  facts_sha256 bytea not null,
  findings_sha256 bytea not null,
  made_by uuid,
  made_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table legal_check_content (
  organisation_id uuid not null,
  legal_check_id uuid not null,
  facts text not null,
  findings text not null
);
create table legal_hold (
  organisation_id uuid not null,
  hold_id uuid not null,
  person_id uuid,
  policy_id uuid,
  holder text not null,
  reason text not null,
  review_on date not null,
  placed_by uuid not null,
  placed_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table legal_hold_release (
  organisation_id uuid not null,
  hold_id uuid not null,
  releaser text not null,
  reason text not null,
  released_by uuid not null,
  released_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table legal_review (
  organisation_id uuid not null,
  legal_review_id uuid not null,
  legal_check_id uuid not null,
  rule_id text not null,
  clause_id text,
  input_sha256 bytea not null,
  kind text not null,
  outcome text not null,
  reviewer text not null,
  reason text not null,
  made_by uuid not null,
  made_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table letter (
  organisation_id uuid not null,
  letter_id uuid not null,
  kind text not null,
  person_id uuid not null,
  holds_from date not null,
  document_sha256 bytea not null,
  made_by uuid not null,
  made_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table letter_document (
  organisation_id uuid not null,
  letter_id uuid not null,
  document_id uuid not null,
  subject text not null
);
create table link (
  organisation_id uuid not null,
  token_sha256 bytea not null,
  assignment_id uuid not null,
  delivery_id uuid,
  issued_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null
);
create table mailbox_code (
  organisation_id uuid not null,
  code_id uuid not null,
  purpose text not null,
  mailbox_mark bytea not null,
  person_id uuid,
  session_id uuid,
  mailbox text,
  address text,
  notice_id uuid,
  requested_at timestamp(3) with time zone not null,
  code_hmac bytea,
  expires_at timestamp(3) with time zone not null,
  tries integer not null default 0,
  closed_at timestamp(3) with time zone
);
create table mandate (
  organisation_id uuid not null,
  mandate_id uuid not null,
  person_id uuid not null,
  covers text[] not null,
  valid_from date not null,
  valid_to date,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table mandate_content (
  organisation_id uuid not null,
  mandate_id uuid not null,
  value text not null
);
create table mandate_end (
  organisation_id uuid not null,
  mandate_id uuid not null,
  last_day date not null,
  ended_by uuid not null,
  ended_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table matter (
  organisation_id uuid not null,
  matter_id uuid not null,
  title text not null,
  person_id uuid,
  policy_id uuid,
  opened_by uuid not null,
  opened_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table matter_access (
  organisation_id uuid not null,
  access_id uuid not null,
  matter_id uuid not null,
  client_id uuid not null,
  readable_from timestamp(3) with time zone not null,
  readable_until timestamp(3) with time zone not null,
  granted_by uuid not null,
  granted_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table matter_access_end (
  organisation_id uuid not null,
  access_id uuid not null,
  ended_by uuid not null,
  ended_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp(3) with time zone not null default now()
);
create table misdelivery (
  organisation_id uuid not null,
  token_sha256 bytea not null,
  assignment_id uuid not null,
  reported_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table notice (
  organisation_id uuid not null,
  notice_id uuid not null,
  person_id uuid not null,
  kind text not null,
  mailbox text not null,
  address text not null,
  facts text not null,
  state text not null,
  attempts integer not null,
  next_attempt_at timestamp(3) with time zone not null,
  useful_until timestamp(3) with time zone,
  detail text not null,
  created_at timestamp(3) with time zone not null
);
create table notice_event (
  organisation_id uuid not null,
  event_id uuid not null,
  notice_id uuid not null,
  kind text not null,
  channel text not null,
  status text,
  occurred_at timestamp(3) with time zone not null
);
create table open_task (
  organisation_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  task_id uuid not null
);
create table opening (
  organisation_id uuid not null,
  token_sha256 bytea not null,
  language text not null,
  assignment_id uuid not null,
  opened_at timestamp(3) with time zone not null,
  user_agent text not null,
  network_class text not null
);
create table organisation (
  organisation_id uuid not null,
  name text not null,
  created_at timestamp(3) with time zone not null
);
create table organisation_fact (
  organisation_id uuid not null,
  fact_id uuid not null,
  kind text not null,
  valid_from date not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone not null,
  retracts uuid,
  value text not null,
  entry_id uuid not null
);
create table page_release (
  organisation_id uuid not null,
  release text not null,
  recorded_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table person (
  organisation_id uuid not null,
  person_id uuid not null,
  external_id text not null,
  given_name text not null,
  family_name text not null,
  work_email text not null,
  language text not null,
  department text,
  job_title text,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  employed_until date,
  erased_at timestamp(3) with time zone
);
create table person_authentication (
  organisation_id uuid not null,
  authentication_id uuid not null,
  session_id uuid not null,
  person_id uuid not null,
  method text not null,
  assurance text not null,
  authenticated_at timestamp(3) with time zone not null,
  fresh_until timestamp(3) with time zone not null,
  record_sha256 bytea not null,
  entry_id uuid
);
create table person_session (
  organisation_id uuid not null,
  session_id uuid not null,
  token_sha256 bytea not null,
  person_id uuid not null,
  kind text not null,
  link_token_sha256 bytea,
  assignment_id uuid,
  user_agent text not null,
  created_at timestamp(3) with time zone not null,
  last_used_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone
);
create table policy (
  organisation_id uuid not null,
  policy_id uuid not null,
  name text not null,
  owner text not null,
  legal_nature text not null,
  created_at timestamp(3) with time zone not null,
  created_by uuid not null
);
create table policy_draft (
  organisation_id uuid not null,
  policy_id uuid not null,
  version_number integer not null,
  content text not null,
  content_sha256 bytea not null,
  revision integer not null,
  author_id uuid not null,
  approved_by uuid,
  approved_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null
);
create table policy_edition (
  organisation_id uuid not null,
  version_id uuid not null,
  language text not null,
  document_id uuid not null
);
create table policy_version (
  organisation_id uuid not null,
  version_id uuid not null,
  policy_id uuid not null,
  version_number integer not null,
  content text not null,
  content_sha256 bytea not null,
  materiality text not null,
  effective_from date not null,
  author_id uuid not null,
  approved_by uuid not null,
  approved_at timestamp(3) with time zone not null,
  published_by uuid not null,
  published_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table policy_withdrawal (
  organisation_id uuid not null,
  version_id uuid not null,
  withdrawn_from date not null,
  reason text not null,
  withdrawn_by uuid not null,
  withdrawn_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table private_mailbox (
  organisation_id uuid not null,
  person_id uuid not null,
  address text not null,
  confirmed_at timestamp(3) with time zone not null,
  known_by text not null,
  cooling_until timestamp(3) with time zone,
  entry_id uuid not null
);
create table private_mailbox_proposal (
  organisation_id uuid not null,
  proposal_id uuid not null,
  person_id uuid not null,
  address text not null,
  proposed_by uuid not null,
  proposed_at timestamp(3) with time zone not null,
  settled_at timestamp(3) with time zone
);
create table re_evaluation (
  organisation_id uuid not null,
  legal_check_id uuid not null,
  agreement_id uuid not null,
  previous_check_id uuid,
  cause_subjects text[] not null,
  cause_ids uuid[] not null,
  differs boolean not null
);
create table retention_rule (
  organisation_id uuid not null,
  rule_id uuid not null,
  retention_class text not null,
  months integer,
  effective_from date not null,
  reason text not null,
  made_by uuid not null,
  made_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table seal_key_use (
  organisation_id uuid not null,
  use_number integer not null,
  key_id text not null,
  location text not null,
  settings text not null,
  registered_at timestamp(3) with time zone not null
);
create table sign_on_binding (
  organisation_id uuid not null,
  binding_id uuid not null,
  provider_id uuid not null,
  subject text not null,
  person_id uuid not null,
  bound_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table sign_on_completion (
  organisation_id uuid not null,
  attempt_id uuid not null,
  completed_at timestamp(3) with time zone not null
);
create table sign_on_provider (
  organisation_id uuid not null,
  provider_id uuid not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  client_authentication text not null,
  sealed_secret bytea not null,
  public_jwk text,
  algorithms text[] not null,
  scopes text[] not null,
  for_persons boolean not null,
  for_staff boolean not null,
  person_claim text not null,
  person_matches text not null,
  verified_claim text not null,
  role_claim text,
  role_mapping jsonb not null,
  second_factor_amr text[] not null,
  second_factor_acr text[] not null,
  max_age_s integer not null,
  state text not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null
);
create table sign_on_rebinding (
  organisation_id uuid not null,
  rebinding_id uuid not null,
  provider_id uuid not null,
  person_id uuid not null,
  reason text not null,
  requested_by uuid not null,
  requested_at timestamp(3) with time zone not null,
  usable_from timestamp(3) with time zone not null,
  state text not null,
  ended_at timestamp(3) with time zone,
  entry_id uuid not null
);
create table signing_challenge (
  organisation_id uuid not null,
  challenge_id uuid not null,
  purpose text not null,
  method text not null,
  person_id uuid not null,
  session text not null,
  challenge bytea not null,
  manifest text not null,
  state text,
  issued_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  used_at timestamp(3) with time zone
);
create table signing_counter (
  organisation_id uuid not null,
  signing_credential_id uuid not null,
  counter bigint not null,
  challenge bytea not null
);
create table signing_credential (
  organisation_id uuid not null,
  signing_credential_id uuid not null,
  person_id uuid not null,
  credential_id bytea not null,
  algorithm integer not null,
  public_key_cose bytea not null,
  public_key_spki bytea not null,
  backup_eligible boolean not null,
  attested boolean not null,
  aaguid uuid not null,
  transports text[] not null,
  rp_id text not null,
  allowed_origins text[] not null,
  enrolled_by text not null,
  user_agent text not null,
  challenge bytea not null,
  enrolled_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table signing_key (
  organisation_id uuid not null,
  key_id text not null,
  purpose text not null,
  algorithm text not null,
  public_key bytea not null,
  private_key_sealed bytea,
  certificate_chain text,
  created_at timestamp(3) with time zone not null
);
create table signing_reset (
  organisation_id uuid not null,
  reset_id uuid not null,
  person_id uuid not null,
  reason text not null,
  reset_by uuid not null,
  reset_at timestamp(3) with time zone not null,
  cooling_until timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table signing_revocation (
  organisation_id uuid not null,
  signing_credential_id uuid not null,
  revoked_at timestamp(3) with time zone not null,
  reset_id uuid,
  entry_id uuid not null
);
create table staff_account (
  organisation_id uuid not null,
  client_id uuid not null,
  provider_id uuid not null,
  subject text not null,
  email text,
  blocked_at timestamp(3) with time zone,
  first_signed_in_at timestamp(3) with time zone not null,
  last_signed_in_at timestamp(3) with time zone not null
);
create table staff_read (
  organisation_id uuid not null,
  read_id uuid not null,
  matter_id uuid not null,
  access_id uuid not null,
  client_id uuid not null,
  session_id uuid not null,
  operation text not null,
  thing text not null,
  thing_id uuid not null,
  request_id text not null,
  read_at timestamp(3) with time zone not null
);
create table staff_session (
  organisation_id uuid not null,
  session_id uuid not null,
  token_sha256 bytea not null,
  client_id uuid not null,
  name text not null,
  role text not null,
  provider_session text,
  authenticated_at timestamp(3) with time zone not null,
  second_factor_at timestamp(3) with time zone,
  opened_at timestamp(3) with time zone not null,
  last_seen_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  ended_because text
);
create table stopped_ledger (
  organisation_id uuid not null,
  stopped_at timestamp(3) with time zone not null
);
create table task (
  organisation_id uuid not null,
  task_id uuid not null,
  kind text not null,
  employment_id uuid,
  person_id uuid,
  agreement_id uuid,
  opened_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table task_closing (
  organisation_id uuid not null,
  task_id uuid not null,
  how text not null,
  agreement_id uuid,
  legal_check_id uuid,
  legal_review_id uuid,
  closed_by uuid,
  closed_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table task_closing_content (
  organisation_id uuid not null,
  task_id uuid not null,
  closer text not null,
  reason text not null
);
create table task_ground (
  organisation_id uuid not null,
  task_id uuid not null,
  ground_number integer not null,
  legal_check_id uuid,
  cause_subjects text[] not null,
  cause_ids uuid[] not null,
  given_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table task_reason (
  organisation_id uuid not null,
  task_id uuid not null,
  ground_number integer not null,
  reason_number smallint not null,
  rule_id text not null,
  clause_id text,
  result text not null,
  input_sha256 bytea
);
create table timestamp_authority (
  authority_id uuid not null,
  root bytea not null,
  certificate bytea not null,
  private_key_sealed bytea not null,
  created_at timestamp(3) with time zone not null,
  responder_certificate bytea,
  responder_key_sealed bytea
);
create table totp_authenticator (
  organisation_id uuid not null,
  authenticator_id uuid not null,
  person_id uuid not null,
  secret_sealed bytea,
  state text not null,
  made_at timestamp(3) with time zone not null,
  confirmed_at timestamp(3) with time zone,
  known_by text not null,
  cooling_until timestamp(3) with time zone,
  last_step bigint,
  failures integer not null default 0,
  locked_until timestamp(3) with time zone,
  entry_id uuid
);
create table webhook_delivery (
  organisation_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  state text not null,
  attempts integer not null default 0,
  next_attempt_at timestamp(3) with time zone not null,
  give_up_at timestamp(3) with time zone not null,
  last_attempt_at timestamp(3) with time zone,
  last_status smallint,
  last_detail text,
  delivered_at timestamp(3) with time zone
);
create table webhook_endpoint (
  organisation_id uuid not null,
  endpoint_id uuid not null,
  url text not null,
  event_types text[],
  state text not null,
  disabled_because text,
  secret_id uuid not null,
  previous_secret_id uuid,
  previous_secret_until timestamp(3) with time zone,
  failures integer not null default 0,
  paused_until timestamp(3) with time zone,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null
);
create table webhook_event (
  organisation_id uuid not null,
  event_id uuid not null,
  type text not null,
  subject text,
  body text not null,
  occurred_at timestamp(3) with time zone not null
);
create table witness_policy (
  organisation_id uuid not null,
  revision integer not null,
  policy text not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  entry_id uuid not null
);
create table work_due (
  organisation_id uuid not null,
  kind text not null,
  due_at timestamp(3) with time zone not null,
  leased_until timestamp(3) with time zone,
  failures integer not null default 0
);

-- column storage

alter table document alter column bytes set storage external;
alter table document_revision alter column bytes set storage external;

-- constraints

alter table act add constraint act_pk PRIMARY KEY (organisation_id, act_id);
alter table act add constraint act_once UNIQUE (organisation_id, assignment_id, statement_id);
alter table act add constraint act_about_one_thing CHECK (((version_id IS NULL) <> (bundle_id IS NULL)));
alter table act add constraint act_assurance_known CHECK ((assurance = ANY (ARRAY['mailbox-employer'::text, 'mailbox-private'::text, 'phone-otp'::text, 'sso'::text, 'sso-mfa'::text, 'passkey-bound'::text, 'passkey-bound-attested'::text, 'qualified'::text])));
alter table act add constraint act_challenge_sha256 CHECK ((octet_length(challenge_sha256) = 32));
alter table act add constraint act_choice_known CHECK ((choice = ANY (ARRAY['seen'::text, 'agreed'::text, 'agreed-conditionally'::text, 'not-agreed'::text, 'declined'::text])));
alter table act add constraint act_evidence_level_known CHECK ((evidence_level = ANY (ARRAY['E0'::text, 'E1'::text, 'E2'::text, 'E3'::text, 'E4'::text, 'E5'::text, 'E6'::text])));
alter table act add constraint act_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table act add constraint act_person_entry_number_range CHECK ((person_entry_number >= 0));
alter table act add constraint act_signed_whole CHECK (((signing_credential_id IS NULL) = (challenge_sha256 IS NULL)));
alter table act add constraint act_statement_id_form CHECK ((statement_id ~ '^[a-z][a-z0-9-]{0,39}$'::text));
alter table act add constraint act_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table act add constraint act_bundle_fk FOREIGN KEY (organisation_id, bundle_id) REFERENCES bundle(organisation_id, bundle_id);
alter table act add constraint act_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table act_receipt add constraint act_receipt_pk PRIMARY KEY (organisation_id, act_id);
alter table act_receipt add constraint act_receipt_act_fk FOREIGN KEY (organisation_id, act_id) REFERENCES act(organisation_id, act_id);
alter table act_receipt add constraint act_receipt_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, document_id);
alter table agreement add constraint agreement_pk PRIMARY KEY (organisation_id, agreement_id);
alter table agreement add constraint agreement_employee_ceremony_once UNIQUE (organisation_id, employee_assignment_id);
alter table agreement add constraint agreement_representative_ceremony_once UNIQUE (organisation_id, representative_assignment_id);
alter table agreement add constraint agreement_bundle_sha256 CHECK ((octet_length(bundle_sha256) = 32));
alter table agreement add constraint agreement_offered_whole CHECK ((((provenance = 'ceremony'::text) = (representative_id IS NOT NULL)) AND ((representative_id IS NULL) = (mandate_id IS NULL)) AND ((representative_id IS NULL) = (bundle_sha256 IS NULL)) AND ((representative_id IS NULL) = (employee_assignment_id IS NULL)) AND ((representative_id IS NULL) = (representative_assignment_id IS NULL)) AND ((provenance = 'imported'::text) OR (contract_id IS NOT NULL))));
alter table agreement add constraint agreement_provenance_known CHECK ((provenance = ANY (ARRAY['ceremony'::text, 'imported'::text])));
alter table agreement add constraint agreement_two_persons CHECK ((representative_id <> person_id));
alter table agreement add constraint agreement_contract_fk FOREIGN KEY (organisation_id, contract_id) REFERENCES contract(organisation_id, contract_id);
alter table agreement add constraint agreement_employee_ceremony_fk FOREIGN KEY (organisation_id, employee_assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table agreement add constraint agreement_employment_fk FOREIGN KEY (organisation_id, employment_id) REFERENCES employment(organisation_id, employment_id);
alter table agreement add constraint agreement_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table agreement add constraint agreement_maker_fk FOREIGN KEY (organisation_id, created_by) REFERENCES api_client(organisation_id, client_id);
alter table agreement add constraint agreement_mandate_fk FOREIGN KEY (organisation_id, mandate_id) REFERENCES mandate(organisation_id, mandate_id);
alter table agreement add constraint agreement_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table agreement add constraint agreement_representative_ceremony_fk FOREIGN KEY (organisation_id, representative_assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table agreement add constraint agreement_representative_fk FOREIGN KEY (organisation_id, representative_id) REFERENCES person(organisation_id, person_id);
alter table agreement add constraint agreement_sign_check_fk FOREIGN KEY (organisation_id, sign_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table agreement_annex add constraint agreement_annex_pk PRIMARY KEY (organisation_id, agreement_id, "position");
alter table agreement_annex add constraint agreement_annex_once UNIQUE (organisation_id, agreement_id, annex_id);
alter table agreement_annex add constraint agreement_annex_main_first CHECK (((role = 'annex'::text) OR ("position" = 1)));
alter table agreement_annex add constraint agreement_annex_position_range CHECK ((("position" >= 1) AND ("position" <= 20)));
alter table agreement_annex add constraint agreement_annex_role_known CHECK ((role = ANY (ARRAY['main'::text, 'annex'::text])));
alter table agreement_annex add constraint agreement_annex_agreement_fk FOREIGN KEY (organisation_id, agreement_id) REFERENCES agreement(organisation_id, agreement_id);
alter table agreement_annex add constraint agreement_annex_annex_fk FOREIGN KEY (organisation_id, annex_id) REFERENCES annex(organisation_id, annex_id);
alter table agreement_conclusion add constraint agreement_conclusion_pk PRIMARY KEY (organisation_id, agreement_id);
alter table agreement_conclusion add constraint agreement_conclusion_blocked_whole CHECK (((outcome = 'blocked'::text) = (cardinality(blocked_by) > 0)));
alter table agreement_conclusion add constraint agreement_conclusion_outcome_known CHECK ((outcome = ANY (ARRAY['concluded'::text, 'blocked'::text])));
alter table agreement_conclusion add constraint agreement_conclusion_agreement_fk FOREIGN KEY (organisation_id, agreement_id) REFERENCES agreement(organisation_id, agreement_id);
alter table agreement_conclusion add constraint agreement_conclusion_check_fk FOREIGN KEY (organisation_id, legal_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table agreement_conclusion add constraint agreement_conclusion_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table agreement_content add constraint agreement_content_pk PRIMARY KEY (organisation_id, agreement_id);
alter table agreement_content add constraint agreement_content_agreement_fk FOREIGN KEY (organisation_id, agreement_id) REFERENCES agreement(organisation_id, agreement_id);
alter table agreement_end add constraint agreement_end_pk PRIMARY KEY (organisation_id, end_id);
alter table agreement_end add constraint agreement_end_how_known CHECK ((how = ANY (ARRAY['ended'::text, 'superseded'::text, 'exit'::text])));
alter table agreement_end add constraint agreement_end_whole CHECK (((how = 'superseded'::text) = (superseded_by IS NOT NULL)));
alter table agreement_end add constraint agreement_end_agreement_fk FOREIGN KEY (organisation_id, agreement_id) REFERENCES agreement(organisation_id, agreement_id);
alter table agreement_end add constraint agreement_end_annex_fk FOREIGN KEY (organisation_id, annex_id) REFERENCES annex(organisation_id, annex_id);
alter table agreement_end add constraint agreement_end_client_fk FOREIGN KEY (organisation_id, ended_by) REFERENCES api_client(organisation_id, client_id);
alter table agreement_end add constraint agreement_end_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table agreement_end add constraint agreement_end_successor_fk FOREIGN KEY (organisation_id, superseded_by) REFERENCES agreement(organisation_id, agreement_id);
alter table agreement_end_content add constraint agreement_end_content_pk PRIMARY KEY (organisation_id, end_id);
alter table agreement_end_content add constraint agreement_end_content_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 2000)));
alter table agreement_end_content add constraint agreement_end_content_end_fk FOREIGN KEY (organisation_id, end_id) REFERENCES agreement_end(organisation_id, end_id);
alter table agreement_watch add constraint agreement_watch_pk PRIMARY KEY (organisation_id, agreement_id);
alter table agreement_watch add constraint agreement_watch_agreement_fk FOREIGN KEY (organisation_id, agreement_id) REFERENCES agreement(organisation_id, agreement_id);
alter table agreement_watch add constraint agreement_watch_check_fk FOREIGN KEY (organisation_id, legal_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table anchor_state add constraint anchor_state_pk PRIMARY KEY (organisation_id, log_id);
alter table anchor_state add constraint anchor_state_anchored_whole CHECK (((anchored_size IS NULL) = (anchored_at IS NULL)));
alter table anchor_state add constraint anchor_state_failures_range CHECK ((failures >= 0));
alter table anchor_state add constraint anchor_state_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table annex add constraint annex_pk PRIMARY KEY (organisation_id, annex_id);
alter table annex add constraint annex_replaced_once UNIQUE (organisation_id, replaces);
alter table annex add constraint annex_content_sha256 CHECK ((octet_length(content_sha256) = 32));
alter table annex add constraint annex_days CHECK (((effective_until IS NULL) OR (effective_until >= effective_from)));
alter table annex add constraint annex_document_sha256 CHECK ((octet_length(document_sha256) = 32));
alter table annex add constraint annex_kind_known CHECK ((kind = ANY (ARRAY['clauses'::text, 'relation-list'::text])));
alter table annex add constraint annex_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table annex add constraint annex_mark_form CHECK ((mark ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,9}$'::text));
alter table annex add constraint annex_check_fk FOREIGN KEY (organisation_id, draft_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table annex add constraint annex_contract_fk FOREIGN KEY (organisation_id, contract_id) REFERENCES contract(organisation_id, contract_id);
alter table annex add constraint annex_employment_fk FOREIGN KEY (organisation_id, employment_id) REFERENCES employment(organisation_id, employment_id);
alter table annex add constraint annex_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table annex add constraint annex_letter_fk FOREIGN KEY (organisation_id, document_id) REFERENCES letter(organisation_id, letter_id);
alter table annex add constraint annex_maker_fk FOREIGN KEY (organisation_id, created_by) REFERENCES api_client(organisation_id, client_id);
alter table annex add constraint annex_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table annex add constraint annex_replaces_fk FOREIGN KEY (organisation_id, replaces) REFERENCES annex(organisation_id, annex_id);
alter table annex_clause add constraint annex_clause_pk PRIMARY KEY (organisation_id, annex_id, clause_id);
alter table annex_clause add constraint annex_clause_position_once UNIQUE (organisation_id, annex_id, "position");
alter table annex_clause add constraint annex_clause_content_sha256 CHECK ((octet_length(content_sha256) = 32));
alter table annex_clause add constraint annex_clause_counsel_known CHECK ((counsel = ANY (ARRAY['reviewed'::text, 'not-reviewed'::text])));
alter table annex_clause add constraint annex_clause_id_form CHECK (((char_length(clause_id) >= 1) AND (char_length(clause_id) <= 20)));
alter table annex_clause add constraint annex_clause_kind_known CHECK ((kind = ANY (ARRAY['relatiebeding'::text, 'concurrentiebeding'::text, 'ronselbeding'::text, 'geheimhoudingsbeding'::text, 'boetebeding'::text, 'nevenwerkzaamhedenbeding'::text, 'wijzigingsbeding'::text, 'social-mediabeding'::text])));
alter table annex_clause add constraint annex_clause_list_whole CHECK (((relation_list_mark IS NULL) = (relation_list_id IS NULL)));
alter table annex_clause add constraint annex_clause_position_range CHECK ((("position" >= 1) AND ("position" <= 100)));
alter table annex_clause add constraint annex_clause_annex_fk FOREIGN KEY (organisation_id, annex_id) REFERENCES annex(organisation_id, annex_id);
alter table annex_clause add constraint annex_clause_list_fk FOREIGN KEY (organisation_id, relation_list_id) REFERENCES annex(organisation_id, annex_id);
alter table annex_clause add constraint annex_clause_template_fk FOREIGN KEY (organisation_id, template_id, version_number) REFERENCES clause_template_version(organisation_id, template_id, version_number);
alter table annex_content add constraint annex_content_pk PRIMARY KEY (organisation_id, annex_id);
alter table annex_content add constraint annex_content_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)));
alter table annex_content add constraint annex_content_annex_fk FOREIGN KEY (organisation_id, annex_id) REFERENCES annex(organisation_id, annex_id);
alter table annex_motivation_content add constraint annex_motivation_content_pk PRIMARY KEY (organisation_id, annex_id, clause_id);
alter table annex_motivation_content add constraint annex_motivation_content_text_sha256 CHECK ((octet_length(text_sha256) = 32));
alter table annex_motivation_content add constraint annex_motivation_content_clause_fk FOREIGN KEY (organisation_id, annex_id, clause_id) REFERENCES annex_clause(organisation_id, annex_id, clause_id);
alter table annex_policy add constraint annex_policy_pk PRIMARY KEY (organisation_id, annex_id, policy_id);
alter table annex_policy add constraint annex_policy_document_sha256 CHECK ((octet_length(document_sha256) = 32));
alter table annex_policy add constraint annex_policy_annex_fk FOREIGN KEY (organisation_id, annex_id) REFERENCES annex(organisation_id, annex_id);
alter table annex_policy add constraint annex_policy_version_fk FOREIGN KEY (organisation_id, version_id) REFERENCES policy_version(organisation_id, version_id);
alter table api_client add constraint api_client_pk PRIMARY KEY (organisation_id, client_id);
alter table api_client add constraint api_client_kind_known CHECK ((kind = ANY (ARRAY['program'::text, 'staff'::text])));
alter table api_client add constraint api_client_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)));
alter table api_client add constraint api_client_role_known CHECK ((role = ANY (ARRAY['organisation-admin'::text, 'hr-author'::text, 'hr-approver'::text, 'hr-publisher'::text, 'hr-reader'::text, 'lawyer'::text, 'auditor'::text])));
alter table api_client add constraint api_client_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table api_key add constraint api_key_pk PRIMARY KEY (organisation_id, key_id);
alter table api_key add constraint api_key_hmac_sha256 CHECK ((octet_length(secret_hmac) = 32));
alter table api_key add constraint api_key_client_fk FOREIGN KEY (organisation_id, client_id) REFERENCES api_client(organisation_id, client_id);
alter table assignment add constraint assignment_pk PRIMARY KEY (organisation_id, assignment_id);
alter table assignment add constraint assignment_bundle_once UNIQUE (organisation_id, bundle_id);
alter table assignment add constraint assignment_once UNIQUE (organisation_id, version_id, person_id);
alter table assignment add constraint assignment_about_one_thing CHECK (((version_id IS NULL) <> (bundle_id IS NULL)));
alter table assignment add constraint assignment_bundle_fk FOREIGN KEY (organisation_id, bundle_id) REFERENCES bundle(organisation_id, bundle_id);
alter table assignment add constraint assignment_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table assignment add constraint assignment_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table assignment add constraint assignment_version_fk FOREIGN KEY (organisation_id, version_id) REFERENCES policy_version(organisation_id, version_id);
alter table assurance_rule add constraint assurance_rule_pk PRIMARY KEY (organisation_id, rule_id);
alter table assurance_rule add constraint assurance_rule_level_known CHECK ((level = ANY (ARRAY['mailbox-employer'::text, 'mailbox-private'::text, 'phone-otp'::text, 'sso'::text, 'sso-mfa'::text, 'passkey-bound'::text, 'passkey-bound-attested'::text, 'qualified'::text])));
alter table assurance_rule add constraint assurance_rule_min_reading_range CHECK (((min_reading_s >= 0) AND (min_reading_s <= 3600)));
alter table assurance_rule add constraint assurance_rule_purpose_known CHECK ((purpose = ANY (ARRAY['information'::text, 'instruction'::text, 'contract-term'::text, 'penalty'::text, 'covenant'::text, 'statutory-statement'::text, 'settlement'::text, 'data-consent'::text, 'warning'::text, 'notice'::text])));
alter table assurance_rule add constraint assurance_rule_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 2000)));
alter table assurance_rule add constraint assurance_rule_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table assurance_rule add constraint assurance_rule_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table attestation add constraint attestation_pk PRIMARY KEY (organisation_id, attestation_id);
alter table attestation add constraint attestation_evidence_sha256 CHECK ((octet_length(evidence_sha256) = 32));
alter table attestation add constraint attestation_kind_known CHECK ((kind = ANY (ARRAY['imported'::text, 'paper'::text, 'oral'::text, 'workshop'::text])));
alter table attestation add constraint attestation_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table attestation add constraint attestation_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table attestation add constraint attestation_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table attestation_text add constraint attestation_text_pk PRIMARY KEY (organisation_id, attestation_id);
alter table attestation_text add constraint attestation_text_salt_length CHECK ((octet_length(salt) = 16));
alter table attestation_text add constraint attestation_text_what_length CHECK (((char_length(what) >= 1) AND (char_length(what) <= 2000)));
alter table attestation_text add constraint attestation_text_attestation_fk FOREIGN KEY (organisation_id, attestation_id) REFERENCES attestation(organisation_id, attestation_id);
alter table attribution_pack add constraint attribution_pack_pk PRIMARY KEY (organisation_id, pack_id);
alter table attribution_pack add constraint attribution_pack_sha256 CHECK ((octet_length(attribution_sha256) = 32));
alter table attribution_pack add constraint attribution_pack_act_fk FOREIGN KEY (organisation_id, act_id) REFERENCES act(organisation_id, act_id);
alter table attribution_pack add constraint attribution_pack_dossier_fk FOREIGN KEY (organisation_id, dossier_id) REFERENCES dossier(organisation_id, dossier_id);
alter table attribution_pack add constraint attribution_pack_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table attribution_pack add constraint attribution_pack_maker_fk FOREIGN KEY (organisation_id, made_by) REFERENCES api_client(organisation_id, client_id);
alter table attribution_text add constraint attribution_text_pk PRIMARY KEY (organisation_id, pack_id);
alter table attribution_text add constraint attribution_text_pack_fk FOREIGN KEY (organisation_id, pack_id) REFERENCES attribution_pack(organisation_id, pack_id);
alter table authentication_record add constraint authentication_record_pk PRIMARY KEY (organisation_id, authentication_id);
alter table authentication_record add constraint authentication_record_authentication_fk FOREIGN KEY (organisation_id, authentication_id) REFERENCES person_authentication(organisation_id, authentication_id);
alter table awaited_change add constraint awaited_change_pk PRIMARY KEY (organisation_id, change_id);
alter table bundle add constraint bundle_pk PRIMARY KEY (organisation_id, bundle_id);
alter table bundle add constraint bundle_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table bundle add constraint bundle_manifest_sha256 CHECK ((octet_length(manifest_sha256) = 32));
alter table bundle add constraint bundle_purpose_known CHECK ((purpose = ANY (ARRAY['information'::text, 'instruction'::text, 'contract-term'::text, 'penalty'::text, 'covenant'::text, 'statutory-statement'::text, 'settlement'::text, 'data-consent'::text, 'warning'::text, 'notice'::text])));
alter table bundle add constraint bundle_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table bundle_content add constraint bundle_content_pk PRIMARY KEY (organisation_id, bundle_id);
alter table bundle_content add constraint bundle_content_bundle_fk FOREIGN KEY (organisation_id, bundle_id) REFERENCES bundle(organisation_id, bundle_id);
alter table bundle_document add constraint bundle_document_pk PRIMARY KEY (organisation_id, bundle_id, "position");
alter table bundle_document add constraint bundle_document_once UNIQUE (organisation_id, bundle_id, document_id);
alter table bundle_document add constraint bundle_document_main_first CHECK ((("position" = 1) = (role = 'main'::text)));
alter table bundle_document add constraint bundle_document_position_range CHECK ((("position" >= 1) AND ("position" <= 20)));
alter table bundle_document add constraint bundle_document_role_known CHECK ((role = ANY (ARRAY['main'::text, 'annex'::text])));
alter table bundle_document add constraint bundle_document_sha256 CHECK ((octet_length(document_sha256) = 32));
alter table bundle_document add constraint bundle_document_bundle_fk FOREIGN KEY (organisation_id, bundle_id) REFERENCES bundle(organisation_id, bundle_id);
alter table bundle_statement add constraint bundle_statement_pk PRIMARY KEY (organisation_id, bundle_id, "position");
alter table bundle_statement add constraint bundle_statement_once UNIQUE (organisation_id, bundle_id, statement_id);
alter table bundle_statement add constraint bundle_statement_id_form CHECK ((statement_id ~ '^[a-z][a-z0-9-]{0,39}$'::text));
alter table bundle_statement add constraint bundle_statement_kind_known CHECK ((kind = ANY (ARRAY['main'::text, 'clause'::text])));
alter table bundle_statement add constraint bundle_statement_main_first CHECK (((("position" = 1) = (kind = 'main'::text)) AND ((kind = 'main'::text) = (statement_id = 'main'::text))));
alter table bundle_statement add constraint bundle_statement_position_range CHECK ((("position" >= 1) AND ("position" <= 20)));
alter table bundle_statement add constraint bundle_statement_bundle_fk FOREIGN KEY (organisation_id, bundle_id) REFERENCES bundle(organisation_id, bundle_id);
alter table ceremony_end add constraint ceremony_end_pk PRIMARY KEY (organisation_id, assignment_id);
alter table ceremony_end add constraint ceremony_end_how_known CHECK ((how = ANY (ARRAY['lapsed'::text, 'withdrawn'::text, 'superseded'::text])));
alter table ceremony_end add constraint ceremony_end_whole CHECK ((((how = 'superseded'::text) = (superseded_by IS NOT NULL)) AND ((how = 'lapsed'::text) = (ended_by IS NULL))));
alter table ceremony_end add constraint ceremony_end_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table ceremony_end add constraint ceremony_end_client_fk FOREIGN KEY (organisation_id, ended_by) REFERENCES api_client(organisation_id, client_id);
alter table ceremony_end add constraint ceremony_end_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table ceremony_end add constraint ceremony_end_successor_fk FOREIGN KEY (organisation_id, superseded_by) REFERENCES assignment(organisation_id, assignment_id);
alter table certificate_authority add constraint certificate_authority_pk PRIMARY KEY (authority_id);
alter table clause_review add constraint clause_review_pk PRIMARY KEY (organisation_id, review_id);
alter table clause_review add constraint clause_review_outcome_known CHECK ((outcome = ANY (ARRAY['approved'::text, 'rejected'::text])));
alter table clause_review add constraint clause_review_sha256 CHECK ((octet_length(content_sha256) = 32));
alter table clause_review add constraint clause_review_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table clause_review add constraint clause_review_maker_fk FOREIGN KEY (organisation_id, reviewed_by) REFERENCES api_client(organisation_id, client_id);
alter table clause_review add constraint clause_review_version_fk FOREIGN KEY (organisation_id, template_id, version_number) REFERENCES clause_template_version(organisation_id, template_id, version_number);
alter table clause_template add constraint clause_template_pk PRIMARY KEY (organisation_id, template_id);
alter table clause_template add constraint clause_template_name_once UNIQUE (organisation_id, name);
alter table clause_template add constraint clause_template_kind_known CHECK ((kind = ANY (ARRAY['relatiebeding'::text, 'concurrentiebeding'::text, 'ronselbeding'::text, 'geheimhoudingsbeding'::text, 'boetebeding'::text, 'nevenwerkzaamhedenbeding'::text, 'wijzigingsbeding'::text, 'social-mediabeding'::text])));
alter table clause_template add constraint clause_template_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)));
alter table clause_template add constraint clause_template_maker_fk FOREIGN KEY (organisation_id, created_by) REFERENCES api_client(organisation_id, client_id);
alter table clause_template_version add constraint clause_template_version_pk PRIMARY KEY (organisation_id, template_id, version_number);
alter table clause_template_version add constraint clause_template_version_number_range CHECK ((version_number >= 1));
alter table clause_template_version add constraint clause_template_version_sha256 CHECK ((octet_length(content_sha256) = 32));
alter table clause_template_version add constraint clause_template_version_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table clause_template_version add constraint clause_template_version_maker_fk FOREIGN KEY (organisation_id, created_by) REFERENCES api_client(organisation_id, client_id);
alter table clause_template_version add constraint clause_template_version_template_fk FOREIGN KEY (organisation_id, template_id) REFERENCES clause_template(organisation_id, template_id);
alter table contact_capture add constraint contact_capture_pk PRIMARY KEY (organisation_id, capture_id);
alter table contact_capture add constraint contact_capture_once UNIQUE (organisation_id, person_id, content_sha256);
alter table contact_capture add constraint contact_capture_byte_length_range CHECK (((byte_length >= 1) AND (byte_length <= 10485760)));
alter table contact_capture add constraint contact_capture_media_type_known CHECK ((media_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'application/pdf'::text])));
alter table contact_capture add constraint contact_capture_sha256 CHECK ((octet_length(content_sha256) = 32));
alter table contact_capture add constraint contact_capture_visibility_known CHECK ((visibility = ANY (ARRAY['public'::text, 'members'::text, 'connections'::text, 'addressee'::text])));
alter table contact_capture add constraint contact_capture_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table contact_capture add constraint contact_capture_maker_fk FOREIGN KEY (organisation_id, kept_by) REFERENCES api_client(organisation_id, client_id);
alter table contact_capture add constraint contact_capture_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table contact_capture_content add constraint contact_capture_content_pk PRIMARY KEY (organisation_id, capture_id);
alter table contact_capture_content add constraint contact_capture_content_shows_length CHECK (((char_length(shows) >= 1) AND (char_length(shows) <= 2000)));
alter table contact_capture_content add constraint contact_capture_content_source_length CHECK (((char_length(source) >= 1) AND (char_length(source) <= 2000)));
alter table contact_capture_content add constraint contact_capture_content_capture_fk FOREIGN KEY (organisation_id, capture_id) REFERENCES contact_capture(organisation_id, capture_id);
alter table contract add constraint contract_pk PRIMARY KEY (organisation_id, contract_id);
alter table contract add constraint contract_document_whole CHECK ((((document_id IS NULL) = (document_sha256 IS NULL)) AND ((provenance <> 'uploaded'::text) OR (document_id IS NOT NULL)) AND ((provenance <> 'elsewhere'::text) OR (document_id IS NULL))));
alter table contract add constraint contract_ends_later CHECK ((ends_on >= starts_on));
alter table contract add constraint contract_file_sha256 CHECK ((octet_length(document_sha256) = 32));
alter table contract add constraint contract_follow_kind_known CHECK ((follow_kind = ANY (ARRAY['renewal'::text, 'conversion'::text])));
alter table contract add constraint contract_follows_whole CHECK ((((follows IS NULL) = (follow_kind IS NULL)) AND ((follows IS NOT NULL) OR (NOT changed_more))));
alter table contract add constraint contract_kind_known CHECK ((kind = ANY (ARRAY['indefinite'::text, 'fixed-term'::text, 'settlement'::text, 'addendum'::text])));
alter table contract add constraint contract_provenance_known CHECK ((provenance = ANY (ARRAY['made-here'::text, 'uploaded'::text, 'elsewhere'::text])));
alter table contract add constraint contract_term_whole CHECK (((kind = 'fixed-term'::text) = (ends_on IS NOT NULL)));
alter table contract add constraint contract_employment_fk FOREIGN KEY (organisation_id, employment_id) REFERENCES employment(organisation_id, employment_id);
alter table contract add constraint contract_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table contract add constraint contract_follows_fk FOREIGN KEY (organisation_id, follows) REFERENCES contract(organisation_id, contract_id);
alter table contract add constraint contract_maker_fk FOREIGN KEY (organisation_id, recorded_by) REFERENCES api_client(organisation_id, client_id);
alter table contract_content add constraint contract_content_pk PRIMARY KEY (organisation_id, contract_id);
alter table contract_content add constraint contract_content_contract_fk FOREIGN KEY (organisation_id, contract_id) REFERENCES contract(organisation_id, contract_id);
alter table contract_document add constraint contract_document_pk PRIMARY KEY (organisation_id, document_id);
alter table contract_document add constraint contract_document_pages_range CHECK (((pages >= 1) AND (pages <= 2000)));
alter table contract_document add constraint contract_document_sha256 CHECK ((octet_length(document_sha256) = 32));
alter table contract_document add constraint contract_document_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table contract_document add constraint contract_document_maker_fk FOREIGN KEY (organisation_id, uploaded_by) REFERENCES api_client(organisation_id, client_id);
alter table contract_document add constraint contract_document_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table contract_page_content add constraint contract_page_content_pk PRIMARY KEY (organisation_id, document_id, page);
alter table contract_page_content add constraint contract_page_content_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES contract_document(organisation_id, document_id);
alter table contract_retraction add constraint contract_retraction_pk PRIMARY KEY (organisation_id, contract_id);
alter table contract_retraction add constraint contract_retraction_contract_fk FOREIGN KEY (organisation_id, contract_id) REFERENCES contract(organisation_id, contract_id);
alter table contract_retraction add constraint contract_retraction_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table contract_retraction add constraint contract_retraction_maker_fk FOREIGN KEY (organisation_id, retracted_by) REFERENCES api_client(organisation_id, client_id);
alter table csc_provider add constraint csc_provider_pk PRIMARY KEY (organisation_id, provider_id);
alter table csc_provider add constraint csc_provider_client_length CHECK (((char_length(client_id) >= 1) AND (char_length(client_id) <= 255)));
alter table csc_provider add constraint csc_provider_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)));
alter table csc_provider add constraint csc_provider_retires_later CHECK (((retired_at IS NULL) OR (retired_at >= created_at)));
alter table csc_provider add constraint csc_provider_url_length CHECK (((char_length(base_url) >= 1) AND (char_length(base_url) <= 2048)));
alter table csc_provider add constraint csc_provider_maker_fk FOREIGN KEY (organisation_id, created_by) REFERENCES api_client(organisation_id, client_id);
alter table csc_provider add constraint csc_provider_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table delivery add constraint delivery_pk PRIMARY KEY (organisation_id, delivery_id);
alter table delivery add constraint delivery_address_basis_known CHECK ((address_basis = 'personnel-record'::text));
alter table delivery add constraint delivery_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'handed-over'::text, 'failed'::text, 'bounced'::text])));
alter table delivery add constraint delivery_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table delivery_event add constraint delivery_event_pk PRIMARY KEY (organisation_id, event_id);
alter table delivery_event add constraint delivery_event_bounce_whole CHECK (((kind = 'bounced'::text) = (entry_id IS NOT NULL)));
alter table delivery_event add constraint delivery_event_channel_known CHECK ((channel = ANY (ARRAY['smtp'::text, 'local-outbox'::text])));
alter table delivery_event add constraint delivery_event_kind_known CHECK ((kind = ANY (ARRAY['handed-over'::text, 'refused'::text, 'bounced'::text])));
alter table delivery_event add constraint delivery_event_delivery_fk FOREIGN KEY (organisation_id, delivery_id) REFERENCES delivery(organisation_id, delivery_id);
alter table delivery_event add constraint delivery_event_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table denial_step add constraint denial_step_pk PRIMARY KEY (organisation_id, act_id, step_number);
alter table denial_step add constraint denial_step_finding_known CHECK ((finding = ANY (ARRAY['attributed'::text, 'not-attributed'::text])));
alter table denial_step add constraint denial_step_finding_whole CHECK ((((kind = 'court-finding'::text) = (finding IS NOT NULL)) AND ((finding IS NULL) = (final IS NULL))));
alter table denial_step add constraint denial_step_ground_known CHECK ((ground = ANY (ARRAY['not-me'::text, 'other-text'::text, 'under-pressure'::text, 'other'::text])));
alter table denial_step add constraint denial_step_ground_whole CHECK (((ground IS NOT NULL) = (kind = ANY (ARRAY['denied'::text, 'denial-recorded'::text]))));
alter table denial_step add constraint denial_step_kind_known CHECK ((kind = ANY (ARRAY['denied'::text, 'denial-recorded'::text, 'denial-withdrawn'::text, 'court-finding'::text])));
alter table denial_step add constraint denial_step_number_range CHECK (((step_number >= 1) AND (step_number <= 50)));
alter table denial_step add constraint denial_step_speaker_whole CHECK ((((recorded_by IS NOT NULL) = (kind = ANY (ARRAY['denial-recorded'::text, 'court-finding'::text]))) AND ((assurance IS NULL) = (recorded_by IS NOT NULL))));
alter table denial_step add constraint denial_step_status_known CHECK ((status = ANY (ARRAY['undisputed'::text, 'denied'::text, 'denial-withdrawn'::text, 'attributed-by-court'::text, 'not-attributed-by-court'::text])));
alter table denial_step add constraint denial_step_act_fk FOREIGN KEY (organisation_id, act_id) REFERENCES act(organisation_id, act_id);
alter table denial_step add constraint denial_step_client_fk FOREIGN KEY (organisation_id, recorded_by) REFERENCES api_client(organisation_id, client_id);
alter table denial_step add constraint denial_step_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table document add constraint document_pk PRIMARY KEY (organisation_id, document_id);
alter table document add constraint document_kind_known CHECK ((kind = ANY (ARRAY['policy-edition'::text, 'receipt'::text, 'annex'::text, 'warning'::text, 'dossier-report'::text, 'executed-copy'::text, 'contract-upload'::text, 'exit-letter'::text])));
alter table document add constraint document_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table document add constraint document_rendered_sha256 CHECK ((octet_length(rendered_sha256) = 32));
alter table document add constraint document_seal_level_known CHECK ((seal_level = 'B-B'::text));
alter table document add constraint document_sealed_unless_uploaded CHECK ((((kind = 'contract-upload'::text) = (seal_level IS NULL)) AND ((seal_level IS NULL) = (seal_key_id IS NULL))));
alter table document add constraint document_sha256 CHECK ((octet_length(sha256) = 32));
alter table document add constraint document_seal_key_fk FOREIGN KEY (organisation_id, seal_key_id) REFERENCES signing_key(organisation_id, key_id);
alter table document_preservation add constraint document_preservation_pk PRIMARY KEY (organisation_id, document_id);
alter table document_preservation add constraint document_preservation_failures_range CHECK ((failures >= 0));
alter table document_preservation add constraint document_preservation_level_known CHECK ((level = ANY (ARRAY['B-B'::text, 'B-T'::text, 'B-LT'::text, 'B-LTA'::text])));
alter table document_preservation add constraint document_preservation_step_known CHECK ((step = ANY (ARRAY['timestamp'::text, 'validation-data'::text, 'renewal'::text])));
alter table document_preservation add constraint document_preservation_waiting_whole CHECK ((((failures > 0) = (waiting_because IS NOT NULL)) AND ((failures > 0) = (waiting_detail IS NOT NULL)) AND ((failures > 0) = (waiting_since IS NOT NULL))));
alter table document_preservation add constraint document_preservation_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, document_id);
alter table document_renewal_request add constraint document_renewal_request_pk PRIMARY KEY (organisation_id, request_id);
alter table document_renewal_request add constraint document_renewal_request_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)));
alter table document_revision add constraint document_revision_pk PRIMARY KEY (organisation_id, document_id, number);
alter table document_revision add constraint document_revision_base_sha256 CHECK ((octet_length(base_sha256) = 32));
alter table document_revision add constraint document_revision_bytes_length CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 16777216)));
alter table document_revision add constraint document_revision_kind_known CHECK ((kind = ANY (ARRAY['timestamp'::text, 'validation-data'::text])));
alter table document_revision add constraint document_revision_level_known CHECK ((level = ANY (ARRAY['B-B'::text, 'B-T'::text, 'B-LT'::text, 'B-LTA'::text])));
alter table document_revision add constraint document_revision_number_range CHECK ((number >= 2));
alter table document_revision add constraint document_revision_sha256 CHECK ((octet_length(sha256) = 32));
alter table document_revision add constraint document_revision_timestamp_whole CHECK ((((kind = 'timestamp'::text) = (authority IS NOT NULL)) AND ((kind = 'timestamp'::text) = (development IS NOT NULL)) AND ((kind = 'timestamp'::text) = (proven_at IS NOT NULL)) AND ((kind = 'timestamp'::text) = (chain_ends_at IS NOT NULL)) AND ((kind = 'timestamp'::text) = (algorithms IS NOT NULL))));
alter table document_revision add constraint document_revision_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, document_id);
alter table dossier add constraint dossier_pk PRIMARY KEY (organisation_id, dossier_id);
alter table dossier add constraint dossier_one_subject CHECK (((person_id IS NULL) <> (policy_id IS NULL)));
alter table dossier add constraint dossier_purpose_length CHECK (((char_length(purpose) >= 1) AND (char_length(purpose) <= 500)));
alter table dossier add constraint dossier_checkpoint_fk FOREIGN KEY (organisation_id, log_id, tree_size) REFERENCES ledger_checkpoint(organisation_id, log_id, size);
alter table dossier add constraint dossier_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table dossier add constraint dossier_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table dossier add constraint dossier_policy_fk FOREIGN KEY (organisation_id, policy_id) REFERENCES policy(organisation_id, policy_id);
alter table dossier_document add constraint dossier_document_pk PRIMARY KEY (organisation_id, dossier_id, document_id);
alter table dossier_document add constraint dossier_document_freeze_fk FOREIGN KEY (organisation_id, dossier_id) REFERENCES dossier_freeze(organisation_id, dossier_id);
alter table dossier_freeze add constraint dossier_freeze_pk PRIMARY KEY (organisation_id, dossier_id);
alter table dossier_freeze add constraint dossier_freeze_dossier_fk FOREIGN KEY (organisation_id, dossier_id) REFERENCES dossier(organisation_id, dossier_id);
alter table dossier_report add constraint dossier_report_pk PRIMARY KEY (organisation_id, dossier_id, language);
alter table dossier_report add constraint dossier_report_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table dossier_report add constraint dossier_report_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, document_id);
alter table dossier_report add constraint dossier_report_dossier_fk FOREIGN KEY (organisation_id, dossier_id) REFERENCES dossier(organisation_id, dossier_id);
alter table employment add constraint employment_pk PRIMARY KEY (organisation_id, employment_id);
alter table employment add constraint employment_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table employment add constraint employment_maker_fk FOREIGN KEY (organisation_id, recorded_by) REFERENCES api_client(organisation_id, client_id);
alter table employment add constraint employment_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table employment_change add constraint employment_change_pk PRIMARY KEY (organisation_id, change_id);
alter table employment_change add constraint employment_change_subject_known CHECK ((subject = ANY (ARRAY['fact'::text, 'contract'::text, 'organisation-fact'::text, 'agreement'::text])));
alter table employment_change add constraint employment_change_whole CHECK (((subject = 'organisation-fact'::text) = (employment_id IS NULL)));
alter table employment_change add constraint employment_change_employment_fk FOREIGN KEY (organisation_id, employment_id) REFERENCES employment(organisation_id, employment_id);
alter table employment_exit add constraint employment_exit_pk PRIMARY KEY (organisation_id, exit_id);
alter table employment_exit add constraint employment_exit_of_employment UNIQUE (organisation_id, exit_id, employment_id);
alter table employment_exit add constraint employment_exit_replaced_once UNIQUE (organisation_id, replaces);
alter table employment_exit add constraint employment_exit_content_sha256 CHECK ((octet_length(content_sha256) = 32));
alter table employment_exit add constraint employment_exit_document_sha256 CHECK ((octet_length(document_sha256) = 32));
alter table employment_exit add constraint employment_exit_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table employment_exit add constraint employment_exit_employment_fk FOREIGN KEY (organisation_id, employment_id) REFERENCES employment(organisation_id, employment_id);
alter table employment_exit add constraint employment_exit_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table employment_exit add constraint employment_exit_fact_fk FOREIGN KEY (organisation_id, fact_id) REFERENCES employment_fact(organisation_id, fact_id);
alter table employment_exit add constraint employment_exit_giver_fk FOREIGN KEY (organisation_id, given_by) REFERENCES person(organisation_id, person_id);
alter table employment_exit add constraint employment_exit_letter_fk FOREIGN KEY (organisation_id, document_id) REFERENCES letter(organisation_id, letter_id);
alter table employment_exit add constraint employment_exit_maker_fk FOREIGN KEY (organisation_id, recorded_by) REFERENCES api_client(organisation_id, client_id);
alter table employment_exit add constraint employment_exit_mandate_fk FOREIGN KEY (organisation_id, mandate_id) REFERENCES mandate(organisation_id, mandate_id);
alter table employment_exit add constraint employment_exit_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table employment_exit add constraint employment_exit_replaces_fk FOREIGN KEY (organisation_id, replaces, employment_id) REFERENCES employment_exit(organisation_id, exit_id, employment_id);
alter table employment_exit_check add constraint employment_exit_check_pk PRIMARY KEY (organisation_id, exit_id, agreement_id);
alter table employment_exit_check add constraint employment_exit_check_agreement_fk FOREIGN KEY (organisation_id, agreement_id) REFERENCES agreement(organisation_id, agreement_id);
alter table employment_exit_check add constraint employment_exit_check_check_fk FOREIGN KEY (organisation_id, legal_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table employment_exit_check add constraint employment_exit_check_exit_fk FOREIGN KEY (organisation_id, exit_id) REFERENCES employment_exit(organisation_id, exit_id);
alter table employment_exit_content add constraint employment_exit_content_pk PRIMARY KEY (organisation_id, exit_id);
alter table employment_exit_content add constraint employment_exit_content_exit_fk FOREIGN KEY (organisation_id, exit_id) REFERENCES employment_exit(organisation_id, exit_id);
alter table employment_exit_list add constraint employment_exit_list_pk PRIMARY KEY (organisation_id, exit_id, mark);
alter table employment_exit_list add constraint employment_exit_list_annex_fk FOREIGN KEY (organisation_id, annex_id) REFERENCES annex(organisation_id, annex_id);
alter table employment_exit_list add constraint employment_exit_list_exit_fk FOREIGN KEY (organisation_id, exit_id) REFERENCES employment_exit(organisation_id, exit_id);
alter table employment_fact add constraint employment_fact_pk PRIMARY KEY (organisation_id, fact_id);
alter table employment_fact add constraint employment_fact_retracted_once UNIQUE (organisation_id, retracts);
alter table employment_fact add constraint employment_fact_kind_known CHECK ((kind = ANY (ARRAY['started'::text, 'birth-date'::text, 'languages'::text, 'function'::text, 'grade'::text, 'wage'::text, 'area'::text, 'client-access'::text, 'reporting'::text, 'last-day'::text, 'works-council'::text])));
alter table employment_fact add constraint employment_fact_timeless CHECK (((kind <> ALL (ARRAY['started'::text, 'birth-date'::text])) OR (valid_from = '1900-01-01'::date)));
alter table employment_fact add constraint employment_fact_employment_fk FOREIGN KEY (organisation_id, employment_id) REFERENCES employment(organisation_id, employment_id);
alter table employment_fact add constraint employment_fact_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table employment_fact add constraint employment_fact_maker_fk FOREIGN KEY (organisation_id, recorded_by) REFERENCES api_client(organisation_id, client_id);
alter table employment_fact add constraint employment_fact_retracts_fk FOREIGN KEY (organisation_id, retracts) REFERENCES employment_fact(organisation_id, fact_id);
alter table employment_fact_content add constraint employment_fact_content_pk PRIMARY KEY (organisation_id, fact_id);
alter table employment_fact_content add constraint employment_fact_content_fact_fk FOREIGN KEY (organisation_id, fact_id) REFERENCES employment_fact(organisation_id, fact_id);
alter table entry_disclosure add constraint entry_disclosure_pk PRIMARY KEY (organisation_id, entry_id);
alter table entry_disclosure add constraint entry_disclosure_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table entry_erasure add constraint entry_erasure_pk PRIMARY KEY (organisation_id, entry_id, erasure_entry_id);
alter table entry_erasure add constraint entry_erasure_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table entry_erasure add constraint entry_erasure_erasure_fk FOREIGN KEY (organisation_id, erasure_entry_id) REFERENCES ledger_entry(organisation_id, entry_id) DEFERRABLE INITIALLY DEFERRED;
alter table erasure_decision add constraint erasure_decision_pk PRIMARY KEY (organisation_id, proposal_id);
alter table erasure_decision add constraint erasure_decision_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 2000)));
alter table erasure_decision add constraint erasure_decision_verdict_known CHECK ((verdict = ANY (ARRAY['confirm'::text, 'reject'::text])));
alter table erasure_decision add constraint erasure_decision_client_fk FOREIGN KEY (organisation_id, decided_by) REFERENCES api_client(organisation_id, client_id);
alter table erasure_decision add constraint erasure_decision_proposal_fk FOREIGN KEY (organisation_id, proposal_id) REFERENCES erasure_proposal(organisation_id, proposal_id);
alter table erasure_item add constraint erasure_item_pk PRIMARY KEY (organisation_id, proposal_id, item_number);
alter table erasure_item add constraint erasure_item_what_known CHECK ((what = ANY (ARRAY['content'::text, 'traces'::text, 'person'::text])));
alter table erasure_item add constraint erasure_item_whole CHECK (((what = 'person'::text) = (assignment_id IS NULL)));
alter table erasure_item add constraint erasure_item_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table erasure_item add constraint erasure_item_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table erasure_item add constraint erasure_item_proposal_fk FOREIGN KEY (organisation_id, proposal_id) REFERENCES erasure_proposal(organisation_id, proposal_id);
alter table erasure_proposal add constraint erasure_proposal_pk PRIMARY KEY (organisation_id, proposal_id);
alter table erasure_proposal add constraint erasure_proposal_class_known CHECK ((retention_class = ANY (ARRAY['R2'::text, 'R3'::text, 'R5'::text, 'request'::text])));
alter table erasure_proposal add constraint erasure_proposal_ground_length CHECK (((char_length(ground) >= 1) AND (char_length(ground) <= 2000)));
alter table erasure_proposal add constraint erasure_proposal_request_whole CHECK ((((retention_class = 'request'::text) = (person_id IS NOT NULL)) AND ((person_id IS NULL) = (made_by IS NULL))));
alter table erasure_proposal add constraint erasure_proposal_maker_fk FOREIGN KEY (organisation_id, made_by) REFERENCES api_client(organisation_id, client_id);
alter table erasure_proposal add constraint erasure_proposal_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table erasure_result add constraint erasure_result_pk PRIMARY KEY (organisation_id, proposal_id, item_number);
alter table erasure_result add constraint erasure_result_outcome_known CHECK ((outcome = ANY (ARRAY['erased'::text, 'held'::text, 'kept'::text])));
alter table erasure_result add constraint erasure_result_whole CHECK ((((outcome = 'held'::text) = (hold_id IS NOT NULL)) AND ((outcome = 'erased'::text) = (erasure_entry_id IS NOT NULL))));
alter table erasure_result add constraint erasure_result_entry_fk FOREIGN KEY (organisation_id, erasure_entry_id) REFERENCES ledger_entry(organisation_id, entry_id) DEFERRABLE INITIALLY DEFERRED;
alter table erasure_result add constraint erasure_result_hold_fk FOREIGN KEY (organisation_id, hold_id) REFERENCES legal_hold(organisation_id, hold_id);
alter table erasure_result add constraint erasure_result_item_fk FOREIGN KEY (organisation_id, proposal_id, item_number) REFERENCES erasure_item(organisation_id, proposal_id, item_number);
alter table erasure_result add constraint erasure_result_has_entry TRIGGER DEFERRABLE INITIALLY DEFERRED;
alter table executed_copy add constraint executed_copy_pk PRIMARY KEY (organisation_id, executed_copy_id);
alter table executed_copy add constraint executed_copy_once UNIQUE (organisation_id, acts_sha256, edition_document_id);
alter table executed_copy add constraint executed_copy_about_one_thing CHECK ((((version_id IS NULL) = (bundle_sha256 IS NOT NULL)) AND ((version_id IS NOT NULL) OR (edition_sha256 IS NOT NULL))));
alter table executed_copy add constraint executed_copy_acts_sha256 CHECK ((octet_length(acts_sha256) = 32));
alter table executed_copy add constraint executed_copy_bundle_sha256 CHECK ((octet_length(bundle_sha256) = 32));
alter table executed_copy add constraint executed_copy_document_sha256 CHECK ((octet_length(document_sha256) = 32));
alter table executed_copy add constraint executed_copy_edition_sha256 CHECK ((octet_length(edition_sha256) = 32));
alter table executed_copy add constraint executed_copy_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table executed_copy add constraint executed_copy_maker_fk FOREIGN KEY (organisation_id, made_by) REFERENCES api_client(organisation_id, client_id);
alter table executed_copy add constraint executed_copy_version_fk FOREIGN KEY (organisation_id, version_id) REFERENCES policy_version(organisation_id, version_id);
alter table executed_copy_document add constraint executed_copy_document_pk PRIMARY KEY (organisation_id, executed_copy_id);
alter table executed_copy_document add constraint executed_copy_document_copy_fk FOREIGN KEY (organisation_id, executed_copy_id) REFERENCES executed_copy(organisation_id, executed_copy_id);
alter table executed_copy_document add constraint executed_copy_document_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, document_id);
alter table executed_copy_party add constraint executed_copy_party_pk PRIMARY KEY (organisation_id, executed_copy_id, party_number);
alter table executed_copy_party add constraint executed_copy_party_once UNIQUE (organisation_id, executed_copy_id, act_id);
alter table executed_copy_party add constraint executed_copy_party_capacity_known CHECK ((capacity = ANY (ARRAY['employee'::text, 'employer-representative'::text])));
alter table executed_copy_party add constraint executed_copy_party_number_range CHECK (((party_number >= 1) AND (party_number <= 10)));
alter table executed_copy_party add constraint executed_copy_party_act_fk FOREIGN KEY (organisation_id, act_id) REFERENCES act(organisation_id, act_id);
alter table executed_copy_party add constraint executed_copy_party_copy_fk FOREIGN KEY (organisation_id, executed_copy_id) REFERENCES executed_copy(organisation_id, executed_copy_id);
alter table idempotency add constraint idempotency_pk PRIMARY KEY (organisation_id, client_id, operation, idempotency_key);
alter table idempotency add constraint idempotency_fingerprint_sha256 CHECK ((octet_length(fingerprint) = 32));
alter table idempotency add constraint idempotency_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table identity_check add constraint identity_check_pk PRIMARY KEY (organisation_id, identity_check_id);
alter table identity_check add constraint identity_check_document_known CHECK ((document_kind = ANY (ARRAY['passport'::text, 'identity-card'::text, 'residence-permit'::text])));
alter table identity_check add constraint identity_check_client_fk FOREIGN KEY (organisation_id, recorded_by) REFERENCES api_client(organisation_id, client_id);
alter table identity_check add constraint identity_check_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table identity_check add constraint identity_check_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table imported_disclosure add constraint imported_disclosure_pk PRIMARY KEY (organisation_id, entry_id);
alter table imported_disclosure add constraint imported_disclosure_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table imported_receipt add constraint imported_receipt_pk PRIMARY KEY (organisation_id, log_id, entry_index, leaf_hash);
alter table imported_receipt add constraint imported_receipt_leaf_sha256 CHECK ((octet_length(leaf_hash) = 32));
alter table imported_receipt add constraint imported_receipt_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table imported_receipt add constraint imported_receipt_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table installation add constraint installation_pk PRIMARY KEY (singleton);
alter table installation add constraint installation_single CHECK (singleton);
alter table ledger_anchor add constraint ledger_anchor_pk PRIMARY KEY (organisation_id, anchor_id);
alter table ledger_anchor add constraint ledger_anchor_renewed_once UNIQUE (organisation_id, renews);
alter table ledger_anchor add constraint ledger_anchor_sequence_once UNIQUE (organisation_id, log_id, size, kind, sequence);
alter table ledger_anchor add constraint ledger_anchor_evidence_length CHECK (((octet_length(evidence) >= 1) AND (octet_length(evidence) <= 1048576)));
alter table ledger_anchor add constraint ledger_anchor_first_token_whole CHECK ((((kind = 'timestamp'::text) AND (renews IS NULL)) = (settled_size IS NOT NULL)));
alter table ledger_anchor add constraint ledger_anchor_kind_known CHECK ((kind = ANY (ARRAY['timestamp'::text, 'cosignature'::text])));
alter table ledger_anchor add constraint ledger_anchor_renewal_is_timestamp CHECK (((renews IS NULL) OR (kind = 'timestamp'::text)));
alter table ledger_anchor add constraint ledger_anchor_sequence_range CHECK ((sequence >= 1));
alter table ledger_anchor add constraint ledger_anchor_settled_range CHECK ((settled_size >= size));
alter table ledger_anchor add constraint ledger_anchor_timestamp_whole CHECK ((((kind = 'timestamp'::text) = (certificate_ends_at IS NOT NULL)) AND ((kind = 'timestamp'::text) = (renew_from IS NOT NULL)) AND ((kind = 'timestamp'::text) = (algorithms IS NOT NULL))));
alter table ledger_anchor add constraint ledger_anchor_checkpoint_fk FOREIGN KEY (organisation_id, log_id, size) REFERENCES ledger_checkpoint(organisation_id, log_id, size);
alter table ledger_anchor add constraint ledger_anchor_renews_fk FOREIGN KEY (organisation_id, renews) REFERENCES ledger_anchor(organisation_id, anchor_id);
alter table ledger_audit_finding add constraint ledger_audit_finding_pk PRIMARY KEY (organisation_id, log_id, name, subject);
alter table ledger_audit_finding add constraint ledger_audit_finding_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table ledger_audit_run add constraint ledger_audit_run_pk PRIMARY KEY (organisation_id, run_id);
alter table ledger_audit_run add constraint ledger_audit_run_root_sha256 CHECK ((octet_length(root) = 32));
alter table ledger_audit_run add constraint ledger_audit_run_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table ledger_audit_state add constraint ledger_audit_state_pk PRIMARY KEY (organisation_id, scope);
alter table ledger_audit_state add constraint ledger_audit_state_scope_known CHECK ((scope = ANY (ARRAY['slice'::text, 'complete'::text])));
alter table ledger_audit_state add constraint ledger_audit_state_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table ledger_checkpoint add constraint ledger_checkpoint_pk PRIMARY KEY (organisation_id, log_id, size);
alter table ledger_checkpoint add constraint ledger_checkpoint_root_sha256 CHECK ((octet_length(root) = 32));
alter table ledger_checkpoint add constraint ledger_checkpoint_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table ledger_entry add constraint ledger_entry_pk PRIMARY KEY (organisation_id, log_id, entry_index);
alter table ledger_entry add constraint ledger_entry_id_once UNIQUE (organisation_id, entry_id);
alter table ledger_entry add constraint ledger_entry_inside_proof CHECK (((entry_index >= 0) AND (entry_index < proof_size)));
alter table ledger_entry add constraint ledger_entry_leaf_sha256 CHECK ((octet_length(leaf_hash) = 32));
alter table ledger_entry add constraint ledger_entry_length CHECK (((octet_length(entry) >= 2) AND (octet_length(entry) <= 65535)));
alter table ledger_entry add constraint ledger_entry_proof_hashes CHECK (((octet_length(proof) % 32) = 0));
alter table ledger_entry add constraint ledger_entry_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table ledger_head add constraint ledger_head_pk PRIMARY KEY (organisation_id);
alter table ledger_head add constraint ledger_head_frontier_hashes CHECK (((octet_length(frontier) % 32) = 0));
alter table ledger_head add constraint ledger_head_size_range CHECK (((size >= 0) AND (size <= '9007199254740991'::bigint)));
alter table ledger_head add constraint ledger_head_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table ledger_log add constraint ledger_log_pk PRIMARY KEY (organisation_id, log_id);
alter table ledger_log add constraint ledger_log_origin_once UNIQUE (organisation_id, origin);
alter table ledger_log add constraint ledger_log_key_fk FOREIGN KEY (organisation_id, key_id) REFERENCES signing_key(organisation_id, key_id);
alter table ledger_stop add constraint ledger_stop_pk PRIMARY KEY (organisation_id, log_id);
alter table ledger_stop add constraint ledger_stop_reason_known CHECK ((reason = ANY (ARRAY['log-behind'::text, 'root-differs'::text, 'log-unknown'::text])));
alter table ledger_stop add constraint ledger_stop_root_sha256 CHECK ((octet_length(head_root) = 32));
alter table ledger_stop add constraint ledger_stop_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table ledger_tile add constraint ledger_tile_pk PRIMARY KEY (organisation_id, log_id, level, tile_index);
alter table ledger_tile add constraint ledger_tile_full CHECK ((octet_length(hashes) = 8192));
alter table ledger_tile add constraint ledger_tile_log_fk FOREIGN KEY (organisation_id, log_id) REFERENCES ledger_log(organisation_id, log_id);
alter table legal_check add constraint legal_check_pk PRIMARY KEY (organisation_id, legal_check_id);
alter table legal_check add constraint legal_check_facts_sha256 CHECK ((octet_length(facts_sha256) = 32));
alter table legal_check add constraint legal_check_findings_sha256 CHECK ((octet_length(findings_sha256) = 32));
alter table legal_check add constraint legal_check_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table legal_check add constraint legal_check_maker_fk FOREIGN KEY (organisation_id, made_by) REFERENCES api_client(organisation_id, client_id);
alter table legal_check add constraint legal_check_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table legal_check_content add constraint legal_check_content_pk PRIMARY KEY (organisation_id, legal_check_id);
alter table legal_check_content add constraint legal_check_content_check_fk FOREIGN KEY (organisation_id, legal_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table legal_hold add constraint legal_hold_pk PRIMARY KEY (organisation_id, hold_id);
alter table legal_hold add constraint legal_hold_holder_length CHECK (((char_length(holder) >= 1) AND (char_length(holder) <= 200)));
alter table legal_hold add constraint legal_hold_one_subject CHECK (((person_id IS NULL) <> (policy_id IS NULL)));
alter table legal_hold add constraint legal_hold_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 2000)));
alter table legal_hold add constraint legal_hold_review_in_time CHECK ((review_on <= (((placed_at AT TIME ZONE 'Europe/Amsterdam'::text) + '6 mons'::interval))::date));
alter table legal_hold add constraint legal_hold_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table legal_hold add constraint legal_hold_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table legal_hold add constraint legal_hold_placer_fk FOREIGN KEY (organisation_id, placed_by) REFERENCES api_client(organisation_id, client_id);
alter table legal_hold add constraint legal_hold_policy_fk FOREIGN KEY (organisation_id, policy_id) REFERENCES policy(organisation_id, policy_id);
alter table legal_hold_release add constraint legal_hold_release_pk PRIMARY KEY (organisation_id, hold_id);
alter table legal_hold_release add constraint legal_hold_release_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 2000)));
alter table legal_hold_release add constraint legal_hold_release_releaser_length CHECK (((char_length(releaser) >= 1) AND (char_length(releaser) <= 200)));
alter table legal_hold_release add constraint legal_hold_release_client_fk FOREIGN KEY (organisation_id, released_by) REFERENCES api_client(organisation_id, client_id);
alter table legal_hold_release add constraint legal_hold_release_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table legal_hold_release add constraint legal_hold_release_hold_fk FOREIGN KEY (organisation_id, hold_id) REFERENCES legal_hold(organisation_id, hold_id);
alter table legal_review add constraint legal_review_pk PRIMARY KEY (organisation_id, legal_review_id);
alter table legal_review add constraint legal_review_input_sha256 CHECK ((octet_length(input_sha256) = 32));
alter table legal_review add constraint legal_review_kind_known CHECK ((kind = ANY (ARRAY['review'::text, 'override'::text])));
alter table legal_review add constraint legal_review_outcome_known CHECK ((outcome = ANY (ARRAY['pass'::text, 'fail'::text])));
alter table legal_review add constraint legal_review_check_fk FOREIGN KEY (organisation_id, legal_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table legal_review add constraint legal_review_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table legal_review add constraint legal_review_maker_fk FOREIGN KEY (organisation_id, made_by) REFERENCES api_client(organisation_id, client_id);
alter table letter add constraint letter_pk PRIMARY KEY (organisation_id, letter_id);
alter table letter add constraint letter_document_sha256 CHECK ((octet_length(document_sha256) = 32));
alter table letter add constraint letter_kind_known CHECK ((kind = ANY (ARRAY['annex'::text, 'warning'::text, 'exit-letter'::text])));
alter table letter add constraint letter_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table letter add constraint letter_maker_fk FOREIGN KEY (organisation_id, made_by) REFERENCES api_client(organisation_id, client_id);
alter table letter add constraint letter_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table letter_document add constraint letter_document_pk PRIMARY KEY (organisation_id, letter_id);
alter table letter_document add constraint letter_document_subject_length CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 200)));
alter table letter_document add constraint letter_document_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, document_id);
alter table letter_document add constraint letter_document_letter_fk FOREIGN KEY (organisation_id, letter_id) REFERENCES letter(organisation_id, letter_id);
alter table link add constraint link_pk PRIMARY KEY (organisation_id, token_sha256);
alter table link add constraint link_token_sha256 CHECK ((octet_length(token_sha256) = 32));
alter table link add constraint link_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table mailbox_code add constraint mailbox_code_pk PRIMARY KEY (organisation_id, code_id);
alter table mailbox_code add constraint mailbox_code_hmac_sha256 CHECK ((octet_length(code_hmac) = 32));
alter table mailbox_code add constraint mailbox_code_mailbox_known CHECK ((mailbox = ANY (ARRAY['work'::text, 'private'::text])));
alter table mailbox_code add constraint mailbox_code_mark_sha256 CHECK ((octet_length(mailbox_mark) = 32));
alter table mailbox_code add constraint mailbox_code_purpose_known CHECK ((purpose = ANY (ARRAY['sign-in'::text, 'step-up'::text, 'confirm-mailbox'::text])));
alter table mailbox_code add constraint mailbox_code_tries_range CHECK (((tries >= 0) AND (tries <= 5)));
alter table mailbox_code add constraint mailbox_code_notice_fk FOREIGN KEY (organisation_id, notice_id) REFERENCES notice(organisation_id, notice_id);
alter table mailbox_code add constraint mailbox_code_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table mailbox_code add constraint mailbox_code_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table mandate add constraint mandate_pk PRIMARY KEY (organisation_id, mandate_id);
alter table mandate add constraint mandate_covers_known CHECK (((covers <@ ARRAY['annex'::text, 'contract'::text, 'exit-letter'::text]) AND ((cardinality(covers) >= 1) AND (cardinality(covers) <= 3))));
alter table mandate add constraint mandate_ends_later CHECK ((valid_to >= valid_from));
alter table mandate add constraint mandate_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table mandate add constraint mandate_maker_fk FOREIGN KEY (organisation_id, recorded_by) REFERENCES api_client(organisation_id, client_id);
alter table mandate add constraint mandate_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table mandate_content add constraint mandate_content_pk PRIMARY KEY (organisation_id, mandate_id);
alter table mandate_content add constraint mandate_content_mandate_fk FOREIGN KEY (organisation_id, mandate_id) REFERENCES mandate(organisation_id, mandate_id);
alter table mandate_end add constraint mandate_end_pk PRIMARY KEY (organisation_id, mandate_id);
alter table mandate_end add constraint mandate_end_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table mandate_end add constraint mandate_end_maker_fk FOREIGN KEY (organisation_id, ended_by) REFERENCES api_client(organisation_id, client_id);
alter table mandate_end add constraint mandate_end_mandate_fk FOREIGN KEY (organisation_id, mandate_id) REFERENCES mandate(organisation_id, mandate_id);
alter table matter add constraint matter_pk PRIMARY KEY (organisation_id, matter_id);
alter table matter add constraint matter_one_subject CHECK (((person_id IS NULL) <> (policy_id IS NULL)));
alter table matter add constraint matter_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)));
alter table matter add constraint matter_client_fk FOREIGN KEY (organisation_id, opened_by) REFERENCES api_client(organisation_id, client_id);
alter table matter add constraint matter_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table matter add constraint matter_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table matter add constraint matter_policy_fk FOREIGN KEY (organisation_id, policy_id) REFERENCES policy(organisation_id, policy_id);
alter table matter_access add constraint matter_access_pk PRIMARY KEY (organisation_id, access_id);
alter table matter_access add constraint matter_access_not_to_self CHECK ((granted_by <> client_id));
alter table matter_access add constraint matter_access_order CHECK ((readable_until > readable_from));
alter table matter_access add constraint matter_access_account_fk FOREIGN KEY (organisation_id, client_id) REFERENCES staff_account(organisation_id, client_id);
alter table matter_access add constraint matter_access_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table matter_access add constraint matter_access_granter_fk FOREIGN KEY (organisation_id, granted_by) REFERENCES api_client(organisation_id, client_id);
alter table matter_access add constraint matter_access_matter_fk FOREIGN KEY (organisation_id, matter_id) REFERENCES matter(organisation_id, matter_id);
alter table matter_access_end add constraint matter_access_end_pk PRIMARY KEY (organisation_id, access_id);
alter table matter_access_end add constraint matter_access_end_access_fk FOREIGN KEY (organisation_id, access_id) REFERENCES matter_access(organisation_id, access_id);
alter table matter_access_end add constraint matter_access_end_client_fk FOREIGN KEY (organisation_id, ended_by) REFERENCES api_client(organisation_id, client_id);
alter table matter_access_end add constraint matter_access_end_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table migration add constraint migration_pk PRIMARY KEY (name);
alter table migration add constraint migration_sha256_hex CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text));
alter table misdelivery add constraint misdelivery_pk PRIMARY KEY (organisation_id, token_sha256);
alter table misdelivery add constraint misdelivery_assignment_fk FOREIGN KEY (organisation_id, assignment_id) REFERENCES assignment(organisation_id, assignment_id);
alter table misdelivery add constraint misdelivery_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table misdelivery add constraint misdelivery_link_fk FOREIGN KEY (organisation_id, token_sha256) REFERENCES link(organisation_id, token_sha256);
alter table notice add constraint notice_pk PRIMARY KEY (organisation_id, notice_id);
alter table notice add constraint notice_kind_form CHECK ((kind ~ '^[a-z]+(-[a-z]+)*$'::text));
alter table notice add constraint notice_mailbox_known CHECK ((mailbox = ANY (ARRAY['work'::text, 'private'::text])));
alter table notice add constraint notice_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'handed-over'::text, 'refused'::text, 'bounced'::text, 'too-late'::text])));
alter table notice add constraint notice_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table notice_event add constraint notice_event_pk PRIMARY KEY (organisation_id, event_id);
alter table notice_event add constraint notice_event_channel_known CHECK ((channel = ANY (ARRAY['smtp'::text, 'local-outbox'::text])));
alter table notice_event add constraint notice_event_kind_known CHECK ((kind = ANY (ARRAY['handed-over'::text, 'refused'::text, 'given-up'::text, 'bounced'::text])));
alter table notice_event add constraint notice_event_status_length CHECK ((char_length(status) <= 20));
alter table notice_event add constraint notice_event_notice_fk FOREIGN KEY (organisation_id, notice_id) REFERENCES notice(organisation_id, notice_id);
alter table open_task add constraint open_task_pk PRIMARY KEY (organisation_id, subject_id, kind);
alter table open_task add constraint open_task_once UNIQUE (organisation_id, task_id);
alter table open_task add constraint open_task_task_fk FOREIGN KEY (organisation_id, task_id) REFERENCES task(organisation_id, task_id);
alter table opening add constraint opening_pk PRIMARY KEY (organisation_id, token_sha256, language);
alter table opening add constraint opening_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table opening add constraint opening_link_fk FOREIGN KEY (organisation_id, token_sha256) REFERENCES link(organisation_id, token_sha256);
alter table organisation add constraint organisation_pk PRIMARY KEY (organisation_id);
alter table organisation add constraint organisation_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)));
alter table organisation_fact add constraint organisation_fact_pk PRIMARY KEY (organisation_id, fact_id);
alter table organisation_fact add constraint organisation_fact_retracted_once UNIQUE (organisation_id, retracts);
alter table organisation_fact add constraint organisation_fact_kind_known CHECK ((kind = ANY (ARRAY['headcount'::text, 'employee-body'::text])));
alter table organisation_fact add constraint organisation_fact_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table organisation_fact add constraint organisation_fact_maker_fk FOREIGN KEY (organisation_id, recorded_by) REFERENCES api_client(organisation_id, client_id);
alter table organisation_fact add constraint organisation_fact_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table organisation_fact add constraint organisation_fact_retracts_fk FOREIGN KEY (organisation_id, retracts) REFERENCES organisation_fact(organisation_id, fact_id);
alter table page_release add constraint page_release_pk PRIMARY KEY (organisation_id, release);
alter table page_release add constraint page_release_hex CHECK ((release ~ '^[0-9a-f]{16,64}$'::text));
alter table page_release add constraint page_release_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table person add constraint person_pk PRIMARY KEY (organisation_id, person_id);
alter table person add constraint person_external_id_once UNIQUE (organisation_id, external_id);
alter table person add constraint person_department_length CHECK (((char_length(department) >= 1) AND (char_length(department) <= 100)));
alter table person add constraint person_erased_whole CHECK (((erased_at IS NULL) OR ((external_id = ('erased '::text || person_id)) AND (given_name = 'Erased'::text) AND (family_name = 'person'::text) AND (work_email = 'erased@invalid'::text) AND (department IS NULL) AND (job_title IS NULL) AND (employed_until IS NULL))));
alter table person add constraint person_external_id_length CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 100)));
alter table person add constraint person_family_name_length CHECK (((char_length(family_name) >= 1) AND (char_length(family_name) <= 100)));
alter table person add constraint person_given_name_length CHECK (((char_length(given_name) >= 1) AND (char_length(given_name) <= 100)));
alter table person add constraint person_job_title_length CHECK (((char_length(job_title) >= 1) AND (char_length(job_title) <= 100)));
alter table person add constraint person_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table person add constraint person_work_email_length CHECK (((char_length(work_email) >= 3) AND (char_length(work_email) <= 254)));
alter table person add constraint person_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table person_authentication add constraint person_authentication_pk PRIMARY KEY (organisation_id, authentication_id);
alter table person_authentication add constraint person_authentication_assurance_known CHECK ((assurance = ANY (ARRAY['mailbox-employer'::text, 'mailbox-private'::text, 'phone-otp'::text, 'sso'::text, 'sso-mfa'::text])));
alter table person_authentication add constraint person_authentication_method_known CHECK ((method = ANY (ARRAY['link'::text, 'mailbox-code'::text, 'totp'::text, 'oidc'::text])));
alter table person_authentication add constraint person_authentication_record_sha256 CHECK ((octet_length(record_sha256) = 32));
alter table person_authentication add constraint person_authentication_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table person_authentication add constraint person_authentication_session_fk FOREIGN KEY (organisation_id, session_id) REFERENCES person_session(organisation_id, session_id);
alter table person_session add constraint person_session_pk PRIMARY KEY (organisation_id, session_id);
alter table person_session add constraint person_session_token_once UNIQUE (organisation_id, token_sha256);
alter table person_session add constraint person_session_kind_known CHECK ((kind = ANY (ARRAY['visit'::text, 'person'::text])));
alter table person_session add constraint person_session_token_sha256 CHECK ((octet_length(token_sha256) = 32));
alter table person_session add constraint person_session_visit_whole CHECK ((((kind = 'visit'::text) = (link_token_sha256 IS NOT NULL)) AND ((kind = 'visit'::text) = (assignment_id IS NOT NULL))));
alter table person_session add constraint person_session_link_fk FOREIGN KEY (organisation_id, link_token_sha256) REFERENCES link(organisation_id, token_sha256);
alter table person_session add constraint person_session_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table policy add constraint policy_pk PRIMARY KEY (organisation_id, policy_id);
alter table policy add constraint policy_legal_nature_known CHECK ((legal_nature = ANY (ARRAY['information'::text, 'instruction'::text, 'contract-term'::text])));
alter table policy add constraint policy_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)));
alter table policy add constraint policy_owner_length CHECK (((char_length(owner) >= 1) AND (char_length(owner) <= 200)));
alter table policy add constraint policy_creator_fk FOREIGN KEY (organisation_id, created_by) REFERENCES api_client(organisation_id, client_id);
alter table policy_draft add constraint policy_draft_pk PRIMARY KEY (organisation_id, policy_id, version_number);
alter table policy_draft add constraint policy_draft_approval_whole CHECK (((approved_by IS NULL) = (approved_at IS NULL)));
alter table policy_draft add constraint policy_draft_content_sha256 CHECK ((octet_length(content_sha256) = 32));
alter table policy_draft add constraint policy_draft_four_eyes CHECK ((approved_by <> author_id));
alter table policy_draft add constraint policy_draft_number_positive CHECK ((version_number >= 1));
alter table policy_draft add constraint policy_draft_revision_positive CHECK ((revision >= 1));
alter table policy_draft add constraint policy_draft_approver_fk FOREIGN KEY (organisation_id, approved_by) REFERENCES api_client(organisation_id, client_id);
alter table policy_draft add constraint policy_draft_author_fk FOREIGN KEY (organisation_id, author_id) REFERENCES api_client(organisation_id, client_id);
alter table policy_draft add constraint policy_draft_policy_fk FOREIGN KEY (organisation_id, policy_id) REFERENCES policy(organisation_id, policy_id);
alter table policy_edition add constraint policy_edition_pk PRIMARY KEY (organisation_id, version_id, language);
alter table policy_edition add constraint policy_edition_language_known CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text])));
alter table policy_edition add constraint policy_edition_document_fk FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, document_id);
alter table policy_edition add constraint policy_edition_version_fk FOREIGN KEY (organisation_id, version_id) REFERENCES policy_version(organisation_id, version_id);
alter table policy_version add constraint policy_version_pk PRIMARY KEY (organisation_id, version_id);
alter table policy_version add constraint policy_version_effective_once UNIQUE (organisation_id, policy_id, effective_from);
alter table policy_version add constraint policy_version_number_once UNIQUE (organisation_id, policy_id, version_number);
alter table policy_version add constraint policy_version_content_sha256 CHECK ((octet_length(content_sha256) = 32));
alter table policy_version add constraint policy_version_four_eyes CHECK ((approved_by <> author_id));
alter table policy_version add constraint policy_version_materiality_known CHECK ((materiality = ANY (ARRAY['material'::text, 'editorial'::text])));
alter table policy_version add constraint policy_version_number_positive CHECK ((version_number >= 1));
alter table policy_version add constraint policy_version_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table policy_version add constraint policy_version_policy_fk FOREIGN KEY (organisation_id, policy_id) REFERENCES policy(organisation_id, policy_id);
alter table policy_withdrawal add constraint policy_withdrawal_pk PRIMARY KEY (organisation_id, version_id);
alter table policy_withdrawal add constraint policy_withdrawal_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 2000)));
alter table policy_withdrawal add constraint policy_withdrawal_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table policy_withdrawal add constraint policy_withdrawal_version_fk FOREIGN KEY (organisation_id, version_id) REFERENCES policy_version(organisation_id, version_id);
alter table private_mailbox add constraint private_mailbox_pk PRIMARY KEY (organisation_id, person_id);
alter table private_mailbox add constraint private_mailbox_address_length CHECK (((char_length(address) >= 3) AND (char_length(address) <= 254)));
alter table private_mailbox add constraint private_mailbox_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table private_mailbox add constraint private_mailbox_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table private_mailbox_proposal add constraint private_mailbox_proposal_pk PRIMARY KEY (organisation_id, proposal_id);
alter table private_mailbox_proposal add constraint private_mailbox_proposal_address_length CHECK (((char_length(address) >= 3) AND (char_length(address) <= 254)));
alter table private_mailbox_proposal add constraint private_mailbox_proposal_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table re_evaluation add constraint re_evaluation_pk PRIMARY KEY (organisation_id, legal_check_id);
alter table re_evaluation add constraint re_evaluation_causes_known CHECK ((cause_subjects <@ ARRAY['fact'::text, 'contract'::text, 'agreement'::text]));
alter table re_evaluation add constraint re_evaluation_causes_pair CHECK ((cardinality(cause_subjects) = cardinality(cause_ids)));
alter table re_evaluation add constraint re_evaluation_agreement_fk FOREIGN KEY (organisation_id, agreement_id) REFERENCES agreement(organisation_id, agreement_id);
alter table re_evaluation add constraint re_evaluation_check_fk FOREIGN KEY (organisation_id, legal_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table re_evaluation add constraint re_evaluation_previous_fk FOREIGN KEY (organisation_id, previous_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table retention_rule add constraint retention_rule_pk PRIMARY KEY (organisation_id, rule_id);
alter table retention_rule add constraint retention_rule_class_known CHECK ((retention_class = ANY (ARRAY['R1'::text, 'R2'::text, 'R3'::text, 'R4'::text, 'R5'::text, 'R6'::text, 'R7'::text])));
alter table retention_rule add constraint retention_rule_months_range CHECK (((months >= 1) AND (months <= 1200)));
alter table retention_rule add constraint retention_rule_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 2000)));
alter table retention_rule add constraint retention_rule_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table retention_rule add constraint retention_rule_maker_fk FOREIGN KEY (organisation_id, made_by) REFERENCES api_client(organisation_id, client_id);
alter table seal_key_use add constraint seal_key_use_pk PRIMARY KEY (organisation_id, use_number);
alter table seal_key_use add constraint seal_key_use_location_known CHECK ((location = ANY (ARRAY['database'::text, 'file'::text, 'token'::text, 'service'::text])));
alter table seal_key_use add constraint seal_key_use_number_positive CHECK ((use_number >= 1));
alter table seal_key_use add constraint seal_key_use_key_fk FOREIGN KEY (organisation_id, key_id) REFERENCES signing_key(organisation_id, key_id);
alter table sign_on_binding add constraint sign_on_binding_pk PRIMARY KEY (organisation_id, binding_id);
alter table sign_on_binding add constraint sign_on_binding_person_once UNIQUE (organisation_id, provider_id, person_id);
alter table sign_on_binding add constraint sign_on_binding_subject_once UNIQUE (organisation_id, provider_id, subject);
alter table sign_on_binding add constraint sign_on_binding_subject_length CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 255)));
alter table sign_on_binding add constraint sign_on_binding_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table sign_on_binding add constraint sign_on_binding_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table sign_on_binding add constraint sign_on_binding_provider_fk FOREIGN KEY (organisation_id, provider_id) REFERENCES sign_on_provider(organisation_id, provider_id);
alter table sign_on_completion add constraint sign_on_completion_pk PRIMARY KEY (organisation_id, attempt_id);
alter table sign_on_completion add constraint sign_on_completion_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table sign_on_provider add constraint sign_on_provider_pk PRIMARY KEY (organisation_id, provider_id);
alter table sign_on_provider add constraint sign_on_provider_authentication_known CHECK ((client_authentication = ANY (ARRAY['client-secret-basic'::text, 'client-secret-post'::text, 'private-key-jwt'::text])));
alter table sign_on_provider add constraint sign_on_provider_client_length CHECK (((char_length(client_id) >= 1) AND (char_length(client_id) <= 255)));
alter table sign_on_provider add constraint sign_on_provider_issuer_length CHECK (((char_length(issuer) >= 1) AND (char_length(issuer) <= 2048)));
alter table sign_on_provider add constraint sign_on_provider_key CHECK (((client_authentication = 'private-key-jwt'::text) = (public_jwk IS NOT NULL)));
alter table sign_on_provider add constraint sign_on_provider_matches_known CHECK ((person_matches = ANY (ARRAY['work-email'::text, 'external-id'::text])));
alter table sign_on_provider add constraint sign_on_provider_max_age_range CHECK (((max_age_s >= 0) AND (max_age_s <= 86400)));
alter table sign_on_provider add constraint sign_on_provider_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)));
alter table sign_on_provider add constraint sign_on_provider_state_known CHECK ((state = ANY (ARRAY['enabled'::text, 'disabled'::text])));
alter table sign_on_provider add constraint sign_on_provider_maker_fk FOREIGN KEY (organisation_id, created_by) REFERENCES api_client(organisation_id, client_id);
alter table sign_on_provider add constraint sign_on_provider_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table sign_on_rebinding add constraint sign_on_rebinding_pk PRIMARY KEY (organisation_id, rebinding_id);
alter table sign_on_rebinding add constraint sign_on_rebinding_ended CHECK (((state = 'waiting'::text) = (ended_at IS NULL)));
alter table sign_on_rebinding add constraint sign_on_rebinding_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)));
alter table sign_on_rebinding add constraint sign_on_rebinding_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'cancelled'::text])));
alter table sign_on_rebinding add constraint sign_on_rebinding_waits CHECK ((usable_from > requested_at));
alter table sign_on_rebinding add constraint sign_on_rebinding_client_fk FOREIGN KEY (organisation_id, requested_by) REFERENCES api_client(organisation_id, client_id);
alter table sign_on_rebinding add constraint sign_on_rebinding_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table sign_on_rebinding add constraint sign_on_rebinding_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table sign_on_rebinding add constraint sign_on_rebinding_provider_fk FOREIGN KEY (organisation_id, provider_id) REFERENCES sign_on_provider(organisation_id, provider_id);
alter table signing_challenge add constraint signing_challenge_pk PRIMARY KEY (organisation_id, challenge_id);
alter table signing_challenge add constraint signing_challenge_once UNIQUE (organisation_id, challenge);
alter table signing_challenge add constraint signing_challenge_lives CHECK ((expires_at > issued_at));
alter table signing_challenge add constraint signing_challenge_method_known CHECK ((method = ANY (ARRAY['webauthn'::text, 'csc'::text])));
alter table signing_challenge add constraint signing_challenge_purpose_known CHECK ((purpose = ANY (ARRAY['enrolment'::text, 'act'::text])));
alter table signing_challenge add constraint signing_challenge_session_length CHECK (((char_length(session) >= 1) AND (char_length(session) <= 200)));
alter table signing_challenge add constraint signing_challenge_sha256 CHECK ((octet_length(challenge) = 32));
alter table signing_challenge add constraint signing_challenge_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table signing_counter add constraint signing_counter_pk PRIMARY KEY (organisation_id, signing_credential_id);
alter table signing_counter add constraint signing_counter_range CHECK (((counter >= 1) AND (counter <= '4294967295'::bigint)));
alter table signing_counter add constraint signing_counter_credential_fk FOREIGN KEY (organisation_id, signing_credential_id) REFERENCES signing_credential(organisation_id, signing_credential_id);
alter table signing_credential add constraint signing_credential_pk PRIMARY KEY (organisation_id, signing_credential_id);
alter table signing_credential add constraint signing_credential_challenge_once UNIQUE (organisation_id, challenge);
alter table signing_credential add constraint signing_credential_once UNIQUE (organisation_id, credential_id);
alter table signing_credential add constraint signing_credential_algorithm_known CHECK ((algorithm = ANY (ARRAY['-7'::integer, '-8'::integer, '-257'::integer])));
alter table signing_credential add constraint signing_credential_enrolled_by_known CHECK ((enrolled_by = ANY (ARRAY['mailbox-employer'::text, 'mailbox-private'::text, 'phone-otp'::text, 'sso'::text, 'sso-mfa'::text, 'passkey-bound'::text, 'passkey-bound-attested'::text, 'qualified'::text])));
alter table signing_credential add constraint signing_credential_id_length CHECK (((octet_length(credential_id) >= 1) AND (octet_length(credential_id) <= 1023)));
alter table signing_credential add constraint signing_credential_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table signing_credential add constraint signing_credential_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table signing_key add constraint signing_key_pk PRIMARY KEY (organisation_id, key_id);
alter table signing_key add constraint signing_key_algorithm_known CHECK ((algorithm = ANY (ARRAY['ed25519'::text, 'ecdsa-p256'::text, 'rsa-3072'::text, 'rsa-4096'::text])));
alter table signing_key add constraint signing_key_private_half_here CHECK (((private_key_sealed IS NOT NULL) OR (purpose = 'seal'::text)));
alter table signing_key add constraint signing_key_purpose_known CHECK ((purpose = ANY (ARRAY['log'::text, 'dossier'::text, 'seal'::text])));
alter table signing_key add constraint signing_key_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table signing_reset add constraint signing_reset_pk PRIMARY KEY (organisation_id, reset_id);
alter table signing_reset add constraint signing_reset_cools CHECK ((cooling_until > reset_at));
alter table signing_reset add constraint signing_reset_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 2000)));
alter table signing_reset add constraint signing_reset_client_fk FOREIGN KEY (organisation_id, reset_by) REFERENCES api_client(organisation_id, client_id);
alter table signing_reset add constraint signing_reset_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table signing_reset add constraint signing_reset_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table signing_revocation add constraint signing_revocation_pk PRIMARY KEY (organisation_id, signing_credential_id);
alter table signing_revocation add constraint signing_revocation_credential_fk FOREIGN KEY (organisation_id, signing_credential_id) REFERENCES signing_credential(organisation_id, signing_credential_id);
alter table signing_revocation add constraint signing_revocation_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table signing_revocation add constraint signing_revocation_reset_fk FOREIGN KEY (organisation_id, reset_id) REFERENCES signing_reset(organisation_id, reset_id);
alter table staff_account add constraint staff_account_pk PRIMARY KEY (organisation_id, client_id);
alter table staff_account add constraint staff_account_subject_once UNIQUE (organisation_id, provider_id, subject);
alter table staff_account add constraint staff_account_subject_length CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 255)));
alter table staff_account add constraint staff_account_client_fk FOREIGN KEY (organisation_id, client_id) REFERENCES api_client(organisation_id, client_id);
alter table staff_account add constraint staff_account_provider_fk FOREIGN KEY (organisation_id, provider_id) REFERENCES sign_on_provider(organisation_id, provider_id);
alter table staff_read add constraint staff_read_pk PRIMARY KEY (organisation_id, read_id);
alter table staff_read add constraint staff_read_access_fk FOREIGN KEY (organisation_id, access_id) REFERENCES matter_access(organisation_id, access_id);
alter table staff_read add constraint staff_read_matter_fk FOREIGN KEY (organisation_id, matter_id) REFERENCES matter(organisation_id, matter_id);
alter table staff_read add constraint staff_read_session_fk FOREIGN KEY (organisation_id, session_id) REFERENCES staff_session(organisation_id, session_id);
alter table staff_session add constraint staff_session_pk PRIMARY KEY (organisation_id, session_id);
alter table staff_session add constraint staff_session_token_once UNIQUE (organisation_id, token_sha256);
alter table staff_session add constraint staff_session_end_known CHECK ((ended_because = ANY (ARRAY['signed-out'::text, 'replaced'::text, 'ended-by-organisation'::text, 'role-changed'::text, 'signed-out-at-provider'::text])));
alter table staff_session add constraint staff_session_ended CHECK (((ended_at IS NULL) = (ended_because IS NULL)));
alter table staff_session add constraint staff_session_token_sha256 CHECK ((octet_length(token_sha256) = 32));
alter table staff_session add constraint staff_session_account_fk FOREIGN KEY (organisation_id, client_id) REFERENCES staff_account(organisation_id, client_id);
alter table stopped_ledger add constraint stopped_ledger_pk PRIMARY KEY (organisation_id);
alter table task add constraint task_pk PRIMARY KEY (organisation_id, task_id);
alter table task add constraint task_about_one_thing CHECK ((((employment_id IS NULL) = (person_id IS NULL)) AND ((employment_id IS NULL) = (agreement_id IS NULL))));
alter table task add constraint task_kind_known CHECK ((kind = ANY (ARRAY['re-affirm'::text, 're-motivate'::text, 'renew'::text, 'notify'::text, 'review'::text])));
alter table task add constraint task_agreement_fk FOREIGN KEY (organisation_id, agreement_id) REFERENCES agreement(organisation_id, agreement_id);
alter table task add constraint task_employment_fk FOREIGN KEY (organisation_id, employment_id) REFERENCES employment(organisation_id, employment_id);
alter table task add constraint task_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table task add constraint task_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table task_closing add constraint task_closing_pk PRIMARY KEY (organisation_id, task_id);
alter table task_closing add constraint task_closing_how_known CHECK ((how = ANY (ARRAY['agreed'::text, 'reviewed'::text, 'settled'::text, 'ended'::text, 'dismissed'::text])));
alter table task_closing add constraint task_closing_shows_by_what CHECK (
CASE how
    WHEN 'agreed'::text THEN ((agreement_id IS NOT NULL) AND (closed_by IS NULL))
    WHEN 'reviewed'::text THEN ((legal_review_id IS NOT NULL) AND (closed_by IS NULL))
    WHEN 'dismissed'::text THEN ((closed_by IS NOT NULL) AND (agreement_id IS NULL) AND (legal_review_id IS NULL))
    ELSE (closed_by IS NULL)
END);
alter table task_closing add constraint task_closing_agreement_fk FOREIGN KEY (organisation_id, agreement_id) REFERENCES agreement(organisation_id, agreement_id);
alter table task_closing add constraint task_closing_check_fk FOREIGN KEY (organisation_id, legal_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table task_closing add constraint task_closing_closer_fk FOREIGN KEY (organisation_id, closed_by) REFERENCES api_client(organisation_id, client_id);
alter table task_closing add constraint task_closing_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table task_closing add constraint task_closing_review_fk FOREIGN KEY (organisation_id, legal_review_id) REFERENCES legal_review(organisation_id, legal_review_id);
alter table task_closing add constraint task_closing_task_fk FOREIGN KEY (organisation_id, task_id) REFERENCES task(organisation_id, task_id);
alter table task_closing_content add constraint task_closing_content_pk PRIMARY KEY (organisation_id, task_id);
alter table task_closing_content add constraint task_closing_content_closer_length CHECK (((char_length(closer) >= 1) AND (char_length(closer) <= 200)));
alter table task_closing_content add constraint task_closing_content_reason_length CHECK (((char_length(reason) >= 10) AND (char_length(reason) <= 5000)));
alter table task_closing_content add constraint task_closing_content_closing_fk FOREIGN KEY (organisation_id, task_id) REFERENCES task_closing(organisation_id, task_id);
alter table task_ground add constraint task_ground_pk PRIMARY KEY (organisation_id, task_id, ground_number);
alter table task_ground add constraint task_ground_causes_known CHECK ((cause_subjects <@ ARRAY['fact'::text, 'contract'::text, 'organisation-fact'::text, 'agreement'::text]));
alter table task_ground add constraint task_ground_causes_pair CHECK ((cardinality(cause_subjects) = cardinality(cause_ids)));
alter table task_ground add constraint task_ground_number_range CHECK ((ground_number >= 1));
alter table task_ground add constraint task_ground_check_fk FOREIGN KEY (organisation_id, legal_check_id) REFERENCES legal_check(organisation_id, legal_check_id);
alter table task_ground add constraint task_ground_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table task_ground add constraint task_ground_task_fk FOREIGN KEY (organisation_id, task_id) REFERENCES task(organisation_id, task_id);
alter table task_reason add constraint task_reason_pk PRIMARY KEY (organisation_id, task_id, ground_number, reason_number);
alter table task_reason add constraint task_reason_input_sha256 CHECK ((octet_length(input_sha256) = 32));
alter table task_reason add constraint task_reason_number_range CHECK ((reason_number >= 1));
alter table task_reason add constraint task_reason_result_known CHECK ((result = ANY (ARRAY['fail'::text, 'lawyer'::text, 'unknown'::text])));
alter table task_reason add constraint task_reason_ground_fk FOREIGN KEY (organisation_id, task_id, ground_number) REFERENCES task_ground(organisation_id, task_id, ground_number);
alter table timestamp_authority add constraint timestamp_authority_pk PRIMARY KEY (authority_id);
alter table timestamp_authority add constraint timestamp_authority_responder_whole CHECK (((responder_certificate IS NULL) = (responder_key_sealed IS NULL)));
alter table totp_authenticator add constraint totp_authenticator_pk PRIMARY KEY (organisation_id, authenticator_id);
alter table totp_authenticator add constraint totp_authenticator_failures_range CHECK ((failures >= 0));
alter table totp_authenticator add constraint totp_authenticator_state_known CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'removed'::text])));
alter table totp_authenticator add constraint totp_authenticator_whole CHECK ((((state = 'removed'::text) = (secret_sealed IS NULL)) AND ((state = 'active'::text) <= ((confirmed_at IS NOT NULL) AND (entry_id IS NOT NULL)))));
alter table totp_authenticator add constraint totp_authenticator_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table totp_authenticator add constraint totp_authenticator_person_fk FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, person_id);
alter table webhook_delivery add constraint webhook_delivery_pk PRIMARY KEY (organisation_id, endpoint_id, event_id);
alter table webhook_delivery add constraint webhook_delivery_delivered CHECK (((state = 'delivered'::text) = (delivered_at IS NOT NULL)));
alter table webhook_delivery add constraint webhook_delivery_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'delivered'::text, 'failed'::text, 'cancelled'::text])));
alter table webhook_delivery add constraint webhook_delivery_endpoint_fk FOREIGN KEY (organisation_id, endpoint_id) REFERENCES webhook_endpoint(organisation_id, endpoint_id);
alter table webhook_delivery add constraint webhook_delivery_event_fk FOREIGN KEY (organisation_id, event_id) REFERENCES webhook_event(organisation_id, event_id);
alter table webhook_endpoint add constraint webhook_endpoint_pk PRIMARY KEY (organisation_id, endpoint_id);
alter table webhook_endpoint add constraint webhook_endpoint_disabled CHECK (((state = 'disabled'::text) = (disabled_because IS NOT NULL)));
alter table webhook_endpoint add constraint webhook_endpoint_failures_range CHECK ((failures >= 0));
alter table webhook_endpoint add constraint webhook_endpoint_previous_secret CHECK (((previous_secret_id IS NULL) = (previous_secret_until IS NULL)));
alter table webhook_endpoint add constraint webhook_endpoint_reason_known CHECK ((disabled_because = ANY (ARRAY['asked'::text, 'gone'::text])));
alter table webhook_endpoint add constraint webhook_endpoint_state_known CHECK ((state = ANY (ARRAY['enabled'::text, 'disabled'::text])));
alter table webhook_endpoint add constraint webhook_endpoint_url_length CHECK (((char_length(url) >= 1) AND (char_length(url) <= 2048)));
alter table webhook_endpoint add constraint webhook_endpoint_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table webhook_event add constraint webhook_event_pk PRIMARY KEY (organisation_id, event_id);
alter table webhook_event add constraint webhook_event_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id);
alter table witness_policy add constraint witness_policy_pk PRIMARY KEY (organisation_id, revision);
alter table witness_policy add constraint witness_policy_length CHECK (((char_length(policy) >= 1) AND (char_length(policy) <= 65536)));
alter table witness_policy add constraint witness_policy_revision_range CHECK ((revision >= 1));
alter table witness_policy add constraint witness_policy_entry_fk FOREIGN KEY (organisation_id, entry_id) REFERENCES ledger_entry(organisation_id, entry_id);
alter table work_due add constraint work_due_pk PRIMARY KEY (organisation_id, kind);
alter table work_due add constraint work_due_failures_range CHECK ((failures >= 0));
alter table work_due add constraint work_due_kind_form CHECK ((kind ~ '^[a-z]+(-[a-z]+)*$'::text));

-- indexes

CREATE INDEX act_by_person ON beding.act USING btree (person_id, act_id, organisation_id);
CREATE INDEX act_by_person_number ON beding.act USING btree (person_id, person_entry_number, organisation_id);
CREATE INDEX act_by_version ON beding.act USING btree (version_id, act_id, organisation_id);
CREATE UNIQUE INDEX act_challenge_once ON beding.act USING btree (challenge_sha256, organisation_id) WHERE (challenge_sha256 IS NOT NULL);
CREATE INDEX agreement_annex_by_annex ON beding.agreement_annex USING btree (annex_id, organisation_id);
CREATE INDEX agreement_by_employment ON beding.agreement USING btree (employment_id, agreement_id, organisation_id);
CREATE INDEX agreement_by_person ON beding.agreement USING btree (person_id, agreement_id, organisation_id);
CREATE INDEX agreement_by_representative ON beding.agreement USING btree (representative_id, organisation_id) WHERE (representative_id IS NOT NULL);
CREATE INDEX agreement_end_by_agreement ON beding.agreement_end USING btree (agreement_id, organisation_id);
CREATE INDEX agreement_end_by_successor ON beding.agreement_end USING btree (superseded_by, organisation_id) WHERE (superseded_by IS NOT NULL);
CREATE INDEX agreement_watch_by_basis ON beding.agreement_watch USING btree (organisation_id, basis, agreement_id);
CREATE UNIQUE INDEX annex_by_document ON beding.annex USING btree (document_id, organisation_id);
CREATE INDEX annex_by_employment ON beding.annex USING btree (employment_id, created_at, organisation_id);
CREATE INDEX annex_by_mark ON beding.annex USING btree (contract_id, mark, organisation_id);
CREATE INDEX annex_by_person ON beding.annex USING btree (person_id, created_at, organisation_id);
CREATE INDEX annex_clause_by_kind ON beding.annex_clause USING btree (kind, annex_id, organisation_id);
CREATE INDEX annex_clause_by_template ON beding.annex_clause USING btree (template_id, version_number, organisation_id);
CREATE UNIQUE INDEX annex_first_of_mark ON beding.annex USING btree (organisation_id, contract_id, mark) WHERE (replaces IS NULL);
CREATE INDEX annex_motivation_content_by_text ON beding.annex_motivation_content USING btree (text_sha256, organisation_id);
CREATE INDEX annex_policy_by_version ON beding.annex_policy USING btree (version_id, organisation_id);
CREATE INDEX api_key_by_client ON beding.api_key USING btree (client_id, organisation_id);
CREATE INDEX assignment_by_due_date ON beding.assignment USING btree (due_date, assignment_id, organisation_id);
CREATE INDEX assignment_by_person ON beding.assignment USING btree (person_id, assignment_id, organisation_id);
CREATE INDEX assignment_by_version ON beding.assignment USING btree (version_id, assignment_id, organisation_id);
CREATE INDEX assurance_rule_by_purpose ON beding.assurance_rule USING btree (purpose, effective_from, made_at, organisation_id);
CREATE INDEX attestation_by_assignment ON beding.attestation USING btree (assignment_id, organisation_id) WHERE (assignment_id IS NOT NULL);
CREATE INDEX attestation_by_person ON beding.attestation USING btree (person_id, attestation_id, organisation_id);
CREATE INDEX attestation_text_by_person ON beding.attestation_text USING btree (person_id, organisation_id);
CREATE INDEX attribution_pack_by_act ON beding.attribution_pack USING btree (act_id, organisation_id);
CREATE INDEX authentication_record_by_person ON beding.authentication_record USING btree (person_id, organisation_id);
CREATE INDEX awaited_change_by_day ON beding.awaited_change USING btree (organisation_id, due_on);
CREATE INDEX bundle_by_person ON beding.bundle USING btree (person_id, organisation_id);
CREATE INDEX bundle_document_by_document ON beding.bundle_document USING btree (document_id, organisation_id);
CREATE INDEX ceremony_end_by_entry ON beding.ceremony_end USING btree (entry_id, organisation_id);
CREATE INDEX ceremony_end_by_successor ON beding.ceremony_end USING btree (superseded_by, organisation_id) WHERE (superseded_by IS NOT NULL);
CREATE INDEX clause_review_by_version ON beding.clause_review USING btree (template_id, version_number, reviewed_at, organisation_id);
CREATE INDEX contract_by_document ON beding.contract USING btree (document_id, organisation_id) WHERE (document_id IS NOT NULL);
CREATE INDEX contract_by_employment ON beding.contract USING btree (employment_id, starts_on, organisation_id);
CREATE INDEX contract_document_by_person ON beding.contract_document USING btree (person_id, document_id, organisation_id);
CREATE UNIQUE INDEX csc_provider_one_in_use ON beding.csc_provider USING btree (organisation_id) WHERE (retired_at IS NULL);
CREATE INDEX delivery_by_assignment ON beding.delivery USING btree (assignment_id, organisation_id);
CREATE INDEX delivery_due ON beding.delivery USING btree (organisation_id, next_attempt_at) WHERE (state = 'queued'::text);
CREATE INDEX delivery_event_by_assignment ON beding.delivery_event USING btree (assignment_id, occurred_at, organisation_id);
CREATE INDEX document_by_file_identifier ON beding.document USING btree (organisation_id, file_identifier);
CREATE INDEX document_by_sha256 ON beding.document USING btree (sha256, organisation_id);
CREATE INDEX document_preservation_by_level ON beding.document_preservation USING btree (level, document_id, organisation_id);
CREATE INDEX document_preservation_by_time ON beding.document_preservation USING btree (due_at, organisation_id);
CREATE INDEX document_preservation_waiting ON beding.document_preservation USING btree (waiting_because, organisation_id) WHERE (failures > 0);
CREATE INDEX document_revision_by_sha256 ON beding.document_revision USING btree (sha256, organisation_id);
CREATE INDEX dossier_report_by_document ON beding.dossier_report USING btree (document_id, organisation_id);
CREATE INDEX employment_by_person ON beding.employment USING btree (person_id, employment_id, organisation_id);
CREATE INDEX employment_exit_by_employment ON beding.employment_exit USING btree (employment_id, recorded_at, organisation_id);
CREATE INDEX employment_exit_by_person ON beding.employment_exit USING btree (person_id, recorded_at, organisation_id);
CREATE INDEX employment_exit_check_by_agreement ON beding.employment_exit_check USING btree (agreement_id, organisation_id);
CREATE UNIQUE INDEX employment_exit_first ON beding.employment_exit USING btree (organisation_id, employment_id) WHERE (replaces IS NULL);
CREATE INDEX employment_exit_list_by_annex ON beding.employment_exit_list USING btree (annex_id, organisation_id);
CREATE INDEX employment_fact_by_employment ON beding.employment_fact USING btree (employment_id, kind, valid_from, organisation_id);
CREATE INDEX erasure_item_by_assignment ON beding.erasure_item USING btree (assignment_id, organisation_id) WHERE (assignment_id IS NOT NULL);
CREATE INDEX erasure_item_by_person ON beding.erasure_item USING btree (person_id, organisation_id);
CREATE INDEX executed_copy_document_by_document ON beding.executed_copy_document USING btree (document_id, organisation_id);
CREATE INDEX executed_copy_party_by_act ON beding.executed_copy_party USING btree (act_id, organisation_id);
CREATE INDEX idempotency_by_person ON beding.idempotency USING btree (subject_id, organisation_id) WHERE ((subject_id IS NOT NULL) AND (body IS NOT NULL));
CREATE INDEX identity_check_by_person ON beding.identity_check USING btree (person_id, recorded_at, organisation_id);
CREATE INDEX ledger_anchor_by_authority ON beding.ledger_anchor USING btree (authority, log_id, size) WHERE (kind = 'cosignature'::text);
CREATE INDEX ledger_anchor_by_moment ON beding.ledger_anchor USING btree (proven_at) WHERE (settled_size IS NOT NULL);
CREATE INDEX ledger_anchor_by_renewal ON beding.ledger_anchor USING btree (renew_from) WHERE (kind = 'timestamp'::text);
CREATE INDEX legal_check_by_person ON beding.legal_check USING btree (person_id, legal_check_id, organisation_id);
CREATE INDEX legal_hold_by_person ON beding.legal_hold USING btree (person_id, organisation_id) WHERE (person_id IS NOT NULL);
CREATE INDEX legal_hold_by_policy ON beding.legal_hold USING btree (policy_id, organisation_id) WHERE (policy_id IS NOT NULL);
CREATE INDEX legal_review_by_input ON beding.legal_review USING btree (input_sha256, made_at, organisation_id);
CREATE INDEX letter_by_person ON beding.letter USING btree (person_id, organisation_id);
CREATE INDEX letter_document_by_document ON beding.letter_document USING btree (document_id, organisation_id);
CREATE INDEX link_by_assignment ON beding.link USING btree (assignment_id, organisation_id);
CREATE INDEX mailbox_code_by_mark ON beding.mailbox_code USING btree (mailbox_mark, requested_at, organisation_id);
CREATE INDEX mailbox_code_by_notice ON beding.mailbox_code USING btree (notice_id, organisation_id) WHERE (notice_id IS NOT NULL);
CREATE INDEX mailbox_code_by_person ON beding.mailbox_code USING btree (person_id, organisation_id) WHERE (person_id IS NOT NULL);
CREATE INDEX mandate_by_person ON beding.mandate USING btree (person_id, valid_from, organisation_id);
CREATE INDEX matter_access_by_account ON beding.matter_access USING btree (client_id, organisation_id);
CREATE INDEX matter_access_by_matter ON beding.matter_access USING btree (matter_id, organisation_id);
CREATE INDEX misdelivery_by_assignment ON beding.misdelivery USING btree (assignment_id, organisation_id);
CREATE INDEX notice_by_person ON beding.notice USING btree (person_id, created_at, organisation_id);
CREATE INDEX notice_due ON beding.notice USING btree (organisation_id, next_attempt_at) WHERE (state = 'queued'::text);
CREATE INDEX notice_event_by_notice ON beding.notice_event USING btree (notice_id, occurred_at, organisation_id);
CREATE INDEX opening_by_assignment ON beding.opening USING btree (assignment_id, opened_at, organisation_id);
CREATE INDEX organisation_fact_by_kind ON beding.organisation_fact USING btree (kind, valid_from, organisation_id);
CREATE INDEX person_authentication_by_person ON beding.person_authentication USING btree (person_id, authenticated_at, organisation_id);
CREATE INDEX person_authentication_by_session ON beding.person_authentication USING btree (session_id, organisation_id);
CREATE INDEX person_by_department ON beding.person USING btree (department, organisation_id, person_id);
CREATE INDEX person_by_end_of_employment ON beding.person USING btree (employed_until, organisation_id, person_id) WHERE (employed_until IS NOT NULL);
CREATE INDEX person_by_work_email ON beding.person USING btree (lower(work_email), organisation_id);
CREATE INDEX person_session_by_person ON beding.person_session USING btree (person_id, organisation_id);
CREATE UNIQUE INDEX private_mailbox_proposal_one_open ON beding.private_mailbox_proposal USING btree (organisation_id, person_id) WHERE (settled_at IS NULL);
CREATE INDEX re_evaluation_by_agreement ON beding.re_evaluation USING btree (agreement_id, legal_check_id, organisation_id);
CREATE INDEX sign_on_binding_by_person ON beding.sign_on_binding USING btree (person_id, organisation_id);
CREATE INDEX sign_on_completion_by_time ON beding.sign_on_completion USING btree (completed_at, organisation_id);
CREATE UNIQUE INDEX sign_on_rebinding_one_waiting ON beding.sign_on_rebinding USING btree (organisation_id, provider_id, person_id) WHERE (state = 'waiting'::text);
CREATE INDEX signing_challenge_by_person ON beding.signing_challenge USING btree (person_id, expires_at, organisation_id);
CREATE INDEX signing_credential_by_person ON beding.signing_credential USING btree (person_id, signing_credential_id, organisation_id);
CREATE INDEX signing_reset_by_person ON beding.signing_reset USING btree (person_id, reset_at, organisation_id);
CREATE INDEX signing_revocation_by_reset ON beding.signing_revocation USING btree (reset_id, organisation_id) WHERE (reset_id IS NOT NULL);
CREATE INDEX staff_read_by_matter ON beding.staff_read USING btree (matter_id, read_id, organisation_id);
CREATE INDEX staff_session_by_account ON beding.staff_session USING btree (client_id, organisation_id) WHERE (ended_at IS NULL);
CREATE INDEX task_by_person ON beding.task USING btree (person_id, task_id, organisation_id);
CREATE INDEX totp_authenticator_by_person ON beding.totp_authenticator USING btree (person_id, organisation_id);
CREATE UNIQUE INDEX totp_authenticator_one_active ON beding.totp_authenticator USING btree (organisation_id, person_id) WHERE (state = 'active'::text);
CREATE INDEX webhook_delivery_due ON beding.webhook_delivery USING btree (endpoint_id, next_attempt_at, organisation_id) WHERE (state = 'queued'::text);
CREATE INDEX work_due_by_time ON beding.work_due USING btree (due_at);

-- row level security

alter table act enable row level security;
alter table act force row level security;
alter table act_receipt enable row level security;
alter table act_receipt force row level security;
alter table agreement enable row level security;
alter table agreement force row level security;
alter table agreement_annex enable row level security;
alter table agreement_annex force row level security;
alter table agreement_conclusion enable row level security;
alter table agreement_conclusion force row level security;
alter table agreement_content enable row level security;
alter table agreement_content force row level security;
alter table agreement_end enable row level security;
alter table agreement_end force row level security;
alter table agreement_end_content enable row level security;
alter table agreement_end_content force row level security;
alter table agreement_watch enable row level security;
alter table agreement_watch force row level security;
alter table anchor_state enable row level security;
alter table anchor_state force row level security;
alter table annex enable row level security;
alter table annex force row level security;
alter table annex_clause enable row level security;
alter table annex_clause force row level security;
alter table annex_content enable row level security;
alter table annex_content force row level security;
alter table annex_motivation_content enable row level security;
alter table annex_motivation_content force row level security;
alter table annex_policy enable row level security;
alter table annex_policy force row level security;
alter table api_client enable row level security;
alter table api_client force row level security;
alter table api_key enable row level security;
alter table api_key force row level security;
alter table assignment enable row level security;
alter table assignment force row level security;
alter table assurance_rule enable row level security;
alter table assurance_rule force row level security;
alter table attestation enable row level security;
alter table attestation force row level security;
alter table attestation_text enable row level security;
alter table attestation_text force row level security;
alter table attribution_pack enable row level security;
alter table attribution_pack force row level security;
alter table attribution_text enable row level security;
alter table attribution_text force row level security;
alter table authentication_record enable row level security;
alter table authentication_record force row level security;
alter table awaited_change enable row level security;
alter table awaited_change force row level security;
alter table bundle enable row level security;
alter table bundle force row level security;
alter table bundle_content enable row level security;
alter table bundle_content force row level security;
alter table bundle_document enable row level security;
alter table bundle_document force row level security;
alter table bundle_statement enable row level security;
alter table bundle_statement force row level security;
alter table ceremony_end enable row level security;
alter table ceremony_end force row level security;
alter table clause_review enable row level security;
alter table clause_review force row level security;
alter table clause_template enable row level security;
alter table clause_template force row level security;
alter table clause_template_version enable row level security;
alter table clause_template_version force row level security;
alter table contact_capture enable row level security;
alter table contact_capture force row level security;
alter table contact_capture_content enable row level security;
alter table contact_capture_content force row level security;
alter table contract enable row level security;
alter table contract force row level security;
alter table contract_content enable row level security;
alter table contract_content force row level security;
alter table contract_document enable row level security;
alter table contract_document force row level security;
alter table contract_page_content enable row level security;
alter table contract_page_content force row level security;
alter table contract_retraction enable row level security;
alter table contract_retraction force row level security;
alter table csc_provider enable row level security;
alter table csc_provider force row level security;
alter table delivery enable row level security;
alter table delivery force row level security;
alter table delivery_event enable row level security;
alter table delivery_event force row level security;
alter table denial_step enable row level security;
alter table denial_step force row level security;
alter table document enable row level security;
alter table document force row level security;
alter table document_preservation enable row level security;
alter table document_preservation force row level security;
alter table document_renewal_request enable row level security;
alter table document_renewal_request force row level security;
alter table document_revision enable row level security;
alter table document_revision force row level security;
alter table dossier enable row level security;
alter table dossier force row level security;
alter table dossier_document enable row level security;
alter table dossier_document force row level security;
alter table dossier_freeze enable row level security;
alter table dossier_freeze force row level security;
alter table dossier_report enable row level security;
alter table dossier_report force row level security;
alter table employment enable row level security;
alter table employment force row level security;
alter table employment_change enable row level security;
alter table employment_change force row level security;
alter table employment_exit enable row level security;
alter table employment_exit force row level security;
alter table employment_exit_check enable row level security;
alter table employment_exit_check force row level security;
alter table employment_exit_content enable row level security;
alter table employment_exit_content force row level security;
alter table employment_exit_list enable row level security;
alter table employment_exit_list force row level security;
alter table employment_fact enable row level security;
alter table employment_fact force row level security;
alter table employment_fact_content enable row level security;
alter table employment_fact_content force row level security;
alter table entry_disclosure enable row level security;
alter table entry_disclosure force row level security;
alter table entry_erasure enable row level security;
alter table entry_erasure force row level security;
alter table erasure_decision enable row level security;
alter table erasure_decision force row level security;
alter table erasure_item enable row level security;
alter table erasure_item force row level security;
alter table erasure_proposal enable row level security;
alter table erasure_proposal force row level security;
alter table erasure_result enable row level security;
alter table erasure_result force row level security;
alter table executed_copy enable row level security;
alter table executed_copy force row level security;
alter table executed_copy_document enable row level security;
alter table executed_copy_document force row level security;
alter table executed_copy_party enable row level security;
alter table executed_copy_party force row level security;
alter table idempotency enable row level security;
alter table idempotency force row level security;
alter table identity_check enable row level security;
alter table identity_check force row level security;
alter table imported_disclosure enable row level security;
alter table imported_disclosure force row level security;
alter table imported_receipt enable row level security;
alter table imported_receipt force row level security;
alter table ledger_anchor enable row level security;
alter table ledger_anchor force row level security;
alter table ledger_audit_finding enable row level security;
alter table ledger_audit_finding force row level security;
alter table ledger_audit_run enable row level security;
alter table ledger_audit_run force row level security;
alter table ledger_audit_state enable row level security;
alter table ledger_audit_state force row level security;
alter table ledger_checkpoint enable row level security;
alter table ledger_checkpoint force row level security;
alter table ledger_entry enable row level security;
alter table ledger_entry force row level security;
alter table ledger_head enable row level security;
alter table ledger_head force row level security;
alter table ledger_log enable row level security;
alter table ledger_log force row level security;
alter table ledger_stop enable row level security;
alter table ledger_stop force row level security;
alter table ledger_tile enable row level security;
alter table ledger_tile force row level security;
alter table legal_check enable row level security;
alter table legal_check force row level security;
alter table legal_check_content enable row level security;
alter table legal_check_content force row level security;
alter table legal_hold enable row level security;
alter table legal_hold force row level security;
alter table legal_hold_release enable row level security;
alter table legal_hold_release force row level security;
alter table legal_review enable row level security;
alter table legal_review force row level security;
alter table letter enable row level security;
alter table letter force row level security;
alter table letter_document enable row level security;
alter table letter_document force row level security;
alter table link enable row level security;
alter table link force row level security;
alter table mailbox_code enable row level security;
alter table mailbox_code force row level security;
alter table mandate enable row level security;
alter table mandate force row level security;
alter table mandate_content enable row level security;
alter table mandate_content force row level security;
alter table mandate_end enable row level security;
alter table mandate_end force row level security;
alter table matter enable row level security;
alter table matter force row level security;
alter table matter_access enable row level security;
alter table matter_access force row level security;
alter table matter_access_end enable row level security;
alter table matter_access_end force row level security;
alter table misdelivery enable row level security;
alter table misdelivery force row level security;
alter table notice enable row level security;
alter table notice force row level security;
alter table notice_event enable row level security;
alter table notice_event force row level security;
alter table open_task enable row level security;
alter table open_task force row level security;
alter table opening enable row level security;
alter table opening force row level security;
alter table organisation enable row level security;
alter table organisation force row level security;
alter table organisation_fact enable row level security;
alter table organisation_fact force row level security;
alter table page_release enable row level security;
alter table page_release force row level security;
alter table person enable row level security;
alter table person force row level security;
alter table person_authentication enable row level security;
alter table person_authentication force row level security;
alter table person_session enable row level security;
alter table person_session force row level security;
alter table policy enable row level security;
alter table policy force row level security;
alter table policy_draft enable row level security;
alter table policy_draft force row level security;
alter table policy_edition enable row level security;
alter table policy_edition force row level security;
alter table policy_version enable row level security;
alter table policy_version force row level security;
alter table policy_withdrawal enable row level security;
alter table policy_withdrawal force row level security;
alter table private_mailbox enable row level security;
alter table private_mailbox force row level security;
alter table private_mailbox_proposal enable row level security;
alter table private_mailbox_proposal force row level security;
alter table re_evaluation enable row level security;
alter table re_evaluation force row level security;
alter table retention_rule enable row level security;
alter table retention_rule force row level security;
alter table seal_key_use enable row level security;
alter table seal_key_use force row level security;
alter table sign_on_binding enable row level security;
alter table sign_on_binding force row level security;
alter table sign_on_completion enable row level security;
alter table sign_on_completion force row level security;
alter table sign_on_provider enable row level security;
alter table sign_on_provider force row level security;
alter table sign_on_rebinding enable row level security;
alter table sign_on_rebinding force row level security;
alter table signing_challenge enable row level security;
alter table signing_challenge force row level security;
alter table signing_counter enable row level security;
alter table signing_counter force row level security;
alter table signing_credential enable row level security;
alter table signing_credential force row level security;
alter table signing_key enable row level security;
alter table signing_key force row level security;
alter table signing_reset enable row level security;
alter table signing_reset force row level security;
alter table signing_revocation enable row level security;
alter table signing_revocation force row level security;
alter table staff_account enable row level security;
alter table staff_account force row level security;
alter table staff_read enable row level security;
alter table staff_read force row level security;
alter table staff_session enable row level security;
alter table staff_session force row level security;
alter table task enable row level security;
alter table task force row level security;
alter table task_closing enable row level security;
alter table task_closing force row level security;
alter table task_closing_content enable row level security;
alter table task_closing_content force row level security;
alter table task_ground enable row level security;
alter table task_ground force row level security;
alter table task_reason enable row level security;
alter table task_reason force row level security;
alter table totp_authenticator enable row level security;
alter table totp_authenticator force row level security;
alter table webhook_delivery enable row level security;
alter table webhook_delivery force row level security;
alter table webhook_endpoint enable row level security;
alter table webhook_endpoint force row level security;
alter table webhook_event enable row level security;
alter table webhook_event force row level security;
alter table witness_policy enable row level security;
alter table witness_policy force row level security;

-- policies

create policy own_organisation on act as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on act_receipt as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on agreement as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on agreement_annex as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on agreement_conclusion as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on agreement_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on agreement_end as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on agreement_end_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on agreement_watch as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on anchor_state as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on annex as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on annex_clause as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on annex_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on annex_motivation_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on annex_policy as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on api_client as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on api_key as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on assignment as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on assurance_rule as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on attestation as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on attestation_text as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on attribution_pack as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on attribution_text as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on authentication_record as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on awaited_change as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on bundle as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on bundle_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on bundle_document as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on bundle_statement as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ceremony_end as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on clause_review as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on clause_template as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on clause_template_version as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on contact_capture as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on contact_capture_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on contract as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on contract_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on contract_document as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on contract_page_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on contract_retraction as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on csc_provider as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on delivery as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on delivery_event as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on denial_step as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on document as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on document_preservation as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on document_renewal_request as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on document_revision as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on dossier as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on dossier_document as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on dossier_freeze as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on dossier_report as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on employment as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on employment_change as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on employment_exit as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on employment_exit_check as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on employment_exit_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on employment_exit_list as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on employment_fact as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on employment_fact_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on entry_disclosure as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on entry_erasure as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on erasure_decision as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on erasure_item as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on erasure_proposal as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on erasure_result as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on executed_copy as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on executed_copy_document as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on executed_copy_party as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on idempotency as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on identity_check as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on imported_disclosure as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on imported_receipt as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_anchor as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_audit_finding as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_audit_run as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_audit_state as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_checkpoint as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_entry as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_head as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_log as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_stop as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on ledger_tile as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on legal_check as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on legal_check_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on legal_hold as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on legal_hold_release as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on legal_review as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on letter as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on letter_document as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on link as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on mailbox_code as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on mandate as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on mandate_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on mandate_end as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on matter as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on matter_access as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on matter_access_end as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on misdelivery as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on notice as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on notice_event as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on open_task as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on opening as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on organisation as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on organisation_fact as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on page_release as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on person as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on person_authentication as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on person_session as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on policy as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on policy_draft as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on policy_edition as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on policy_version as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on policy_withdrawal as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on private_mailbox as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on private_mailbox_proposal as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on re_evaluation as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on retention_rule as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on seal_key_use as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on sign_on_binding as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on sign_on_completion as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on sign_on_provider as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on sign_on_rebinding as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on signing_challenge as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on signing_counter as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on signing_credential as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on signing_key as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on signing_reset as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on signing_revocation as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on staff_account as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on staff_read as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on staff_session as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on task as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on task_closing as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on task_closing_content as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on task_ground as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on task_reason as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on totp_authenticator as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on webhook_delivery as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on webhook_endpoint as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on webhook_event as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy own_organisation on witness_policy as permissive for all to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));

-- triggers

CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.act FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.act FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.act_receipt FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.act_receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.agreement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.agreement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.agreement_annex FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.agreement_annex FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.agreement_conclusion FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.agreement_conclusion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.agreement_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.agreement_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.agreement_end FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.agreement_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.agreement_end_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.agreement_end_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.annex FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.annex FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.annex_clause FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.annex_clause FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.annex_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.annex_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.annex_motivation_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.annex_motivation_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.annex_policy FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.annex_policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.assignment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.assignment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.assurance_rule FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.assurance_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.attestation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.attestation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.attribution_pack FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.attribution_pack FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.attribution_text FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.attribution_text FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.bundle FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.bundle FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.bundle_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.bundle_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.bundle_document FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.bundle_document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.bundle_statement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.bundle_statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ceremony_end FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ceremony_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.clause_review FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.clause_review FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.clause_template FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.clause_template FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.clause_template_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.clause_template_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.contact_capture FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.contact_capture FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.contact_capture_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.contact_capture_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.contract FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.contract FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.contract_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.contract_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.contract_document FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.contract_document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.contract_page_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.contract_page_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.contract_retraction FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.contract_retraction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.delivery_event FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.delivery_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.denial_step FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.denial_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.document FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erase_revisions BEFORE DELETE ON beding.document FOR EACH ROW EXECUTE FUNCTION erase_with_document();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.document_renewal_request FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.document_renewal_request FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.document_revision FOR EACH ROW EXECUTE FUNCTION refuse_change_but_with_document();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.document_revision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_revision_continues BEFORE INSERT ON beding.document_revision FOR EACH ROW EXECUTE FUNCTION expect_document_continues();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.dossier FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.dossier FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.dossier_document FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.dossier_document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.dossier_freeze FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.dossier_freeze FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.dossier_report FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.dossier_report FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.employment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.employment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.employment_exit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.employment_exit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.employment_exit_check FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.employment_exit_check FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.employment_exit_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.employment_exit_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.employment_exit_list FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.employment_exit_list FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.employment_fact FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.employment_fact FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.employment_fact_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.employment_fact_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.entry_disclosure FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.entry_disclosure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_disclosure_takes_copies AFTER UPDATE ON beding.entry_disclosure FOR EACH ROW EXECUTE FUNCTION take_executed_copies();
CREATE TRIGGER entry_disclosure_takes_reports AFTER UPDATE ON beding.entry_disclosure FOR EACH ROW EXECUTE FUNCTION take_dossier_reports();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.entry_erasure FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.entry_erasure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.erasure_decision FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.erasure_decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.erasure_item FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.erasure_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.erasure_proposal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.erasure_proposal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.erasure_result FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.erasure_result FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER erasure_result_has_entry AFTER INSERT ON beding.erasure_result DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_erasure_entry();
CREATE TRIGGER erasure_result_takes_attributions AFTER INSERT ON beding.erasure_result FOR EACH ROW EXECUTE FUNCTION take_attributions();
CREATE TRIGGER erasure_result_takes_ceremony AFTER INSERT ON beding.erasure_result FOR EACH ROW EXECUTE FUNCTION take_ceremony();
CREATE TRIGGER erasure_result_takes_credentials AFTER INSERT ON beding.erasure_result FOR EACH ROW EXECUTE FUNCTION take_signing_credentials();
CREATE TRIGGER erasure_result_takes_denials AFTER INSERT ON beding.erasure_result FOR EACH ROW EXECUTE FUNCTION take_denials();
CREATE TRIGGER erasure_result_takes_letters AFTER INSERT ON beding.erasure_result FOR EACH ROW EXECUTE FUNCTION take_letters();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.executed_copy FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.executed_copy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.executed_copy_document FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.executed_copy_document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.executed_copy_party FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.executed_copy_party FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.idempotency FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.idempotency FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.identity_check FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.identity_check FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.imported_receipt FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.imported_receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_anchor FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_anchor FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_audit_finding FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_audit_finding FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_audit_run FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_audit_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_checkpoint FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_stop FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_stop FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.ledger_tile FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.ledger_tile FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.legal_check FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.legal_check FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.legal_hold FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.legal_hold FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER legal_hold_waits BEFORE INSERT ON beding.legal_hold FOR EACH ROW EXECUTE FUNCTION wait_for_erasures();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.legal_hold_release FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.legal_hold_release FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.legal_review FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.legal_review FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.letter FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.letter FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.letter_document FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.letter_document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.link FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.link FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.mandate FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.mandate FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.mandate_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.mandate_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.mandate_end FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.mandate_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.matter FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.matter FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.matter_access FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.matter_access FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.matter_access_end FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.matter_access_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.misdelivery FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.misdelivery FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.notice_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.notice_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.opening FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.opening FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.organisation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.organisation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.organisation_fact FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.organisation_fact FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.page_release FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.page_release FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER person_access_forgotten AFTER UPDATE OF erased_at ON beding.person FOR EACH ROW WHEN (((old.erased_at IS NULL) AND (new.erased_at IS NOT NULL))) EXECUTE FUNCTION forget_access();
CREATE TRIGGER person_attestations_forgotten AFTER UPDATE OF erased_at ON beding.person FOR EACH ROW WHEN (((old.erased_at IS NULL) AND (new.erased_at IS NOT NULL))) EXECUTE FUNCTION forget_attestations();
CREATE TRIGGER person_erased_takes_bindings AFTER UPDATE OF erased_at ON beding.person FOR EACH ROW WHEN (((old.erased_at IS NULL) AND (new.erased_at IS NOT NULL))) EXECUTE FUNCTION take_sign_on_bindings();
CREATE TRIGGER person_takes_kept_answers AFTER UPDATE OF erased_at ON beding.person FOR EACH ROW WHEN (((old.erased_at IS NULL) AND (new.erased_at IS NOT NULL))) EXECUTE FUNCTION take_kept_answers();
CREATE TRIGGER person_takes_legal_checks AFTER UPDATE OF erased_at ON beding.person FOR EACH ROW WHEN (((old.erased_at IS NULL) AND (new.erased_at IS NOT NULL))) EXECUTE FUNCTION take_legal_check_content();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.person_authentication FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.person_authentication FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.policy FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.policy_edition FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.policy_edition FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.policy_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.policy_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.policy_withdrawal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.policy_withdrawal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.re_evaluation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.re_evaluation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.retention_rule FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.retention_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.seal_key_use FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.seal_key_use FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.signing_credential FOR EACH ROW EXECUTE FUNCTION refuse_change_but_signing_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.signing_credential FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.signing_key FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.signing_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.signing_reset FOR EACH ROW EXECUTE FUNCTION refuse_change_but_signing_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.signing_reset FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.signing_revocation FOR EACH ROW EXECUTE FUNCTION refuse_change_but_signing_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.signing_revocation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.staff_read FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.staff_read FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.task FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.task FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.task_closing FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.task_closing FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.task_closing_content FOR EACH ROW EXECUTE FUNCTION refuse_change_but_letter_erasure();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.task_closing_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.task_ground FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.task_ground FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.task_reason FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.task_reason FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.webhook_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.webhook_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE OR UPDATE ON beding.witness_policy FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON beding.witness_policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- rights

grant usage on schema beding to beding_app;

-- rights on tables

grant insert, select on act to beding_app;
grant insert, select on act_receipt to beding_app;
grant insert, select on agreement to beding_app;
grant insert, select on agreement_annex to beding_app;
grant insert, select on agreement_conclusion to beding_app;
grant insert, select on agreement_content to beding_app;
grant insert, select on agreement_end to beding_app;
grant insert, select on agreement_end_content to beding_app;
grant delete, insert, select, update on agreement_watch to beding_app;
grant delete, insert, select, update on anchor_state to beding_app;
grant insert, select on annex to beding_app;
grant insert, select on annex_clause to beding_app;
grant insert, select on annex_content to beding_app;
grant insert, select on annex_motivation_content to beding_app;
grant insert, select on annex_policy to beding_app;
grant delete, insert, select, update on api_client to beding_app;
grant delete, insert, select, update on api_key to beding_app;
grant insert, select on assignment to beding_app;
grant insert, select on assurance_rule to beding_app;
grant insert, select on attestation to beding_app;
grant delete, insert, select, update on attestation_text to beding_app;
grant insert, select on attribution_pack to beding_app;
grant insert, select on attribution_text to beding_app;
grant delete, insert, select, update on authentication_record to beding_app;
grant delete, insert, select, update on awaited_change to beding_app;
grant insert, select on bundle to beding_app;
grant insert, select on bundle_content to beding_app;
grant insert, select on bundle_document to beding_app;
grant insert, select on bundle_statement to beding_app;
grant insert, select on ceremony_end to beding_app;
grant insert, select on certificate_authority to beding_app;
grant insert, select on clause_review to beding_app;
grant insert, select on clause_template to beding_app;
grant insert, select on clause_template_version to beding_app;
grant insert, select on contact_capture to beding_app;
grant insert, select on contact_capture_content to beding_app;
grant insert, select on contract to beding_app;
grant insert, select on contract_content to beding_app;
grant insert, select on contract_document to beding_app;
grant insert, select on contract_page_content to beding_app;
grant insert, select on contract_retraction to beding_app;
grant delete, insert, select, update on csc_provider to beding_app;
grant delete, insert, select, update on delivery to beding_app;
grant insert, select on delivery_event to beding_app;
grant insert, select on denial_step to beding_app;
grant insert, select on document to beding_app;
grant delete, insert, select, update on document_preservation to beding_app;
grant insert, select on document_renewal_request to beding_app;
grant insert, select on document_revision to beding_app;
grant insert, select on dossier to beding_app;
grant insert, select on dossier_document to beding_app;
grant insert, select on dossier_freeze to beding_app;
grant insert, select on dossier_report to beding_app;
grant insert, select on employment to beding_app;
grant delete, insert, select, update on employment_change to beding_app;
grant insert, select on employment_exit to beding_app;
grant insert, select on employment_exit_check to beding_app;
grant insert, select on employment_exit_content to beding_app;
grant insert, select on employment_exit_list to beding_app;
grant insert, select on employment_fact to beding_app;
grant insert, select on employment_fact_content to beding_app;
grant insert, select on entry_disclosure to beding_app;
grant select on entry_erasure to beding_app;
grant insert, select on erasure_decision to beding_app;
grant insert, select on erasure_item to beding_app;
grant insert, select on erasure_proposal to beding_app;
grant select on erasure_result to beding_app;
grant insert, select on executed_copy to beding_app;
grant insert, select on executed_copy_document to beding_app;
grant insert, select on executed_copy_party to beding_app;
grant insert, select on idempotency to beding_app;
grant insert, select on identity_check to beding_app;
grant delete, insert, select, update on imported_disclosure to beding_app;
grant insert, select on imported_receipt to beding_app;
grant insert, select on installation to beding_app;
grant insert, select on ledger_anchor to beding_app;
grant insert, select on ledger_audit_finding to beding_app;
grant insert, select on ledger_audit_run to beding_app;
grant delete, insert, select, update on ledger_audit_state to beding_app;
grant insert, select on ledger_checkpoint to beding_app;
grant insert, select on ledger_entry to beding_app;
grant delete, insert, select, update on ledger_head to beding_app;
grant insert, select on ledger_log to beding_app;
grant insert, select on ledger_stop to beding_app;
grant insert, select on ledger_tile to beding_app;
grant insert, select on legal_check to beding_app;
grant delete, insert, select, update on legal_check_content to beding_app;
grant insert, select on legal_hold to beding_app;
grant insert, select on legal_hold_release to beding_app;
grant insert, select on legal_review to beding_app;
grant insert, select on letter to beding_app;
grant insert, select on letter_document to beding_app;
grant insert, select on link to beding_app;
grant delete, insert, select, update on mailbox_code to beding_app;
grant insert, select on mandate to beding_app;
grant insert, select on mandate_content to beding_app;
grant insert, select on mandate_end to beding_app;
grant insert, select on matter to beding_app;
grant insert, select on matter_access to beding_app;
grant insert, select on matter_access_end to beding_app;
grant select on migration to beding_app;
grant insert, select on misdelivery to beding_app;
grant delete, insert, select, update on notice to beding_app;
grant insert, select on notice_event to beding_app;
grant delete, insert, select, update on open_task to beding_app;
grant insert, select on opening to beding_app;
grant insert, select on organisation to beding_app;
grant insert, select on organisation_fact to beding_app;
grant insert, select on page_release to beding_app;
grant delete, insert, select, update on person to beding_app;
grant insert, select on person_authentication to beding_app;
grant delete, insert, select, update on person_session to beding_app;
grant insert, select on policy to beding_app;
grant delete, insert, select, update on policy_draft to beding_app;
grant insert, select on policy_edition to beding_app;
grant insert, select on policy_version to beding_app;
grant insert, select on policy_withdrawal to beding_app;
grant delete, insert, select, update on private_mailbox to beding_app;
grant delete, insert, select, update on private_mailbox_proposal to beding_app;
grant insert, select on re_evaluation to beding_app;
grant insert, select on retention_rule to beding_app;
grant insert, select on seal_key_use to beding_app;
grant delete, insert, select, update on sign_on_binding to beding_app;
grant delete, insert, select, update on sign_on_completion to beding_app;
grant delete, insert, select, update on sign_on_provider to beding_app;
grant delete, insert, select, update on sign_on_rebinding to beding_app;
grant delete, insert, select, update on signing_challenge to beding_app;
grant delete, insert, select, update on signing_counter to beding_app;
grant insert, select on signing_credential to beding_app;
grant insert, select on signing_key to beding_app;
grant insert, select on signing_reset to beding_app;
grant insert, select on signing_revocation to beding_app;
grant delete, insert, select, update on staff_account to beding_app;
grant insert, select on staff_read to beding_app;
grant delete, insert, select, update on staff_session to beding_app;
grant delete, insert, select on stopped_ledger to beding_app;
grant insert, select on task to beding_app;
grant insert, select on task_closing to beding_app;
grant insert, select on task_closing_content to beding_app;
grant insert, select on task_ground to beding_app;
grant insert, select on task_reason to beding_app;
grant insert, select on timestamp_authority to beding_app;
grant delete, insert, select, update on totp_authenticator to beding_app;
grant delete, insert, select, update on webhook_delivery to beding_app;
grant delete, insert, select, update on webhook_endpoint to beding_app;
grant insert, select on webhook_event to beding_app;
grant insert, select on witness_policy to beding_app;
grant delete, insert, select, update on work_due to beding_app;

-- classes of tables

comment on table act is 'evidence';
comment on table act_receipt is 'evidence';
comment on table agreement is 'evidence';
comment on table agreement_annex is 'evidence';
comment on table agreement_conclusion is 'evidence';
comment on table agreement_content is 'evidence';
comment on table agreement_end is 'evidence';
comment on table agreement_end_content is 'evidence';
comment on table agreement_watch is 'tenant';
comment on table anchor_state is 'tenant';
comment on table annex is 'evidence';
comment on table annex_clause is 'evidence';
comment on table annex_content is 'evidence';
comment on table annex_motivation_content is 'evidence';
comment on table annex_policy is 'evidence';
comment on table api_client is 'tenant';
comment on table api_key is 'tenant';
comment on table assignment is 'evidence';
comment on table assurance_rule is 'evidence';
comment on table attestation is 'evidence';
comment on table attestation_text is 'tenant';
comment on table attribution_pack is 'evidence';
comment on table attribution_text is 'evidence';
comment on table authentication_record is 'tenant';
comment on table awaited_change is 'tenant';
comment on table bundle is 'evidence';
comment on table bundle_content is 'evidence';
comment on table bundle_document is 'evidence';
comment on table bundle_statement is 'evidence';
comment on table ceremony_end is 'evidence';
comment on table certificate_authority is 'installation';
comment on table clause_review is 'evidence';
comment on table clause_template is 'evidence';
comment on table clause_template_version is 'evidence';
comment on table contact_capture is 'evidence';
comment on table contact_capture_content is 'evidence';
comment on table contract is 'evidence';
comment on table contract_content is 'evidence';
comment on table contract_document is 'evidence';
comment on table contract_page_content is 'evidence';
comment on table contract_retraction is 'evidence';
comment on table csc_provider is 'tenant';
comment on table delivery is 'tenant';
comment on table delivery_event is 'evidence';
comment on table denial_step is 'evidence';
comment on table document is 'evidence';
comment on table document_preservation is 'tenant';
comment on table document_renewal_request is 'evidence';
comment on table document_revision is 'evidence';
comment on table dossier is 'evidence';
comment on table dossier_document is 'evidence';
comment on table dossier_freeze is 'evidence';
comment on table dossier_report is 'evidence';
comment on table employment is 'evidence';
comment on table employment_change is 'tenant';
comment on table employment_exit is 'evidence';
comment on table employment_exit_check is 'evidence';
comment on table employment_exit_content is 'evidence';
comment on table employment_exit_list is 'evidence';
comment on table employment_fact is 'evidence';
comment on table employment_fact_content is 'evidence';
comment on table entry_disclosure is 'evidence';
comment on table entry_erasure is 'evidence';
comment on table erasure_decision is 'evidence';
comment on table erasure_item is 'evidence';
comment on table erasure_proposal is 'evidence';
comment on table erasure_result is 'evidence';
comment on table executed_copy is 'evidence';
comment on table executed_copy_document is 'evidence';
comment on table executed_copy_party is 'evidence';
comment on table idempotency is 'evidence';
comment on table identity_check is 'evidence';
comment on table imported_disclosure is 'tenant';
comment on table imported_receipt is 'evidence';
comment on table installation is 'installation';
comment on table ledger_anchor is 'evidence';
comment on table ledger_audit_finding is 'evidence';
comment on table ledger_audit_run is 'evidence';
comment on table ledger_audit_state is 'tenant';
comment on table ledger_checkpoint is 'evidence';
comment on table ledger_entry is 'evidence';
comment on table ledger_head is 'tenant';
comment on table ledger_log is 'evidence';
comment on table ledger_stop is 'evidence';
comment on table ledger_tile is 'evidence';
comment on table legal_check is 'evidence';
comment on table legal_check_content is 'tenant';
comment on table legal_hold is 'evidence';
comment on table legal_hold_release is 'evidence';
comment on table legal_review is 'evidence';
comment on table letter is 'evidence';
comment on table letter_document is 'evidence';
comment on table link is 'evidence';
comment on table mailbox_code is 'tenant';
comment on table mandate is 'evidence';
comment on table mandate_content is 'evidence';
comment on table mandate_end is 'evidence';
comment on table matter is 'evidence';
comment on table matter_access is 'evidence';
comment on table matter_access_end is 'evidence';
comment on table migration is 'installation';
comment on table misdelivery is 'evidence';
comment on table notice is 'tenant';
comment on table notice_event is 'evidence';
comment on table open_task is 'tenant';
comment on table opening is 'evidence';
comment on table organisation is 'evidence';
comment on table organisation_fact is 'evidence';
comment on table page_release is 'evidence';
comment on table person is 'tenant';
comment on table person_authentication is 'evidence';
comment on table person_session is 'tenant';
comment on table policy is 'evidence';
comment on table policy_draft is 'tenant';
comment on table policy_edition is 'evidence';
comment on table policy_version is 'evidence';
comment on table policy_withdrawal is 'evidence';
comment on table private_mailbox is 'tenant';
comment on table private_mailbox_proposal is 'tenant';
comment on table re_evaluation is 'evidence';
comment on table retention_rule is 'evidence';
comment on table seal_key_use is 'evidence';
comment on table sign_on_binding is 'tenant';
comment on table sign_on_completion is 'tenant';
comment on table sign_on_provider is 'tenant';
comment on table sign_on_rebinding is 'tenant';
comment on table signing_challenge is 'tenant';
comment on table signing_counter is 'tenant';
comment on table signing_credential is 'evidence';
comment on table signing_key is 'evidence';
comment on table signing_reset is 'evidence';
comment on table signing_revocation is 'evidence';
comment on table staff_account is 'tenant';
comment on table staff_read is 'evidence';
comment on table staff_session is 'tenant';
comment on table stopped_ledger is 'installation';
comment on table task is 'evidence';
comment on table task_closing is 'evidence';
comment on table task_closing_content is 'evidence';
comment on table task_ground is 'evidence';
comment on table task_reason is 'evidence';
comment on table timestamp_authority is 'installation';
comment on table totp_authenticator is 'tenant';
comment on table webhook_delivery is 'tenant';
comment on table webhook_endpoint is 'tenant';
comment on table webhook_event is 'evidence';
comment on table witness_policy is 'evidence';
comment on table work_due is 'installation';
