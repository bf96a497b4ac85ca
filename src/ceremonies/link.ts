import type { OrganisationId } from '#core'
import { fromBase64Url, hexToUuid, sha256, toBase64Url, uuidToHex } from '#core'

const tokenLength = 32

/** What a link's fragment says: whose it claims to be, and the hash by which it is looked up. */
export type LinkCredential = { readonly organisationId: OrganisationId; readonly tokenSha256: Buffer }

/**
 * A new token of 256 random bits. The text goes into the message to the person and nowhere else; only the hash is
 * kept. The organisation stands in front so that the look-up can happen inside it (decision 0042).
 */
export function makeLink(
  organisationId: OrganisationId,
  randomBytes: (length: number) => Buffer,
): { readonly text: string; readonly tokenSha256: Buffer } {
  const token = toBase64Url(randomBytes(tokenLength))
  return { text: `${uuidToHex(organisationId)}.${token}`, tokenSha256: sha256(token) }
}

/** Reads the text of a link; undefined for anything that is not exactly of its form. */
export function parseLink(text: string): LinkCredential | undefined {
  const match = /^([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/.exec(text)
  if (match === null || fromBase64Url(match[2]!) === undefined) return undefined
  return { organisationId: hexToUuid(match[1]!) as OrganisationId, tokenSha256: sha256(match[2]!) }
}
