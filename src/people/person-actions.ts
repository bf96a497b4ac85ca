import { problem } from '#core'
import type { Transaction } from '#database'
import type { Caller } from '#http'
import { findMissingGlyph } from '#documents'
import type { Platform } from '#platform'
import { checkImport } from './person-decisions.ts'
import { upsertPersons } from './person-store.ts'
import type { ImportOutcome, PersonStatement } from './person.ts'

/** Takes over an import, whole or not at all. Throws `import-refused` with every place that is wrong. */
export async function importPersons(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  persons: readonly PersonStatement[],
): Promise<ImportOutcome> {
  const errors = checkImport(persons, findMissingGlyph)
  if (errors.length > 0) throw problem('import-refused', { errors: errors.slice(0, 200) })
  const ids = persons.map(() => platform.newId())
  return upsertPersons(trx, caller.organisationId, persons, ids, platform.clock())
}
