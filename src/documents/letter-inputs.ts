import type { DocumentLanguage } from './document-inputs.ts'

/** Whoever signs or is meant, as it is to be printed. */
export type LetterPerson = {
  readonly name: string
  /** Personnel number. */
  readonly externalId: string | null
  readonly jobTitle: string | null
}

/** What annexes and warnings have in common. Plain JSON; days are YYYY-MM-DD. */
type Letter = {
  readonly language: DocumentLanguage
  readonly organisationName: string
  /** How the document is cited: its identifier. */
  readonly reference: string
  readonly person: LetterPerson
  /** An instant; also the creation date of the file. */
  readonly createdAt: string
}

export type AnnexClauseItems = {
  readonly text: string
  /** Lettered items below the paragraph. */
  readonly items: readonly string[]
}

/** An annex to an employment contract. Whether somebody signed it is never in here. */
export type AnnexInput = Letter & {
  readonly kind: 'annex'
  /** Its mark in the contract, such as `B` or `2`. */
  readonly annexMark: string
  readonly title: string
  readonly employer: {
    readonly name: string
    readonly seat: string | null
    /** Number in the trade register. */
    readonly registration: string | null
    readonly representedBy: { readonly name: string; readonly role: string } | null
  }
  /** The contract it belongs to, and the place where that contract refers to it. */
  readonly contract: {
    readonly title: string
    readonly signedOn: string | null
    /** Null when it is not known yet where. */
    readonly place: string | null
    /** The words of the contract that refer to this annex, when they were given. */
    readonly quote: string | null
  }
  readonly effectiveFrom: string
  /** The last day on which it holds, when it has one. */
  readonly effectiveUntil?: string
  /** The annex in whose place it comes, by its file. */
  readonly replaces?: { readonly effectiveFrom: string; readonly documentSha256: string }
  /** A draft to look at, which is neither sealed nor kept. */
  readonly concept?: true
  readonly introduction: readonly string[]
  readonly definitions: readonly { readonly term: string; readonly meaning: string }[]
  readonly clauses: readonly AnnexClause[]
  /** Versions of policies that are part of it. */
  readonly policies?: readonly AnnexPolicy[]
  readonly tables: readonly AnnexTable[]
}

export type AnnexClause = {
  readonly heading: string
  readonly paragraphs: readonly AnnexClauseItems[]
  /** How it is cited, such as `B.1`; its place unless given. */
  readonly number?: string
  /** The written reasons of a covenant, which stand directly below it. */
  readonly motivation?: AnnexMotivation
}

/** `text` is null when the paragraphs of the clause hold it already; who wrote it and when stands below them in any case. */
export type AnnexMotivation = {
  readonly text: string | null
  readonly functionRef: string
  readonly interests: readonly string[]
  readonly author: string
  /** An instant. */
  readonly writtenAt: string
}

export type AnnexPolicy = {
  readonly name: string
  readonly versionNumber: number
  readonly effectiveFrom: string
  /** Of the sealed edition in the language of the annex, hex. */
  readonly documentSha256: string
}

/** A list that belongs to the clauses: named relations, amounts. Every row has a cell for every column. */
export type AnnexTable = {
  readonly heading: string
  readonly columns: readonly {
    readonly heading: string
    readonly kind: 'text' | 'amount'
    /** Its part of the width beside the others; that of its kind unless given. */
    readonly weight?: number
  }[]
  readonly rows: readonly (readonly string[])[]
}

/** A rule that a warning refers to, as it stood in the version that is named. */
export type WarningRule = {
  readonly policyName: string
  readonly versionNumber: number
  readonly effectiveFrom: string
  /** SHA-256 of the sealed edition in the language of the warning, hex; null when there is none in that language. */
  readonly documentSha256: string | null
  readonly ruleNumber: number
  readonly heading: string
  readonly text: string
}

/** A warning that was given before: one that is kept here, with its hash, or one that only the employer speaks of. */
export type EarlierWarning = {
  readonly givenOn: string
  readonly subject: string
  readonly documentSha256: string | null
}

/** An official warning. It says what the employer says; nothing in it is checked by the service but what it quotes. */
export type WarningInput = Letter & {
  readonly kind: 'warning'
  readonly subject: string
  readonly givenOn: string
  readonly givenBy: { readonly name: string; readonly role: string }
  readonly events: readonly { readonly happenedOn: string; readonly description: string }[]
  /** What was said by the person warned, when they were heard; null when nothing was given about that. */
  readonly hearing: { readonly heardOn: string; readonly account: string } | null
  readonly rules: readonly WarningRule[]
  readonly earlierWarnings: readonly EarlierWarning[]
  readonly expectations: readonly string[]
  readonly consequences: readonly string[]
  /** How and until when the person can respond or object. */
  readonly response: { readonly contact: string; readonly until: string | null; readonly how: string }
  /** The last day on which the employer counts it, when that was said. */
  readonly countsUntil: string | null
}
