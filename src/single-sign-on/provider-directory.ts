import { createRemoteJWKSet, customFetch as joseFetch, importJWK, type JWK, type RemoteJWKSet } from 'jose'
import * as client from 'openid-client'
import { millisecondsOf } from '#core'
import type { Platform } from '#platform'
import { egressFetch, type EgressFetch, type EgressFetchOptions } from './egress-fetch.ts'
import { clockTolerance_s, secretPurpose, type SealedProvider } from './provider.ts'

export type DirectoryOptions = EgressFetchOptions & {
  /** How long what a provider says of itself is believed without asking again. Default one hour. */
  readonly believeFor_ms?: number
  /** How long after a look at a provider's keys an unknown key does not make us look again. Default 10 000. */
  readonly keyCooldown_ms?: number
}

/** A provider as `openid-client` wants it, with the keys that it signs with now. */
export type KnownProvider = { readonly configuration: client.Configuration; readonly keys: RemoteJWKSet }

export type ProviderDirectory = {
  /**
   * What is needed to sign in at this provider now. Throws what asking it threw; a provider that was asked before and is
   * away for a moment is still known.
   */
  readonly of: (provider: SealedProvider) => Promise<KnownProvider>
}

type Remembered = {
  readonly askedAt: number
  readonly metadata: client.ServerMetadata
  readonly keys: RemoteJWKSet
}

const remembered_max = 1_000

/** Thrown when a provider calls itself something else than the organisation was told (OpenID Connect Discovery section 4.3). */
export class IssuerDiffers extends Error {}

/**
 * Knows providers by their issuer: discovery and keys are fetched over the egress rules, remembered, and fetched again when
 * they are old, or when a token names a key that is not among them (key rotation), with a pause in between.
 */
export function createProviderDirectory(
  platform: Pick<Platform, 'clock' | 'secrets'>,
  options: DirectoryOptions,
): ProviderDirectory {
  const fetchOut = egressFetch(options)
  const known = new Map<string, Remembered>()
  const believeFor_ms = options.believeFor_ms ?? 3_600_000
  const look = async (issuer: string): Promise<Remembered> => {
    const found = known.get(issuer)
    if (found !== undefined && performance.now() - found.askedAt < believeFor_ms) return found
    try {
      const metadata = await discover(issuer, fetchOut, options)
      const sameKeys = found !== undefined && found.metadata.jwks_uri === metadata.jwks_uri
      const keys = sameKeys ? found.keys : keysAt(metadata, fetchOut, options)
      const fresh = { askedAt: performance.now(), metadata, keys }
      known.delete(issuer)
      if (known.size >= remembered_max) known.delete(known.keys().next().value!)
      known.set(issuer, fresh)
      return fresh
    } catch (error) {
      if (found === undefined) throw error
      return found
    }
  }
  return {
    of: async (provider) => {
      const { metadata, keys } = await look(provider.issuer)
      const authentication = await authenticationOf(platform, provider)
      const skew_s = Math.round((millisecondsOf(platform.clock()) - Date.now()) / 1000)
      const settings = { [client.clockSkew]: skew_s, [client.clockTolerance]: clockTolerance_s }
      const configuration = new client.Configuration(metadata, provider.clientId, settings, authentication)
      configuration[client.customFetch] = fetchOut
      if (options.allowLoopback) client.allowInsecureRequests(configuration)
      return { configuration, keys }
    },
  }
}

/** What a provider says of itself, when it is the one that was meant and offers what is needed here. */
async function discover(
  issuer: string,
  fetchOut: EgressFetch,
  options: DirectoryOptions,
): Promise<client.ServerMetadata> {
  const found = await client.discovery(new URL(issuer), 'nobody', undefined, client.None(), {
    [client.customFetch]: fetchOut,
    execute: options.allowLoopback ? [client.allowInsecureRequests] : [],
  })
  const metadata = found.serverMetadata()
  if (metadata.issuer !== issuer) throw new IssuerDiffers('the issuer differs')
  if (
    metadata.authorization_endpoint === undefined ||
    metadata.token_endpoint === undefined ||
    metadata.jwks_uri === undefined
  )
    throw new IssuerDiffers('an endpoint is missing')
  return metadata
}

function keysAt(
  metadata: client.ServerMetadata,
  fetchOut: EgressFetch,
  options: DirectoryOptions,
): RemoteJWKSet {
  return createRemoteJWKSet(new URL(metadata.jwks_uri!), {
    cooldownDuration: options.keyCooldown_ms ?? 10_000,
    timeoutDuration: options.timeout_ms ?? 8_000,
    [joseFetch]: fetchOut,
  })
}

async function authenticationOf(
  platform: Pick<Platform, 'secrets'>,
  provider: SealedProvider,
): Promise<client.ClientAuth> {
  const secret = platform.secrets.open(secretPurpose, provider.sealedSecret).toString('utf8')
  switch (provider.clientAuthentication) {
    case 'client-secret-basic':
      return client.ClientSecretBasic(secret)
    case 'client-secret-post':
      return client.ClientSecretPost(secret)
    case 'private-key-jwt': {
      const jwk = JSON.parse(secret) as JWK
      const key = (await importJWK(jwk, 'ES256')) as client.CryptoKey
      return client.PrivateKeyJwt(jwk.kid === undefined ? key : { key, kid: jwk.kid })
    }
  }
}
