import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { addMilliseconds, der, type Clock, type Instant } from '#core'
import { readOcspRequest } from '../../src/revocation/ocsp-request.ts'
import {
  aCrl,
  anOcspAnswer,
  type CrlWishes,
  type OcspAnswerWishes,
  type Revocation,
} from './revocation-answers.ts'
import {
  aPkiCertificate,
  aRevocationPki,
  pkiExtension,
  type PkiCertificate,
  type RevocationPki,
  type RevocationPkiWishes,
} from './revocation-pki.ts'

const day_ms = 86_400_000

/** Moods in which something else happens than a whole answer. */
const happenings = ['down', 'slow', 'drips', '500', 'redirect', 'far redirects', 'huge', 'breaks off', 'malformed', 'a web page'] as const // prettier-ignore

const ocspMoods = [
  'wrong certificate',
  'wrong signature',
  'unauthorised responder',
  'responder of another issuer',
  'responder without nocheck',
  'responder not brought',
  'expired responder',
  'stale',
  'future',
  'unknown',
  'revoked',
  'tryLater',
  'unauthorized',
  'another nonce',
  'replay',
] as const

const crlMoods = ['wrong issuer', 'wrong signature', 'stale', 'future', 'revoked', 'delta', 'indirect', 'another part', 'unknown critical extension'] as const // prettier-ignore

/** Good moods that are not the usual one. */
const goodMoods = ['good', 'answers in advance', 'issuer signs', 'GET only', 'moved'] as const

export type OcspMood = (typeof goodMoods)[number] | (typeof happenings)[number] | (typeof ocspMoods)[number]
export type CrlMood = 'good' | 'moved' | (typeof happenings)[number] | (typeof crlMoods)[number]

export const badOcspMoods: readonly OcspMood[] = [...happenings, ...ocspMoods]
export const badCrlMoods: readonly CrlMood[] = [...happenings, ...crlMoods]

export type RevocationServer = {
  readonly pki: RevocationPki
  readonly url: string
  /** Of OCSP, and of the lists; good unless told otherwise. */
  readonly setMood: (ocsp: OcspMood, crl?: CrlMood) => void
  /** Of one certificate; from then on, in every mood that answers about it. */
  readonly revoke: (certificate: PkiCertificate, revocation: Revocation) => void
  /** What came, oldest first: method and path. */
  readonly requests: readonly string[]
  /** From then on connections are refused. */
  readonly stop: () => Promise<void>
}

export type RevocationServerWishes = Omit<RevocationPkiWishes, 'now' | 'ocspUrl' | 'crlUrl'> & {
  /** Certificates name a place for OCSP, for lists, or both as usual. */
  readonly places?: 'both' | 'ocsp' | 'crl'
}

/** Somebody's authority on loopback, with its certificates, that answers by OCSP and by lists in whatever mood is needed. */
export async function startRevocationServer(
  t: { teardown(work: () => unknown): void },
  clock: Clock,
  wishes: RevocationServerWishes = {},
): Promise<RevocationServer> {
  const requests: string[] = []
  const moods: { ocsp: OcspMood; crl: CrlMood } = { ocsp: 'good', crl: 'good' }
  const revoked = new Map<PkiCertificate, Revocation>()
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { places = 'both', ...own } = wishes
  const pki = aRevocationPki({
    ...own,
    now: clock(),
    ...(places === 'crl' ? {} : { ocspUrl: (issuer) => `${url}/ocsp/${issuer}` }),
    ...(places === 'ocsp' ? {} : { crlUrl: (issuer) => `${url}/crl/${issuer}.crl` }),
  })
  const ocspAnswer = ocspAnswerer(pki, clock, revoked)
  const crlAnswer = crlAnswerer(pki, clock, revoked)

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request)
    const path = request.url ?? ''
    requests.push(`${request.method} ${path}`)
    const issuer = path.includes('/root') ? 'root' : 'intermediate'
    const crl = path.startsWith('/crl/')
    const mood = crl ? moods.crl : moods.ocsp
    if ((happenings as readonly string[]).includes(mood)) return misbehave(mood, response, path)
    if (mood === 'GET only' && request.method === 'POST') return void response.writeHead(405).end()
    if (mood === 'moved' && !path.endsWith('?moved'))
      return void response.writeHead(301, { location: `${path}?moved` }).end()
    const asked = request.method === 'POST' ? body : Buffer.from(decodeURIComponent(path.split(/[/?]/)[3] ?? ''), 'base64') // prettier-ignore
    response.setHeader('content-type', crl ? 'application/pkix-crl' : 'application/ocsp-response')
    response.end(crl ? crlAnswer(issuer, moods.crl) : ocspAnswer(issuer, asked, moods.ocsp))
  }
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  t.teardown(stop)
  return {
    pki,
    url,
    setMood: (ocsp, crl = 'good') => void Object.assign(moods, { ocsp, crl }),
    revoke: (certificate, revocation) => void revoked.set(certificate, revocation),
    requests,
    stop,
  }
}

type Issuer = 'root' | 'intermediate'

/** Answers of OCSP by mood, about whichever certificate of the authority was asked for. */
function ocspAnswerer(
  pki: RevocationPki,
  clock: Clock,
  revoked: ReadonlyMap<PkiCertificate, Revocation>,
): (issuer: Issuer, request: Buffer, mood: OcspMood) => Buffer {
  let earlier: Buffer | undefined
  return (by, request, mood) => {
    const { id, nonce } = readOcspRequest(request)
    const issuer = pki[by]
    const usual = by === 'root' ? pki.rootResponder : pki.responder
    // Whoever is asked about needs only a number: its own, in the request.
    const serial = der(0x02, id.serialNumber)
    const certificate = { ...pki.seal, serial }
    const revocation = [...revoked].find(([{ serial: number }]) => number.equals(serial))?.[1]
    const good: OcspAnswerWishes = { certificate, issuer, responder: usual, at: clock(), nonce, hash: id.hash, status: revocation ?? 'good' } // prettier-ignore
    const bytes = anOcspAnswer({ ...good, ...ocspWishes(mood, good) })
    earlier ??= bytes
    return mood === 'replay' ? earlier : bytes
  }
}

