import type { DocumentId, Instant } from '#core'
import type { Database } from '#database'
import type { DocumentFile, PadesLevel } from '#documents'
import type { Platform } from '#platform'
import type { RevocationOutcome } from '#revocation'
import type { TimestampAuthority } from '#timestamps'
import { algorithmEnds, type AlgorithmEnd } from './algorithm-ends.ts'

/** What is done to a document: a time-stamp more, what is needed to judge its signatures, a time-stamp that outlives another. */
export const preservationSteps = ['timestamp', 'validation-data', 'renewal'] as const

export type PreservationStep = (typeof preservationSteps)[number]

/** Why a step could not be done. `README.md` says what each word covers; those of `outages` are nobody's fault here. */
export const waitingReasons = [
  'fault',
  'file-unreadable',
  'lapsed',
  'revocation-unavailable',
  'seal-expired',
  'seal-revoked',
  'storage-unavailable',
  'timestamp-authority-revoked',
  'timestamp-rejected',
  'timestamp-unavailable',
] as const

export type WaitingReason = (typeof waitingReasons)[number]

/** Passing causes that concern every document alike. */
export const outages: readonly WaitingReason[] = [
  'revocation-unavailable',
  'storage-unavailable',
  'timestamp-unavailable',
]

/** When things are renewed and tried again. Durations in milliseconds. */
export type PreservationSettings = {
  /** How long before its end a time-stamp is renewed; half its life for one that lives shorter than twice that. */
  readonly lead_ms: number
  /** A time-stamp is renewed this long after it was made at the latest, whatever its certificates say. */
  readonly policyPeriod_ms: number
  /** How often a document that rests is looked at again, because ends of algorithms may have been set since. */
  readonly look_ms: number
  readonly firstRetry_ms: number
  readonly lastRetry_ms: number
  /** Documents taken from the calendar at a time, and how many of them are worked on at once. */
  readonly batch: number
  readonly atOnce: number
  /** Outages in a row after which a round ends. */
  readonly outagesMax: number
  readonly algorithmEnds: readonly AlgorithmEnd[]
}

const minute_ms = 60_000
const day_ms = 86_400_000

/** Renewal 90 days ahead, every five years at the latest (decision 0072). */
export const defaultPreservationSettings: PreservationSettings = {
  lead_ms: 90 * day_ms,
  policyPeriod_ms: 5 * 365 * day_ms,
  look_ms: 30 * day_ms,
  firstRetry_ms: minute_ms,
  lastRetry_ms: 360 * minute_ms,
  batch: 50,
  atOnce: 4,
  outagesMax: 3,
  algorithmEnds,
}

/** What preservation works with. */
export type PreservationDeps = {
  readonly platform: Platform
  readonly database: Database
  /** Tried in this order; for renewals one that did not make the time-stamp before comes first. */
  readonly authorities: readonly TimestampAuthority[]
  /** Every root under which a time-stamp of a stored file may stand, DER. */
  readonly timestampRoots: () => Promise<readonly Buffer[]>
  /** What is known about the certificates of a chain (DER, root last) at this moment, validated. */
  readonly revocationOf: (chain: readonly Buffer[], at: Instant) => Promise<RevocationOutcome>
  readonly settings?: Partial<PreservationSettings>
}

/** The settings of the deps over the usual ones. */
export function settingsOf(deps: Pick<PreservationDeps, 'settings'>): PreservationSettings {
  return { ...defaultPreservationSettings, ...deps.settings }
}

/** How the preservation of a document stands. */
export type PreservationState = {
  readonly documentId: DocumentId
  readonly level: PadesLevel
  readonly step: PreservationStep
  readonly dueAt: Instant
  readonly failures: number
  readonly waiting: { readonly because: WaitingReason; readonly since: Instant } | null
  /** Since when somebody has asked for a renewal that is not there yet. */
  readonly requestedAt: Instant | null
}

/** A document that a step is to be done to. */
export type PreservationPicture = { readonly state: PreservationState; readonly file: DocumentFile }

/** A step that could not be done; what there was before stays. */
export type StepFailure = {
  readonly kind: 'failed'
  readonly because: WaitingReason
  /** One sentence for the operator; no secret, no personal data. */
  readonly detail: string
}
