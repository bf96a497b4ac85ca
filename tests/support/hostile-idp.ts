import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose'

type Teardown = { teardown(work: () => unknown): void }
type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey']

/** A provider that says whatever a test wants it to say. */
export type HostileIdp = {
  readonly issuer: string
  /** What the token endpoint answers next; a text stands for the ID token. */
  answerWith: string | { readonly status: number; readonly body: string }
  /** Members of the discovery document that differ. */
  readonly metadata: Record<string, unknown>
  readonly sign: (claims: JWTPayload, header?: Record<string, unknown>, key?: SigningKey) => Promise<string>
  readonly keys: JWK[]
  readonly kid: string
  /** The bodies that came to the token endpoint. */
  readonly asked: URLSearchParams[]
}

export async function aHostileIdp(t: Teardown): Promise<HostileIdp> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const kid = 'hostile-1'
  const idp: HostileIdp = {
    issuer,
    kid,
    answerWith: '',
    metadata: {},
    keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }],
    asked: [],
    sign: (claims, header = {}, key = privateKey) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid, ...header }).sign(key),
  }
  server.on('request', (request, response) => {
    const send = (status: number, body: string): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (request.url === '/.well-known/openid-configuration') send(200, JSON.stringify(documentOf(idp)))
      else if (request.url === '/keys') send(200, JSON.stringify({ keys: idp.keys }))
      else {
        idp.asked.push(new URLSearchParams(Buffer.concat(parts).toString()))
        const { answerWith } = idp
        if (typeof answerWith === 'object') return send(answerWith.status, answerWith.body)
        send(200, JSON.stringify({ access_token: 'x', token_type: 'Bearer', id_token: answerWith }))
      }
    })
  })
  return idp
}

function documentOf({ issuer, metadata }: HostileIdp): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256', 'none', 'HS256'],
    ...metadata,
  }
}
