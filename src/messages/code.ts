import { createHmac } from 'node:crypto'
import type { Secrets } from '#platform'

/** No character that can be taken for another: neither 0, 1, I, L nor O. 31 of them. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const codeLength = 8
/** Bytes from here on are drawn again, so that every character is as likely as every other. */
const fairBytes = Math.floor(256 / alphabet.length) * alphabet.length

export const codeLife_ms = 15 * 60_000
export const codeTriesMax = 5

/** A new code of 8 characters, near 40 random bits. It goes into a message and nowhere else. */
export function makeCode(randomBytes: (length: number) => Buffer): string {
  let code = ''
  while (code.length < codeLength)
    for (const byte of randomBytes(codeLength * 2))
      if (byte < fairBytes && code.length < codeLength) code += alphabet[byte % alphabet.length]!
  return code
}

/** A code as it stands in a message: in two halves. */
export function writtenCode(code: string): string {
  return `${code.slice(0, codeLength / 2)}-${code.slice(codeLength / 2)}`
}

/** A code as somebody typed it, in its one form: capitals, no spaces or hyphens. What is no code stays none. */
export function typedCode(text: string): string {
  return text.replaceAll(/[\s-]/g, '').toUpperCase()
}

/**
 * What is kept of a code: an HMAC under the master key, because 40 bits are too few for a hash that anybody who reads the
 * table could search through.
 */
export function codeHmac(secrets: Secrets, codeId: string, code: string): Buffer {
  return createHmac('sha256', secrets.derive('mailbox-code')).update(`${codeId} ${code}`).digest()
}

/** Tells requests about one mailbox from those about another, and says nothing about the address. */
export function mailboxMarkOf(secrets: Secrets, organisationId: string, address: string): Buffer {
  return createHmac('sha256', secrets.derive('mailbox-mark'))
    .update(`${organisationId} ${address.toLowerCase()}`)
    .digest()
}
