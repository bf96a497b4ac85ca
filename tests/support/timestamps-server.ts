import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { addMilliseconds, type Clock, type Instant } from '#core'
import { documentSigning, timeStamping, tsaKeys, type TsaKeys } from './timestamps-keys.ts'
import { aTimestampResponse, type TokenWishes } from './timestamps-token.ts'
import { integer } from './verification-seal.ts'

const day_ms = 86_400_000

/** Moods that are a whole answer; what they answer with, and with whose keys. */
const answers = {
  good: {},
  'wrong nonce': { nonce: integer(5) },
  'no nonce': { nonce: null },
  'wrong imprint': { imprint: Buffer.alloc(32, 9) },
  'wrong purpose': {},
  'purpose not critical': {},
  'one purpose too many': {},
  'expired certificate': {},
  'certificate of tomorrow': {},
  'untrusted root': {},
  'an hour ahead': {},
  'a day behind': {},
  'bad signature': { breakSignature: true },
  rejection: { status: 2, statusText: 'quota\nexceeded', noToken: true },
} as const satisfies Record<string, TokenWishes>

type Answering = keyof typeof answers

const shifts: Partial<Record<Answering, number>> = { 'an hour ahead': 3_600_000, 'a day behind': -day_ms }

/** Moods in which something else happens than a whole answer. */
const happenings = [
  'slow',
  'drips',
  '500',
  'redirect',
  'a web page',
  'huge',
  'breaks off',
  'replay',
  'rubbish',
] as const

export type TsaMood = Answering | (typeof happenings)[number]

export const tsaMoods: readonly TsaMood[] = [...(Object.keys(answers) as Answering[]), ...happenings]

export type TimestampServer = {
  readonly url: string
  /** What a client that trusts this TSA pins, DER. */
  readonly roots: readonly Buffer[]
  /** Good unless told otherwise. */
  readonly setMood: (mood: TsaMood) => void
  /** The bodies that came, oldest first. */
  readonly requests: readonly { readonly type: string | undefined; readonly body: Buffer }[]
  /** Bytes that went out for the last answer. */
  readonly sent: () => number
  /** From then on connections are refused. */
  readonly stop: () => Promise<void>
}

/**
 * Somebody else's TSA on loopback, with certificates and tokens written by hand, in whatever mood a test needs. `keys`: its
 * own instead of new ones, such as those of a `RevocationPki`.
 */
export async function startTimestampServer(
  t: { teardown(work: () => unknown): void },
  clock: Clock,
  keys: TsaKeys = tsaKeys(),
): Promise<TimestampServer> {
  let mood: TsaMood = 'good'
  let earlier: Buffer | undefined
  let sent = 0
  const requests: { type: string | undefined; body: Buffer }[] = []
  const keysOf = keysByMood(clock(), keys)
  const answer = (body: Buffer, like: Answering): Buffer =>
    aTimestampResponse(body, keysOf(like), addMilliseconds(clock(), shifts[like] ?? 0), answers[like])
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy())
  })
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request)
    requests.push({ type: request.headers['content-type'], body })
    const reply = (bytes: Buffer): void => {
      response.setHeader('content-type', 'application/timestamp-reply')
      response.end(bytes)
    }
    if (mood in answers) {
      const bytes = answer(body, mood as Answering)
      if (mood === 'good') earlier ??= bytes
      return reply(bytes)
    }
    if (mood === 'replay') return reply(earlier ?? answer(body, 'good'))
    if (mood === 'rubbish') return reply(Buffer.from('rubbish'))
    await misbehave(mood, response, answer(body, 'good'), (length) => (sent = length))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  t.teardown(stop)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr`,
    roots: [keysOf('good').root.der],
    setMood: (next) => void (mood = next),
    requests,
    sent: () => sent,
    stop,
  }
}

/** Everything under one root, but for the TSA that nobody trusts. */
function keysByMood(now: Instant, good: TsaKeys): (mood: Answering) => TsaKeys {
  const utc = (moment: Instant): string => `${moment.slice(2, 19).replace(/\D/g, '')}Z`
  const others: Partial<Record<Answering, TsaKeys>> = {
    'wrong purpose': renewed({ purposes: [documentSigning] }),
    'purpose not critical': renewed({ purposesCritical: false }),
    'one purpose too many': renewed({ purposes: [timeStamping, documentSigning] }),
    'expired certificate': renewed({ until: utc(addMilliseconds(now, -day_ms)) }),
    'certificate of tomorrow': renewed({ from: utc(addMilliseconds(now, day_ms)) }),
    'untrusted root': tsaKeys(),
  }
  function renewed(wishes: Parameters<typeof tsaKeys>[0]): TsaKeys {
    const { signer } = tsaKeys({ issuer: good.middle, ...wishes })
    return { ...good, signer }
  }
  return (mood) => others[mood] ?? good
}

async function misbehave(
  mood: TsaMood,
  response: ServerResponse,
  good: Buffer,
  tell: (sent: number) => void,
): Promise<void> {
  const reply = { 'content-type': 'application/timestamp-reply' }
  // 'slow' says nothing until whoever asked hangs up.
  if (mood === '500') response.writeHead(500, { 'content-type': 'text/plain' }).end('broken')
  if (mood === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end()
  if (mood === 'a web page') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Log in first')
  if (mood === 'drips') {
    response.writeHead(200, reply).write(good.subarray(0, 1))
    const timer = setInterval(() => response.write(Buffer.of(0)), 20)
    response.on('close', () => clearInterval(timer))
  }
  if (mood === 'breaks off') {
    response.writeHead(200, { ...reply, 'content-length': good.length }).write(good.subarray(0, 100))
    setTimeout(() => response.destroy(), 20)
  }
  if (mood === 'huge') {
    response.writeHead(200, reply)
    const piece = Buffer.alloc(16_384, 0x30)
    let gone = 0
    response.on('close', () => tell(gone))
    const pour = (): void => {
      while (!response.destroyed && gone < 256 * 1_048_576) {
        gone += piece.length
        if (!response.write(piece)) return void response.once('drain', pour)
      }
      response.end()
    }
    pour()
  }
}
