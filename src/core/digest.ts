import { hash } from 'node:crypto'

/** SHA-256 (FIPS 180-4) of bytes, or of the UTF-8 bytes of a text. 32 bytes. */
export function sha256(input: Uint8Array | string): Buffer {
  // As a text and back: node makes a Buffer of its own accord in more than twice the time.
  return Buffer.from(hash('sha256', input, 'binary'), 'latin1')
}

/** SHA-256 as 43 characters of base64url without padding. Quicker than encoding the bytes afterwards. */
export function sha256Base64Url(input: Uint8Array | string): string {
  return hash('sha256', input, 'base64url')
}

/** SHA-256 as 64 lower-case hex digits. */
export function sha256Hex(input: Uint8Array | string): string {
  return hash('sha256', input, 'hex')
}
