import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import { queueChanges } from '#employments'
import type { Platform } from '#platform'
import type { Agreement } from './agreement.ts'

/** Has the law asked again about an employment, because an agreement of it was concluded, taken over or ended. */
export async function tellChanges(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  { agreementId, employmentId, createdBy }: Pick<Agreement, 'agreementId' | 'employmentId' | 'createdBy'>,
): Promise<void> {
  await queueChanges(trx, organisationId, [
    {
      changeId: platform.newId(),
      employmentId,
      subject: 'agreement',
      subjectId: agreementId,
      recordedBy: createdBy,
      recordedAt: platform.clock(),
    },
  ])
}
