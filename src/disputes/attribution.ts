import type { Instant } from '#core'

/**
 * What something rests on: an entry of a ledger by its index, and the fact of it that says so. `inDossier` says whether the entry
 * is in the dossier of the pack; others can be asked for by their index.
 */
export type Pointer = {
  readonly entryIndex: number
  readonly fact: string | null
  readonly inDossier: boolean
}

/** `shown`: the record says it. `missing`: nothing does. `lawyer`: there is something, and what it is worth is not for a program. */
export type Outcome = 'shown' | 'missing' | 'lawyer'

export const subjects = [
  'identity-proofing',
  'credential-enrolment',
  'authentications',
  'privileged-actions',
  'deliveries',
  'openings-and-devices',
  'page-release',
  'content-and-choice',
  'purpose-matrix',
  'denials',
  'custodian',
  'criterion-a',
  'criterion-b',
  'criterion-c',
  'criterion-d',
] as const
export type Subject = (typeof subjects)[number]

/** One statement of the pack. `reason` is a word of ours that the texts explain; `details` are what the records hold, newest last. */
export type Statement = {
  readonly subject: Subject
  readonly outcome: Outcome
  readonly reason: string
  readonly details: readonly Readonly<Record<string, string | number | boolean | null>>[]
  readonly evidence: readonly Pointer[]
}

/** What is known about whose act it is. It concludes nothing. */
export type Attribution = {
  readonly format: 'beding-attribution/v1'
  readonly packId: string
  readonly madeAt: Instant
  readonly organisation: { readonly id: string; readonly name: string }
  readonly act: {
    readonly actId: string
    readonly entryIndex: number
    readonly actedAt: Instant
    readonly status: string
  }
  readonly dossier: { readonly dossierId: string; readonly treeSize: number }
  readonly window: { readonly from: Instant; readonly until: Instant }
  readonly statements: readonly Statement[]
  /** The subjects of which nothing is recorded. */
  readonly missing: readonly Subject[]
  /** Without a word on what follows: that is for a lawyer (rule nl.rv-159.attribution-pack). */
  readonly conclusion: null
}

/** Who describes how the system works: somebody of the employer, or the service about itself. */
export type CustodianStatement = { readonly text: string; readonly by: string; readonly on: string; readonly ownDescription: boolean } // prettier-ignore
