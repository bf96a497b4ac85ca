import { addMilliseconds, instantFromDate, millisecondsOf, type Instant } from '#core'
import { clockTolerance_s } from './provider.ts'

/** What an ID token must say, known before it came. */
export type TokenExpectation = {
  readonly issuer: string
  readonly clientId: string
  readonly nonce: string
  readonly maxAge_s: number
  readonly secondFactorAmr: readonly string[]
  readonly secondFactorAcr: readonly string[]
}

export type TokenRefusal =
  | 'iss'
  | 'aud'
  | 'azp'
  | 'nonce'
  | 'sub'
  | 'exp'
  | 'iat'
  | 'nbf'
  | 'auth-time-missing'
  | 'auth-time'
  | 'malformed'

export type JudgedToken =
  | { readonly kind: 'refused'; readonly because: TokenRefusal }
  | {
      readonly kind: 'accepted'
      readonly subject: string
      /** When the person proved themselves to the provider; not when the token was made. */
      readonly authTime: Instant
      readonly amr: readonly string[]
      readonly acr: string | null
      readonly assurance: 'sso' | 'sso-mfa'
    }

type Claims = Readonly<Record<string, unknown>>

/** An ID token is fetched at once, so one that is older than this was not made for this sign-in. */
const issuedAgoMax_s = 600

/**
 * Says whether the claims of an ID token, whose signature was checked, prove a sign-in at this moment (OpenID Connect Core
 * 1.0 section 3.1.3.7). Everything is compared exactly: one issuer, one audience, the nonce of this attempt; clocks may be
 * 60 seconds apart. `auth_time` was asked for with `max_age`, so it must be there. A second factor counts only where the
 * provider says so in a value that the organisation named (RFC 8176).
 */
export function judgeIdToken(claims: Claims, expected: TokenExpectation, moment: Instant): JudgedToken {
  const now_s = millisecondsOf(moment) / 1000
  const refusal = refusalOf(claims, expected, now_s)
  if (refusal !== undefined) return { kind: 'refused', because: refusal }
  const amr = claims['amr'] === undefined ? [] : (claims['amr'] as string[])
  const acr = typeof claims['acr'] === 'string' ? claims['acr'] : null
  const strong =
    amr.some((each) => expected.secondFactorAmr.includes(each)) ||
    (acr !== null && expected.secondFactorAcr.includes(acr))
  return {
    kind: 'accepted',
    subject: claims['sub'] as string,
    authTime: addMilliseconds(instantFromDate(new Date(0)), (claims['auth_time'] as number) * 1000),
    amr,
    acr,
    assurance: strong ? 'sso-mfa' : 'sso',
  }
}

function refusalOf(claims: Claims, expected: TokenExpectation, now_s: number): TokenRefusal | undefined {
  const { iss, aud, azp, nonce, sub, exp, iat, nbf, amr } = claims
  if (iss !== expected.issuer) return 'iss'
  const audiences = Array.isArray(aud) ? aud : [aud]
  if (audiences.length !== 1 || audiences[0] !== expected.clientId) return 'aud'
  if (azp !== undefined && azp !== expected.clientId) return 'azp'
  if (nonce !== expected.nonce) return 'nonce'
  if (typeof sub !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(sub)) return 'sub'
  if (!isSeconds(exp) || exp + clockTolerance_s <= now_s) return 'exp'
  if (!isSeconds(iat) || iat > now_s + clockTolerance_s || iat < now_s - issuedAgoMax_s) return 'iat'
  if (nbf !== undefined && (!isSeconds(nbf) || nbf > now_s + clockTolerance_s)) return 'nbf'
  if (amr !== undefined && !(Array.isArray(amr) && amr.every((each) => typeof each === 'string')))
    return 'malformed'
  return authTimeRefusal(claims['auth_time'], expected.maxAge_s, now_s)
}

function authTimeRefusal(authTime: unknown, maxAge_s: number, now_s: number): TokenRefusal | undefined {
  if (authTime === undefined) return 'auth-time-missing'
  if (!isSeconds(authTime) || authTime > now_s + clockTolerance_s) return 'auth-time'
  return authTime + maxAge_s + clockTolerance_s < now_s ? 'auth-time' : undefined
}

/** NumericDate (RFC 7519 section 2), within what a date can be. */
function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 8.64e12
}
