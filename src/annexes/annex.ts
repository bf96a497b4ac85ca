import type { CivilDate, ClientId, DocumentId, EntryId, Instant, PersonId, PolicyId, VersionId } from '#core'
import type { ParameterValues } from '#clauses'
import type { ClauseFacts, ClauseKind, PenaltyFacts } from '#jurisdictions'

export type AnnexLanguage = 'nl' | 'en'
export const annexKinds = ['clauses', 'relation-list'] as const
export type AnnexKind = (typeof annexKinds)[number]
export const relationKinds = ['customer', 'supplier', 'prospect', 'other'] as const

/** A relation on a list: by its name, as what, on which days, and why it stands there. */
export type Relation = {
  readonly name: string
  readonly kind: (typeof relationKinds)[number]
  readonly from: CivilDate
  /** The last day on which it stands there; null: until another list comes. */
  readonly until: CivilDate | null
  readonly reason: string
}

/** Leave that the employer gave beforehand for a relation, on these days. */
export type Exemption = {
  readonly name: string
  readonly from: CivilDate
  readonly until: CivilDate | null
}

/** The written reasons of a covenant (art. 7:653 lid 2 BW), which stand with it. */
export type ComposedMotivation = {
  readonly text: string
  readonly functionRef: string
  readonly interests: readonly string[]
  /** Who wrote it, by name. */
  readonly author: string
  /** The moment of composing: it cannot be written later, and nobody gives it. */
  readonly writtenAt: Instant
  /** Other functions for which the very same text was in use here at that moment. */
  readonly sameTextFor: readonly string[]
  /** Whether the text of the clause holds it; otherwise it stands below the clause. */
  readonly inText: boolean
}

/** The annex that lists the relations of a clause, by its mark and as it was when the clause was composed. */
export type ListReference = { readonly mark: string; readonly annexId: string; readonly named: number }

/** What counsel had said of the text of a template version. */
export type CounselWord = 'reviewed' | 'not-reviewed' | 'rejected'

/** A clause as it stands in an annex. */
export type ComposedClause = {
  /** Its annex and number: `B.1`. */
  readonly clauseId: string
  readonly position: number
  readonly kind: ClauseKind
  readonly templateId: string
  readonly versionNumber: number
  /** SHA-256 of the text of the template version, in hex. */
  readonly contentSha256: string
  /** A rejected text is never composed. */
  readonly counsel: Exclude<CounselWord, 'rejected'>
  readonly values: ParameterValues
  readonly heading: string
  readonly paragraphs: readonly string[]
  readonly motivation: ComposedMotivation | null
  readonly relationList: ListReference | null
  readonly exemptions: readonly Exemption[]
  /** What the rules of law may know of it, but where it stands: that follows from the bundle it is in. */
  readonly facts: ClauseFacts
  /** Of a boetebeding; null for every other kind. */
  readonly penalty: PenaltyFacts | null
}

/** A policy version that is part of an annex, with the file that it is. */
export type ComposedPolicy = {
  readonly policyId: PolicyId
  readonly versionId: VersionId
  readonly versionNumber: number
  readonly name: string
  readonly effectiveFrom: CivilDate
  /** SHA-256 of the sealed edition in the language of the annex, in hex. */
  readonly documentSha256: string
}

/** Everything an annex was composed of. Kept as canonical JSON; it never changes. */
export type AnnexContent = {
  readonly kind: AnnexKind
  readonly mark: string
  readonly title: string
  readonly language: AnnexLanguage
  readonly effectiveFrom: CivilDate
  readonly effectiveUntil: CivilDate | null
  readonly clauses: readonly ComposedClause[]
  readonly policies: readonly ComposedPolicy[]
  readonly relations: readonly Relation[]
}

/** An annex as it was composed. What became of it (offered, signed, in force) is told by agreements. */
export type Annex = {
  readonly annexId: string
  readonly employmentId: string
  readonly personId: PersonId
  readonly contractId: string
  readonly mark: string
  readonly kind: AnnexKind
  readonly language: AnnexLanguage
  readonly effectiveFrom: CivilDate
  readonly effectiveUntil: CivilDate | null
  /** The annex that it comes in the place of. */
  readonly replaces: string | null
  /** The annex that came in its place, if one did. */
  readonly replacedBy: string | null
  readonly documentId: DocumentId
  readonly documentSha256: string
  /** SHA-256 of the canonical JSON of the content. */
  readonly contentSha256: string
  readonly draftCheckId: string
  readonly createdBy: ClientId
  readonly createdAt: Instant
  readonly entryId: EntryId
  /** Null once its person was erased. */
  readonly content: AnnexContent | null
}
