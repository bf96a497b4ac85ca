export {
  findMissingGlyph,
  findUnshowable,
  withVisibleCodePoints,
  type UnshowableCharacter,
} from './character-check.ts'
export type {
  DocumentContent,
  DocumentInput,
  DocumentKind,
  DocumentLanguage,
  EvidenceAssessment,
  PartyCapacity,
  PolicyEditionInput,
  ReceiptFacts,
  ReceiptInput,
  SheetParty,
  SignatureSheetInput,
} from './document-inputs.ts'
export type { DossierReportInput, ReportAnchor, ReportCheck, ReportEntry } from './dossier-report-input.ts'
export type {
  ExitClaimRefusal,
  ExitClauseKind,
  ExitLetterInput,
  ExitList,
  ExitObligation,
} from './exit-letter-input.ts'
export type {
  AnnexClause,
  AnnexInput,
  AnnexPolicy,
  AnnexTable,
  EarlierWarning,
  LetterPerson,
  WarningInput,
  WarningRule,
} from './letter-inputs.ts'
export { qrRows } from './qr-code.ts'
export { documentTitle, type RenderedDocument } from './document-rendering.ts'
export { createRenderPool, type RenderPool, type RenderPoolOptions } from './render-pool.ts'
export { developmentAuthorityName, ensureDevelopmentAuthority } from './development-authority.ts'
export { listDevelopmentSealResponders } from './development-responder.ts'
export { sealBytes, type SealedBytes } from './document-seal.ts'
export {
  findDocumentBySha256,
  loadDocument,
  preservationJobKind,
  sealDocument,
  storeDocument,
  storeUploadedDocument,
  type DocumentRecord,
  type SealedDocument,
  type StoredDocument,
} from './document-store.ts'
export type { SealKeyKind } from './seal-algorithm.ts'
export { SealChainRefusal } from './seal-chain.ts'
export { keyObjectSigner, SealKeyFailure, type SealSigner } from './seal-key.ts'
export { readKeyFile } from './seal-key-file.ts'
export type { SealKeyLocation } from './seal-key-location.ts'
export { createSealKey, registerSealKey, type SealKeyOffer } from './seal-key-registration.ts'
export { loadSealKey, type SealKey } from './seal-key-use.ts'
export { certificatesOfPem } from './pem.ts'
export { publicSealKeys, sealChain, type PublicSealKeys, type SealKeySelection } from './public-seal-keys.ts'
export { chainOfSeal } from './seal-origin.ts'
export { sendDocumentFile } from './document-download.ts'
export { levelOfFile, padesLevels, type PadesLevel } from './document-level.ts'
export type {
  AppendedRevision,
  DocumentFile,
  DocumentRevision,
  RevisionKind,
  RevisionTimestamp,
} from './document-revision.ts'
export {
  findDocumentOfRevision,
  insertRevision,
  isRevisionConflict,
  listDocumentRevisions,
  loadDocumentFile,
  loadDocumentFiles,
  type WantedFile,
} from './revision-store.ts'
export { PdfStructureError } from './pdf-structure.ts'
export { listSignatures, type FileSignature } from './file-signatures.ts'
export type { SealStatement } from './seal-revision.ts'
export { appendSheet } from './sheet-revision.ts'
export {
  prepareTimestamp,
  usualTimestampRoom,
  type FinishedTimestamp,
  type PreparedTimestamp,
} from './timestamp-revision.ts'
export {
  appendValidationData,
  listValidatedKeys,
  type SignatureValidation,
  type ValidationData,
} from './validation-data.ts'
export { plainText, readPageTexts } from './page-texts.ts'
