import { toBase64 } from '#core'
import { alreadyHeld } from './conditional.ts'
import type { AnyReply, AnyRequest } from './fastify-types.ts'

export type Download = {
  readonly bytes: Buffer
  /** SHA-256 of the bytes, as it stands in the records. */
  readonly sha256: Buffer
  readonly mediaType: string
  readonly fileName: string
}

/**
 * Sends bytes exactly as they are, as a file to keep, with their digest (RFC 9530) and an entity tag made of it.
 * Opened inside a browser it may do nothing (CSP sandbox).
 */
export function sendDownload(request: AnyRequest, reply: AnyReply, download: Download): AnyReply {
  const etag = `"sha256-${download.sha256.toString('hex')}"`
  reply
    .header('etag', etag)
    .header('repr-digest', `sha-256=:${toBase64(download.sha256)}:`)
    .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
  if (alreadyHeld(request, etag)) return reply.code(304).send()
  return reply
    .header('content-disposition', disposition(download.fileName))
    .header('content-type', download.mediaType)
    .send(download.bytes)
}

/** RFC 6266: a plain name for old clients, the exact name in UTF-8 for the others. */
function disposition(fileName: string): string {
  const plain = fileName.normalize('NFKD').replaceAll(/[^\w.-]+/g, '_')
  const exact = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}
