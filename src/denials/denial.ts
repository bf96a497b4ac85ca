import type { ActId, CivilDate, ClientId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Assurance } from '#assurance'
import type { ActStatus } from '#ceremonies'
import type { HeldEntry } from '#evidence'
import type { Language } from '#people'

/**
 * What a person says against an act. `not-me` is the firm denial of the signature: whoever relies on it then has to prove
 * who did it (art. 159 lid 2 Rv, ECLI:NL:HR:2019:572). `other-text` is another defence, and its burden is the other way round
 * (ECLI:NL:HR:2019:641). `under-pressure` says that the will was not free (art. 3:44 BW).
 */
export const grounds = ['not-me', 'other-text', 'under-pressure', 'other'] as const
export type Ground = (typeof grounds)[number]

export type StepKind = 'denied' | 'denial-recorded' | 'denial-withdrawn' | 'court-finding'

/** Whether the act is the person's, in the judgment of a court. */
export type Finding = 'attributed' | 'not-attributed'

/** Who has to prove it by the general rule. A court may divide the burden otherwise (art. 150 Rv). */
export type Burden = 'who-relies-on-the-act' | 'who-denies-it'

/** A step that was recorded about an act. */
export type DenialStep = {
  readonly stepNumber: number
  readonly kind: StepKind
  readonly ground: Ground | null
  /** How the person was known; null for what others wrote down. */
  readonly assurance: Assurance | null
  readonly recordedBy: ClientId | null
  readonly finding: Finding | null
  readonly final: boolean | null
  /** What holds for the act after this step. */
  readonly status: ActStatus
  readonly recordedAt: Instant
  readonly entryId: EntryId
}

/** An act as far as this room asks about it. */
export type DeniableAct = {
  readonly actId: ActId
  readonly personId: PersonId
  readonly entryId: EntryId
}

/** How the person who speaks was known at that moment. */
export type KnownAs = {
  readonly method: 'one-time-link' | 'session'
  readonly assurance: Assurance
  /** The record of how they proved who they are (canonical JSON); null where a link is all there is. */
  readonly authentication: string | null
}

/** Whose act somebody speaks about: a person of whom a session knows, or whoever holds the link with which the act was done. */
export type OwnAct = {
  readonly organisationId: OrganisationId
  readonly actId: ActId
  readonly personId: PersonId | 'holder-of-link'
  readonly known: KnownAs
}

export type DenialCommand = { readonly ground: Ground; readonly words: string; readonly language: Language }
export type WithdrawalCommand = { readonly words: string; readonly language: Language }

/** Who writes something down for the employer. */
export type Recorder = { readonly name: string; readonly role: string }

/** A denial that reached the employer another way than through the service. */
export type RecordedDenialCommand = {
  readonly ground: Ground
  readonly words: string
  readonly channel: 'letter' | 'e-mail' | 'in-court' | 'spoken'
  readonly receivedOn: CivilDate
  readonly recorder: Recorder
}

/** What a court found, as the employer's lawyer states it. */
export type CourtFindingCommand = {
  readonly finding: Finding
  readonly final: boolean
  readonly court: string
  /** The ECLI or the number of the case. */
  readonly reference: string
  readonly decidedOn: CivilDate
  readonly judgmentSha256: string
  readonly recorder: Recorder
}

/** A step with the receipt of its entry. */
export type RecordedStep = {
  readonly act: DeniableAct
  readonly step: DenialStep
  readonly entry: HeldEntry
  /** False when the same thing had been said before and stands. */
  readonly isNew: boolean
}
