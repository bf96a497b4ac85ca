import { byteaArray, instantArray, textArray, uuidArray } from '#database'
import type { AppendPlan } from '#evidence'
import { appendParameterCount, appendStatement } from '#evidence'
import type { ShownCounter } from '#signing'
import { counterValues, savingCountersText } from '#signing'
import type { RecordedAct } from './act.ts'
import { mainStatementId, subjectIdOf } from './act.ts'
import type { ActSubmission } from './act-writer.ts'

/** A statement and its parameters. */
export type Statement = { readonly text: string; readonly values: readonly unknown[] }

/**
 * What stands behind each link of a batch, by position. Read after the ledger is locked, so nothing that it says can
 * change before the batch is written.
 */
export function contextStatement(
  organisationId: string,
  batch: readonly Pick<ActSubmission, 'tokenSha256' | 'command'>[],
): Statement {
  return {
    text: contextText,
    values: [
      organisationId,
      byteaArray(batch.map((each) => each.tokenSha256)),
      textArray(batch.map((each) => each.command.language)),
      textArray(batch.map((each) => each.command.statementId)),
    ],
  }
}

// Speaks of no row of the batch, so it is read once for all of them; an organisation without rules of its own has none.
export const assuranceRules = `
  select json_agg(json_build_object(
    'ruleId', assurance_rule.rule_id, 'purpose', assurance_rule.purpose, 'level', assurance_rule.level,
    'minReadingSeconds', assurance_rule.min_reading_s, 'effectiveFrom', assurance_rule.effective_from,
    'madeAt', to_char(assurance_rule.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
  from assurance_rule where assurance_rule.organisation_id = $1::uuid`

// Each row is looked up by its whole key in a subquery of its own: `limit 1` changes nothing about the answer and keeps
// the planner from joining by a part of a key, which it likes while a table is still small and repents when it is not.
export const contextText = `
select asked.position::int as position, link.assignment_id, assignment.version_id, assignment.bundle_id, assignment.person_id,
       person.given_name || ' ' || person.family_name as person_name, person.language as person_language,
       person.external_id as person_external_id,
       link.expires_at, withdrawal.withdrawn_from, acted.act_id as existing_act_id,
       delivered.occurred_at as delivered_at, delivered.channel as delivery_channel, delivered.address,
       opened.opened_at, ended.how as ended_how, closed.reported_at as closed_at,
       case when assignment.bundle_id is null then false else exists (
         select from act
         where act.organisation_id = $1::uuid and act.assignment_id = link.assignment_id
           and act.statement_id = '${mainStatementId}' and act.choice = 'declined') end as main_declined,
       last_act.person_entry_number, last_act.entry_index, (${assuranceRules}) as assurance_rules
from unnest($2::bytea[], $3::text[], $4::text[]) with ordinality as asked (token_sha256, language, statement_id, position)
cross join lateral (
  select link.assignment_id, link.delivery_id, link.expires_at from link
  where link.organisation_id = $1::uuid and link.token_sha256 = asked.token_sha256 limit 1) as link
cross join lateral (
  select assignment.version_id, assignment.bundle_id, assignment.person_id from assignment
  where assignment.organisation_id = $1::uuid and assignment.assignment_id = link.assignment_id limit 1) as assignment
cross join lateral (
  select person.given_name, person.family_name, person.language, person.external_id from person
  where person.organisation_id = $1::uuid and person.person_id = assignment.person_id
    and person.erased_at is null limit 1) as person
left join lateral (
  select policy_withdrawal.withdrawn_from from policy_withdrawal
  where policy_withdrawal.organisation_id = $1::uuid
    and policy_withdrawal.version_id = assignment.version_id limit 1) as withdrawal on true
left join lateral (
  select act.act_id from act
  where act.organisation_id = $1::uuid and act.assignment_id = link.assignment_id
    and act.statement_id = asked.statement_id limit 1) as acted on true
left join lateral (
  select ceremony_end.how from ceremony_end
  where ceremony_end.organisation_id = $1::uuid
    and ceremony_end.assignment_id = link.assignment_id limit 1) as ended on true
left join lateral (
  select misdelivery.reported_at from misdelivery
  where misdelivery.organisation_id = $1::uuid
    and misdelivery.token_sha256 = asked.token_sha256 limit 1) as closed on true
left join lateral (
  select opening.opened_at from opening
  where opening.organisation_id = $1::uuid and opening.token_sha256 = asked.token_sha256
    and opening.language = asked.language limit 1) as opened on true
left join lateral (
  select delivery_event.occurred_at, delivery_event.channel, delivery_event.address from delivery_event
  where delivery_event.organisation_id = $1::uuid and delivery_event.assignment_id = link.assignment_id
    and (link.delivery_id is null or delivery_event.delivery_id = link.delivery_id)
    and delivery_event.kind = 'handed-over'
  order by delivery_event.occurred_at limit 1) as delivered on true
left join lateral (
  select act.person_entry_number, ledger_entry.entry_index
  from act
  join ledger_entry on ledger_entry.organisation_id = $1::uuid and ledger_entry.entry_id = act.entry_id
    and ledger_entry.log_id = (
      select ledger_head.log_id from ledger_head where ledger_head.organisation_id = $1::uuid)
  where act.organisation_id = $1::uuid and act.person_id = assignment.person_id
  order by act.person_entry_number desc
  limit 1) as last_act on true`

