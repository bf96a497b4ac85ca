import { Busboy } from '@fastify/busboy'
import { problem } from '#core'
import type { HttpServer } from './fastify-types.ts'

export type FormLimits = {
  /** Bytes of the whole body. */
  readonly bodyMax_bytes: number
  /** Bytes of one text field. */
  readonly fieldMax_bytes: number
  readonly fieldsMax: number
}

/**
 * Lets the routes of this scope take a form with one file (multipart/form-data, RFC 7578), as browsers send it without any
 * script. The body becomes an object: texts as text, the file as its bytes, for the schema of the route to check. Names of
 * files are dropped. A form that is cut off, too long, or names a field twice is refused.
 */
export function acceptForm(server: HttpServer, limits: FormLimits): void {
  const options = { parseAs: 'buffer', bodyLimit: limits.bodyMax_bytes } as const
  server.addContentTypeParser('multipart/form-data', options, (request, bytes: Buffer, done) => {
    readForm(request.headers['content-type'] ?? '', bytes, limits).then(
      (form) => done(null, form),
      (error: Error) => done(error),
    )
  })
}

function readForm(
  contentType: string,
  bytes: Buffer,
  { fieldMax_bytes, fieldsMax }: FormLimits,
): Promise<Record<string, string | Buffer>> {
  return new Promise((resolve, reject) => {
    const form = new Map<string, string | Buffer>()
    const refuse = (): void => reject(problem('body-malformed', { detail: 'Send one well-formed form.' }))
    const put = (name: string, value: string | Buffer): void => {
      if (form.has(name)) refuse()
      else form.set(name, value)
    }
    try {
      const parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: {
          fieldNameSize: 100,
          fieldSize: fieldMax_bytes,
          fields: fieldsMax,
          files: 1,
          headerPairs: 20,
        },
      })
      parser.on('field', (name, value, nameTruncated, truncated) => {
        if (nameTruncated || truncated) refuse()
        else put(name, value)
      })
      parser.on('file', (name, stream) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('error', refuse)
        stream.on('end', () => put(name, Buffer.concat(parts)))
      })
      for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit', 'error'] as const)
        parser.on(event, refuse)
      parser.on('finish', () => resolve(Object.fromEntries(form)))
      parser.end(bytes)
    } catch {
      // The media type has no boundary.
      refuse()
    }
  })
}
