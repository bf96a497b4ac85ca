import type { ActId, ClientId, DocumentId, EntryId, Instant, PersonId, VersionId } from '#core'
import type { StoredAct } from '#ceremonies'
import type { PartyCapacity } from '#documents'

/** Who agreed by which act, and as whom, in the words of the employer. */
export type Party = { readonly actId: ActId; readonly capacity: PartyCapacity }

/** What is recorded of the act of a party. */
export type PartyRecord = Party & {
  readonly personId: PersonId
  /** The policy version that the act is about; null for a bundle. */
  readonly versionId: VersionId | null
  readonly act: StoredAct
}

/** What a copy is asked for: who agreed, and of a bundle which of its documents; undefined for the main one. */
export type CopyRequest = { readonly parties: readonly Party[]; readonly documentId?: DocumentId | undefined }

/** A copy as it was made. Its file may have gone since. */
export type ExecutedCopy = {
  readonly executedCopyId: string
  /** One of these two: the version of a policy, or the SHA-256 of the manifest of a bundle. */
  readonly versionId: VersionId | null
  readonly bundleSha256: string | null
  /** The document that each party was shown. */
  readonly edition: { readonly documentId: DocumentId; readonly sha256: string }
  readonly parties: readonly Party[]
  /** Of the file as it was sealed. */
  readonly documentSha256: string
  readonly byteLength: number
  /** null once content of one of the acts was erased. */
  readonly documentId: DocumentId | null
  readonly madeBy: ClientId
  readonly madeAt: Instant
  readonly entryId: EntryId
}
