import type { CivilDate, ClientId, DocumentId, EntryId, Instant, PolicyId, VersionId } from '#core'
import type { Language, LegalNature, PolicyContent } from './content.ts'

/** A subject on which an organisation has rules. Never changes: its versions do. */
export type Policy = {
  readonly policyId: PolicyId
  readonly name: string
  /** Who answers for it in the organisation, such as a department; not an API client. */
  readonly owner: string
  readonly legalNature: LegalNature
  readonly createdAt: Instant
  readonly createdBy: ClientId
}

/** Who agreed to exactly one revision of a draft, and when. */
export type Approval = { readonly approvedBy: ClientId; readonly approvedAt: Instant }

/** The version that is being written: the only form in which a text can change (P1). */
export type Draft = {
  readonly policyId: PolicyId
  readonly versionNumber: number
  readonly content: PolicyContent
  /** Lower-case hex SHA-256 of the canonical JSON of the content. */
  readonly contentSha256: string
  /** Counts the changes, from 1. */
  readonly revision: number
  /** The client that wrote this revision. */
  readonly authorId: ClientId
  readonly approval: Approval | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** One language of a published version: a sealed document, the same bytes for everyone. */
export type Edition = {
  readonly language: Language
  readonly documentId: DocumentId
  readonly title: string
  /** Lower-case hex SHA-256 of the sealed bytes. */
  readonly sha256: string
  /** Bytes of the sealed document. */
  readonly byteLength: number
}

/** A published text. Nothing in it ever changes (P1); whether it holds on a day follows from the whole history. */
export type PolicyVersion = {
  readonly versionId: VersionId
  readonly policyId: PolicyId
  readonly versionNumber: number
  readonly content: PolicyContent
  readonly contentSha256: string
  readonly effectiveFrom: CivilDate
  readonly authorId: ClientId
  readonly approval: Approval
  readonly publishedBy: ClientId
  readonly publishedAt: Instant
  readonly entryId: EntryId
  readonly editions: readonly Edition[]
}

/** That a version no longer holds from a day on, and why. */
export type Withdrawal = {
  /** The first day on which the version no longer holds. */
  readonly withdrawnFrom: CivilDate
  readonly reason: string
  readonly withdrawnBy: ClientId
  readonly withdrawnAt: Instant
  readonly entryId: EntryId
}
