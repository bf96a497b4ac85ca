import type { CivilDate, DocumentId, EntryId, Instant, PersonId, PolicyId } from '#core'
import type { AnnexInput, DocumentLanguage, WarningInput } from '#documents'

/** Somebody who acts for the employer: a person who is known here, or a name. */
export type Actor =
  | { readonly kind: 'person'; readonly personId: PersonId; readonly role: string }
  | { readonly kind: 'named'; readonly name: string; readonly role: string }

/** What both sorts of letter are asked for with. */
type LetterCommand = { readonly language: DocumentLanguage; readonly personId: PersonId }

export type AnnexCommand = LetterCommand & {
  readonly kind: 'annex'
  readonly representedBy: Actor | null
  readonly effectiveFrom: CivilDate
  readonly text: Pick<
    AnnexInput,
    'annexMark' | 'title' | 'contract' | 'introduction' | 'definitions' | 'clauses' | 'tables'
  > & { readonly seat: string | null; readonly registration: string | null }
}

/** A rule by its place: a published version and the identifier that the rule keeps over versions. */
export type RuleReference = {
  readonly policyId: PolicyId
  readonly versionNumber: number
  readonly ruleId: string
}

/** An earlier warning that is kept here, or one that the employer names. */
export type EarlierReference =
  | { readonly kind: 'kept'; readonly documentId: DocumentId }
  | { readonly kind: 'named'; readonly givenOn: CivilDate; readonly subject: string }

export type WarningCommand = LetterCommand & {
  readonly kind: 'warning'
  readonly givenOn: CivilDate
  readonly givenBy: Actor
  readonly rules: readonly RuleReference[]
  readonly earlierWarnings: readonly EarlierReference[]
  readonly text: Pick<
    WarningInput,
    'subject' | 'events' | 'hearing' | 'expectations' | 'consequences' | 'response' | 'countsUntil'
  >
}

export type Command = AnnexCommand | WarningCommand

/** A letter that was made. */
export type Letter = {
  readonly documentId: DocumentId
  readonly kind: Command['kind'] | 'exit-letter'
  readonly personId: PersonId
  readonly title: string
  readonly language: DocumentLanguage
  /** The day on which a warning was given, the first day on which an annex holds, or the last of an employment that ends. */
  readonly holdsFrom: CivilDate
  readonly sha256: string
  readonly byteLength: number
  readonly createdAt: Instant
  readonly entryId: EntryId
}
