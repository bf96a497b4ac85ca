import { parseStrictJson, problem, StrictJsonError, type ProblemError } from '#core'
import type { AnyRequest, HttpServer } from './fastify-types.ts'

/** Most bytes a JSON body may have. */
export const jsonBodyMax_bytes = 1024 * 1024

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const explanations: Readonly<Record<StrictJsonError['reason'], string>> = {
  'duplicate-key': 'the object names a member twice',
  'lone-surrogate': 'a text holds half of a character',
  syntax: 'the text is not JSON',
  'too-deep': 'values are nested too deeply',
}

/** Replaces Fastify's parsers: JSON is parsed strictly, its bytes are kept, and no other media type is taken. */
export function useStrictJson(server: HttpServer): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    readBody(request, bytes, done, parseBody)
  })
}

/** Lets the routes of this scope take a text of another media type as well, for example `text/csv`. */
export function acceptText(server: HttpServer, mediaType: string, bodyLimit: number): void {
  server.addContentTypeParser(mediaType, { parseAs: 'buffer', bodyLimit }, (request, bytes: Buffer, done) => {
    readBody(request, bytes, done, (text) => text)
  })
}

/** Lets the routes of this scope take a file of a media type as it is: the body is its bytes. */
export function acceptBytes(server: HttpServer, mediaType: string, bodyLimit: number): void {
  server.addContentTypeParser(
    mediaType,
    { parseAs: 'buffer', bodyLimit },
    (request: AnyRequest, bytes: Buffer, done) => {
      request.rawBody = bytes
      done(null, bytes)
    },
  )
}

function readBody(
  request: AnyRequest,
  bytes: Buffer,
  done: (error: Error | null, body?: unknown) => void,
  parse: (text: string) => unknown,
): void {
  request.rawBody = bytes
  if (bytes.length === 0) return done(null, undefined)
  const charset = /;\s*charset="?([^";]*)"?/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') {
    return done(problem('media-type-unsupported', { detail: 'Send the body in UTF-8.' }))
  }
  try {
    done(null, parse(decode(bytes)))
  } catch (error) {
    done(error as Error)
  }
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw malformed('not-utf-8', 'the bytes are not UTF-8', '')
  }
}

function parseBody(text: string): unknown {
  try {
    return parseStrictJson(text)
  } catch (error) {
    if (error instanceof StrictJsonError)
      throw malformed(error.reason, explanations[error.reason], error.pointer)
    throw error
  }
}

function malformed(code: string, message: string, pointer: string): ProblemError {
  return problem('body-malformed', {
    errors: [{ code, message, pointer: pointer.length > 256 ? '' : pointer }],
  })
}
