import type { OrganisationId } from '#core'
import { ProblemError } from '#core'
import type { Transaction } from '#database'
import { getVersionById } from '#policies'
import type { ActSubject } from './act-subject.ts'
import type { LinkContext } from './act.ts'
import { getBundle } from './bundle-store.ts'

/** The same, or null when its content has gone. */
export async function findSubject(
  trx: Transaction,
  organisationId: OrganisationId,
  ids: Pick<LinkContext, 'versionId' | 'bundleId'>,
): Promise<ActSubject | null> {
  try {
    return await readSubject(trx, organisationId, ids)
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'content-erased') return null
    throw error
  }
}

/**
 * What a ceremony is about, as it was frozen. The same ids give the same for ever. Throws `content-erased` for a bundle
 * whose manifest has gone.
 */
export async function readSubject(
  trx: Transaction,
  organisationId: OrganisationId,
  { versionId, bundleId }: Pick<LinkContext, 'versionId' | 'bundleId'>,
): Promise<ActSubject> {
  return bundleId === null
    ? { kind: 'policy', version: await getVersionById(trx, organisationId, versionId!) }
    : { kind: 'bundle', bundle: await getBundle(trx, organisationId, bundleId) }
}
