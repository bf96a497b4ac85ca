import type { DocumentLanguage, EvidenceAssessment } from './document-inputs.ts'

/** An entry of the log as the report lists it. */
export type ReportEntry = {
  readonly index: number
  /** When the log took it: an instant of the service's clock. */
  readonly recordedAt: string
  /** What kind of thing it is, as the log calls it. */
  readonly kind: string
  /** In words: who and what. */
  readonly about: string
  /** The evidence level of an act; null for everything else. */
  readonly level: string | null
  /**
   * Between which time-stamps from outside it was recorded: places in `anchors`, counted from 1; null where there is none
   * on that side.
   */
  readonly after: number | null
  readonly before: number | null
}

/** An anchor: a checkpoint to which others put their time or their signature. */
export type ReportAnchor = {
  readonly size: number
  /** The moment of the time-stamp; null when there are only witnesses. */
  readonly at: string | null
  /** Of an authority that proves nothing to others. */
  readonly development: boolean
  /** How many witnesses' signatures stand under it. */
  readonly witnesses: number
}

/** A check that was done when the report was made. */
export type ReportCheck = {
  readonly name: string
  readonly outcome: 'PASSED' | 'FAILED' | 'INDETERMINATE'
  readonly count: number
}

/** A dossier for people to read. Plain JSON; everything in it stands in the dossier too. */
export type DossierReportInput = {
  readonly kind: 'dossier-report'
  readonly language: DocumentLanguage
  readonly organisationName: string
  readonly dossierId: string
  readonly subject: { readonly kind: 'person' | 'policy'; readonly id: string; readonly name: string }
  readonly purpose: string
  /** When the dossier was asked for. */
  readonly createdAt: string
  /** From when on its content is fixed; also the creation date of the file. */
  readonly frozenAt: string
  readonly ledger: { readonly origin: string; readonly treeSize: number; readonly root: string }
  /** Why its own checkpoint has no time-stamp; null when it has one. */
  readonly unanchoredBecause: string | null
  readonly anchors: readonly ReportAnchor[]
  readonly entries: readonly ReportEntry[]
  readonly documents: readonly { readonly title: string; readonly sha256: string }[]
  /** The levels that occur among the acts, with what each proves and does not. */
  readonly levels: readonly (EvidenceAssessment & { readonly acts: number })[]
  readonly checks: readonly ReportCheck[]
  /** SHA-256 of the file of the dossier as it was when the report was made, hex. */
  readonly fileSha256: string
}
