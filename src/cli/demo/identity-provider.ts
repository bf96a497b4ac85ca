import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** An employer's identity provider as it would stand elsewhere: OpenID Connect, authorization code with PKCE. */
export type DemoIdentityProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** From now on whoever comes is this person. */
  become(account: DemoAccount): void
  stop(): Promise<void>
}

/** Who signs in there. This provider asks nobody for a password: whoever comes is this person. */
export type DemoAccount = { readonly subject: string; readonly email: string }

type Waiting = { readonly nonce: string; readonly challenge: string; readonly redirectUri: string }

const tokenLife_s = 300

/** Starts the provider on this machine. It knows one account at a time and says that a second factor was used. */
export async function startIdentityProvider(first: DemoAccount): Promise<DemoIdentityProvider> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'demo-1', alg: 'ES256', use: 'sig' }
  const [clientId, clientSecret] = ['beding-demo', randomUUID()]
  const codes = new Map<string, Waiting>()
  let account = first
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer)
    if (url.pathname === '/.well-known/openid-configuration') return json(response, discovery())
    if (url.pathname === '/jwks') return json(response, { keys: [jwk] })
    if (url.pathname === '/authorize') return authorize(url.searchParams, response)
    if (url.pathname === '/token') return token(new URLSearchParams(await bodyOf(request)), response)
    response.writeHead(404).end()
  }

  function discovery() {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    }
  }

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const code = randomUUID()
    const redirectUri = query.get('redirect_uri') ?? ''
    codes.set(code, {
      nonce: query.get('nonce') ?? '',
      challenge: query.get('code_challenge') ?? '',
      redirectUri,
    })
    const back = new URL(redirectUri)
    back.searchParams.set('code', code)
    back.searchParams.set('state', query.get('state') ?? '')
    back.searchParams.set('iss', issuer)
    response.writeHead(302, { location: back.href }).end()
  }

  async function token(form: URLSearchParams, response: ServerResponse): Promise<void> {
    const code = form.get('code') ?? ''
    const waiting = codes.get(code)
    codes.delete(code)
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const known =
      form.get('client_secret') === clientSecret && waiting?.redirectUri === form.get('redirect_uri')
    if (waiting === undefined || verifier !== waiting.challenge || !known) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}')
      return
    }
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      nonce: waiting.nonce,
      email: account.email,
      email_verified: true,
      auth_time: now,
      amr: ['pwd', 'mfa'],
    }
    const idToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: jwk.kid })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setSubject(account.subject)
      .setIssuedAt(now)
      .setExpirationTime(now + tokenLife_s)
      .sign(privateKey)
    json(response, {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: tokenLife_s,
      id_token: idToken,
    })
  }

  return {
    issuer,
    clientId,
    clientSecret,
    become(next) {
      account = next
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function json(response: ServerResponse, body: unknown): void {
  response
    .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}

const bodyMax = 10_000

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > bodyMax) throw new Error('too long')
  }
  return text
}
