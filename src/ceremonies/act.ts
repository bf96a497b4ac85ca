import type { ActId, AssignmentId, CivilDate, DocumentId, Instant, PersonId, VersionId } from '#core'
import type { Language } from '#people'

/** What a person can say. Four different things; none stands for another. */
export type Choice = 'seen' | 'agreed' | 'not-agreed' | 'declined'

/** How the person was known. This room knows one way: a link sent to a mailbox that the employer manages. */
export type Assurance = 'mailbox-employer'

/** The network the act came from, as a class; the address itself is not kept. */
export type NetworkClass = 'loopback' | 'private' | 'public-ipv4' | 'public-ipv6' | 'unknown'

/** What somebody who holds a link asks to be recorded. */
export type ActCommand = {
  readonly choice: Choice
  readonly reason: string | null
  readonly language: Language
  /** SHA-256 of the document that was shown, in hex. */
  readonly documentSha256: string
  /** The exact sentence that stood next to the button. */
  readonly statement: string
  readonly userAgent: string
  readonly networkClass: NetworkClass
}

/** What holds for the link at the moment of the act, read under the lock of the ledger. */
export type LinkContext = {
  readonly assignmentId: AssignmentId
  readonly versionId: VersionId
  readonly personId: PersonId
  readonly personName: string
  readonly personExternalId: string
  readonly expiresAt: Instant
  readonly withdrawnFrom: CivilDate | null
  readonly existingActId: ActId | null
  readonly deliveredAt: Instant | null
  readonly deliveryChannel: string | null
  readonly address: string | null
  /** When this link was first opened in the language of the act. */
  readonly openedAt: Instant | null
  /** The person's newest act in the open log; null when this is the first there. */
  readonly lastAct: PersonEntry | null
}

/** Where an act stands in the row of its person's acts: its number from 1, and the index of its entry. */
export type PersonEntry = { readonly number: number; readonly entryIndex: number }

/** An act as it is recorded, with the facts that its entry commits to. */
export type RecordedAct = {
  readonly actId: ActId
  readonly assignmentId: AssignmentId
  readonly personId: PersonId
  readonly versionId: VersionId
  readonly documentId: DocumentId
  readonly language: Language
  readonly choice: Choice
  readonly actedAt: Instant
  /** 1 for the first act of the person in its log, then without a gap: a withheld act shows as one. */
  readonly personEntryNumber: number
  readonly previousPersonEntry: number | null
}
