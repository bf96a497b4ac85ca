import { constants, privateEncrypt, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { p256 } from '@noble/curves/nist.js'

/** What a stand-in for a key service does with the next requests. */
export type KeyServiceMood =
  | 'good'
  | 'busy once'
  | '500'
  | 'busy'
  | 'refuses the token'
  | 'wrong signature'
  | 'other key'
  | 'huge'
  | 'rubbish'
  | 'no signature'
  | 'silent'
  | 'drips'
  | 'breaks off'
  | 'redirect'

export type KeyServiceRequest = { readonly authorization: string | undefined; readonly body: unknown }

export type KeyService = {
  readonly url: string
  readonly requests: readonly KeyServiceRequest[]
  readonly setMood: (mood: KeyServiceMood) => void
  /** Work to be done before the next answer, once. */
  readonly before: (work: () => Promise<void>) => void
  /** From then on connections are refused. */
  readonly close: () => Promise<void>
}

/** A key service on loopback that holds one key. It signs the digest it is given, as the real ones do. */
export async function aKeyService(key: KeyObject, otherKey: KeyObject): Promise<KeyService> {
  let mood: KeyServiceMood = 'good'
  let first: (() => Promise<void>) | undefined
  const requests: KeyServiceRequest[] = []
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse((await buffer(request)).toString('utf8')) as { digest: string }
    requests.push({ authorization: request.headers.authorization, body })
    const work = first
    first = undefined
    await work?.()
    const digest = Buffer.from(body.digest, 'base64')
    reply(mood, response, (by) => signDigest(by === 'own' ? key : otherKey, digest))
    if (mood === 'busy once') mood = 'good'
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/sign`,
    requests,
    setMood: (next) => void (mood = next),
    before: (work) => void (first = work),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function reply(
  mood: KeyServiceMood,
  response: ServerResponse,
  signature: (by: 'own' | 'other') => Buffer,
): void {
  const answer = (status: number, body: string, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }
  const signed = (bytes: Buffer): void => answer(200, JSON.stringify({ signature: bytes.toString('base64') }))
  const broken = (): Buffer => {
    const bytes = signature('own')
    bytes[bytes.length - 1]! ^= 1
    return bytes
  }
  const actions: Record<KeyServiceMood, () => void> = {
    good: () => signed(signature('own')),
    'busy once': () => answer(503, '{}'),
    '500': () => answer(500, '{"error":"secret inside"}'),
    busy: () => answer(429, '{}', { 'retry-after': '17' }),
    'refuses the token': () => answer(403, '{"error":"secret inside"}'),
    'wrong signature': () => signed(broken()),
    'other key': () => signed(signature('other')),
    huge: () => answer(200, JSON.stringify({ signature: 'A'.repeat(1_000_000) })),
    rubbish: () => answer(200, '<html>'),
    'no signature': () => answer(200, '{"signature":""}'),
    silent: () => undefined,
    drips: () => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 200)
      response.on('close', () => clearInterval(timer))
    },
    'breaks off': () => void response.socket!.destroy(),
    redirect: () => answer(307, '', { location: '/elsewhere' }),
  }
  actions[mood]()
}

/** ECDSA or RSA over a digest that is there already; `sign` of Node would hash it again. */
function signDigest(key: KeyObject, digest: Buffer): Buffer {
  if (key.asymmetricKeyType === 'rsa') {
    const digestInfo = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest])
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digestInfo)
  }
  const secret = Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url')
  return Buffer.from(p256.sign(digest, secret, { prehash: false, format: 'der' }))
}
