import { meets } from '#assurance'
import { requestAnchor } from '#anchors'
import type { Instant, OrganisationId } from '#core'
import { problem, toBase64Url } from '#core'
import type { Transaction } from '#database'
import { actLabel, challengeOf, checkAssertion } from '#verification'
import type { Assertion } from '#verification'
import { getChallenge, keepChallenge, newMoment } from './challenge-actions.ts'
import type { FoundChallenge } from './challenge-store.ts'
import type { StandingCredential } from './credential.ts'
import { saveCounter } from './credential-store.ts'
import { findCounter, listCredentials } from './credential-view.ts'
import { descriptorOf, isValid } from './enrolment-actions.ts'
import { actManifest, readActManifest } from './manifest.ts'
import { recordPageRelease } from './page-release-actions.ts'
import { bytesOf, checked, refusedResponse } from './response-reading.ts'
import { challengeLife_ms, isCounterRight, worthOf } from './signing-decisions.ts'
import type { SigningDeps } from './signing-deps.ts'
import { requireRelyingParty } from './signing-deps.ts'
import type { BegunSigning, Declaration, PageRelease, Requester, SigningAnswer, SigningMethod, SigningProof } from './signing.ts' // prettier-ignore
import { verifyWebauthnOffline } from './webauthn-offline.ts'
import { webauthnEvidence } from './webauthn-evidence.ts'

/** How long whoever has just enrolled may have to wait for the anchor of it. */
const anchorWait_s = 15

/**
 * Signing with a key on a device of the person: the browser asks the device to sign the hash of the manifest, and the device
 * asks the person for their fingerprint, face or PIN (WebAuthn Level 3).
 */
export function createWebauthnMethod(deps: SigningDeps): SigningMethod {
  const recordedReleases = new Set<string>()
  return {
    name: 'webauthn',
    begin: (requester, declaration) => begin(deps, recordedReleases, requester, declaration),
    complete: (requester, answer) => complete(deps, requester, answer),
    verifyOffline: verifyWebauthnOffline,
  }
}

async function begin(
  deps: SigningDeps,
  recordedReleases: Set<string>,
  requester: Requester,
  declaration: Declaration,
): Promise<BegunSigning> {
  const { organisationId, personId } = requester
  requireRelyingParty(deps)
  const credentials = await deps.database.readInOrganisation(organisationId, (trx) => listCredentials(trx, organisationId, personId)) // prettier-ignore
  const usable = await usableOf(deps, organisationId, credentials)
  const release = await recordPageRelease(deps, organisationId, recordedReleases)
  const moment = newMoment(deps, release)
  const manifest = actManifest(requester, declaration, moment)
  const challenge = challengeOf(actLabel, Buffer.from(manifest, 'utf8'))
  const challengeId = deps.platform.newId()
  const { issuedAt, expiresAt, relyingParty } = moment
  await deps.database.inOrganisation(
    organisationId,
    (trx) =>
    keepChallenge(trx, requester, { challengeId, purpose: 'act', method: 'webauthn', challenge, manifest, state: null, issuedAt, expiresAt }), // prettier-ignore
  )
  const worths = usable.map((each) => worthOf(each, each.resetCoolsUntil, issuedAt).assurance)
  return {
    challengeId,
    expiresAt,
    manifest,
    assurance: worths.reduce((best, each) => (meets(each, best) ? each : best)),
    ask: {
      kind: 'webauthn',
      options: {
        challenge: toBase64Url(challenge),
        timeout: challengeLife_ms,
        rpId: relyingParty.rpId,
        allowCredentials: usable.map(descriptorOf),
        userVerification: 'required',
      },
    },
  }
}

/**
 * The credentials that can sign now. Where the only ones there are wait for their anchor, it is asked for once more: the
 * round that was to bring it may have begun before the enrolment was committed.
 */
