import { sql } from 'kysely'
import type { EntryId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'

/** Makes whoever else records a release of the page wait, and says whether this one is recorded. */
export async function isReleaseRecorded(
  trx: Transaction,
  organisationId: OrganisationId,
  release: string,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding.page-release ' || ${organisationId}, 0))`.execute(trx) // prettier-ignore
  const { rows } = await sql`
    select page_release.release from page_release
    where page_release.organisation_id = ${organisationId}::uuid and page_release.release = ${release}`.execute(
    trx,
  )
  return rows.length === 1
}

export async function insertPageRelease(
  trx: Transaction,
  organisationId: OrganisationId,
  release: string,
  recordedAt: Instant,
  entryId: EntryId,
): Promise<void> {
  await sql`
    insert into page_release (organisation_id, release, recorded_at, entry_id)
    values (${organisationId}::uuid, ${release}, ${recordedAt}::timestamptz, ${entryId}::uuid)`.execute(trx)
}
