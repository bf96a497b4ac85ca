import { problem } from '#core'
import type { AnyRequest } from './fastify-types.ts'

/** The strong entity tag (RFC 9110 section 8.8.3) of a state that a number or word identifies. */
export function etagOf(state: string | number): string {
  return `"${state}"`
}

/**
 * Demands that the client saw the state it changes: 428 without If-Match (RFC 6585 section 3), 412 when the state has
 * moved on. `*` names no state and counts as absent; a weak tag never matches (RFC 9110 section 13.1.1).
 */
export function requireMatch(request: AnyRequest, current: string): void {
  const header = request.headers['if-match']?.trim()
  if (header === undefined || header === '' || header === '*') throw problem('if-match-missing')
  if (!tagsOf(header).includes(current)) throw problem('edit-conflict')
}

/** True when the client already holds this representation (If-None-Match), so that 304 is enough. */
export function alreadyHeld(request: AnyRequest, current: string): boolean {
  const header = request.headers['if-none-match']?.trim()
  if (header === undefined) return false
  return header === '*' || tagsOf(header.replaceAll('W/', '')).includes(current)
}

function tagsOf(header: string): string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? []
}
