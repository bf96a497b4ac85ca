import { fromBase64Url, problem, sha256, toBase64Url } from '#core'
import type { Platform } from '#platform'
import type { CscService } from './csc-answers.ts'

/** What is kept of an authorisation that a person was sent away for. */
export type AskedAuthorisation = {
  readonly providerId: string
  readonly service: CscService
  /** Comes back unchanged with the person (RFC 6749 section 10.12). */
  readonly state: string
  /** RFC 7636. */
  readonly codeVerifier: string
  readonly redirectUri: string
}

/** What is kept once the provider has signed, so that the same answer once more gives the same signature. */
export type KeptSignature = {
  readonly codeSha256: string
  readonly credentialId: string
  readonly signing: string
}

export type CscState =
  | { readonly kind: 'asked'; readonly asked: AskedAuthorisation }
  | { readonly kind: 'signed'; readonly signed: KeptSignature }

const purpose = 'csc-authorisation'
const sha256Oid = '2.16.840.1.101.3.4.2.1'
const descriptionMax = 500

/** The state of a challenge as it is stored: sealed, because a code is worth something to whoever has its verifier. */
export function sealState({ secrets }: Pick<Platform, 'secrets'>, state: CscState): string {
  const text = JSON.stringify(state)
  return toBase64Url(secrets.seal(purpose, Buffer.from(text, 'utf8')))
}

export function openState({ secrets }: Pick<Platform, 'secrets'>, stored: string | null): CscState {
  const sealed = stored === null ? undefined : fromBase64Url(stored)
  if (sealed === undefined) throw problem('signing-challenge-unknown')
  return JSON.parse(secrets.open(purpose, sealed).toString('utf8')) as CscState
}

/** A state and a verifier that nobody can guess. `challengeId` stands in the state, for the way back to be found. */
export function newAuthorisation(
  { randomBytes }: Pick<Platform, 'randomBytes'>,
  fixed: Pick<AskedAuthorisation, 'providerId' | 'service' | 'redirectUri'>,
  place: { readonly ceremonyId: string; readonly challengeId: string },
): AskedAuthorisation {
  const state = `${place.ceremonyId}.${place.challengeId}.${toBase64Url(randomBytes(32))}`
  return { ...fixed, state, codeVerifier: toBase64Url(randomBytes(32)) }
}

/**
 * Where the person goes to authorise exactly one signature over exactly this hash with a qualified key of theirs (CSC API
 * section 8.4; PKCE with S256). The provider shows the description.
 */
export function authorisationUrl(
  { service, state, codeVerifier, redirectUri }: AskedAuthorisation,
  client: { readonly clientId: string; readonly language: string },
  signed: { readonly hash: Buffer; readonly description: string },
): string {
  const url = new URL(service.authorizationEndpoint)
  const parameters = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    scope: 'credential',
    signatureQualifier: 'eu_eidas_qes',
    numSignatures: '1',
    hashes: toBase64Url(signed.hash),
    hashAlgorithmOID: sha256Oid,
    description: signed.description.slice(0, descriptionMax),
    code_challenge: toBase64Url(sha256(codeVerifier)),
    code_challenge_method: 'S256',
    lang: client.language,
    state,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

/** The ceremony and the challenge that a state names; undefined for a text that is none. Says nothing about its rest. */
export function placeInState(
  state: string,
): { readonly ceremonyId: string; readonly challengeId: string } | undefined {
  const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
  const match = new RegExp(`^(${uuid})\\.(${uuid})\\.[A-Za-z0-9_-]{43}$`).exec(state)
  return match === null ? undefined : { ceremonyId: match[1]!, challengeId: match[2]! }
}
