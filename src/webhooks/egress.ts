import type { IncomingMessage } from 'node:http'
import { addressesOf, askAt, hostOf, type Resolve } from '#platform'
import { checkAddress, checkUrl, type EgressRefusal, type EgressRules } from './egress-rules.ts'

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
  const timer = setTimeout(() => controller.abort(), options.timeout_ms ?? timeoutDefault_ms)
  try {
    const { signal } = controller
    const addresses = await namedAddresses(hostOf(checked.url), signal, options.resolve)
    if (addresses.length === 0) return { kind: 'unreachable', reason: 'name' }
    if (!addresses.every((address) => checkAddress(address, options)))
      return { kind: 'refused', refusal: 'address-not-public' }
    const { certificateAuthorities } = options
    const question = { method: 'POST', headers, body: Buffer.from(body), certificateAuthorities }
    const answer = await askAt(checked.url, addresses[0]!, question, signal)
    // Once a status came, what happens to the connection afterwards changes nothing.
    await drained(answer)
    answer.destroy()
    return { kind: 'answered', status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] }
  } catch (error) {
    return { kind: 'unreachable', reason: reasonOf(error, controller.signal) }
  } finally {
    clearTimeout(timer)
  }
}

class NameUnknown extends Error {}

async function namedAddresses(
  host: string,
  signal: AbortSignal,
  resolve: Resolve | undefined,
): Promise<readonly string[]> {
  try {
    return await addressesOf(host, signal, resolve)
  } catch (cause) {
    throw new NameUnknown('', { cause })
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
