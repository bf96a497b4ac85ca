import type { EntryId, Instant } from '#core'
import type { ClauseKind } from '#jurisdictions'

export type Language = 'nl' | 'en'
export type Texts = { readonly nl: string; readonly en: string }

/**
 * What a parameter takes. `months` whole calendar months; `cents` whole euro cents; `day` a calendar day; `lines` a list of
 * names; `choice` one of its options; `annex-mark` how the contract calls another annex, such as `C`.
 */
export const parameterTypes = [
  'text',
  'months',
  'cents',
  'day',
  'yes-no',
  'choice',
  'lines',
  'annex-mark',
] as const
export type ParameterType = (typeof parameterTypes)[number]

/** A value of another parameter, under which something stands or is asked for. */
export type Condition = { readonly parameter: string; readonly is: string | boolean }

export type Parameter = {
  readonly name: string
  readonly type: ParameterType
  readonly label: Texts
  readonly required: boolean
  /** The value of a parameter before it under which this one is asked for; under any other it is not given. */
  readonly when?: Condition
  /** What the options of a `choice` are called in each language. */
  readonly options?: readonly { readonly value: string; readonly label: Texts }[]
}

/** A paragraph, and the value under which it stands there; without one it always does. */
export type Paragraph = { readonly text: Texts; readonly when?: Condition }

/** The text of a clause with its gaps, in both languages. `{{name}}` is a gap. */
export type ClauseContent = {
  readonly kind: ClauseKind
  readonly heading: Texts
  readonly parameters: readonly Parameter[]
  readonly paragraphs: readonly Paragraph[]
}

export type ParameterValue = string | number | boolean | readonly string[]
export type ParameterValues = Readonly<Record<string, ParameterValue>>

/** A clause with its gaps filled, in one language. */
export type FilledClause = { readonly heading: string; readonly paragraphs: readonly string[] }

export type ClauseTemplate = {
  readonly templateId: string
  readonly kind: ClauseKind
  readonly name: string
  /** The starter text that version 1 was taken from; null for a text of one's own. */
  readonly starterId: string | null
  readonly createdAt: Instant
  readonly versions: readonly ClauseVersion[]
}

export type ClauseVersion = {
  readonly versionNumber: number
  /** SHA-256 over the canonical form of the content, in hex. A review is bound to it. */
  readonly contentSha256: string
  readonly createdAt: Instant
  readonly entryId: EntryId
  /** What counsel said of exactly this text; oldest first. */
  readonly reviews: readonly ClauseReview[]
}

export type ClauseReview = {
  readonly reviewId: string
  readonly reviewer: string
  readonly outcome: 'approved' | 'rejected'
  readonly remarks: string
  readonly reviewedAt: Instant
  readonly entryId: EntryId
}
