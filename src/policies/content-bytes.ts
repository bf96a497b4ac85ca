import { canonicalJson, sha256 } from '#core'
import type { PolicyContent } from './content.ts'

/** A content as the bytes that are stored, hashed and put into the ledger (RFC 8785). */
export function canonicalContent(content: PolicyContent): { readonly text: string; readonly sha256: Buffer } {
  const text = canonicalJson(content)
  return { text, sha256: sha256(text) }
}
