import type { CivilDate, DocumentId, Instant } from '#core'
import type { ClauseFacts, Facts, PenaltyFacts } from '#jurisdictions'

/** How a record that was taken over is said to have been signed. */
export const signedHows = ['wet-ink', 'qualified', 'other-electronic', 'e-mail-reply', 'not-signed'] as const
export type SignedHow = (typeof signedHows)[number]

/** Something that the main text of an older record refers to, and what became of it. */
export type ImportedReference = {
  readonly mark: string
  /** The words of the main text, and the page; null where it is not known. */
  readonly text: string
  readonly page: number | null
  /** Whether the employer can say that it really was attached. */
  readonly attached: boolean
  /** The file, where it was found. */
  readonly documentId: DocumentId | null
}

/** A file of an older record as it was uploaded. */
export type ImportedDocument = {
  readonly documentId: DocumentId
  readonly sha256: string
  readonly role: 'main' | 'annex'
  readonly mark: string | null
  readonly language: string
}

/** What the employer says of an agreement that was made before it used this service. Kept as canonical JSON. */
export type ImportedContent = {
  readonly signedOn: CivilDate | null
  readonly signedHow: SignedHow
  readonly deliveredAt: Instant | null
  readonly documents: readonly ImportedDocument[]
  readonly references: readonly ImportedReference[]
  readonly statement: NonNullable<Facts['bundle']>['statement'] | null
  /** Remarks of the employee at the signature; null where nobody knows. */
  readonly condition: string | null
  readonly clauses: readonly ClauseFacts[]
  readonly penalty: PenaltyFacts | null
}
