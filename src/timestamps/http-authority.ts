import { TimestampRefusal, TimestampUnavailable, demand, type TimestampAuthority } from './timestamp.ts'
import { responseLengthMax } from './timestamp-validation.ts'

export type HttpAuthority = {
  readonly name: string
  /** http or https; the answer is signed, so that http is enough (RFC 3161 section 3.4). */
  readonly url: string
  /** Trust anchors, DER. */
  readonly roots: readonly Buffer[]
}

/**
 * A TSA on the web (RFC 3161 section 3.4). No redirect is followed, no more than 64 KB are taken in, nothing is sent but
 * the request. Throws a TypeError when the address is not http or https.
 */
export function httpAuthority({ name, url, roots }: HttpAuthority): TimestampAuthority {
  const address = URL.parse(url)
  if (address === null || !/^https?:$/.test(address.protocol))
    throw new TypeError('the address of a TSA must begin with http:// or https://')
  return {
    name,
    development: false,
    roots,
    async exchange(request, signal) {
      const response = await send(address, request, signal)
      try {
        if (response.status !== 200)
          throw new TimestampUnavailable('http-status', `HTTP status ${response.status}`)
        const type = response.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
        demand(type === 'application/timestamp-reply', 'form', 'the answer is not a timestamp reply')
        return await readBounded(response)
      } finally {
        // Hangs up on whatever was not read.
        await response.body?.cancel().catch(() => undefined)
      }
    },
  }
}

async function send(address: URL, request: Buffer, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/timestamp-query',
        accept: 'application/timestamp-reply',
        'accept-encoding': 'identity',
      },
      body: new Uint8Array(request),
      redirect: 'manual',
      credentials: 'omit',
      signal,
    })
  } catch (cause) {
    throw new TimestampUnavailable('unreachable', `no connection: ${causeOf(cause)}`, { cause })
  }
}

/** The body, taken in piece by piece; the piece that goes beyond the limit ends it. */
async function readBounded(response: Response): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const piece of response.body ?? []) {
      length += piece.length
      demand(length <= responseLengthMax, 'too-large', `the answer has more than ${responseLengthMax} bytes`)
      pieces.push(piece)
    }
  } catch (cause) {
    if (cause instanceof TimestampRefusal) throw cause
    throw new TimestampUnavailable('unreachable', `the connection broke off: ${causeOf(cause)}`, { cause })
  }
  return Buffer.concat(pieces)
}

/** The code of what went wrong below `fetch`, which itself only says that it failed. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause ? String(cause.code) : cause.message
}