function ocspWishes(
  mood: OcspMood,
  { at, certificate, issuer, responder }: OcspAnswerWishes,
): Partial<OcspAnswerWishes> {
  const day = (days: number): Instant => addMilliseconds(at, days * day_ms)
  const another = (wishes: Partial<Parameters<typeof aPkiCertificate>[0]>): PkiCertificate =>
    aPkiCertificate({ name: 'Another', use: 'responder', issuer, from: day(-30), until: day(30), ...wishes })
  const moods: Partial<Record<OcspMood, () => Partial<OcspAnswerWishes>>> = {
    'answers in advance': () => ({
      nonce: undefined,
      at: addMilliseconds(at, -day_ms / 2),
      nextUpdate: day(3),
      namedBy: 'name',
    }),
    'GET only': () => ({ nonce: undefined }),
    'issuer signs': () => ({ responder: issuer }),
    'wrong certificate': () => ({ certificate: { ...certificate, serial: der(0x02, Buffer.of(9)) } }),
    'wrong signature': () => ({ breakSignature: true }),
    'unauthorised responder': () => ({ responder: another({ use: 'seal' }) }),
    'responder of another issuer': () => ({ responder: another({ issuer: aPkiCertificate({ name: 'Stranger', use: 'authority', from: day(-30), until: day(30) }) }) }), // prettier-ignore
    'responder without nocheck': () => ({ responder: another({ noCheck: false }) }),
    'responder not brought': () => ({ responder: responder!, certificates: [] }),
    'expired responder': () => ({ responder: another({ until: day(-1) }) }),
    stale: () => ({ at: day(-3), nextUpdate: day(-2) }),
    future: () => ({ at: day(1), nextUpdate: day(2) }),
    unknown: () => ({ status: 'unknown' }),
    revoked: () => ({ status: { at: day(-1), reason: 1 } }),
    tryLater: () => ({ responseStatus: 3 }),
    unauthorized: () => ({ responseStatus: 6 }),
    'another nonce': () => ({ nonce: Buffer.alloc(16, 1) }),
  }
  return moods[mood]?.() ?? {}
}

/** Lists by mood. */
function crlAnswerer(
  pki: RevocationPki,
  clock: Clock,
  revoked: ReadonlyMap<PkiCertificate, Revocation>,
): (issuer: Issuer, mood: CrlMood) => Buffer {
  return (by, mood) => {
    const at = clock()
    const day = (days: number): Instant => addMilliseconds(at, days * day_ms)
    const list: CrlWishes = {
      issuer: pki[by],
      at,
      revoked: Array.from(revoked, ([certificate, revocation]) => ({ certificate, ...revocation })),
    }
    const scope = (...parts: Buffer[]): Buffer => pkiExtension('2.5.29.28', true, der(0x30, ...parts))
    const url = der(0xa0, der(0xa0, der(0x86, Buffer.from('http://127.0.0.1/another.crl'))))
    const everyone = [pki.seal, pki.tsa, pki.intermediate]
    const moods: Partial<Record<CrlMood, () => Partial<CrlWishes>>> = {
      'wrong issuer': () => ({ issuer: pki[by === 'root' ? 'intermediate' : 'root'] }),
      'wrong signature': () => ({ breakSignature: true }),
      stale: () => ({ at: day(-3), nextUpdate: day(-2) }),
      future: () => ({ at: day(1) }),
      revoked: () => ({ revoked: everyone.map((certificate) => ({ certificate, at: day(-1), reason: 4 })) }),
      delta: () => ({ extensions: [pkiExtension('2.5.29.27', true, der(0x02, Buffer.of(1)))] }),
      indirect: () => ({ extensions: [scope(der(0x84, Buffer.of(0xff)))] }),
      'another part': () => ({ extensions: [scope(url)] }),
      'unknown critical extension': () => ({ extensions: [pkiExtension('1.2.3.4', true, der(0x05))] }),
    }
    return aCrl({ ...list, ...moods[mood]?.() })
  }
}

function misbehave(mood: string, response: ServerResponse, path: string): void {
  // 'slow' says nothing until whoever asked hangs up.
  if (mood === 'down') response.destroy()
  if (mood === '500') response.writeHead(500, { 'content-type': 'text/plain' }).end('broken')
  if (mood === 'redirect') response.writeHead(302, { location: path }).end()
  if (mood === 'far redirects') response.writeHead(301, { location: 'http://169.254.169.254/latest' }).end()
  if (mood === 'malformed') response.writeHead(200).end(Buffer.from('3003020101ff', 'hex'))
  if (mood === 'a web page') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Log in first')
  if (mood === 'drips') {
    response.writeHead(200).write(Buffer.of(0x30))
    const timer = setInterval(() => response.write(Buffer.of(0)), 20)
    response.on('close', () => clearInterval(timer))
  }
  if (mood === 'breaks off') {
    response.writeHead(200, { 'content-length': 500 }).write(Buffer.alloc(100, 0x30))
    setTimeout(() => response.destroy(), 20)
  }
  if (mood === 'huge') {
    response.writeHead(200)
    const piece = Buffer.alloc(65_536, 0x30)
    const pour = (): void => {
      while (!response.destroyed) if (!response.write(piece)) return void response.once('drain', pour)
    }
    pour()
  }
}
