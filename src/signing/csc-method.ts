import { timingSafeEqual } from 'node:crypto'
import { problem, sha256, sha256Hex } from '#core'
import { actLabel, challengeOf } from '#verification'
import { getChallenge, keepChallenge, newMoment } from './challenge-actions.ts'
import { saveChallengeState } from './challenge-store.ts'
import { authorisationUrl, newAuthorisation, openState, sealState, type AskedAuthorisation } from './csc-authorization.ts' // prettier-ignore
import { CscClient } from './csc-client.ts'
import { redirectUriOf, type CscDeps } from './csc-deps.ts'
import { verifyCscOffline } from './csc-offline.ts'
import { cscSecretPurpose, type SealedCscProvider } from './csc-provider.ts'
import { findCscProvider } from './csc-provider-store.ts'
import { signRemotely } from './csc-signing.ts'
import { actManifest, readActManifest } from './manifest.ts'
import type { RecordedReleases } from './page-release-actions.ts'
import { recordPageRelease } from './page-release-actions.ts'
import { relyingPartyOf } from './relying-party.ts'
import { refusedResponse } from './response-reading.ts'
import type { BegunSigning, Declaration, Requester, SigningAnswer, SigningMethod, SigningProof, SigningSession } from './signing.ts' // prettier-ignore

/**
 * Signing with a qualified key of the person at a trust service provider (CSC API v2): the person goes to the provider and
 * authorises exactly one signature over exactly the hash of the manifest; this service then fetches it. What comes of it is
 * `qualified` or nothing: where one check fails it is refused, and never taken for less (decision 0151).
 */
export function createCscMethod(deps: CscDeps): SigningMethod {
  const recordedReleases: RecordedReleases = new Map()
  return {
    name: 'csc',
    begin: (requester, declaration) => begin(deps, recordedReleases, requester, declaration),
    complete: (session, answer) => complete(deps, session, answer),
    verifyOffline: (signing, at) => verifyCscOffline(signing, at, deps.qualifiedRoots),
  }
}

async function begin(
  deps: CscDeps,
  recordedReleases: RecordedReleases,
  requester: Requester,
  declaration: Declaration,
): Promise<BegunSigning> {
  const { organisationId } = requester
  const provider = await requireProvider(deps, requester)
  const service = await clientOf(deps, provider).service()
  const moment = newMoment(withOrigin(deps), await recordPageRelease(deps, organisationId, recordedReleases))
  const manifest = actManifest(requester, declaration, moment)
  const challenge = challengeOf(actLabel, Buffer.from(manifest, 'utf8'))
  const challengeId = deps.platform.newId()
  const { ceremonyId, statement } = declaration
  const { providerId, clientId } = provider
  const asked = newAuthorisation(deps.platform, { providerId, service, redirectUri: redirectUriOf(deps) }, { ceremonyId, challengeId }) // prettier-ignore
  const state = sealState(deps.platform, { kind: 'asked', asked })
  const { issuedAt, expiresAt } = moment
  await deps.database.inOrganisation(
    organisationId,
    (trx) =>
    keepChallenge(trx, requester, { challengeId, purpose: 'act', method: 'csc', challenge, manifest, state, issuedAt, expiresAt }), // prettier-ignore
  )
  const url = authorisationUrl(asked, { clientId, language: requester.language }, { hash: challenge, description: statement }) // prettier-ignore
  return { challengeId, expiresAt, manifest, assurance: 'qualified', ask: { kind: 'redirect', url } }
}

/** The manifest names where it was made; passkeys may not work there, and this does. */
function withOrigin(deps: CscDeps): CscDeps {
  const { origin, hostname } = new URL(deps.publicUrl())
  const here = { rpId: hostname, origin, allowedOrigins: [origin] }
  return { ...deps, relyingParty: () => deps.relyingParty() ?? relyingPartyOf(origin) ?? here }
}

async function complete(
  deps: CscDeps,
  session: SigningSession,
  { challengeId, response }: SigningAnswer,
): Promise<SigningProof> {
  const { platform, database } = deps
  const { organisationId } = session
  const wanted = { challengeId, purpose: 'act', method: 'csc' } as const
  const challenge = await database.readInOrganisation(organisationId, (trx) => getChallenge(trx, session, wanted, platform.clock())) // prettier-ignore
  const state = openState(platform, challenge.state)
  const { pageRelease, declaration, personId: signer, personName } = readActManifest(challenge.manifest)
  const proofOf = (signing: string, credentialId: string): SigningProof => {
    return { method: 'csc', assurance: 'qualified', signing, pageRelease, signingCredentialId: credentialId, challengeSha256: challenge.challenge, counter: 0, signer, declaration } // prettier-ignore
  }
  if (state.kind === 'signed') {
    const { codeSha256, signing, credentialId } = state.signed
    if (codeSha256 !== sha256Hex(response['code'] ?? '')) throw problem('signing-challenge-used')
    return proofOf(signing, credentialId)
  }
  if (challenge.isUsed) throw problem('signing-challenge-used')
  const code = codeIn(response, state.asked)
  const provider = await requireProvider(deps, session)
  if (provider.providerId !== state.asked.providerId) throw problem('signing-provider-missing')
  const client = clientOf(deps, provider)
  const { signing, credentialId } = await signRemotely(deps, client, provider, { asked: state.asked, code, challenge, personName }) // prettier-ignore
  const kept = sealState(platform, { kind: 'signed', signed: { codeSha256: sha256Hex(code), credentialId, signing } }) // prettier-ignore
  await database.inOrganisation(organisationId, (trx) => saveChallengeState(trx, organisationId, challengeId, kept)) // prettier-ignore
  return proofOf(signing, credentialId)
}

/**
 * The code that the person came back with. Throws `signing-not-authorised` where they or the provider said no, and
 * `signing-response-refused` for an answer to another question.
 */
function codeIn(response: SigningAnswer['response'], { state, service }: AskedAuthorisation): string {
  const isSame = timingSafeEqual(sha256(response['state'] ?? ''), sha256(state))
  if (!isSame) throw refusedResponse('The answer belongs to another question.', '/state')
  // RFC 9207: of an authorization server that names itself.
  if (service.issuer !== null && (response['iss'] ?? service.issuer) !== service.issuer)
    throw refusedResponse('The answer comes from another provider.', '/iss')
  const { code } = response
  if (response['error'] !== undefined || code === undefined || code === '') throw problem('signing-not-authorised') // prettier-ignore
  if (code.length > 2_048) throw refusedResponse('The code is too long.', '/code')
  return code
}

/** The provider in use. Throws `signing-provider-missing` without one, and where no root is relied on. */
async function requireProvider(
  deps: CscDeps,
  { organisationId }: SigningSession,
): Promise<SealedCscProvider> {
  const provider = await deps.database.readInOrganisation(organisationId, (trx) => findCscProvider(trx, organisationId)) // prettier-ignore
  if (provider === undefined || deps.qualifiedRoots.length === 0) throw problem('signing-provider-missing')
  return provider
}

function clientOf(deps: CscDeps, { baseUrl, clientId, sealedSecret }: SealedCscProvider): CscClient {
  const clientSecret = deps.platform.secrets.open(cscSecretPurpose, sealedSecret).toString('utf8')
  return new CscClient(deps.providerFetch, { baseUrl, clientId, clientSecret })
}
