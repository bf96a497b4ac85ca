import { compactVerify, decodeProtectedHeader, importJWK, type JWK, type RemoteJWKSet } from 'jose'
import type { TokenAlgorithm } from './provider.ts'

/** An ID token, its claims, and the public key that its signature was verified with. */
export type ProvenToken = {
  readonly idToken: string
  readonly claims: Readonly<Record<string, unknown>>
  /** RFC 7517, public members only. */
  readonly jwk: JWK
}

const publicMembers = ['kty', 'kid', 'alg', 'use', 'crv', 'n', 'e', 'x', 'y'] as const

/** The token is not signed by a key of its provider with an algorithm that the organisation allows. */
export class TokenNotSigned extends Error {}

/**
 * Verifies the signature of an ID token with the keys of its provider, and says which key it was: both are kept, so that
 * the sign-in can be checked again when the provider has long changed its keys. The keys come from the provider's
 * configuration alone, never from the token (RFC 8725 section 3.10). Throws TokenNotSigned, or what fetching keys threw.
 */
export async function proveToken(
  idToken: string,
  keys: RemoteJWKSet,
  algorithms: readonly TokenAlgorithm[],
): Promise<ProvenToken> {
  const header = headerOf(idToken)
  if (!algorithms.some((each) => each === header.alg) || header.crit !== undefined)
    throw new TokenNotSigned('the algorithm is not allowed')
  // Looks for the key, and fetches keys again when it is not among those that are known.
  await compactVerify(idToken, keys, { algorithms: [...algorithms] })
  const candidates = (keys.jwks()?.keys ?? []).filter(
    (jwk) => header.kid === undefined || jwk.kid === header.kid,
  )
  for (const candidate of candidates) {
    const jwk = Object.fromEntries(publicMembers.flatMap((name) => (candidate[name] === undefined ? [] : [[name, candidate[name]]]))) // prettier-ignore
    const verified = await verifyWith(idToken, jwk as JWK, header.alg!)
    if (verified === undefined) continue
    return { idToken, claims: JSON.parse(verified) as Record<string, unknown>, jwk: jwk as JWK }
  }
  throw new TokenNotSigned('no key of the provider verifies it')
}

function headerOf(idToken: string): ReturnType<typeof decodeProtectedHeader> {
  try {
    return decodeProtectedHeader(idToken)
  } catch (cause) {
    throw new TokenNotSigned('not a token', { cause })
  }
}

async function verifyWith(idToken: string, jwk: JWK, algorithm: string): Promise<string | undefined> {
  try {
    const { payload } = await compactVerify(idToken, await importJWK(jwk, algorithm), {
      algorithms: [algorithm],
    })
    return Buffer.from(payload).toString('utf8')
  } catch {
    return undefined
  }
}
