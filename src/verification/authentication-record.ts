import { rankOf } from './assurance-ladder.ts'
import { isObject, parseCanonicalJson } from './canonical-json.ts'
import type { Json, JsonObject } from './canonical-json.ts'
import { factText } from './disclosures.ts'
import type { Facts } from './disclosures.ts'
import { verifyIdToken } from './id-token.ts'
import type { Claims } from './id-token.ts'
import { textsOf } from './passkey-signing.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'
import { isInstant } from './strict-text.ts'

/** How a person was known, as far as it can be checked again. */
export type AuthenticationShown = {
  /** The level that the record supports. */
  readonly level: string
  readonly words: string
  readonly limits: readonly string[]
}

/** The highest level that each way of signing in can give. */
const levelMax: Readonly<Record<string, string>> = {
  link: 'mailbox-employer',
  'mailbox-code': 'mailbox-private',
  totp: 'phone-otp',
  oidc: 'sso-mfa',
}

/** Clocks of service and provider may be this far apart. */
const tolerance_s = 60

/**
 * Reads the record of an authentication (`beding-authentication/v1`) and refuses what contradicts itself, or the facts
 * beside it. Of a single sign-on the ID token is verified anew with the recorded key, and must say what the record says of it.
 */
export function checkAuthentication(
  text: Json | undefined,
  facts: Facts,
  momentFact: 'actedAt' | 'enrolledAt',
): AuthenticationShown {
  demand(typeof text === 'string', 'the record of the authentication is not a text')
  const record = parseCanonicalJson(Buffer.from(text, 'utf8'))
  demand(
    isObject(record) && record['v'] === 'beding-authentication/v1',
    'the authentication is of no known format',
  )
  const { assurance, at, method } = record
  const most = typeof method === 'string' && Object.hasOwn(levelMax, method) ? levelMax[method] : undefined
  demand(most !== undefined, 'the person was known in a way that is not known here')
  const rank = rankOf(assurance)
  const fits = rank !== undefined && rank <= (rankOf(most) as number)
  demand(fits, `an authentication by "${factText(method)}" cannot give the level it claims`)
  demand(isInstant(at), 'the authentication took place at no moment')
  const actedAt = facts.get(momentFact)
  const before = !isInstant(actedAt) || Date.parse(at) <= Date.parse(actedAt) + tolerance_s * 1000
  demand(before, 'the person was known only afterwards')
  for (const name of ['organisationId', 'personId']) {
    const [said, fact] = [record[name], facts.get(name)]
    demand(
      said === undefined || fact === undefined || said === fact,
      'the authentication is that of somebody else',
    )
  }
  const words = `${factText(assurance)} by ${factText(method)} at ${at}`
  if (method !== 'oidc') return { level: assurance as string, words, limits: [recordLimit] }
  const claims = demandSignOn(record, Date.parse(at) / 1000)
  const spoken = `${words}, as ${factText(claims['iss'])} said of "${factText(claims['sub'])}"`
  return { level: assurance as string, words: spoken, limits: [issuerLimit] }
}

const recordLimit =
  'That a code reached the right person rests on the record of the service: nothing signed by somebody else shows it.'
const issuerLimit =
  'That the recorded key belongs to the identity provider, and that its account is this person’s, rests on the record of the service.'

function demandSignOn(record: JsonObject, at_s: number): Claims {
  const { acr, amr, assurance, authTime, clientId, idToken, issuer, jwk, maxAge_s, nonce, subjectSha256 } =
    record
  demand(typeof idToken === 'string' && jwk !== undefined, 'the record of a sign-on has no token or no key')
  const claims = verifyIdToken(idToken, jwk)
  const said = (name: string, value: Json | undefined, recorded: Json | undefined): void =>
    demand(value === recorded, `the ID token says another "${name}" than the record`)
  const { iss, nonce: answered, sub } = claims
  const aud = Array.isArray(claims['aud']) && claims['aud'].length === 1 ? claims['aud'][0] : claims['aud']
  const named = [iss, aud, answered, sub].every((each) => typeof each === 'string')
  demand(named, 'the ID token does not say who spoke to whom of whom')
  said('iss', iss, issuer)
  said('aud', aud, clientId)
  said('nonce', answered, nonce)
  said('sub', sha256(Buffer.from(sub as string, 'utf8')).toString('hex'), subjectSha256)
  said('acr', claims['acr'] ?? null, acr)
  const factors = textsOf(amr, 'the factors on record')
  said('amr', JSON.stringify(textsOf(claims['amr'] ?? [], 'the factors')), JSON.stringify(factors))
  const strong = assurance !== 'sso-mfa' || acr !== null || factors.length > 0
  demand(strong, 'the provider does not say that there was a second factor')
  demandFresh(claims, authTime, maxAge_s, at_s)
  return claims
}

/** The person proved themselves to the provider no longer ago than was asked for, and the token was valid then. */
function demandFresh(
  claims: Claims,
  authTime: Json | undefined,
  maxAge: Json | undefined,
  at_s: number,
): void {
  const { auth_time: claimed, exp, iat } = claims
  demand(isSeconds(claimed) && isSeconds(exp) && isSeconds(iat), 'the ID token does not say when')
  demand(
    isInstant(authTime) && Date.parse(authTime) === claimed * 1000,
    'the record says another moment of proof',
  )
  demand(isSeconds(maxAge), 'the record does not say how fresh the proof had to be')
  const fresh = at_s - claimed <= maxAge + tolerance_s && claimed <= at_s + tolerance_s
  demand(fresh, 'the person did not prove themselves as freshly as was asked')
  demand(iat <= at_s + tolerance_s && at_s <= exp + tolerance_s, 'the ID token was not valid then')
}

function isSeconds(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 1e11
}
