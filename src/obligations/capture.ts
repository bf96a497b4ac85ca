import type { CivilDate, EntryId, Instant, PersonId } from '#core'

/** Who could see what a capture shows when it was made. */
export const visibilities = ['public', 'members', 'connections', 'addressee'] as const
export type Visibility = (typeof visibilities)[number]

export const captureTypes = ['image/png', 'image/jpeg', 'application/pdf'] as const
export type CaptureType = (typeof captureTypes)[number]

/** A dated print of a contact as it is handed in. */
export type CaptureCommand = {
  readonly bytes: Buffer
  readonly capturedOn: CivilDate
  readonly visibility: Visibility
  /** Where it was taken from. */
  readonly source: string
  /** What is to be seen on it. */
  readonly shows: string
}

/** A capture that is kept. The words and the bytes go with the row of the person; all else stays. */
export type Capture = {
  readonly captureId: string
  readonly personId: PersonId
  readonly capturedOn: CivilDate
  readonly visibility: Visibility
  readonly mediaType: CaptureType
  readonly byteLength: number
  readonly sha256: string
  readonly keptAt: Instant
  readonly entryId: EntryId
}
