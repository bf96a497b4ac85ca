import { sql } from 'kysely'
import type { EntryId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { commitmentOf, factsOf } from './disclosure.ts'
import { parseEntry } from './entry.ts'

/** An entry of kind `content-erased`, as far as it can be believed: its facts are those that it commits to. */
export type Erasure = {
  readonly entryId: EntryId
  readonly entryIndex: number
  /** Indexes of the entries whose content went. */
  readonly refs: readonly number[]
  /** Names of the facts that went; empty when all did. */
  readonly fields: readonly string[]
  readonly ground: string
  readonly retentionClass: string
  readonly erasedAt: string
}

/**
 * What the log says about content that is gone, by the entry that it is gone from, oldest first. Whoever shows or checks
 * such an entry shows or checks these with it. An erasure whose own facts do not fit its commitments is left out.
 */
export async function readErasures(
  trx: Transaction,
  organisationId: OrganisationId,
  entryIds: readonly EntryId[],
): Promise<ReadonlyMap<EntryId, readonly Erasure[]>> {
  const { rows } = await sql<{
    erased_id: EntryId
    entry_id: EntryId
    entry_index: number
    entry: Buffer
    disclosures: (string | null)[]
  }>`
    select entry_erasure.entry_id as erased_id, ledger_entry.entry_id, ledger_entry.entry_index, ledger_entry.entry,
           entry_disclosure.disclosures
    from entry_erasure
    join ledger_entry on ledger_entry.organisation_id = entry_erasure.organisation_id
                     and ledger_entry.entry_id = entry_erasure.erasure_entry_id and ledger_entry.kind = 'content-erased'
    join entry_disclosure on entry_disclosure.organisation_id = ledger_entry.organisation_id
                         and entry_disclosure.entry_id = ledger_entry.entry_id
    where entry_erasure.organisation_id = ${organisationId}::uuid
      and entry_erasure.entry_id = any(${[...entryIds]}::uuid[])
    order by ledger_entry.entry_index`.execute(trx)
  const erasures = new Map<EntryId, Erasure[]>()
  // A batch erases hundreds of entries with one: it is read once for all of them.
  const read = new Map<EntryId, Erasure | undefined>()
  for (const row of rows) {
    if (!read.has(row.entry_id)) read.set(row.entry_id, readErasure(row))
    const erasure = read.get(row.entry_id)
    if (erasure !== undefined) erasures.set(row.erased_id, [...(erasures.get(row.erased_id) ?? []), erasure])
  }
  return erasures
}

function readErasure(row: {
  entry_id: EntryId
  entry_index: number
  entry: Buffer
  disclosures: readonly (string | null)[]
}): Erasure | undefined {
  try {
    const entry = parseEntry(row.entry.toString('utf8'))
    const disclosures = row.disclosures.filter((text) => text !== null)
    if (disclosures.map(commitmentOf).join() !== entry.commitments.join()) return undefined
    const { fields, ground, retentionClass, erasedAt } = factsOf(disclosures)
    if (entry.kind !== 'content-erased' || !Array.isArray(fields)) return undefined
    return {
      entryId: row.entry_id,
      entryIndex: row.entry_index,
      refs: entry.refs,
      fields: fields as string[],
      ground: String(ground),
      retentionClass: String(retentionClass),
      erasedAt: String(erasedAt),
    }
  } catch {
    // An entry that cannot be read vouches for nothing; the audit says what is wrong with it when it comes to it.
    return undefined
  }
}
