import { sendDownload, type AnyReply, type AnyRequest } from '#http'
import type { DocumentFile } from './document-revision.ts'

/** Sends a file at the revision it was loaded at, and says which that is and what level its bytes have. */
export function sendDocumentFile(
  request: AnyRequest,
  reply: AnyReply,
  { bytes, document, revision }: DocumentFile,
  fileName: string,
): AnyReply {
  reply.header('document-revision', revision.number).header('document-level', revision.level ?? 'none')
  return sendDownload(request, reply, {
    bytes,
    sha256: revision.sha256,
    mediaType: document.mediaType,
    fileName,
  })
}
