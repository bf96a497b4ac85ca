import { lookup } from 'node:dns/promises'
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { alwaysTo, hostOf } from '#platform'
import { checkAddress, checkUrl, type EgressRefusal, type EgressRules } from './egress-rules.ts'

/** A name and everything it leads to. */
export type Resolve = (host: string) => Promise<readonly string[]>

export type EgressOptions = EgressRules & {
  /** From the name to the end of the answer. Default 10 000. */
  readonly timeout_ms?: number
  /** Default: what this machine's resolver says. */
  readonly resolve?: Resolve
  /** Certificates (PEM) trusted instead of the public ones. */
  readonly certificateAuthorities?: readonly string[]
}

/** What came of one attempt. No word of the other side's answer is in it: only its status, and when it wants us back. */
export type EgressResult =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'refused'; readonly refusal: EgressRefusal }
  | { readonly kind: 'unreachable'; readonly reason: 'name' | 'connection' | 'tls' | 'timeout' }

const timeoutDefault_ms = 10_000
const answerMax_bytes = 4_096

class EgressTimeout extends Error {}

/**
 * Sends one POST and waits for the status. Whatever happens is an answer: it never throws. The URL is judged again each
 * time, the name is resolved once, every address it leads to must be allowed, and the connection goes to one of those
 * addresses and nowhere else, so a name that changes its mind in between gains nothing. Redirects are not followed, no
 * connection is kept, and of the answer at most 4 KB are read and none of it is used (decision 0065).
 */
export async function post(
  text: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  options: EgressOptions,
): Promise<EgressResult> {
  const checked = checkUrl(text, options)
  if ('refusal' in checked) return { kind: 'refused', refusal: checked.refusal }
  const controller = new AbortController()
  const timer = setTimeout(
    () => controller.abort(new EgressTimeout()),
    options.timeout_ms ?? timeoutDefault_ms,
  )
  try {
    const addresses = await resolveWithin(hostOf(checked.url), options, controller.signal)
    if (addresses.length === 0) return { kind: 'unreachable', reason: 'name' }
    if (!addresses.every((address) => checkAddress(address, options)))
      return { kind: 'refused', refusal: 'address-not-public' }
    return await exchange(checked.url, addresses[0]!, headers, body, options, controller.signal)
  } catch (error) {
    return { kind: 'unreachable', reason: reasonOf(error, controller.signal) }
  } finally {
    clearTimeout(timer)
  }
}

class NameUnknown extends Error {}

async function resolveWithin(
  host: string,
  options: EgressOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  const resolve = options.resolve ?? systemResolve
  const late = new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new EgressTimeout()), { once: true }),
  )
  // The one that loses the race has nobody waiting for it.
  late.catch(() => undefined)
  const found = resolve(host).catch((cause: unknown) => {
    throw new NameUnknown('', { cause })
  })
  return Promise.race([found, late])
}

const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true })
  return found.map(({ address }) => address)
}

function exchange(
  url: URL,
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  options: EgressOptions,
  signal: AbortSignal,
): Promise<EgressResult> {
  const bytes = Buffer.from(body)
  return new Promise((resolve, reject) => {
    const settings = {
      method: 'POST',
      headers: { ...headers, 'content-length': String(bytes.length) },
      agent: false as const,
      lookup: alwaysTo(address),
      signal,
      maxHeaderSize: 16 * 1024,
    }
    const request: ClientRequest =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...settings, ...tlsSettings(options) })
        : httpRequest(url, settings)
    let result: EgressResult | undefined
    // Once a status came, what happens to the connection afterwards changes nothing.
    const end = (error: unknown): void => (result === undefined ? reject(error) : resolve(result))
    request.on('error', end)
    // Node says neither error nor answer of a connection that somebody turned into something else.
    request.on('upgrade', (_answer, socket) => socket.destroy())
    request.on('close', () => end(new Error('closed without an answer')))
    request.on('response', (answer) => {
      const retryAfter = answer.headers['retry-after']
      const answered: EgressResult = { kind: 'answered', status: answer.statusCode ?? 0, retryAfter }
      result = answered
      void drained(answer).then(() => {
        request.destroy()
        resolve(answered)
      })
    })
    request.end(bytes)
  })
}

function tlsSettings(options: EgressOptions): { minVersion: 'TLSv1.2'; ca?: string[] } {
  const { certificateAuthorities } = options
  return {
    minVersion: 'TLSv1.2',
    ...(certificateAuthorities === undefined ? {} : { ca: [...certificateAuthorities] }),
  }
}

/** Resolves when the answer has ended, failed, or was longer than anybody needs. Some receivers stop working when we leave. */
function drained(answer: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0
    answer.on('data', (chunk: Buffer) => {
      seen += chunk.length
      if (seen > answerMax_bytes) resolve()
    })
    answer.on('error', () => resolve())
    answer.on('close', () => resolve())
  })
}

function reasonOf(error: unknown, signal: AbortSignal): 'name' | 'connection' | 'tls' | 'timeout' {
  if (signal.aborted) return 'timeout'
  if (error instanceof NameUnknown) return 'name'
  const { code } = error as { code?: unknown }
  if (typeof code !== 'string') return 'connection'
  return /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code) ? 'tls' : 'connection'
}
