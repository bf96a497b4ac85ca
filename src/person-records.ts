import { readAgreementRecords } from '#agreements'
import { readChangeRecords } from '#changes'
import { readEmploymentRecords } from '#employments'
import { readExitRecords } from '#exits'
import type { PersonRecords } from '#retention'

/** Every room that holds something about persons which the export does not read by itself: one list, so that none is forgotten. */
export const personRecords: readonly PersonRecords[] = [
  { room: 'employments', read: readEmploymentRecords },
  { room: 'agreements', read: readAgreementRecords },
  { room: 'changes', read: readChangeRecords },
  { room: 'exits', read: readExitRecords },
]
