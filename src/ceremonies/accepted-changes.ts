import type { Instant, OrganisationId, PersonId, VersionId } from '#core'
import type { Transaction } from '#database'
import { getVersionById } from '#policies'
import type { ContentComparison } from '#policies/model'
import { compareContents } from '#policies/model'
import { findLastAccepted } from './ceremony-view.ts'

/** What changed in a policy since the version that this person last took on. */
export type AcceptedChanges = {
  readonly fromVersion: number
  readonly acceptedAt: Instant
  readonly comparison: ContentComparison
}

/** What changed rule by rule since the version this person last took on; null when they took on none before. */
export async function changesSinceAccepted(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  versionId: VersionId,
): Promise<AcceptedChanges | null> {
  const accepted = await findLastAccepted(trx, organisationId, personId, versionId)
  if (accepted === null) return null
  const [before, after] = [
    await getVersionById(trx, organisationId, accepted.versionId),
    await getVersionById(trx, organisationId, versionId),
  ]
  return {
    fromVersion: before.versionNumber,
    acceptedAt: accepted.actedAt,
    comparison: compareContents(before.content, after.content),
  }
}