async function usableOf(
  deps: SigningDeps,
  organisationId: OrganisationId,
  credentials: readonly StandingCredential[],
): Promise<readonly StandingCredential[]> {
  const valid = credentials.filter(isValid)
  if (valid.length === 0) throw problem('signing-credential-missing')
  const anchored = valid.filter(({ place }) => place.anchored)
  if (anchored.length > 0) return anchored
  await askForAnchor(deps, organisationId)
  throw problem('credential-not-anchored', { retryAfter_s: anchorWait_s })
}

async function askForAnchor(deps: SigningDeps, organisationId: OrganisationId): Promise<void> {
  const now = deps.platform.clock()
  await deps.database.inOrganisation(organisationId, (trx) => requestAnchor(trx, organisationId, now))
  deps.wakeJobs()
}

async function complete(
  deps: SigningDeps,
  requester: Requester,
  { challengeId, response }: SigningAnswer,
): Promise<SigningProof> {
  const { organisationId, personId } = requester
  const now = deps.platform.clock()
  return deps.database.inOrganisation(organisationId, async (trx) => {
    const wanted = { challengeId, purpose: 'act', method: 'webauthn' } as const
    const challenge = await getChallenge(trx, requester, wanted, now)
    const credentials = await listCredentials(trx, organisationId, personId)
    const credential = credentialOf(credentials, bytesOf(response, 'credentialId'))
    if (!isValid(credential) && !challenge.isUsed) throw problem('signing-credential-revoked')
    if (!credential.place.anchored) throw problem('credential-not-anchored', { retryAfter_s: anchorWait_s })
    const assertion = checkedAssertion(credential, challenge, response)
    if (!challenge.isUsed) await holdToCounter(trx, organisationId, credential, challenge, assertion.counter)
    return proofOf(credential, challenge, assertion, response, now, deps.pageRelease())
  })
}

function credentialOf(credentials: readonly StandingCredential[], credentialId: Buffer): StandingCredential {
  const found = credentials.find((each) => each.credentialId.equals(credentialId))
  if (found === undefined) throw refusedResponse('The passkey is not one of this person.', '/credentialId')
  return found
}

function checkedAssertion(
  credential: StandingCredential,
  challenge: FoundChallenge,
  response: SigningAnswer['response'],
): Assertion {
  const input = {
    label: actLabel,
    manifest: Buffer.from(challenge.manifest, 'utf8'),
    rpId: credential.rpId,
    allowedOrigins: credential.allowedOrigins,
    clientDataJson: bytesOf(response, 'clientDataJson'),
    authenticatorData: bytesOf(response, 'authenticatorData'),
    signature: bytesOf(response, 'signature'),
    publicKeyCose: credential.publicKeyCose,
  } as const
  const assertion = checked(() => checkAssertion(input))
  // WebAuthn section 7.2 step 18: whether a key may be copied is settled when it is made.
  if (assertion.flags.backupEligible !== credential.backupEligible)
    throw refusedResponse(
      'The device says something else about copies of this key than when it was enrolled.',
    )
  return assertion
}

async function holdToCounter(
  trx: Transaction,
  organisationId: OrganisationId,
  { signingCredentialId }: StandingCredential,
  { challenge }: FoundChallenge,
  counter: number,
): Promise<void> {
  const seen = await findCounter(trx, organisationId, signingCredentialId)
  if (!isCounterRight(seen, counter, challenge)) throw problem('signing-counter-behind')
  if (counter > 0) await saveCounter(trx, organisationId, signingCredentialId, counter, challenge)
}

function proofOf(
  credential: StandingCredential,
  challenge: FoundChallenge,
  assertion: Assertion,
  response: SigningAnswer['response'],
  now: Instant,
  page: PageRelease | null,
): SigningProof {
  const worth = worthOf(credential, credential.resetCoolsUntil, now)
  const { pageRelease, declaration } = readActManifest(challenge.manifest)
  return {
    method: 'webauthn',
    assurance: worth.assurance,
    signing: webauthnEvidence(credential, challenge.manifest, assertion, response, worth, page),
    pageRelease,
    signingCredentialId: credential.signingCredentialId,
    challengeSha256: challenge.challenge,
    notAfter: challenge.expiresAt,
    declaration,
  }
}
