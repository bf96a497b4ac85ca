import { hexToUuid, sha256, toBase64Url, uuidToHex, type OrganisationId } from '#core'

/** Where a session is to be looked up, and by what. Only the hash is kept. */
export type TokenPlace = { readonly organisationId: OrganisationId; readonly tokenSha256: Buffer }

const format = /^([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/

/** A new token of 256 random bits behind the organisation it belongs to, as the cookie holds it. */
export function makeToken(organisationId: OrganisationId, randomBytes: (length: number) => Buffer): string {
  return `${uuidToHex(organisationId)}.${toBase64Url(randomBytes(32))}`
}

/** The place a cookie names, or undefined when it has not the exact form of one. */
export function readToken(cookie: string): TokenPlace | undefined {
  const organisationId = hexToUuid(format.exec(cookie)?.[1] ?? '')
  if (organisationId === undefined) return undefined
  return { organisationId: organisationId as OrganisationId, tokenSha256: sha256(cookie) }
}
