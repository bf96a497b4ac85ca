import { readChangeRecords } from '#changes'
import { readAgreementRecords } from '#agreements'
import { readEmploymentRecords } from '#employments'
import type { PersonRecords } from '#retention'

/** Every room that holds something about persons which the export does not read by itself: one list, so that none is forgotten. */
export const personRecords: readonly PersonRecords[] = [
  { room: 'employments', read: readEmploymentRecords },
  { room: 'changes', read: readChangeRecords },
  { room: 'agreements', read: readAgreementRecords },
]
