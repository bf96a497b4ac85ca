import { readAttachment } from './pdf-attachment.ts'
import { readRevisions } from './pdf-revision.ts'

/**
 * The file attached to a sealed PDF, for a receipt its `evidence.json`. Only taken out: neither the seal nor the file is
 * checked. Throws a Refusal for what is not a sealed PDF with exactly one attached file.
 */
export function attachmentOf(pdf: Uint8Array): { readonly name: string; readonly bytes: Uint8Array } {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
  return readAttachment(readRevisions(bytes)[0])
}
