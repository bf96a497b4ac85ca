import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { sha256Hex } from '#core'
import { requestLengthMax } from './checkpoint-request.ts'
import { RequestRefused } from './refused.ts'
import { StateUnknownError } from './state-file.ts'
import { witnessPage } from './witness-page.ts'
import type { Witness } from './witness.ts'

export type WitnessServerOptions = {
  /** Told of every error that is not a refusal. A StateUnknownError calls for a restart: nothing is cosigned any more. */
  readonly onError: (error: unknown) => void
  /** After how long an unfinished request is given up, in milliseconds. Default 10 000. */
  readonly requestTimeout_ms?: number
}

type Answer = {
  readonly status: number
  readonly body: string
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

const text = 'text/plain; charset=utf-8'
const connectionsMax = 200

/**
 * The witness over HTTP, not listening yet: `POST /add-checkpoint`, `GET /<origin hash>/checkpoint` (C2SP tlog-witness
 * v1.0.0; both prefixes are the root) and a page at `/`. Knows no clients and asks for no password: the signature of a
 * log is what counts. Closing it does not close the witness.
 */
export function witnessServer(witness: Witness, options: WitnessServerOptions): Server {
  const requestTimeout = options.requestTimeout_ms ?? 10_000
  const server = createServer(
    {
      requestTimeout,
      headersTimeout: requestTimeout,
      connectionsCheckingInterval: Math.ceil(requestTimeout / 4),
      keepAliveTimeout: 30_000,
      maxHeaderSize: 8 * 1024,
    },
    (request, response) => {
      answer(witness, options, request).then(
        (found) => send(request, response, found),
        // The client went away in the middle of its request.
        () => response.destroy(),
      )
    },
  )
  server.maxConnections = connectionsMax
  return server
}

async function answer(
  witness: Witness,
  options: WitnessServerOptions,
  request: IncomingMessage,
): Promise<Answer> {
  const path = (request.url ?? '').split('?', 1)[0]!
  if (path === '/add-checkpoint') {
    if (request.method !== 'POST') return notAllowed('POST')
    const body = await readBody(request)
    if (body === undefined) {
      return { status: 413, body: 'the request is too long\n', headers: { connection: 'close' } }
    }
    return addCheckpoint(witness, options, body)
  }
  const page = readPage(witness, path)
  if (page === undefined) return { status: 404, body: 'nothing is here\n' }
  return ['GET', 'HEAD'].includes(request.method ?? '') ? page : notAllowed('GET, HEAD')
}

function addCheckpoint(witness: Witness, options: WitnessServerOptions, body: Buffer): Answer {
  try {
    return { status: 200, body: witness.cosignCheckpoint(body) }
  } catch (error) {
    if (error instanceof RequestRefused) {
      const type = error.status === 409 ? { type: 'text/x.tlog.size' } : {}
      return { status: error.status, body: `${error.message}\n`, ...type }
    }
    options.onError(error)
    const status = error instanceof StateUnknownError ? 503 : 500
    return { status, body: 'nothing was cosigned: the state could not be stored\n' }
  }
}

/** What can be read: the page, and the newest cosigned checkpoint of each log under the SHA-256 of its origin. */
function readPage(witness: Witness, path: string): Answer | undefined {
  if (path === '/') return { status: 200, body: witnessPage(witness), type: 'text/html; charset=utf-8' }
  const [, wanted] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path) ?? []
  const origin = witness.origins.find((one) => sha256Hex(one) === wanted)
  const last = origin === undefined ? undefined : witness.lastCosigned(origin)
  return last === undefined ? undefined : { status: 200, body: last.note }
}

/** The whole body; undefined as soon as it is longer than may be. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  // Not destroyed when it is too long: the answer has to go out on the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length
    if (length > requestLengthMax) return undefined
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

function notAllowed(methods: string): Answer {
  return { status: 405, body: `only ${methods} is answered here\n`, headers: { allow: methods } }
}

function send(request: IncomingMessage, response: ServerResponse, found: Answer): void {
  response.writeHead(found.status, {
    'content-type': found.type ?? text,
    'content-length': Buffer.byteLength(found.body),
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...found.headers,
  })
  response.end(request.method === 'HEAD' ? undefined : found.body)
}
