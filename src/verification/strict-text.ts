import { demand, refuse } from './refusal.ts'

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const textSizeMax = 16 * 1024 * 1024

/** Decodes UTF-8 of at most 16 MiB. Refuses what is not well formed; a byte order mark stays a character. */
export function decodeUtf8(bytes: Uint8Array): string {
  demand(bytes.length <= textSizeMax, 'the text is longer than 16 MiB')
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return refuse('the bytes are not UTF-8')
  }
}

/** Decodes standard base64 (RFC 4648 section 4) in its one canonical form: padded, no stray bits, no other alphabet. */
export function decodeBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  demand(bytes.toString('base64') === text, 'the base64 is not canonical')
  return bytes
}

/** For a last group of two or three characters, those that leave no stray bits. */
const lastOfTwo = 'AQgw'
const lastOfThree = 'AEIMQUYcgkosw048'

/** Decodes base64url (RFC 4648 section 5) in its one canonical form without padding. */
export function decodeBase64Url(text: string): Buffer {
  const group = text.length % 4
  const last = text.at(-1) ?? ''
  const whole =
    group === 0 || (group === 2 && lastOfTwo.includes(last)) || (group === 3 && lastOfThree.includes(last))
  demand(whole && !/[^A-Za-z0-9_-]/.test(text), 'the base64url is not canonical')
  // Every Buffer reads both alphabets under this name; not every one knows the other name.
  return Buffer.from(text, 'base64')
}

/** Reads a whole number as written by every strict format here: no sign, no leading zero, at most 2^53-1. */
export function parseWholeNumber(text: string): number {
  demand(/^(0|[1-9][0-9]{0,15})$/.test(text), 'a number is not written canonically or is above 2^53-1')
  const value = Number(text)
  demand(Number.isSafeInteger(value), 'a number is above 2^53-1')
  return value
}

/** 64 lower-case hex digits. */
export function isSha256Hex(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text)
}

/** A moment as the evidence writes it: 2026-11-21T08:00:00.123Z, a day and time that exist. */
export function isInstant(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return false
  const milliseconds = Date.parse(text)
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === text
}

/** A calendar day that exists: 2026-11-21. */
export function isCivilDate(text: unknown): text is string {
  return typeof text === 'string' && isInstant(`${text}T00:00:00.000Z`)
}

/** A UUID in lower case. */
export function isUuid(text: unknown): text is string {
  return (
    typeof text === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
  )
}

// Controls, line separators and the characters that turn the writing direction: printed raw, a person's name could
// draw a line of its own that reads PASSED.
const unprintable =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu

/** The text on one line, with everything that could imitate or disturb the output written as \u escapes. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
