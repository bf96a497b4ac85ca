import type { Purpose } from '#assurance'
import type { BundleId, DocumentId, OrganisationId } from '#core'
import { canonicalJson, sha256Hex } from '#core'
import type { Language } from '#people'

/** A document of a bundle as it was when the bundle was frozen. */
export type BundleDocument = {
  readonly documentId: DocumentId
  readonly role: 'main' | 'annex'
  /** How the bundle calls it: `A`, `Annex 2`; null for the main document. */
  readonly mark: string | null
  readonly title: string
  readonly sha256: string
  readonly byteLength: number
  readonly pages: number
  readonly language: Language
}

/** Where the text of one document refers to another: the words that stand there, and the page on which they do. */
export type BundleReference = {
  readonly from: string
  readonly to: string
  readonly text: string
  readonly page: number
}

/** Something that is asked about the bundle and answered by itself: the whole, or one clause or covenant of it. */
export type BundleStatement = {
  readonly statementId: string
  readonly kind: 'main' | 'clause'
  /** What it is about, in the words of the employer. */
  readonly subject: string
}

/** What was put before one person together. Its canonical JSON is hashed, signed over and never changes. */
export type BundleManifest = {
  readonly v: 1
  readonly organisationId: OrganisationId
  readonly purpose: Purpose
  readonly language: Language
  /** The main document first. */
  readonly documents: readonly BundleDocument[]
  readonly references: readonly BundleReference[]
  /** The main statement first. */
  readonly statements: readonly BundleStatement[]
}

/** A bundle with the exact text of its manifest. */
export type Bundle = {
  readonly bundleId: BundleId
  readonly manifest: BundleManifest
  readonly manifestText: string
  readonly manifestSha256: string
}

/** The bundle of a manifest: the text is canonical JSON (RFC 8785), and the hash is that of its bytes. */
export function freezeBundle(bundleId: BundleId, manifest: BundleManifest): Bundle {
  const manifestText = canonicalJson(manifest)
  return { bundleId, manifest, manifestText, manifestSha256: sha256Hex(manifestText) }
}

/** The document that the statements of a bundle stand next to. */
export function mainDocument({ manifest }: Pick<Bundle, 'manifest'>): BundleDocument {
  return manifest.documents[0]!
}
