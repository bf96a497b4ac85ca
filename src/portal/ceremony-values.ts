import type { CivilDate, Instant } from '#core'
import type { Language } from '#people'
import type { FieldChange } from '#policies/model'

/** One numbered rule in the language of the presentation. */
export type ShownRule = {
  readonly number: number
  readonly id: string
  readonly heading: string
  readonly text: string
  readonly modality: string
  readonly scope: { readonly time: string; readonly place: string; readonly account: string }
  readonly legalNature: string
  readonly sanctionReference: string | null
}

export type ShownSection = {
  readonly id: string
  readonly heading: string
  readonly paragraphs: readonly string[]
}

/** The text of a policy, with its placeholders filled in. */
export type ShownText = {
  readonly introduction: readonly string[]
  readonly changeSummary: string
  readonly rules: readonly ShownRule[]
  readonly sections: readonly ShownSection[]
}

/** One rule or section that differs from the version the person answered before. */
export type ShownChange = {
  readonly status: 'added' | 'removed' | 'changed' | 'moved'
  readonly heading: string
  readonly changes: readonly Pick<FieldChange, 'field' | 'before' | 'after'>[]
}

/** What changed since the version that the person last answered. */
export type ChangesSince = {
  readonly versionNumber: number
  readonly choice: string
  readonly actedAt: Instant
  readonly parts: readonly ShownChange[]
}

export type ShownDocument = {
  readonly documentId: string
  readonly role: 'main' | 'annex'
  readonly mark: string
  readonly title: string
  readonly sha256: string
  readonly byteLength: number
  readonly pages: number | null
  readonly language: Language
  /** Where the main text names it. */
  readonly references: readonly { readonly text: string; readonly page: number }[]
}

export type ShownChoice = {
  readonly choice: string
  readonly label: string
  /** The exact sentence, compared letter for letter when the act is recorded. */
  readonly statement: string
  readonly reasonRequired: boolean
}

export type ShownStatement = {
  readonly statementId: string
  readonly subject: string
  readonly choices: readonly ShownChoice[]
  readonly act: { readonly actId: string; readonly choice: string; readonly actedAt: Instant } | null
}

/** How a person can reach the level that is asked. */
export type Way = { readonly kind: 'passkey-new' | 'private-mailbox' | 'totp' | 'sso' | 'qualified'; readonly href: string | null }

export type CeremonyState =
  | 'open'
  | 'acted'
  | 'declined'
  | 'expired'
  | 'closed'
  | 'lapsed'
  | 'withdrawn'
  | 'superseded'

/** Everything about one ceremony for its person, in one language. */
export type ShownCeremony = {
  readonly ceremonyId: string
  readonly state: CeremonyState
  /** The language of the texts; it can differ from that of the page. */
  readonly language: Language
  readonly organisationName: string
  readonly personName: string
  readonly purpose: string
  readonly title: string
  readonly versionNumber: number | null
  readonly effectiveFrom: CivilDate | null
  readonly dueDate: CivilDate
  readonly expiresAt: Instant | null
  readonly text: ShownText | null
  readonly since: ChangesSince | null
  readonly documents: readonly ShownDocument[]
  readonly statements: readonly ShownStatement[]
  /** The moment from which an answer is taken; null when that is now. */
  readonly answerFrom: Instant | null
  readonly assurance: {
    readonly required: string
    readonly actual: string
    readonly met: boolean
    /** Whether the act can be signed with a passkey on the confirm page, and whether it has to be. */
    readonly sign: 'required' | 'optional' | null
    readonly ways: readonly Way[]
    /** A passkey can be made here, and none is there. */
    readonly canStrengthen: boolean
  }
  /** The ceremony that took the place of this one. */
  readonly successorId: string | null
}
