import { addressesOf, askAt, hostOf, readWithin } from '#platform'
import { checkUrl, mayConnect, type EgressRules } from './egress-rules.ts'
import { RevocationRefusal } from './revocation.ts'

export type HttpQuestion = {
  readonly url: string
  /** Sent by POST; without it the question is a GET. */
  readonly body?: Buffer
  readonly headers: Readonly<Record<string, string>>
  /** An answer with more bytes than this is hung up on. */
  readonly lengthMax: number
}

export type HttpOptions = EgressRules & {
  /** From the name to the end of the answer, redirects included. */
  readonly timeout_ms: number
}

const redirectsMax = 3

/**
 * Asks over http or https and gives the whole answer of status 200. Every place, also one that a redirect names, is judged
 * by its address before a connection is made to that very address; only a GET follows redirects, at most three. Throws
 * RevocationRefusal: `url`, `unreachable`, `timeout`, `http-status`, `redirect` or `too-large`.
 */
export async function exchange(question: HttpQuestion, options: HttpOptions): Promise<Buffer> {
  const late = new RevocationRefusal('timeout', `no whole answer within ${options.timeout_ms} ms`)
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(late), options.timeout_ms)
  try {
    let { url } = question
    for (let followed = 0; followed <= redirectsMax; followed += 1) {
      const answer = await askOnce({ ...question, url }, options, ending.signal)
      if (Buffer.isBuffer(answer)) return answer
      url = answer.redirect
    }
    throw new RevocationRefusal('redirect', `more than ${redirectsMax} redirects`)
  } catch (error) {
    // What the connection says of being ended depends on where it stood; why it was is known here.
    if (ending.signal.aborted) throw late
    if (error instanceof RevocationRefusal) throw error
    throw new RevocationRefusal('unreachable', `no connection: ${wordOf(error)}`, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

async function askOnce(
  question: HttpQuestion,
  rules: EgressRules,
  signal: AbortSignal,
): Promise<Buffer | { readonly redirect: string }> {
  const checked = checkUrl(question.url, rules)
  if ('refusal' in checked) throw new RevocationRefusal('url', checked.refusal)
  const { url } = checked
  const address = await addressOf(hostOf(url), rules, signal)
  const method = question.body === undefined ? 'GET' : 'POST'
  const answer = await askAt(url, address, { ...question, method }, signal)
  try {
    const { statusCode = 0, headers } = answer
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      if (question.body !== undefined)
        throw new RevocationRefusal('redirect', 'a question by POST is not sent on')
      const next = URL.parse(headers.location, url)
      if (next === null) throw new RevocationRefusal('redirect', 'the redirect names no address')
      return { redirect: next.href }
    }
    if (statusCode !== 200) throw new RevocationRefusal('http-status', `HTTP status ${statusCode}`)
    const body = await readWithin(answer, question.lengthMax)
    if (body === undefined)
      throw new RevocationRefusal('too-large', `the answer has more than ${question.lengthMax} bytes`)
    return body
  } finally {
    // Hangs up on whatever was not read.
    answer.destroy()
  }
}

/** The first address of a name, when all of them may be connected to. */
async function addressOf(host: string, rules: EgressRules, signal: AbortSignal): Promise<string> {
  const addresses = await addressesOf(host, signal)
  if (!addresses.every((address) => mayConnect(host, address, rules)))
    throw new RevocationRefusal('url', 'the name leads to an address that is not public')
  const [first] = addresses
  if (first === undefined) throw new RevocationRefusal('unreachable', 'the name leads nowhere')
  return first
}

/** A word of ours or of the system for what went wrong below; nothing of what the other side sent. */
function wordOf(error: unknown): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : 'it broke off'
}
