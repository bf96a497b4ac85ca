import type { PdfRevision } from './pdf-revision.ts'
import type { PdfState } from './pdf-state.ts'
import { refuse } from './refusal.ts'

export function readSignatureSheet(_state: PdfState, _update: PdfRevision): number {
  return refuse('signature sheets are not read yet')
}
