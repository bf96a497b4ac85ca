import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import { getVersionById } from '#policies'
import type { ActSubject } from './act-subject.ts'
import type { LinkContext } from './act.ts'

/** What a ceremony is about, as it was frozen. The same ids give the same for ever. */
export async function readSubject(
  trx: Transaction,
  organisationId: OrganisationId,
  { versionId }: Pick<LinkContext, 'versionId' | 'bundleId'>,
): Promise<ActSubject> {
  return { kind: 'policy', version: await getVersionById(trx, organisationId, versionId!) }
}