/** The operation under which the keys of acts stand in `idempotency`. */
export const actOperation = 'recordAct'

/** The answers already given under the keys of a batch, by position. */
export function replayStatement(
  organisationId: string,
  batch: readonly ActSubmission[],
  clientIds: readonly string[],
): Statement {
  const keys = batch.map((each) => each.idempotencyKey)
  return { text: replayText, values: [organisationId, uuidArray(clientIds), textArray(keys)] }
}

export const replayText = `
select asked.position::int as position, answered.fingerprint, answered.subject_id
from unnest($2::uuid[], $3::text[]) with ordinality as asked (client_id, idempotency_key, position)
cross join lateral (
  select idempotency.fingerprint, idempotency.subject_id from idempotency
  where idempotency.organisation_id = $1::uuid and idempotency.client_id = asked.client_id
    and idempotency.operation = '${actOperation}' and idempotency.idempotency_key = asked.idempotency_key
  limit 1) as answered`

/** An accepted act with the key under which it was asked for. */
export type ActRow = {
  readonly act: RecordedAct
  readonly entryId: string
  readonly evidenceLevel: string
  readonly signingCredentialId: string | null
  readonly challengeSha256: Buffer | null
  /** What the key counted; 0 where it does not count, or nothing was signed. */
  readonly counter: number
  readonly clientId: string
  readonly idempotencyKey: string
  readonly fingerprint: Buffer
}

/**
 * Writes the entries, the acts and their keys in one statement. Every part selects from the ledger's guard, so when
 * the head has moved nothing at all is written and `written` is 0. Acts about policies that nobody signed, which is nearly
 * all of them, are written without the columns that they leave empty.
 */
export function writeStatement(plan: AppendPlan, rows: readonly ActRow[]): Statement {
  const ledger = appendStatement(plan)
  const column = <Value>(pick: (row: ActRow) => Value): Value[] => rows.map(pick)
  const plain = rows.every(isPlain)
  const values = [
    ...ledger.values,
    uuidArray(column((row) => row.act.actId)),
    uuidArray(column((row) => row.act.assignmentId)),
    uuidArray(column((row) => row.act.personId)),
    uuidArray(column((row) => subjectIdOf(row.act))),
    uuidArray(column((row) => row.act.documentId)),
    textArray(column((row) => row.act.language)),
    textArray(column((row) => row.act.choice)),
    textArray(column((row) => row.act.assurance)),
    textArray(column((row) => row.evidenceLevel)),
    instantArray(column((row) => row.act.actedAt)),
    uuidArray(column((row) => row.entryId)),
    column((row) => row.act.personEntryNumber),
    uuidArray(column((row) => row.clientId)),
    textArray(column((row) => row.idempotencyKey)),
    byteaArray(column((row) => row.fingerprint)),
  ]
  if (plain) return { text: (plainText ??= buildWriteText(ledger.text, plainActs)), values }
  const more = [
    textArray(column((row) => row.act.statementId)),
    textArray(column((row) => (row.act.bundleId === null ? 'version' : 'bundle'))),
    textArray(column((row) => row.signingCredentialId ?? '')),
    byteaArray(column((row) => row.challengeSha256 ?? Buffer.alloc(0))),
    ...counterValues(rows.flatMap(shownCounter)),
  ]
  const text = (wholeText ??= buildWriteText(ledger.text, wholeActs, wholeCounters))
  return { text, values: [...values, ...more] }
}

