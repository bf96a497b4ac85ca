import type { DocumentLanguage } from './document-inputs.ts'
import type { LetterPerson } from './letter-inputs.ts'

/** What a clause is about; the same words as the kinds of clauses of the law. */
export type ExitClauseKind =
  | 'relatiebeding'
  | 'concurrentiebeding'
  | 'ronselbeding'
  | 'geheimhoudingsbeding'
  | 'boetebeding'
  | 'nevenwerkzaamhedenbeding'
  | 'wijzigingsbeding'
  | 'social-mediabeding'

/** An obligation that goes on after the last day, with the words of the signed document. */
export type ExitObligation = {
  readonly clauseId: string
  readonly kind: ExitClauseKind
  readonly title: string
  /** The text as it was signed, letter for letter. */
  readonly text: readonly string[]
  /** The mark and title of the signed annex in which it stands, and the SHA-256 of the bytes that both were shown, hex. */
  readonly annex: { readonly mark: string; readonly title: string; readonly documentSha256: string }
  /** The last day on which it holds; null when it names no end. */
  readonly until: string | null
  /** The mark of the list of relations that it looks at; null when there is none. */
  readonly listMark: string | null
  /** What was agreed for a breach, in euro cents; null when nothing was. */
  readonly penalty: { readonly amountCents: number; readonly perDayCents: number | null } | null
}

/** Why a letter makes no claim under a clause. */
export type ExitClaimRefusal =
  | 'ends-with-work'
  | 'not-invoked'
  | 'employer-fault'
  | 'fault-disputed'
  | 'blocked'
  | 'denied'
  | 'imported'
  | 'not-signed'
  | 'covers-nothing'
  | 'not-certain'

/** A list of relations as it stood on the last day, and on no later one. */
export type ExitList = {
  readonly mark: string
  readonly title: string
  readonly documentSha256: string
  readonly relations: readonly {
    readonly name: string
    readonly kind: 'customer' | 'supplier' | 'prospect' | 'other'
    readonly from: string
    readonly reason: string
  }[]
}

/** The letter at the end of an employment: what still binds, until when, the lists, and whom to ask. Plain JSON. */
export type ExitLetterInput = {
  readonly kind: 'exit-letter'
  readonly language: DocumentLanguage
  readonly organisationName: string
  /** How the document is cited: its identifier. */
  readonly reference: string
  readonly person: LetterPerson
  /** An instant; also the creation date of the file. */
  readonly createdAt: string
  readonly givenOn: string
  readonly givenBy: { readonly name: string; readonly role: string }
  /** The last day of the employment, as it was said; never derived. */
  readonly lastDay: string
  readonly endedBy: 'employer' | 'employee' | 'agreement' | 'term' | 'court' | 'other'
  /** The reference of the letter in whose place this one comes; null for the first. */
  readonly replaces: string | null
  readonly obligations: readonly ExitObligation[]
  readonly lists: readonly ExitList[]
  readonly notClaimed: readonly { readonly title: string; readonly why: ExitClaimRefusal }[]
  readonly contact: { readonly name: string; readonly reach: string; readonly how: string | null }
}
