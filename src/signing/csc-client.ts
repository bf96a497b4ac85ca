import { fromBase64, problem } from '#core'
import { type EgressFetch, ProviderUnreachable } from '#single-sign-on'
import { readCredential, readService, textIn, unusable, type CscAnswer, type CscCredential, type CscService } from './csc-answers.ts' // prettier-ignore

/** Whose calls these are: where the API is, and how this service proves who it is. */
export type CscAccess = {
  readonly baseUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

/** What the person authorised, as the provider answers it. */
export type CscAuthorisation = {
  readonly accessToken: string
  /** The key that was chosen at the provider. */
  readonly credentialId: string
}

const sha256Oid = '2.16.840.1.101.3.4.2.1'
/** What a refusal by the provider means: something about the service itself, or about what the person authorised. */
type Refusal = 'of the service' | 'of the authorisation'

/**
 * Calls of the CSC API, version 2, and of its OAuth 2.0 server. Each throws `signing-provider-unavailable` when nothing
 * usable came back, and lets no word of an answer into a log.
 */
export class CscClient {
  readonly #fetch: EgressFetch
  readonly #access: CscAccess

  constructor(fetch: EgressFetch, access: CscAccess) {
    this.#fetch = fetch
    this.#access = access
  }

  /** `info`, and the metadata of the authorization server where the service names it so (RFC 8414). */
  async service(): Promise<CscService> {
    const info = await this.#post('info', {})
    return readService(info, async (issuer) => {
      const { origin, pathname } = new URL(issuer)
      const path = pathname === '/' ? '' : pathname.replace(/\/$/, '')
      return this.#json(`${origin}/.well-known/oauth-authorization-server${path}`, {})
    })
  }

  /** A token of this service itself, by its client credentials (RFC 6749 section 4.4). */
  async serviceToken(service: CscService): Promise<string> {
    const answer = await this.#token(service, { grant_type: 'client_credentials', scope: 'service' }, 'of the service') // prettier-ignore
    return textIn(answer['access_token'], 8_192)
  }

  /**
   * What the person authorised, for the code that they came back with. Throws `signing-not-authorised` when the provider
   * does not take the code (any more).
   */
  async authorisation(
    service: CscService,
    code: { readonly code: string; readonly codeVerifier: string; readonly redirectUri: string },
  ): Promise<CscAuthorisation> {
    const parameters = {
      grant_type: 'authorization_code',
      code: code.code,
      code_verifier: code.codeVerifier,
      redirect_uri: code.redirectUri,
    }
    const answer = await this.#token(service, parameters, 'of the authorisation')
    return {
      accessToken: textIn(answer['access_token'], 8_192),
      credentialId: textIn(answer['credentialID'], 255),
    }
  }

  /** `credentials/info` of one key: its certificates, its state, and how it is authorised. */
  async credential(serviceToken: string, credentialId: string): Promise<CscCredential> {
    const body = { credentialID: credentialId, certificates: 'chain', certInfo: true, authInfo: true }
    return readCredential(await this.#post('credentials/info', body, serviceToken))
  }

  /**
   * `signatures/signHash` of exactly one hash, with the authorisation of the person. Throws `signing-not-authorised` when
   * the provider says that it covers something else or was withdrawn.
   */
  async signHash(
    { accessToken, credentialId }: CscAuthorisation,
    hash: Buffer,
    algorithm: string,
  ): Promise<Buffer> {
    const body = {
      credentialID: credentialId,
      hashes: [hash.toString('base64')],
      hashAlgorithmOID: sha256Oid,
      signAlgo: algorithm,
      operationMode: 'S',
    }
    const { signatures } = await this.#post('signatures/signHash', body, accessToken, 'of the authorisation')
    const [only, ...more] = Array.isArray(signatures) ? (signatures as unknown[]) : []
    const bytes = typeof only === 'string' ? fromBase64(only) : undefined
    if (bytes === undefined || bytes.length === 0 || more.length > 0) throw unusable()
    return bytes
  }

  async #token(
    service: CscService,
    parameters: Readonly<Record<string, string>>,
    refusal: Refusal,
  ): Promise<CscAnswer> {
    const { clientId: client_id, clientSecret: client_secret } = this.#access
    const body = new URLSearchParams({ ...parameters, client_id, client_secret })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#json(service.tokenEndpoint, { method: 'POST', headers, body }, refusal)
  }

  #post(path: string, body: object, token?: string, refusal: Refusal = 'of the service'): Promise<CscAnswer> {
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    }
    const options = { method: 'POST', headers, body: JSON.stringify(body) }
    return this.#json(`${this.#access.baseUrl}/${path}`, options, refusal)
  }

  async #json(
    url: string,
    options: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }, // prettier-ignore
    refusal: Refusal = 'of the service',
  ): Promise<CscAnswer> {
    try {
      const answer = await this.#fetch(url, { ...options, headers: { accept: 'application/json', ...options.headers } }) // prettier-ignore
      const text = await answer.text()
      if (refusal === 'of the authorisation' && [400, 401, 403].includes(answer.status))
        throw problem('signing-not-authorised')
      if (answer.status !== 200) throw unusable()
      const value: unknown = JSON.parse(text)
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unusable()
      return value as CscAnswer
    } catch (error) {
      if (error instanceof ProviderUnreachable || error instanceof SyntaxError) throw unusable(error)
      throw error
    }
  }
}
