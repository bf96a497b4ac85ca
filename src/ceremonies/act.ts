import type { Assurance, AssuranceRule } from '#assurance'
import type { ActId, AssignmentId, BundleId, CivilDate, DocumentId, Instant, PersonId, VersionId } from '#core' // prettier-ignore
import type { Language } from '#people'
import type { Declaration } from '#signing'

/** What a person can say. Five different things; none stands for another, and only `agreed` is an agreement. */
export type Choice = 'seen' | 'agreed' | 'agreed-conditionally' | 'not-agreed' | 'declined'

/** By what the act came: the link alone, a session, a signature of the person's own device, or a remote qualified one. */
export type ActMethod = 'one-time-link' | 'session' | 'webauthn' | 'csc'

/** How it was proven that this person acts, with the raw evidence of it. */
export type ActProof = {
  readonly assurance: Assurance
  readonly method: ActMethod
  /** Canonical JSON of how the person was authenticated; null for a link alone. */
  readonly authentication: string | null
  /** Canonical JSON of what was signed and with which signature; null where nothing was signed. */
  readonly signing: string | null
  /** SHA-256 in hex of the release of the page that the person used; null where no page of ours is known. */
  readonly pageRelease: string | null
  readonly signingCredentialId: string | null
  readonly challengeSha256: Buffer | null
  /** What the key counted; absent where it does not count. */
  readonly counter?: number
  /** Until when what was signed counts. */
  readonly notAfter?: Instant
  /** Who signed what; absent where nothing was signed. */
  readonly signed?: { readonly signer: PersonId; readonly declaration: Declaration }
}

/** The proof of somebody who holds the link that was sent to the mailbox that the employer manages, and of no more. */
export function linkProof(): ActProof {
  return {
    assurance: 'mailbox-employer',
    method: 'one-time-link',
    authentication: null,
    signing: null,
    pageRelease: null,
    signingCredentialId: null,
    challengeSha256: null,
  }
}

/** The network the act came from, as a class; the address itself is not kept. */
export type NetworkClass = 'loopback' | 'private' | 'public-ipv4' | 'public-ipv6' | 'unknown'

/** The one statement that every ceremony has. */
export const mainStatementId = 'main'

/** What somebody who holds a link asks to be recorded. */
export type ActCommand = {
  /** Which statement of the ceremony is answered. */
  readonly statementId: string
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

/** How a ceremony ended without an answer. */
export type EndedHow = 'lapsed' | 'withdrawn' | 'superseded'

/** What holds for the link at the moment of the act, read under the lock of the ledger. */
export type LinkContext = {
  readonly assignmentId: AssignmentId
  /** The policy version that it is about, or the bundle; exactly one of them. */
  readonly versionId: VersionId | null
  readonly bundleId: BundleId | null
  readonly personId: PersonId
  readonly personName: string
  readonly personLanguage: Language
  readonly personExternalId: string
  readonly expiresAt: Instant
  readonly withdrawnFrom: CivilDate | null
  /** How the ceremony ended, if it did without an answer. */
  readonly endedHow: EndedHow | null
  /** Whoever opened this link said that it is not for them. */
  readonly linkClosed: boolean
  /** The person declined to answer the bundle as a whole, which ended the ceremony. */
  readonly mainDeclined: boolean
  /** The act on the statement that is asked for. */
  readonly existingActId: ActId | null
  readonly deliveredAt: Instant | null
  readonly deliveryChannel: string | null
  readonly address: string | null
  /** When this link was first opened in the language of the act. */
  readonly openedAt: Instant | null
  /** What the organisation asks of each purpose beyond the built-in matrix. */
  readonly assuranceRules: readonly AssuranceRule[]
  /** The person's newest act in the open log; null when this is the first there. */
  readonly lastAct: PersonEntry | null
}

/** The id of what a ceremony is about. */
export type SubjectId = VersionId | BundleId

/** What a ceremony is about: its policy version, or its bundle. */
export function subjectIdOf({ versionId, bundleId }: Pick<LinkContext, 'versionId' | 'bundleId'>): SubjectId {
  const id = versionId ?? bundleId
  if (id === null) throw new Error('a ceremony about nothing')
  return id
}

/** Where an act stands in the row of its person's acts: its number from 1, and the index of its entry. */
export type PersonEntry = { readonly number: number; readonly entryIndex: number }

/** An act as it is recorded, with the facts that its entry commits to. */
export type RecordedAct = {
  readonly actId: ActId
  readonly assignmentId: AssignmentId
  readonly statementId: string
  readonly personId: PersonId
  readonly versionId: VersionId | null
  readonly bundleId: BundleId | null
  readonly documentId: DocumentId
  readonly language: Language
  readonly choice: Choice
  readonly assurance: Assurance
  readonly actedAt: Instant
  /** 1 for the first act of the person in its log, then without a gap: a withheld act shows as one. */
  readonly personEntryNumber: number
  readonly previousPersonEntry: number | null
}
