import type { EntryId, OrganisationId } from '#core'
import { appendEntries } from '#evidence'
import { insertPageRelease, isReleaseRecorded } from './page-release-store.ts'
import type { SigningDeps } from './signing-deps.ts'
import type { PageRelease } from './signing.ts'

/** What this process has recorded or is recording, by organisation and release. */
export type RecordedReleases = Map<string, Promise<void>>

/**
 * Sees to it that the ledger says of which files the page consists that is served now: an entry `page-release`, once for
 * each release and organisation. Gives the release, for a manifest to name. What a person was shown when they signed can
 * so be told when the page has long been another.
 */
export async function recordPageRelease(
  deps: SigningDeps,
  organisationId: OrganisationId,
  recorded: RecordedReleases,
): Promise<string | null> {
  const page = deps.pageRelease()
  if (page === null) return null
  const mark = `${organisationId} ${page.release}`
  const recording = recorded.get(mark) ?? record(deps, organisationId, page)
  recorded.set(mark, recording)
  recording.catch(() => recorded.delete(mark))
  await recording
  return page.release
}

async function record(deps: SigningDeps, organisationId: OrganisationId, page: PageRelease): Promise<void> {
  await deps.database.inOrganisation(organisationId, async (trx) => {
    if (await isReleaseRecorded(trx, organisationId, page.release)) return
    const entryId = deps.platform.newId() as EntryId
    const at = deps.platform.clock()
    const assets = page.assets.map(({ file, sha256 }) => `${file}:${sha256}`)
    await appendEntries(deps.platform, trx, organisationId, [
      { entryId, kind: 'page-release', at, facts: { release: page.release, assets } },
    ])
    await insertPageRelease(trx, organisationId, page.release, at, entryId)
  })
}
