import { byteaArray, instantArray, textArray, uuidArray } from '#database'
import type { AppendPlan } from './append-plan.ts'
import type { LedgerStatement, RunStatement } from './ledger-connection.ts'
import { LedgerMovedError } from './ledger-errors.ts'
import { rootOf } from './merkle-range.ts'

/** How many parameters the statement of a plan takes. */
export const appendParameterCount = 19

/**
 * The common table expressions that write a plan, without the word `with`, and their parameters from number
 * `firstParameter` on. The first, `ledger_guard`, moves the head if and only if it is where the plan expects it and
 * stands for the tree of the last checkpoint that was signed; it gives one row (organisation_id, log_id) or none. PostgreSQL runs every data-modifying expression whatever the others
 * did, so each one here, and each insert that a caller puts beside them, MUST select from `ledger_guard`: without that
 * row nothing at all is written. A caller's statement must return `(select count(*) from ledger_guard)` and treat 0 as
 * a LedgerMovedError.
 */
export function appendStatement(plan: AppendPlan, firstParameter = 1): LedgerStatement {
  return { text: appendText(firstParameter), values: appendValues(plan) }
}

/**
 * Writes a plan in one statement. Throws a LedgerMovedError when the head is not where the plan expects it; then this
 * statement has written nothing. The results of the plan may be handed out only after the transaction has committed.
 */
export async function writeLedgerAppend(run: RunStatement, plan: AppendPlan): Promise<void> {
  const { text, values } = appendStatement(plan)
  const statement = { text: `with ${text}\nselect count(*)::int as written from ledger_guard`, values }
  const [row] = await run<{ written: number }>(statement)
  if (row?.written !== 1) {
    throw new LedgerMovedError(plan.before.organisationId, plan.before.range.size)
  }
}

function appendValues({ before, after, entries, tiles, checkpoint }: AppendPlan): unknown[] {
  return [
    before.organisationId,
    before.logId,
    before.range.size,
    after.range.size,
    Buffer.concat(after.range.hashes),
    after.lastAt,
    checkpoint.root,
    checkpoint.note,
    uuidArray(entries.map((one) => one.entryId)),
    textArray(entries.map((one) => one.kind)),
    textArray(entries.map((one) => one.entry)),
    byteaArray(entries.map((one) => one.leafHash)),
    byteaArray(entries.map((one) => one.proof)),
    instantArray(entries.map((one) => one.recordedAt)),
    // One text each, because arrays of arrays must be rectangular; base64url holds no line end.
    textArray(entries.map((one) => one.disclosures.join('\n'))),
    tiles.map((one) => one.level),
    tiles.map((one) => one.tileIndex),
    byteaArray(tiles.map((one) => one.tail)),
    rootOf(before.range),
  ]
}

const texts = new Map<number, string>()

function appendText(firstParameter: number): string {
  let text = texts.get(firstParameter)
  if (text === undefined) {
    text = writeText((offset) => `$${firstParameter + offset - 1}`)
    texts.set(firstParameter, text)
  }
  return text
}

function writeText(p: (offset: number) => string): string {
  return `ledger_guard as (
  update ledger_head
  set size = ${p(4)}::bigint, frontier = ${p(5)}::bytea, last_at = ${p(6)}::timestamptz
  where organisation_id = ${p(1)}::uuid and log_id = ${p(2)}::uuid and size = ${p(3)}::bigint and stopped_at is null
    and (size = 0 or ${p(19)}::bytea = (
      select signed.root from ledger_checkpoint signed
      where signed.organisation_id = ${p(1)}::uuid and signed.log_id = ${p(2)}::uuid and signed.size = ${p(3)}::bigint
    ))
  returning organisation_id, log_id
), ledger_checkpoints as (
  insert into ledger_checkpoint (organisation_id, log_id, size, root, note, created_at)
  select organisation_id, log_id, ${p(4)}::bigint, ${p(7)}::bytea, ${p(8)}::text, ${p(6)}::timestamptz
  from ledger_guard
), ledger_entries as (
  insert into ledger_entry (organisation_id, log_id, entry_index, entry_id, kind, entry, leaf_hash, proof_size, proof,
    recorded_at)
  select ledger_guard.organisation_id, ledger_guard.log_id, ${p(3)}::bigint + one.position - 1, one.entry_id, one.kind,
    convert_to(one.entry, 'UTF8'), one.leaf_hash, ${p(4)}::bigint, one.proof, one.recorded_at
  from ledger_guard
  cross join unnest(${p(9)}::uuid[], ${p(10)}::text[], ${p(11)}::text[], ${p(12)}::bytea[], ${p(13)}::bytea[],
    ${p(14)}::timestamptz[])
    with ordinality as one (entry_id, kind, entry, leaf_hash, proof, recorded_at, position)
), ledger_disclosures as (
  insert into entry_disclosure (organisation_id, entry_id, disclosures)
  select ledger_guard.organisation_id, one.entry_id, string_to_array(one.disclosures, E'\\n')
  from ledger_guard
  cross join unnest(${p(9)}::uuid[], ${p(15)}::text[]) as one (entry_id, disclosures)
), ledger_tiles as (
  insert into ledger_tile (organisation_id, log_id, level, tile_index, hashes)
  select ledger_guard.organisation_id, ledger_guard.log_id, one.level, one.tile_index, coalesce((
      select string_agg(older.leaf_hash, ''::bytea order by older.entry_index)
      from ledger_entry older
      where one.level = 0 and older.organisation_id = ledger_guard.organisation_id
        and older.log_id = ledger_guard.log_id
        and older.entry_index >= one.tile_index * 256 and older.entry_index < ${p(3)}::bigint
    ), ''::bytea) || one.tail
  from ledger_guard
  cross join unnest(${p(16)}::smallint[], ${p(17)}::bigint[], ${p(18)}::bytea[]) as one (level, tile_index, tail)
)`
}
