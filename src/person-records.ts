import { readAnnexRecords } from '#annexes'
import { readEmploymentRecords } from '#employments'
import type { PersonRecords } from '#retention'

/** Every room that holds something about persons which the export does not read by itself: one list, so that none is forgotten. */
export const personRecords: readonly PersonRecords[] = [
  { room: 'annexes', read: readAnnexRecords },
  { room: 'employments', read: readEmploymentRecords },
]
