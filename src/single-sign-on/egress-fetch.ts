import type { IncomingMessage } from 'node:http'
import { addressesOf, askAt, hostOf, readWithin } from '#platform'
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
      const to = await addressOf(hostOf(checked.url), rules, ending.signal)
      const question = {
        method: options.method ?? 'GET',
        headers: Object.fromEntries(new Headers(options.headers)),
        body: bytesOf(options.body),
      }
      return await responseOf(await askAt(checked.url, to, question, ending.signal))
    } catch (cause) {
      if (cause instanceof ProviderUnreachable) throw cause
      throw new ProviderUnreachable(ending.signal.aborted ? 'timeout' : 'connection', { cause })
    } finally {
      clearTimeout(timer)
    }
  }
}

async function addressOf(host: string, rules: EgressRules, signal: AbortSignal): Promise<string> {
  const found = await addressesOf(host, signal)
  if (found.length === 0) throw new ProviderUnreachable('name')
  if (!found.every((each) => checkAddress(each, rules))) throw new ProviderUnreachable('address-not-public')
  return found[0]!
}

/** A form or a text; nothing here sends anything else. */
function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof URLSearchParams) return Buffer.from(body.toString())
  throw new TypeError('only a form or a text is sent to a provider')
}

async function responseOf(answer: IncomingMessage): Promise<Response> {
  const body = await readWithin(answer, answerMax_bytes)
  if (body === undefined) throw new ProviderUnreachable('too-large')
  const headers = new Headers()
  for (const name of ['content-type', 'www-authenticate', 'date'])
    if (typeof answer.headers[name] === 'string') headers.set(name, answer.headers[name])
  const status = answer.statusCode ?? 502
  const bodyless = [204, 205, 304].includes(status)
  return new Response(bodyless ? null : new Uint8Array(body), {
    status: status < 200 ? 502 : status,
    headers,
  })
}
