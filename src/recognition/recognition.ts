import type { DocumentId, OrganisationId } from '#core'
import type { StopReason } from '#examination'

/** A state of a document that was handed out: the file up to an `%%EOF`. */
export type HeldRevision = {
  /** 0 is the rendered file, 1 the sealed one; every update after that counts one on. */
  readonly number: number
  readonly kind: string
  /** Of the whole file up to here, in bytes. */
  readonly length: number
  /** Of the whole file up to here, 64 lower-case hex digits. */
  readonly sha256: string
  /** The PAdES level it has; null for the rendered file, which has no seal. */
  readonly level: string | null
}

/** What stands about a document here, with its newest bytes. */
export type HeldDocument = {
  readonly documentId: DocumentId
  readonly kind: string
  readonly title: string
  readonly language: string
  /** From 0 on, each the beginning of the next. */
  readonly revisions: readonly HeldRevision[]
  readonly bytes: Buffer
}

/** How a file stands to a document that it says it is. */
export type Comparison =
  | { readonly kind: 'identical'; readonly revision: HeldRevision }
  | { readonly kind: 'cut-off'; readonly equalLength: number; readonly intact: HeldRevision | null }
  | {
      readonly kind: 'bytes-added'
      readonly equalLength: number
      readonly intact: HeldRevision
      readonly addedLength: number
    }
  | {
      readonly kind: 'different'
      /** So many bytes from the beginning are equal. */
      readonly equalLength: number
      /** The newest revision that is whole. */
      readonly intact: HeldRevision | null
      /** The revision in which the first difference lies. */
      readonly changedIn: HeldRevision
      /** How many bytes differ, where the file is as long as one of the revisions. */
      readonly differentBytes: number | null
    }

/** One check of the verifier. */
export type VerifierCheck = {
  readonly name: string
  readonly outcome: 'PASSED' | 'FAILED' | 'INDETERMINATE'
  readonly sentence: string
}

/** The place in a ledger that a receipt proves, under a key pinned for the organisation. */
export type ProvenPlace = {
  readonly origin: string
  readonly size: number
  readonly root: string
  readonly index: number
}

/** What the verifier said of the file, or why it said nothing. */
export type Verification =
  | {
      readonly state: 'done'
      readonly accepted: boolean
      readonly checks: readonly VerifierCheck[]
      /** What the file states of itself. */
      readonly facts: readonly { readonly name: string; readonly value: string }[]
      readonly limits: readonly string[]
      readonly places: readonly ProvenPlace[]
    }
  | { readonly state: 'stopped'; readonly because: StopReason }

export type RecognitionOutcome =
  'identical' | 'altered' | 'unknown-document' | 'unknown-organisation' | 'no-organisation'

/** The answer about one file. */
export type Recognition = {
  readonly outcome: RecognitionOutcome
  readonly length: number
  readonly sha256: string
  readonly organisation: { readonly organisationId: OrganisationId; readonly name: string } | null
  readonly document: Pick<HeldDocument, 'documentId' | 'kind' | 'title' | 'language'> | null
  readonly comparison: Comparison | null
  readonly newest: HeldRevision | null
  readonly verification: Verification
}
