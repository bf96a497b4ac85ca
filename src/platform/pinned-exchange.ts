import { lookup } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { alwaysTo } from './public-address.ts'

/** What is sent. With a body its length is sent too. */
export type PinnedQuestion = {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | undefined
  /** Certificates (PEM) trusted instead of the public ones. */
  readonly certificateAuthorities?: readonly string[] | undefined
}

/** Every address that the name leads to. */
export type Resolve = (host: string) => Promise<readonly string[]>

const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true })
  return found.map(({ address }) => address)
}

/**
 * Every address that a name leads to; an address leads to itself. Throws when the name leads nowhere or cannot be asked, and
 * when `signal` ends first: a resolver that hangs holds up nobody.
 */
export async function addressesOf(
  host: string,
  signal: AbortSignal,
  resolve: Resolve = systemResolve,
): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const end = (): void => reject(new Error('ended'))
  signal.addEventListener('abort', end, { once: true })
  // The one that loses the race has nobody waiting for it.
  ended.catch(() => undefined)
  try {
    signal.throwIfAborted()
    return await Promise.race([resolve(host), ended])
  } finally {
    signal.removeEventListener('abort', end)
  }
}

/**
 * Asks at one address that was judged before, whatever the name in the URL leads to by then, over a connection that is not kept.
 * Gives the answer with its body unread. Throws when the connection breaks or `signal` ends.
 */
export function askAt(
  url: URL,
  address: string,
  { method, headers, body, certificateAuthorities: ca }: PinnedQuestion,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const settings = {
    method,
    headers: {
      ...headers,
      'accept-encoding': 'identity',
      ...(body === undefined ? {} : { 'content-length': String(body.length) }),
    },
    agent: false as const,
    lookup: alwaysTo(address),
    signal,
    maxHeaderSize: 16 * 1024,
  }
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, {
            ...settings,
            minVersion: 'TLSv1.2',
            ...(ca === undefined ? {} : { ca: [...ca] }),
          })
        : httpRequest(url, settings)
    request.on('response', resolve)
    request.on('error', reject)
    // Node says neither error nor answer of a connection that somebody turned into something else.
    request.on('upgrade', (_answer, socket) => socket.destroy())
    request.on('close', () => reject(new Error('closed without an answer')))
    request.end(body)
  })
}

/** The whole body, or undefined, with the connection ended, when it has more bytes than that. */
export async function readWithin(answer: IncomingMessage, lengthMax: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > lengthMax) {
      answer.destroy()
      return undefined
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
