import type { DocumentId, EntryId, Instant, PersonId } from '#core'
import type { Language } from '#people'

/** A contract that was made elsewhere and uploaded, as long as its file is there. */
export type ContractDocument = {
  readonly documentId: DocumentId
  readonly personId: PersonId
  readonly title: string
  readonly language: Language
  readonly sha256: string
  readonly byteLength: number
  readonly pages: number
  readonly uploadedAt: Instant
  readonly entryId: EntryId
}

/** A file that is handed in as a contract of a person. */
export type ContractUpload = {
  readonly personId: PersonId
  readonly title: string
  readonly language: Language
  readonly bytes: Buffer
}
