import { problem } from '#core'
import type { HttpServer } from './fastify-types.ts'

export type FieldsLimits = { readonly bodyMax_bytes: number; readonly fieldsMax: number }

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Lets the routes of this scope take a form without files, as browsers send it (application/x-www-form-urlencoded, WHATWG
 * URL section 5). The body becomes an object of texts for the schema of the route to check. A field that comes twice, bytes
 * that are not UTF-8 and broken escapes are refused. Browsers write every line end as CRLF; it is read as LF, which is what
 * was typed.
 */
export function acceptFields(server: HttpServer, { bodyMax_bytes, fieldsMax }: FieldsLimits): void {
  const options = { parseAs: 'buffer', bodyLimit: bodyMax_bytes } as const
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    options,
    (request, bytes: Buffer, done) => {
      request.rawBody = bytes
      try {
        done(null, readFields(bytes, fieldsMax))
      } catch (error) {
        done(problem('body-malformed', { detail: 'Send one well-formed form.', cause: error }))
      }
    },
  )
}

function readFields(bytes: Buffer, fieldsMax: number): Record<string, string> {
  const pairs = utf8.decode(bytes).split('&').filter((pair) => pair !== '') // prettier-ignore
  if (pairs.length > fieldsMax) throw new RangeError('too many fields')
  const fields = new Map<string, string>()
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    const name = decode(at < 0 ? pair : pair.slice(0, at))
    if (fields.has(name)) throw new RangeError('a field comes twice')
    fields.set(name, at < 0 ? '' : decode(pair.slice(at + 1)).replaceAll('\r\n', '\n'))
  }
  return Object.fromEntries(fields)
}

/** Throws a URIError for escapes that are not whole, and that are not UTF-8. */
function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}
