import type { Purpose } from '#assurance'
import type { AssignmentId, CivilDate, DocumentId, PersonId } from '#core'
import type { Language } from '#people'

/** Where the main document refers to an annex: words that stand in it, and on which page. */
export type StatedReference = { readonly text: string; readonly page: number }

/** The request that one person deals with a bundle of documents by a day. */
export type OfferBundle = {
  readonly personId: PersonId
  readonly purpose: Purpose
  readonly language: Language
  readonly dueDate: CivilDate
  readonly main: { readonly documentId: DocumentId }
  readonly annexes: readonly {
    readonly documentId: DocumentId
    readonly mark: string
    readonly references: readonly StatedReference[]
  }[]
  /** What the main statement is about, in the words of the employer. */
  readonly subject: string
  /** Clauses that are each answered by themselves. */
  readonly clauses: readonly { readonly statementId: string; readonly subject: string }[]
  /** An open ceremony of the same person in whose place this one comes. */
  readonly replaces: AssignmentId | null
}

/** A document as it is found for an offer. */
export type OfferedDocument = {
  readonly documentId: DocumentId
  readonly kind: string
  readonly title: string
  readonly language: Language
  readonly sha256: string
  readonly byteLength: number
  /** The text of each page; null where the file is not one that can be read. */
  readonly pages: readonly string[] | null
  /** Whose letter it is; null for what is nobody's. */
  readonly personId: PersonId | null
}
