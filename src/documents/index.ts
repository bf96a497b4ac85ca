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
export { documentTitle, type RenderedDocument } from './document-rendering.ts'
export { createRenderPool, type RenderPool, type RenderPoolOptions } from './render-pool.ts'
