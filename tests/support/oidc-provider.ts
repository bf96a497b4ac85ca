import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider'

/** What the provider knows about one account, and how it signs in when it does. */
export type TestAccount = {
  readonly claims: Readonly<Record<string, unknown>>
  readonly amr?: readonly string[]
  readonly acr?: string
}

export type TestIdp = {
  readonly issuer: string
  /** Who signs in at the next interaction. */
  readonly signInAs: (subject: string) => void
  readonly accounts: Map<string, TestAccount>
  /** New signing keys; the old ones are gone from the published set. */
  readonly rotateKeys: () => Promise<void>
  /** Stops answering, and answers again on the same port. */
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
  readonly requests: string[]
}

export type TestClient = {
  readonly clientId: string
  readonly clientSecret?: string
  readonly jwk?: JWK
  readonly redirectUris: readonly string[]
  readonly authentication?: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'
}

type Teardown = { teardown(work: () => unknown): void }

/**
 * A real identity provider (`oidc-provider`) on this machine. Its interactions sign in whoever was named last and consent
 * at once, over HTTP, as a person in a browser would.
 */
export async function anIdp(
  t: Teardown,
): Promise<TestIdp & { register: (client: TestClient) => Promise<void> }> {
  const server: Server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const accounts = new Map<string, TestAccount>()
  const clients: TestClient[] = []
  const requests: string[] = []
  let next = 'nobody'
  let provider: Provider
  let key = await aSigningKey()
  const build = async (): Promise<void> => {
    provider = new Provider(issuer, configurationOf(key, clients, accounts))
    // The provider warns on every start that it is set up for development, which it is.
    provider.on('server_error', (_context, error) => process.stderr.write(`provider: ${String(error)}\n`))
  }
  await quietly(build)
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`)
    if (request.url?.startsWith('/interaction/')) void interact(provider, request, response, next, accounts)
    else void provider.callback()(request, response)
  })
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    issuer,
    accounts,
    requests,
    signInAs: (subject) => void (next = subject),
    rotateKeys: async () => {
      key = await aSigningKey()
      await quietly(build)
    },
    register: async (client) => {
      clients.push(client)
      await quietly(build)
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
    start: async () => {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
  }
}

async function quietly(work: () => Promise<void>): Promise<void> {
  const { warn, info } = console
  console.warn = () => undefined
  console.info = () => undefined
  try {
    await work()
  } finally {
    console.warn = warn
    console.info = info
  }
}

let keysMade = 0

async function aSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: `key-${++keysMade}` }
}

function configurationOf(
  key: JWK,
  clients: readonly TestClient[],
  accounts: ReadonlyMap<string, TestAccount>,
): Configuration {
  const names = ['acr', 'amr', 'auth_time', 'email', 'email_verified', 'groups', 'name', 'employee_number']
  return {
    jwks: { keys: [key as never] },
    cookies: { keys: ['only for tests'] },
    // The ID token holds the claims themselves, as those of the large providers do.
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub', ...names],
      acr: null,
      amr: null,
      auth_time: null,
      sid: null,
      iss: null,
    } as never,
    acrValues: ['urn:example:strong'],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    interactions: {
      url: (_context: KoaContextWithOIDC, interaction: { uid: string }) => `/interaction/${interaction.uid}`,
    },
    findAccount: async (_context: unknown, accountId: string) => ({
      accountId,
      claims: async () => ({ sub: accountId, ...accounts.get(accountId)?.claims }),
    }),
    clients: clients.map((each) => ({
      client_id: each.clientId,
      ...(each.clientSecret === undefined ? {} : { client_secret: each.clientSecret }),
      ...(each.jwk === undefined ? {} : { jwks: { keys: [each.jwk] as never } }),
      token_endpoint_auth_method: each.authentication ?? 'client_secret_basic',
      redirect_uris: [...each.redirectUris],
      response_types: ['code' as const],
      grant_types: ['authorization_code'],
      scope: 'openid profile email',
    })),
    scopes: ['openid', 'profile', 'email'],
  }
}

async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  subject: string,
  accounts: ReadonlyMap<string, TestAccount>,
): Promise<void> {
  const details = await provider.interactionDetails(request, response)
  if (details.prompt.name === 'login') {
    const { amr, acr } = accounts.get(subject) ?? {}
    const login = {
      accountId: subject,
      ...(amr === undefined ? {} : { amr: [...amr] }),
      ...(acr === undefined ? {} : { acr }),
    }
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
    return
  }
  const grant = new provider.Grant({
    accountId: details.session!.accountId,
    clientId: details.params['client_id'] as string,
  })
  grant.addOIDCScope('openid profile email')
  const consent = { grantId: await grant.save() }
  await provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true })
}

/** A browser without a screen: keeps cookies for each origin and follows redirects as one would. */
export class TestBrowser {
  readonly #jars = new Map<string, Map<string, string>>()

  /** The cookies for an origin, as a Cookie header. */
  cookies(origin: string): string {
    return [...(this.#jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  setCookie(origin: string, header: string): void {
    const [pair = ''] = header.split(';')
    const at = pair.indexOf('=')
    const jar = this.#jars.get(origin) ?? new Map<string, string>()
    this.#jars.set(origin, jar)
    if (/max-age=0(;|$)/i.test(header) || pair.slice(at + 1) === '') jar.delete(pair.slice(0, at))
    else jar.set(pair.slice(0, at), pair.slice(at + 1))
  }

  /** Asks for an address and follows redirects until one leads to `until`, which is given back and not asked for. */
  async follow(address: string, until: (url: URL) => boolean): Promise<URL> {
    let url = new URL(address)
    for (let hop = 0; hop < 20; hop += 1) {
      if (until(url)) return url
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie: this.cookies(url.origin) } })
      for (const header of answer.headers.getSetCookie()) this.setCookie(url.origin, header)
      const location = answer.headers.get('location')
      if (location === null)
        throw new Error(`${answer.status} at ${url.pathname}: ${(await answer.text()).slice(0, 300)}`)
      await answer.body?.cancel()
      url = new URL(location, url)
    }
    throw new Error('too many redirects')
  }
}
