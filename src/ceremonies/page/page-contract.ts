/**
 * What the page reads and sends. These are the wire shapes of the link endpoints as the page relies on them; the
 * page's JavaScript is checked against them, and so are the canned answers of its tests.
 */

export type Language = 'nl' | 'en'
export type Choice = 'seen' | 'agreed' | 'agreed-conditionally' | 'not-agreed' | 'declined'
export type Modality = 'must' | 'must-not' | 'may' | 'advised'
export type LegalNature = 'information' | 'instruction' | 'contract-term'

/** One numbered rule of the policy, in the language of the presentation. */
export type PresentedRule = {
  readonly number: number
  readonly id: string
  readonly heading: string
  readonly text: string
  readonly modality: Modality
  readonly scope: {
    readonly time: 'working-time' | 'private-time' | 'always'
    readonly place: 'workplace' | 'elsewhere' | 'everywhere'
    readonly account: 'company-account' | 'personal-account' | 'any-account'
  }
  /** The nature of this one rule; it can differ from that of the policy. */
  readonly legalNature: LegalNature
  readonly sanctionReference: string | null
}

export type PresentedPolicy = {
  readonly name: string
  readonly versionNumber: number
  /** Calendar day in the Netherlands, `YYYY-MM-DD`. */
  readonly effectiveFrom: string
  readonly legalNature: LegalNature
  readonly title: string
  readonly introduction: readonly string[]
  readonly changeSummary: string
  readonly rules: readonly PresentedRule[]
  readonly sections: readonly {
    readonly id: string
    readonly heading: string
    readonly paragraphs: readonly string[]
  }[]
}

/** One answer that is offered, with the exact sentence that would be recorded. */
export type OfferedChoice = {
  readonly choice: Choice
  readonly label: string
  readonly statement: string
  readonly reasonRequired: boolean
}

export type StandingAct = { readonly actId: string; readonly choice: Choice; readonly actedAt: string }

/** Answer to `POST /v1/openings`. */
export type Presentation = {
  readonly state: 'open' | 'acted' | 'declined' | 'lapsed' | 'withdrawn' | 'superseded' | 'expired' | 'closed'
  readonly assignmentId: string
  /** The language of all texts below. It can differ from the language that was asked for. */
  readonly language: Language
  readonly languages: readonly Language[]
  readonly organisationName: string
  readonly personName: string
  /** Calendar day in the Netherlands. */
  readonly dueDate: string
  /** UTC moment. */
  readonly expiresAt: string
  readonly policy: PresentedPolicy
  readonly document: { readonly sha256: string; readonly title: string; readonly byteLength: number }
  readonly purpose: string
  readonly documents: readonly {
    readonly documentId: string
    readonly role: 'main' | 'annex'
    readonly mark: string | null
    readonly title: string
    readonly sha256: string
    readonly byteLength: number
    readonly pages: number | null
    readonly language: Language
  }[]
  readonly references: readonly {
    readonly from: string
    readonly to: string
    readonly text: string
    readonly page: number
  }[]
  readonly statements: readonly {
    readonly statementId: string
    readonly kind: 'main' | 'clause'
    readonly subject: string
    readonly choices: readonly OfferedChoice[]
    readonly act: StandingAct | null
  }[]
  readonly requirement: {
    readonly assurance: string
    readonly known: string
    readonly met: boolean
    readonly suffices: readonly string[]
    readonly minReading_s: number
    /** UTC moment; null where it was not opened. */
    readonly answerFrom: string | null
  }
  readonly supersededBy: string | null
  /** The choices of the main statement. */
  readonly choices: readonly OfferedChoice[]
  readonly assuranceNote: string
  readonly act: StandingAct | null
}

/** Body of `POST /v1/acts`. */
export type ActRequest = {
  readonly choice: Choice
  readonly reason?: string
  readonly language: Language
  readonly documentSha256: string
  readonly statement: string
}

/** Answer to `POST /v1/acts` and to `GET /v1/acts/current`. */
export type ActAnswer = {
  readonly actId: string
  readonly assignmentId: string
  readonly statementId: string
  readonly choice: Choice
  readonly statement: string
  readonly actedAt: string
  readonly language: Language
  readonly evidence: {
    readonly assurance: string
    readonly evidenceLevel: string
    readonly proves: string
    readonly doesNotProve: string
    readonly wouldLift: string
  }
  readonly receipt: {
    readonly entryIndex: number
    readonly treeSize: number
    readonly entry: string
    readonly disclosures: readonly (string | null)[]
    readonly tlogProof: string
  }
}
