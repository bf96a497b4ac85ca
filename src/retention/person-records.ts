import type { EntryId, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import { readEntries, remainingFacts } from '#evidence'

/** Something that a room put on record about a person: the entry of the ledger that says so, and what is held beside it. */
export type PersonRecord = {
  readonly entryId: EntryId
  /** Canonical JSON of what the entry has only the hash of; null where there is nothing more, or it was erased. */
  readonly content: string | null
}

/** Reads everything that a room holds about a person. Rooms that this room does not know are handed in where rooms are put together. */
export type PersonRecords = {
  readonly room: string
  readonly read: (
    trx: Transaction,
    organisationId: OrganisationId,
    personId: PersonId,
  ) => Promise<readonly PersonRecord[]>
}

/** The records of all rooms as an export gives them: by room, each with what its entry still discloses. */
export async function exportRecords(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  rooms: readonly PersonRecords[],
) {
  const exported = []
  for (const { room, read } of rooms) {
    const records = await read(trx, organisationId, personId)
    const ids = records.map(({ entryId }) => entryId)
    const contentOf = new Map(records.map(({ entryId, content }) => [entryId, content]))
    for (const entry of await readEntries(trx, organisationId, ids))
      exported.push({
        room,
        kind: entry.kind,
        entryIndex: entry.entryIndex,
        recordedAt: entry.recordedAt,
        facts: Object.entries(remainingFacts(entry.disclosures)).map(([name, value]) => ({ name, value })),
        content: contentOf.get(entry.entryId) ?? null,
      })
  }
  return exported
}