function shownCounter({ signingCredentialId, challengeSha256, counter }: ActRow): ShownCounter[] {
  if (signingCredentialId === null || challengeSha256 === null) return []
  return [{ signingCredentialId, counter, challenge: challengeSha256 }]
}

function isPlain({ act, signingCredentialId }: ActRow): boolean {
  return act.bundleId === null && signingCredentialId === null && act.statementId === mainStatementId
}

let plainText: string | undefined
let wholeText: string | undefined

const p = (offset: number): string => `$${appendParameterCount + offset}`

const plainActs = `
  insert into act (organisation_id, act_id, assignment_id, person_id, version_id, document_id, language, choice,
                   assurance, evidence_level, acted_at, entry_id, person_entry_number, statement_id)
  select ledger_guard.organisation_id, one.*, '${mainStatementId}' from ledger_guard
  cross join unnest(${p(1)}::uuid[], ${p(2)}::uuid[], ${p(3)}::uuid[], ${p(4)}::uuid[], ${p(5)}::uuid[],
                    ${p(6)}::text[], ${p(7)}::text[], ${p(8)}::text[], ${p(9)}::text[], ${p(10)}::timestamptz[],
                    ${p(11)}::uuid[], ${p(12)}::integer[]) as one`

// An array of parameters holds no nulls: what is not there comes as an empty value.
const wholeActs = `
  insert into act (organisation_id, act_id, assignment_id, person_id, version_id, bundle_id, document_id, language, choice,
                   assurance, evidence_level, acted_at, entry_id, person_entry_number, statement_id, signing_credential_id,
                   challenge_sha256)
  select ledger_guard.organisation_id, one.act_id, one.assignment_id, one.person_id,
         case one.about when 'version' then one.subject_id end, case one.about when 'bundle' then one.subject_id end,
         one.document_id, one.language, one.choice, one.assurance, one.evidence_level, one.acted_at, one.entry_id,
         one.person_entry_number, one.statement_id, nullif(one.credential, ''), nullif(one.challenge, '')
  from ledger_guard
  cross join unnest(${p(1)}::uuid[], ${p(2)}::uuid[], ${p(3)}::uuid[], ${p(4)}::uuid[], ${p(5)}::uuid[],
                    ${p(6)}::text[], ${p(7)}::text[], ${p(8)}::text[], ${p(9)}::text[], ${p(10)}::timestamptz[],
                    ${p(11)}::uuid[], ${p(12)}::integer[], ${p(16)}::text[], ${p(17)}::text[], ${p(18)}::text[],
                    ${p(19)}::bytea[])
    as one (act_id, assignment_id, person_id, subject_id, document_id, language, choice, assurance, evidence_level,
            acted_at, entry_id, person_entry_number, statement_id, about, credential, challenge)`

const wholeCounters = `, counters as (${savingCountersText('ledger_guard', appendParameterCount + 20)}
)`

function buildWriteText(ledgerText: string, acts: string, more = ''): string {
  return `with ${ledgerText}, acts as (${acts}
)${more}, keys as (
  insert into idempotency (organisation_id, client_id, operation, idempotency_key, fingerprint, status, subject_id, created_at)
  select ledger_guard.organisation_id, one.client_id, '${actOperation}', one.idempotency_key, one.fingerprint, 201,
         one.act_id, one.acted_at
  from ledger_guard
  cross join unnest(${p(13)}::uuid[], ${p(14)}::text[], ${p(15)}::bytea[], ${p(1)}::uuid[], ${p(10)}::timestamptz[])
    as one (client_id, idempotency_key, fingerprint, act_id, acted_at)
)
select count(*)::int as written from ledger_guard`
}
