import type { DossierReportInput } from './dossier-report-input.ts'
import type { ExitLetterInput } from './exit-letter-input.ts'
import type { AnnexInput, WarningInput } from './letter-inputs.ts'

/** The languages in which documents are made. */
export type DocumentLanguage = 'nl' | 'en'
/** What a stored document is. */
export type DocumentKind =
  | 'policy-edition'
  | 'receipt'
  | 'annex'
  | 'warning'
  | 'dossier-report'
  | 'executed-copy'
  | 'contract-upload'
  | 'exit-letter'
export type DocumentLegalNature = 'information' | 'instruction' | 'contract-term'

/** A text in the languages of its version. */
export type DocumentText = { readonly nl?: string; readonly en?: string }

export type DocumentRule = {
  readonly id: string
  readonly heading: DocumentText
  readonly text: DocumentText
  readonly modality: 'must' | 'must-not' | 'may' | 'advised'
  readonly scope: {
    readonly time: 'working-time' | 'private-time' | 'always'
    readonly place: 'workplace' | 'elsewhere' | 'everywhere'
    readonly account: 'company-account' | 'personal-account' | 'any-account'
  }
  readonly legalNature: DocumentLegalNature
  readonly sanctionReference?: string
}

export type DocumentSection = {
  readonly id: string
  readonly heading: DocumentText
  readonly paragraphs: readonly DocumentText[]
}

export type DocumentPlaceholder = {
  readonly name: string
  readonly kind: 'text' | 'email' | 'phone' | 'person' | 'url' | 'date'
  readonly label: DocumentText
  readonly value?: string
}

/** The text of a policy version, as the policies room keeps it; structurally the same as its `PolicyContent`. */
export type DocumentContent = {
  readonly languages: readonly DocumentLanguage[]
  readonly title: DocumentText
  readonly introduction: readonly DocumentText[]
  readonly rules: readonly DocumentRule[]
  readonly sections: readonly DocumentSection[]
  readonly placeholders: readonly DocumentPlaceholder[]
  readonly changeSummary: DocumentText
  readonly materiality: 'material' | 'editorial'
}

/** One language of one published version. Plain JSON. */
export type PolicyEditionInput = {
  readonly kind: 'policy-edition'
  readonly organisationName: string
  readonly policyName: string
  readonly versionNumber: number
  readonly legalNature: DocumentLegalNature
  readonly language: DocumentLanguage
  /** YYYY-MM-DD */
  readonly effectiveFrom: string
  readonly content: DocumentContent
  /** SHA-256 of the canonical JSON of `content`, 64 lower-case hex digits; checked before rendering. */
  readonly contentSha256: string
  /** An instant; also the creation date of the file. */
  readonly publishedAt: string
}

export type FactValue = string | number | boolean | null | readonly string[]

/** What the entry of an act commits to and the receipt shows. More facts may be given; they are not printed. */
export type ReceiptFacts = {
  readonly [name: string]: FactValue
  readonly organisationName: string
  readonly personName: string
  readonly personExternalId: string | null
  readonly address: string | null
  /** Of an act about a policy version; null for one about a bundle. */
  readonly policyName: string | null
  readonly versionNumber: number | null
  readonly effectiveFrom: string | null
  readonly documentSha256: string
  readonly documentTitle: string
  readonly language: string
  readonly otherEditionsSha256: readonly string[]
  readonly statement: string
  readonly choice: string
  readonly reason: string | null
  readonly deliveredAt: string | null
  readonly deliveryChannel: string | null
  readonly openedAt: string | null
  /** An instant; also the creation date of the file. */
  readonly actedAt: string
  readonly method: string
  readonly assurance: string
  readonly evidenceLevel: string
  readonly userAgent: string
  readonly networkClass: string
  readonly actId: string
}

/** What a record of this strength proves and what not, in the language of the receipt. */
export type EvidenceAssessment = {
  readonly level: string
  readonly proves: string
  readonly doesNotProve: string
  readonly wouldLift: string
}

/** The proof of one act for the person who did it. Plain JSON. */
export type ReceiptInput = {
  readonly kind: 'receipt'
  readonly language: DocumentLanguage
  readonly facts: ReceiptFacts
  readonly entryIndex: number
  readonly treeSize: number
  readonly checkpoint: { readonly origin: string; readonly root: string }
  readonly evidence: EvidenceAssessment
  /** The page on which anybody can check a file, absolute; null when the service has no public address. */
  readonly verificationUrl: string | null
  /** The exact text of `evidence.json`, attached byte for byte. */
  readonly evidenceJson: string
}

/** As whom somebody agreed, in the words of the employer: nothing here checked it. */
export type PartyCapacity = 'employee' | 'employer-representative'

/** What the record of one party's act says. */
export type SheetParty = {
  readonly capacity: PartyCapacity
  readonly personName: string
  /** The sentence that was agreed to, letter for letter. */
  readonly statement: string
  /** An instant. */
  readonly actedAt: string
  readonly method: string
  readonly assurance: string
  readonly evidenceLevel: string
  readonly actId: string
  readonly entryIndex: number
  /** SHA-256 of the text of the entry, 64 lower-case hex digits. */
  readonly entrySha256: string
  readonly checkpoint: { readonly origin: string; readonly treeSize: number; readonly root: string }
}

/** The pages that go behind a document on which several parties agreed. Plain JSON. */
export type SignatureSheetInput = {
  readonly kind: 'signature-sheet'
  readonly language: DocumentLanguage
  readonly organisationName: string
  /** The document as it was shown to each party: its title, length in bytes and SHA-256 in hex. */
  readonly documentTitle: string
  /** Of a policy; null for a document of a bundle. */
  readonly versionNumber: number | null
  /** SHA-256 in hex of the manifest of the bundle; null for a policy. */
  readonly bundleSha256: string | null
  readonly documentLength: number
  readonly documentSha256: string
  /** In the order in which they stand on the sheet. */
  readonly parties: readonly SheetParty[]
}

/** Everything a document is made from; nothing else influences its bytes. */
export type DocumentInput =
  | PolicyEditionInput
  | ReceiptInput
  | AnnexInput
  | WarningInput
  | DossierReportInput
  | SignatureSheetInput
  | ExitLetterInput
