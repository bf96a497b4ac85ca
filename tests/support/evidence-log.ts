import type { OrganisationId } from '#core'
import { newUuid, toInstant } from '#core'
import type { Transaction } from '#database'
import type { AppendedEntry, EntryDraft, OpenedLog } from '#evidence'
import { appendEntries, createLog, publicKeys } from '#evidence'
import type { NoteVerifier } from '../../src/evidence/note-key.ts'
import { parseVerifierKey } from '../../src/evidence/note-key.ts'
import type { TestDatabase } from './database.ts'
import { someDrafts } from './evidence-samples.ts'
import { testPlatform } from './platform.ts'

/** An organisation with an open log, and the few things tests do with it. */
export type TestLog = OpenedLog & {
  readonly organisationId: OrganisationId
  readonly verifier: NoteVerifier
  readonly append: (drafts: readonly EntryDraft[]) => Promise<AppendedEntry[]>
  /** Appends that many entries, at most 2,000. */
  readonly grow: (count: number) => Promise<AppendedEntry[]>
  readonly read: <T>(work: (trx: Transaction) => Promise<T>) => Promise<T>
}

export const evidencePlatform = testPlatform()

/** Makes an organisation and opens its log. */
export async function aLog(db: TestDatabase): Promise<TestLog> {
  const moment = toInstant('2026-11-21T08:00:00.000Z')
  const organisationId = newUuid(moment) as OrganisationId
  const opened = await db.database.inOrganisation(organisationId, async (trx) => {
    await trx
      .insertInto('organisation')
      .values({ organisation_id: organisationId, name: 'Bakkerij De Wit', created_at: moment })
      .execute()
    return createLog(evidencePlatform, trx, organisationId, 'beding.local', moment)
  })
  const keys = await db.database.readInOrganisation(organisationId, (trx) => publicKeys(trx, organisationId))
  const append = (drafts: readonly EntryDraft[]): Promise<AppendedEntry[]> =>
    db.database.inOrganisation(organisationId, (trx) =>
      appendEntries(evidencePlatform, trx, organisationId, drafts),
    )
  return {
    ...opened,
    organisationId,
    verifier: parseVerifierKey(keys.logs[0]!.verifierKey),
    append,
    grow: (count) => append(someDrafts(count)),
    read: (work) => db.database.readInOrganisation(organisationId, work),
  }
}
