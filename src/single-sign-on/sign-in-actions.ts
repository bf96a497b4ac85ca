import * as client from 'openid-client'
import {
  addMilliseconds,
  canonicalJson,
  problem,
  sha256Hex,
  toBase64Url,
  type Instant,
  type OrganisationId,
} from '#core'
import type { Database } from '#database'
import type { Platform } from '#platform'
import {
  attemptValidity_s,
  openAttempt,
  returnPath,
  sealAttempt,
  type Attempt,
  type SignInPurpose,
} from './attempt.ts'
import { ProviderUnreachable } from './egress-fetch.ts'
import { judgeIdToken } from './id-token-decisions.ts'
import { IssuerDiffers, type ProviderDirectory } from './provider-directory.ts'
import { findUsableProvider } from './provider-store.ts'
import type { SealedProvider } from './provider.ts'
import { proveToken, TokenNotSigned } from './token-proof.ts'

export type SignOnDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly directory: ProviderDirectory
}

export type BeginSignIn = {
  readonly organisationId: OrganisationId
  readonly providerId: string
  readonly purpose: SignInPurpose
  /** Where the provider sends the browser back to; one address for each provider (RFC 9700 section 4.4.2.2). */
  readonly redirectUri: string
  readonly returnTo: string | undefined
  /** Asks the provider to have the person prove themselves again, now. */
  readonly fresh: boolean
}

/** Where to send the browser, and what it must bring back. */
export type BegunSignIn = { readonly location: string; readonly cookie: string }

/** What a provider said of somebody, raw, with the key that verified it: all that is needed to check it again. */
export type ProviderWord = {
  readonly assurance: 'sso' | 'sso-mfa'
  readonly at: Instant
  readonly authTime: Instant
  readonly issuer: string
  readonly clientId: string
  readonly providerId: string
  readonly subjectSha256: string
  readonly nonce: string
  readonly maxAge_s: number
  readonly amr: readonly string[]
  readonly acr: string | null
  readonly idToken: string
  /** The public key as a JWK (RFC 7517). */
  readonly jwk: Readonly<Record<string, string>>
}

/** A sign-in as it was proven. */
export type SignOnProof = {
  readonly attempt: Attempt
  readonly provider: SealedProvider
  readonly subject: string
  readonly claims: Readonly<Record<string, unknown>>
  readonly word: ProviderWord
  /** `word` as the canonical JSON in which it is kept, `beding-authentication/v1`. */
  readonly record: string
}

/**
 * Begins a sign-in: an authorization request with code, PKCE (RFC 7636), state and nonce, all of 256 bits, and `max_age`.
 * Throws `sign-on-provider-not-found` for a provider that is not there, disabled, or not for this purpose, and
 * `sign-on-unavailable`.
 */
export async function beginSignIn(deps: SignOnDeps, wanted: BeginSignIn): Promise<BegunSignIn> {
  const { platform } = deps
  const provider = await usableProvider(deps, wanted.organisationId, wanted.providerId, wanted.purpose)
  const { configuration } = await reaching(deps, provider, () => deps.directory.of(provider))
  const random = (): string => toBase64Url(platform.randomBytes(32))
  const attempt: Attempt = {
    attemptId: platform.newId(),
    organisationId: wanted.organisationId,
    providerId: provider.providerId,
    purpose: wanted.purpose,
    state: random(),
    nonce: random(),
    codeVerifier: random(),
    redirectUri: wanted.redirectUri,
    returnTo: returnPath(wanted.returnTo, wanted.purpose),
    maxAge_s: wanted.fresh ? 0 : provider.maxAgeSeconds,
    expiresAt: addMilliseconds(platform.clock(), attemptValidity_s * 1000),
  }
  const strong = wanted.fresh && provider.secondFactorAcr.length > 0
  const url = client.buildAuthorizationUrl(configuration, {
    response_type: 'code',
    redirect_uri: attempt.redirectUri,
    scope: provider.scopes.join(' '),
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(attempt.codeVerifier),
    code_challenge_method: 'S256',
    max_age: String(attempt.maxAge_s),
    ...(strong ? { acr_values: provider.secondFactorAcr.join(' ') } : {}),
  })
  return { location: url.href, cookie: sealAttempt(platform.secrets, attempt) }
}

