import { lookup } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { alwaysTo, hostOf } from '#platform'
import { checkAddress, checkUrl, type EgressRules } from '#webhooks'

export type EgressFetchOptions = EgressRules & {
  /** From the name to the end of the answer. Default 8 000. */
  readonly timeout_ms?: number
}

/** What `openid-client` and `jose` ask for: the part of fetch that they use. */
export type EgressFetch = (
  url: string | URL,
  options?: {
    readonly method?: string
    readonly headers?: HeadersInit
    readonly body?: unknown
    readonly signal?: AbortSignal
  },
) => Promise<Response>

/** The provider could not be asked: where it leads is not allowed, or nothing came back in time. Holds no word of it. */
export class ProviderUnreachable extends Error {}

const answerMax_bytes = 512 * 1024
const timeoutDefault_ms = 8_000

/**
 * Asks a provider over the rules for everything that leaves (decision 0065): https to a public host, the name resolved
 * once and every address of it judged, a connection to that very address, no redirects, a bounded answer, a bounded time.
 * Throws ProviderUnreachable.
 */
export function egressFetch(rules: EgressFetchOptions): EgressFetch {
  return async (address, options = {}) => {
    const checked = checkUrl(String(address), rules)
    if ('refusal' in checked) throw new ProviderUnreachable(checked.refusal)
    const ending = new AbortController()
    const timer = setTimeout(
      () => ending.abort(new ProviderUnreachable('timeout')),
      rules.timeout_ms ?? timeoutDefault_ms,
    )
    try {
      const to = await addressOf(hostOf(checked.url), rules)
      return await exchange(checked.url, to, options, ending.signal)
    } catch (cause) {
      if (cause instanceof ProviderUnreachable) throw cause
      throw new ProviderUnreachable(ending.signal.aborted ? 'timeout' : 'connection', { cause })
    } finally {
      clearTimeout(timer)
    }
  }
}

async function addressOf(host: string, rules: EgressRules): Promise<string> {
  const found =
    isIP(host) !== 0
      ? [host]
      : (await lookup(host, { all: true, verbatim: true })).map((each) => each.address)
  if (found.length === 0) throw new ProviderUnreachable('name')
  if (!found.every((each) => checkAddress(each, rules))) throw new ProviderUnreachable('address-not-public')
  return found[0]!
}

function exchange(
  url: URL,
  address: string,
  options: NonNullable<Parameters<EgressFetch>[1]>,
  signal: AbortSignal,
): Promise<Response> {
  const body = bytesOf(options.body)
  const settings = {
    method: options.method ?? 'GET',
    headers: {
      ...Object.fromEntries(new Headers(options.headers)),
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
        ? httpsRequest(url, { ...settings, minVersion: 'TLSv1.2' })
        : httpRequest(url, settings)
    request.on('error', reject)
    request.on('upgrade', (_answer, socket) => socket.destroy())
    request.on('close', () => reject(new ProviderUnreachable('connection')))
    request.on('response', (answer) => readAnswer(answer).then(resolve, reject))
    request.end(body)
  })
}

/** A form or a text; nothing here sends anything else. */
function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof URLSearchParams) return Buffer.from(body.toString())
  throw new TypeError('only a form or a text is sent to a provider')
}

async function readAnswer(answer: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of answer) {
    length += (part as Buffer).length
    if (length > answerMax_bytes) {
      answer.destroy()
      throw new ProviderUnreachable('too-large')
    }
    parts.push(part as Buffer)
  }
  const headers = new Headers()
  for (const name of ['content-type', 'www-authenticate', 'date'])
    if (typeof answer.headers[name] === 'string') headers.set(name, answer.headers[name])
  const status = answer.statusCode ?? 502
  const bodyless = [204, 205, 304].includes(status)
  return new Response(bodyless ? null : Buffer.concat(parts), {
    status: status < 200 ? 502 : status,
    headers,
  })
}
