import { sql } from 'kysely'
import type { EntryId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { Facts } from '#evidence'
import { parseDisclosure, remainingFacts } from '#evidence'

/** What an imported receipt still says. */
export type ImportedContent = {
  readonly entryId: EntryId
  /** The closed log that signed it, and its place there. */
  readonly origin: string
  readonly index: number
  readonly importedAt: Instant
  readonly disclosures: readonly string[]
  readonly facts: Facts
}

/**
 * The imported receipts whose facts say this of this name, oldest first. Facts stand in disclosures, so all imports of the
 * organisation are read: as many as receipts were brought after a restore.
 */
export async function findImportedContent(
  trx: Transaction,
  organisationId: OrganisationId,
  factName: string,
  values: ReadonlySet<string>,
): Promise<ImportedContent[]> {
  const { rows } = await sql<{
    entry_id: string
    origin: string
    entry_index: number
    imported_at: string
    disclosures: string[]
  }>`
    select imported_disclosure.entry_id, ledger_log.origin, imported_receipt.entry_index, imported_receipt.imported_at,
           imported_disclosure.disclosures
    from imported_disclosure
    join imported_receipt using (organisation_id, entry_id)
    join ledger_log on ledger_log.organisation_id = imported_receipt.organisation_id
                   and ledger_log.log_id = imported_receipt.log_id
    where imported_disclosure.organisation_id = ${organisationId}::uuid
    order by imported_receipt.imported_at, imported_receipt.entry_index`.execute(trx)
  return rows
    .map((row) => ({
      entryId: row.entry_id as EntryId,
      origin: row.origin,
      index: row.entry_index,
      importedAt: row.imported_at as Instant,
      disclosures: row.disclosures,
      facts: remainingFacts(row.disclosures),
    }))
    .filter(({ facts }) => values.has(String(facts[factName])))
}

/** Takes facts of these names, or all of them when none is named, out of imported receipts. What was signed stays. */
export async function eraseImportedContent(
  trx: Transaction,
  organisationId: OrganisationId,
  contents: readonly ImportedContent[],
  fields: readonly string[],
): Promise<void> {
  for (const { entryId, disclosures } of contents) {
    const left =
      fields.length === 0 ? [] : disclosures.filter((text) => !fields.includes(parseDisclosure(text).name))
    await (left.length === 0
      ? sql`delete from imported_disclosure
            where imported_disclosure.organisation_id = ${organisationId}::uuid and imported_disclosure.entry_id = ${entryId}::uuid`.execute(
          trx,
        )
      : sql`update imported_disclosure set disclosures = ${left}::text[]
            where imported_disclosure.organisation_id = ${organisationId}::uuid and imported_disclosure.entry_id = ${entryId}::uuid`.execute(
          trx,
        ))
  }
}