/**
 * Completes a sign-in with what the browser brought back: its cookie and the query of the callback. Afterwards the ID token
 * was signed by this provider and says what it must; nobody is signed in yet, and the attempt must still be claimed
 * (`claimAttempt`). Throws `sign-on-expired`, `sign-on-answer-refused`, `sign-on-unavailable` or
 * `sign-on-provider-not-found`.
 */
export async function completeSignIn(
  deps: SignOnDeps,
  answer: {
    readonly purpose: SignInPurpose
    readonly providerId: string
    readonly cookie: string | undefined
    readonly query: URLSearchParams
  },
): Promise<SignOnProof> {
  const { platform } = deps
  const state = answer.query.get('state') ?? undefined
  const attempt = openAttempt(platform.secrets, answer.cookie, { ...answer, state }, platform.clock())
  if (attempt === undefined) throw problem('sign-on-expired')
  const provider = await usableProvider(deps, attempt.organisationId, attempt.providerId, attempt.purpose)
  const { idToken, claims, jwk } = await reaching(deps, provider, () =>
    exchangeCode(deps, provider, attempt, answer.query),
  )
  const at = platform.clock()
  const expected = { ...provider, nonce: attempt.nonce, maxAge_s: attempt.maxAge_s }
  const judged = judgeIdToken(claims, expected, at)
  if (judged.kind === 'refused') throw answerRefused(deps, provider, judged.because)
  const { subject, authTime, amr, acr, assurance } = judged
  const word: ProviderWord = {
    assurance,
    at,
    authTime,
    issuer: provider.issuer,
    clientId: provider.clientId,
    providerId: provider.providerId,
    subjectSha256: sha256Hex(subject),
    nonce: attempt.nonce,
    maxAge_s: attempt.maxAge_s,
    amr,
    acr,
    idToken,
    jwk: jwk as Record<string, string>,
  }
  const record = canonicalJson({ v: 'beding-authentication/v1', method: 'oidc', ...word })
  return { attempt, provider, subject, claims, word, record }
}

async function exchangeCode(
  deps: SignOnDeps,
  provider: SealedProvider,
  attempt: Attempt,
  query: URLSearchParams,
): Promise<Awaited<ReturnType<typeof proveToken>>> {
  const { configuration, keys } = await deps.directory.of(provider)
  const url = new URL(attempt.redirectUri)
  url.search = query.toString()
  const tokens = await client.authorizationCodeGrant(configuration, url, {
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    pkceCodeVerifier: attempt.codeVerifier,
    idTokenExpected: true,
    maxAge: attempt.maxAge_s,
  })
  return proveToken(tokens.id_token!, keys, provider.algorithms)
}

async function usableProvider(
  deps: SignOnDeps,
  organisationId: OrganisationId,
  providerId: string,
  purpose: SignInPurpose,
): Promise<SealedProvider> {
  const provider = await deps.database.readInOrganisation(organisationId, (trx) =>
    findUsableProvider(trx, organisationId, providerId, purpose),
  )
  if (provider === undefined) throw problem('sign-on-provider-not-found')
  return provider
}

/** Tells a provider that is away from one whose answer is not acceptable. Which of the checks failed is in the log only. */
async function reaching<T>(deps: SignOnDeps, provider: SealedProvider, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isAway(error)) {
      deps.platform.log.warn({ providerId: provider.providerId }, 'an identity provider does not answer')
      throw problem('sign-on-unavailable', { retryAfter_s: 10 })
    }
    throw answerRefused(deps, provider, wordOf(error))
  }
}

function isAway(error: unknown): boolean {
  for (let each: unknown = error; each instanceof Error; each = each.cause)
    if (each instanceof ProviderUnreachable) return true
  return error instanceof client.ResponseBodyError ? error.status >= 500 : hasServerStatus(error)
}

/** An answer of 5xx that is no OAuth error comes as an error with the answer as its cause. */
function hasServerStatus(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Response && cause.status >= 500
}

function answerRefused(deps: SignOnDeps, provider: SealedProvider, because: string): Error {
  deps.platform.log.warn(
    { providerId: provider.providerId, because },
    'an answer of an identity provider was refused',
  )
  return problem('sign-on-answer-refused')
}

/** One word of our own or of a library; never what the provider said. */
function wordOf(error: unknown): string {
  if (error instanceof TokenNotSigned) return 'signature'
  if (error instanceof IssuerDiffers) return 'issuer'
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[A-Z_]{3,60}$/.test(code) ? code : 'unknown'
}
