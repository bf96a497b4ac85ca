import { demand, refuse } from './refusal.ts'
import { decodeBase64 } from './strict-text.ts'

/**
 * Reads a PEM text (RFC 7468, strict form): one block with this label, lines of 64 base64 characters, a newline after
 * every line. The newline at the end may be missing, as some tools leave it out.
 */
export function parsePem(text: string, label: string): Buffer {
  const match = new RegExp(
    `^-----BEGIN ${label}-----\\n([A-Za-z0-9+/=\\n]{1,65536})\\n-----END ${label}-----\\n?$`,
  ).exec(text)
  const body = match?.[1] ?? refuse(`this is not a PEM text with exactly one ${label}`)
  const der = decodeBase64(body.replaceAll('\n', ''))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  demand(lines.join('\n') === body, 'the lines of the PEM text are not 64 characters long')
  return der
}

/** Reads blocks with this label one after the other, each in its one form, nothing between them. The text may be empty. */
export function parsePemList(text: string, label: string): Buffer[] {
  const end = `-----END ${label}-----\n`
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`
  const blocks = whole.split(end)
  demand(blocks.pop() === '', `something else than ${label} blocks stands in the PEM text`)
  demand(blocks.length <= 64, 'the PEM text has more than 64 blocks')
  return blocks.map((block) => parsePem(`${block}${end}`, label))
}
