import { constants, createHash, privateEncrypt, randomBytes, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { p256 } from '@noble/curves/nist.js'
import type { PkiCertificate } from './revocation-pki.ts'

/** What the provider does; everything but `good`, `raw signature` and `issuer metadata` has to be refused. */
export type CscMood =
  | 'good'
  | 'raw signature'
  | 'issuer metadata'
  | 'denied'
  | 'code refused'
  | 'revoked authorisation'
  | 'wrong hash'
  | 'other certificate'
  | 'no hash binding'
  | 'disabled key'
  | 'expired by its own word'
  | 'unknown algorithm'
  | 'two signatures'
  | 'slow'
  | 'down'
  | 'huge'
  | 'a web page'
  | 'metadata of another'

export type CscServer = {
  readonly url: string
  readonly baseUrl: string
  readonly client: { readonly clientId: string; readonly clientSecret: string }
  readonly setMood: (mood: CscMood) => void
  /** The key with which the person signs, its certificate first. */
  readonly setCredential: (leaf: PkiCertificate, chain: readonly Buffer[]) => void
  /**
   * What the browser of the person does with the address it is sent to: authorise. Gives the address that it is sent back
   * to. Throws for a question that the provider does not take.
   */
  readonly visit: (url: string) => Promise<URL>
  /** What came, oldest first: method and path. */
  readonly requests: string[]
  /** Every text that the provider was asked to show. */
  readonly descriptions: string[]
  readonly stop: () => Promise<void>
}

type Grant = {
  readonly hash: string
  readonly codeChallenge: string
  readonly redirectUri: string
  used: boolean
}

const sha256Oid = '2.16.840.1.101.3.4.2.1'

/** A provider of remote signatures on loopback: the CSC API, version 2, and its OAuth 2.0 server, strict about both. */
export async function startCscServer(
  t: { teardown(work: () => unknown): void },
  redirectUri: string,
  other: PkiCertificate,
): Promise<CscServer> {
  const client = { clientId: 'beding', clientSecret: randomBytes(24).toString('base64url') }
  const requests: string[] = []
  const descriptions: string[] = []
  const codes = new Map<string, Grant>()
  const tokens = new Map<string, Grant>()
  const serviceTokens = new Set<string>()
  let mood: CscMood = 'good'
  let credential: { readonly leaf: PkiCertificate; readonly chain: readonly Buffer[] } | undefined
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    const { pathname, searchParams } = new URL(request.url ?? '', url)
    requests.push(`${request.method} ${pathname}`)
    const answer = (status: number, value: object): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (mood === 'down') return void request.socket.destroy()
    if (mood === 'slow' && pathname !== '/oauth2/authorize') return
    if (mood === 'huge') return void response.end(`{"name":"${'a'.repeat(600_000)}"}`)
    if (mood === 'a web page') return void response.end('<!doctype html><title>Maintenance</title>')
    if (pathname === '/oauth2/authorize') return authorise(searchParams, response)
    if (pathname === '/.well-known/oauth-authorization-server/issuer')
      return answer(200, {
        issuer: mood === 'metadata of another' ? `${url}/another` : `${url}/issuer`,
        authorization_endpoint: `${url}/oauth2/authorize`,
        token_endpoint: `${url}/oauth2/token`,
      })
    const [status, value] =
      pathname === '/oauth2/token'
        ? token(new URLSearchParams(body))
        : api(pathname, body === '' ? {} : (JSON.parse(body) as Question), bearerOf(request))
    answer(status, value)
  }

  const authorise = (query: URLSearchParams, response: ServerResponse): void => {
    const wanted: Record<string, string> = {
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: redirectUri,
      scope: 'credential',
      signatureQualifier: 'eu_eidas_qes',
      numSignatures: '1',
      hashAlgorithmOID: sha256Oid,
      code_challenge_method: 'S256',
    }
    const wrong = Object.entries(wanted).find(([name, value]) => query.get(name) !== value)
    const hash = query.get('hashes') ?? ''
    if (wrong !== undefined || Buffer.from(hash, 'base64url').length !== 32)
      return void response.writeHead(400).end(`wrong ${wrong?.[0] ?? 'hashes'}`)
    descriptions.push(query.get('description') ?? '')
    const back = new URL(redirectUri)
    back.searchParams.set('state', query.get('state') ?? '')
    if (mood === 'denied') back.searchParams.set('error', 'access_denied')
    else {
      const code = randomBytes(24).toString('base64url')
      codes.set(code, { hash, codeChallenge: query.get('code_challenge') ?? '', redirectUri, used: false })
      back.searchParams.set('code', code)
    }
    response.writeHead(302, { location: back.href }).end()
  }

  const token = (form: URLSearchParams): [number, object] => {
    const known =
      form.get('client_id') === client.clientId && form.get('client_secret') === client.clientSecret
    if (!known) return [401, { error: 'invalid_client' }]
    const made = randomBytes(24).toString('base64url')
    if (form.get('grant_type') === 'client_credentials') {
      serviceTokens.add(made)
      return [200, { access_token: made, token_type: 'Bearer', expires_in: 3_600 }]
    }
    const grant = codes.get(form.get('code') ?? '')
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const right = grant !== undefined && !grant.used && grant.codeChallenge === verifier && form.get('redirect_uri') === grant.redirectUri // prettier-ignore
    if (!right || mood === 'code refused') return [400, { error: 'invalid_grant' }]
    grant.used = true
    tokens.set(made, { ...grant, used: false })
    return [200, { access_token: made, token_type: 'SAD', expires_in: 300, credentialID: 'key-1' }]
  }

  const api = (path: string, question: Question, bearer: string): [number, object] => {
    const about = {
      specs: '2.0.0.2',
      name: 'Stand-in QTSP',
      region: 'NL',
      lang: 'nl',
      authType: ['oauth2code'],
    }
    if (path === '/csc/v2/info') {
      const named = mood === 'issuer metadata' || mood === 'metadata of another'
      return [200, { ...about, ...(named ? { oauth2Issuer: `${url}/issuer` } : { oauth2: url }) }]
    }
    if (path === '/csc/v2/signatures/signHash') return signed(question, tokens.get(bearer))
    if (!serviceTokens.has(bearer)) return [401, { error: 'invalid_token' }]
    if (path === '/csc/v2/credentials/list') return [200, { credentialIDs: ['key-1'] }]
    if (path !== '/csc/v2/credentials/info' || question.credentialID !== 'key-1' || credential === undefined)
      return [400, { error: 'invalid_request' }]
    return [200, { key: keyAnswer(credential.leaf), cert: certificateAnswer(credential.chain), auth: { mode: 'oauth2code' }, SCAL: mood === 'no hash binding' ? '1' : '2', multisign: 1 }] // prettier-ignore
  }

  const keyAnswer = ({ kind }: PkiCertificate): object => ({
    status: mood === 'disabled key' ? 'disabled' : 'enabled',
    algo: [
      mood === 'unknown algorithm'
        ? '1.3.101.112'
        : kind === 'rsa'
          ? '1.2.840.113549.1.1.1'
          : '1.2.840.10045.4.3.2',
    ],
    len: kind === 'rsa' ? 3_072 : 256,
  })

  const certificateAnswer = (chain: readonly Buffer[]): object => ({
    status: mood === 'expired by its own word' ? 'expired' : 'valid',
    certificates: chain.map((each) => each.toString('base64')),
  })

  const signed = (question: Question, grant: Grant | undefined): [number, object] => {
    const [asked, ...more] = (question.hashes ?? []).map((each) => Buffer.from(each, 'base64'))
    const covered = grant !== undefined && !grant.used && asked?.toString('base64url') === grant.hash
    if (
      !covered ||
      more.length > 0 ||
      question.hashAlgorithmOID !== sha256Oid ||
      mood === 'revoked authorisation'
    )
      return [400, { error: 'invalid_request' }]
    grant.used = true
    const hash = mood === 'wrong hash' ? randomBytes(32) : asked!
    const key = mood === 'other certificate' ? other.key : credential!.leaf.key
    const signature = signHash(key, hash, mood === 'raw signature').toString('base64')
    return [200, { signatures: mood === 'two signatures' ? [signature, signature] : [signature] }]
  }

  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  t.teardown(stop)
  return {
    url,
    baseUrl: `${url}/csc/v2`,
    client,
    setMood: (next) => void (mood = next),
    setCredential: (leaf, chain) => void (credential = { leaf, chain }),
    visit: async (address) => {
      const answer = await fetch(address, { redirect: 'manual' })
      const location = answer.headers.get('location')
      if (answer.status !== 302 || location === null) throw new Error(`the provider refused: ${await answer.text()}`) // prettier-ignore
      return new URL(location)
    },
    requests,
    descriptions,
    stop,
  }
}

type Question = {
  readonly credentialID?: string
  readonly hashes?: readonly string[]
  readonly hashAlgorithmOID?: string
}

function bearerOf(request: IncomingMessage): string {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex')

/** Signs a hash that was made elsewhere, as a signing device does; ECDSA as DER, or both numbers side by side. */
function signHash(key: KeyObject, hash: Buffer, raw: boolean): Buffer {
  if (key.asymmetricKeyType === 'rsa')
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([sha256Prefix, hash]))
  const secret = Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url')
  return Buffer.from(p256.sign(hash, secret, { prehash: false, format: raw ? 'compact' : 'der' }))
}
