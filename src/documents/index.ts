export { findMissingGlyph, findUnshowable, type UnshowableCharacter } from './character-check.ts'
export type {
  DocumentContent,
  DocumentInput,
  DocumentKind,
  DocumentLanguage,
  EvidenceAssessment,
  PolicyEditionInput,
  ReceiptFacts,
  ReceiptInput,
} from './document-inputs.ts'
export type { DossierReportInput, ReportAnchor, ReportCheck, ReportEntry } from './dossier-report-input.ts'
export type { AnnexInput, EarlierWarning, LetterPerson, WarningInput, WarningRule } from './letter-inputs.ts'
export { qrRows } from './qr-code.ts'
export { documentTitle, type RenderedDocument } from './document-rendering.ts'
export { createRenderPool, type RenderPool, type RenderPoolOptions } from './render-pool.ts'
export { developmentAuthorityName, ensureDevelopmentAuthority } from './development-authority.ts'
export { sealBytes, type SealedBytes } from './document-seal.ts'
export {
  findDocumentBySha256,
  loadDocument,
  sealDocument,
  storeDocument,
  type DocumentRecord,
  type SealedDocument,
  type StoredDocument,
} from './document-store.ts'
export { keyObjectSigner, type SealSigner } from './seal-key.ts'
export {
  createSealKey,
  loadSealKey,
  publicSealKeys,
  type PublicSealKeys,
  type SealKey,
} from './seal-key-store.ts'
export type { SealStatement } from './seal-revision.ts'
